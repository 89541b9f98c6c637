"""What of a long conversation is sent."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import msgspec
import pytest

from simenv import Session
from simenv.core.waiting import settle
from simenv.llm import Message, ProviderError, Reply, Usage

from .line import FINISH, LIST, Answer, Asked, Line, calling, seated, step

TALK = "On we go. " * 20
LIMIT = 12_000
"""Tokens: the tools take about half of it."""


def long(
    answer: Callable[[Asked], Answer] | None = None, turns: int = 40, usage: Usage | None = None, **settings: object
) -> Line:
    """Return the line of an episode in which the model reads its mail over and over."""

    def say(asked: Asked) -> Answer:
        if answer is not None and asked.purpose != "act":
            return answer(asked)
        return calling(("mail_list", {}), text=TALK, usage=usage)

    session = Session("summit_bridge", start="week")
    session.reset(seed=7)
    line = Line(say)
    policy, _ = seated(line, session, **{"context_tokens": LIMIT, **settings})
    for _ in range(turns):
        step(policy, session)
    return line


def plain(message: Message) -> tuple[object, ...]:
    """Return a message without its mark, which moves on."""
    return message.role, message.text, message.calls, message.call_id


def cuts(line: Line) -> list[int]:
    """Return the places at which a request does not begin with the whole of the one before."""
    found = []
    for place, (one, other) in enumerate(pairwise(line.of("act")), 1):
        before = [plain(message) for message in one.request.messages]
        if [plain(message) for message in other.request.messages][: len(before)] != before:
            found.append(place)
    return found


def test_full_sends_everything() -> None:
    line = long(context="full")
    assert cuts(line) == []
    last = line.asked[-1]
    assert len(last.request.messages) == 2 + 2 * 39
    assert last.in_context == tuple(f"call-{number}" for number in range(1, 40))


def test_block_trim_cuts_seldom_and_leaves_the_cut_where_it_is() -> None:
    line = long()
    found = cuts(line)
    assert 1 <= len(found) <= 6
    assert min(b - a for a, b in pairwise([0, *found])) >= 5
    tools = sum(len(str(tool)) for tool in line.asked[0].request.tools)
    for place in found:
        cut, before = line.asked[place], line.asked[place - 1]
        assert sum(len(each.text) for each in cut.request.messages) + tools < LIMIT * 4
        assert len(cut.in_context) < len(before.in_context)
        left_out = place - len(cut.in_context)
        assert f"(Here {left_out} turns of your work are left out;" in cut.request.messages[1].text
        assert cut.in_context == tuple(f"call-{number}" for number in range(left_out + 1, place + 1))
    assert [message.role for message in line.asked[-1].request.messages[:4]] == ["system", "user", "assistant", "tool"]


def test_the_provider_knows_better_how_many_tokens_there_are() -> None:
    room = 3 * LIMIT
    assert cuts(long(context_tokens=room)) == []
    counted = long(context_tokens=room, usage=Usage(1_000_000_000, 1))
    assert cuts(counted) != []
    tools = sum(len(msgspec.json.encode(tool)) for tool in counted.asked[0].request.tools)
    sizes = [sum(len(each.text) for each in asked.request.messages) + tools for asked in counted.asked]
    assert max(sizes) < room * 1.1  # no more than a token a character is believed


def test_marks_stand_where_caches_may_end() -> None:
    line = long(turns=4)
    for asked in line.asked[1:]:
        marked = [place for place, message in enumerate(asked.request.messages) if message.mark]
        assert marked == [0, len(asked.request.messages) - 1]


def test_summary_is_written_by_the_model() -> None:
    line = long(lambda asked: Reply("Rodrigo wants the list."), context="summary", turns=60, context_tokens=11_000)
    written = line.of("summary")
    assert len(written) == len(cuts(line)) >= 2
    first = line.asked[line.asked.index(written[0]) + 1]
    assert "Rodrigo wants the list." in first.request.messages[1].text
    assert written[0].request.tool_choice == "none"
    assert [plain(each) for each in written[0].request.messages[:-1]] == [
        plain(each) for each in line.asked[line.asked.index(written[0]) - 1].request.messages
    ][: len(written[0].request.messages) - 1]
    assert "Rodrigo wants" in written[1].request.messages[1].text  # what was summed up before is summed up again


@pytest.mark.parametrize("answer", [Reply(), Reply("x", finish="filter"), ProviderError("server", "No.")])
def test_a_summary_that_fails_is_done_without(answer: Answer) -> None:
    line = long(lambda asked: answer, context="summary")
    plain_cut = long()
    assert [each.request.messages for each in line.of("act")] == [each.request.messages for each in plain_cut.of("act")]


def test_notes_only_sends_two_turns() -> None:
    line = long(context="notes_only", turns=10)
    assert [len(each.request.messages) for each in line.asked] == [2, 4, *[6] * 8]
    assert line.asked[-1].in_context == ("call-8", "call-9")
    assert "note_list" in line.asked[-1].request.messages[1].text


@pytest.mark.parametrize("context", ["full", "block_trim", "summary", "notes_only"])
def test_too_long_is_shortened_once_and_tried_again(context: str) -> None:
    answers: list[Answer] = [LIST, LIST, LIST, LIST, ProviderError("too_long", "Too long."), LIST, FINISH]
    line = Line(answers)
    policy, session = seated(line, context=context)
    for _ in range(6):
        step(policy, session)
    refused, again = line.asked[4:6]
    assert len(again.request.messages) < len(refused.request.messages)
    assert again.note == "too_long: shortened"
    assert policy.played().failed == {}
    assert len(line.asked[6].request.messages) <= len(again.request.messages) + 2


def test_a_probe_stands_on_a_copy() -> None:
    line = Line(lambda asked: Reply("<think>?</think>To be honest.") if asked.purpose == "probe" else LIST)
    policy, session = seated(line, seed=1)
    step(policy, session)
    state = policy.state()
    assert settle(policy.answer("Why?", {"type": "object"})) == "To be honest."
    assert policy.state().conversation == state.conversation
    action = settle(policy.act(session.observation))
    probe, after = line.asked[1:]
    assert (probe.purpose, probe.turn, probe.request.schema) == ("probe", 1, {"type": "object"})
    assert probe.request.tool_choice == "none"
    assert [message.role for message in probe.request.messages[-3:]] == ["assistant", "tool", "user"]
    assert "not there yet" in probe.request.messages[-2].text
    policy.load(state)
    assert settle(policy.act(session.observation)) == action
    assert line.asked[-1] == after
