"""Whole episodes of the shipped world, held by a scripted model."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest

from simenv import Session
from simenv.core.errors import PolicyError
from simenv.core.waiting import settle
from simenv.llm import CallPart, Reply, Usage
from simenv.policies import Action, Policy, ToolCall
from simenv.policies.llm.policy import LLMPolicy
from simenv.policies.llm.settings import LLMSettings

from .line import FINISH, LIST, WAIT, Asked, Line, calling, play, seated, step

THREE = calling(("mail_list", {}), ("mail_read", {"id": "nope"}), ("note_list", {}), text="First the mail.")


def test_it_is_a_policy() -> None:
    assert isinstance(LLMPolicy(LLMSettings(model="openai/m"), Line([LIST])), Policy)


def test_it_has_no_seat_before_reset() -> None:
    with pytest.raises(PolicyError, match=r"call reset\(brief\) first"):
        LLMPolicy(LLMSettings(model="openai/m"), Line([LIST])).state()


@pytest.mark.parametrize("form", ["native", "xml", "json"])
def test_a_whole_episode_by_every_format(form: str) -> None:
    line = Line([THREE, Reply("Nothing to do."), LIST, WAIT, FINISH])
    policy, session = seated(line, tool_format=form)
    play(policy, session)
    assert session.outcome == "completed"
    assert [(entry.name, entry.code) for entry in session.transcript][1:5] == [
        ("mail_list", "ok"),
        ("mail_read", "not_found"),
        (None, "ok"),
        ("mail_list", "ok"),
    ]
    played = policy.played()
    assert (played.turns, played.failed, played.invalid) == (len(line.asked), {}, None)
    assert [each.turn for each in line.asked] == list(range(1, played.turns + 1))


def test_each_call_of_a_turn_gets_its_own_result() -> None:
    line = Line([THREE, FINISH])
    policy, session = seated(line)
    step(policy, session)
    step(policy, session)
    asked = line.asked[1]
    *_, said, first, second, third = asked.request.messages
    assert (said.text, [call.name for call in said.calls]) == (
        "First the mail.",
        ["mail_list", "mail_read", "note_list"],
    )
    assert [each.call_id for each in (first, second, third)] == [call.id for call in said.calls]
    assert first.text.startswith("* mail-")
    assert second.text.startswith("There is no message nope")
    assert third.text.startswith("Not run")
    assert asked.in_context == ("call-1", "call-2")


def test_thinking_is_kept_apart() -> None:
    thinking = calling(("mail_list", {}), text="<think>Hm, mail.</think>I look.", reasoning="First of all.", opaque=[7])
    line = Line([thinking, FINISH])
    policy, session = seated(line)
    action = settle(policy.act(session.observation))
    assert (action.reasoning, action.say) == ("First of all.\n\nHm, mail.", "I look.")
    session.act(action)
    settle(policy.act(session.observation))
    said = line.asked[1].request.messages[-2]
    assert (said.text, said.reasoning, said.opaque) == ("I look.", None, [7])


def test_ids_are_made_unique_and_stay() -> None:
    doubled = Reply("", (CallPart("same", "mail_list", "{}"), CallPart("same", "note_list", ""), CallPart("", "x", "")))
    line = Line([doubled])
    policy, session = seated(line)
    step(policy, session)
    step(policy, session)
    step(policy, session)
    seen = [[call.id for message in each.request.messages for call in message.calls] for each in line.asked]
    assert len(set(seen[2])) == 6
    assert seen[2][:3] == seen[1]
    assert seen[1][0] == "same"


def test_what_a_model_garbled_goes_back_readable() -> None:
    line = Line([calling(("mail list!", '{"half'), text="\ud800"), LIST])
    policy, session = seated(line)
    step(policy, session)
    assert session.transcript[-1].code == "malformed"
    step(policy, session)
    said = line.asked[1].request.messages[-2]
    assert said.text == "\ufffd"
    assert (said.calls[0].name, said.calls[0].arguments) == ("mail_list_", '{"unreadable": "{\\"half"}')


def test_too_many_calls_are_bounded() -> None:
    line = Line([calling(*[("nonesuch", {})] * 60), LIST])
    policy, session = seated(line)
    action = settle(policy.act(session.observation))
    assert (len(action.calls), len(action.drafted)) == (50, 10)
    session.act(action)
    settle(policy.act(session.observation))
    assert (
        line.asked[1]
        .request.messages[-1]
        .text.endswith("Only the first 50 calls of your last reply were made; the others were not.")
    )


def test_the_past_of_another_policy_is_its_own() -> None:
    session = Session("summit_bridge", start="decision")
    session.reset(seed=7)
    session.call("mail_list")
    session.say("Well.")
    session.call("mail_read", "{broken")
    line = Line([LIST])
    policy, _ = seated(line, session)
    step(policy, session)
    roles = [message.role for message in line.asked[0].request.messages]
    assert roles == ["system", "user", "assistant", "tool", "assistant", "user"]
    assert line.asked[0].request.messages[4].text == "Well."
    assert "That was no tool call" in line.asked[0].request.messages[5].text
    assert line.asked[0].in_context == ("call-1", "call-2", "call-3")


def test_a_turn_that_another_policy_took_is_remembered() -> None:
    line = Line([LIST])
    policy, session = seated(line)
    step(policy, session)
    state = policy.state()
    settle(policy.act(session.observation))
    policy.load(state)
    action = Action((ToolCall("note_list"), ToolCall("mail_read", {"id": "m"})), say="I look it up.")
    policy.remember(session.observation, action)
    session.act(action)
    step(policy, session)
    *_, said, first, second = line.asked[-1].request.messages
    assert (said.text, [call.arguments for call in said.calls]) == ("I look it up.", ["{}", '{"id":"m"}'])
    assert (first.role, second.role) == ("tool", "tool")
    assert line.asked[-1].in_context == ("call-1", "call-2", "call-3")


def test_forks_go_on_identically() -> None:
    def answer(asked: Asked) -> Reply:
        return [LIST, WAIT, THREE][len(asked.request.messages) % 3]

    def rest(policy: LLMPolicy, session: Session, line: Line) -> tuple[str, list[Asked]]:
        start = len(line.asked)
        play(policy, session)
        return session.simulation.log.digest(), line.asked[start:]

    line = Line(answer)
    policy, session = seated(line, seed=3)
    for _ in range(4):
        step(policy, session)
    state = policy.state()
    for copied in (state, copy.deepcopy(state), pickle.loads(pickle.dumps(state))):  # noqa: S301
        other, branch = seated(line, session.fork(), seed=3)
        other.load(copied)
        found = rest(other, branch, line)
        if copied is state:
            expected = found
        assert found == expected
    assert rest(policy, session, line) == expected


def test_where_replies_are_written_down(tmp_path: Path) -> None:
    line = Line([LIST])
    policy, session = seated(line)
    policy.record(tmp_path)
    step(policy, session)
    policy.close()
    policy.close()
    step(policy, session)
    assert line.opened == [tmp_path / "hidden" / "replies.jsonl", None]


def test_seeds_belong_to_the_episode_and_the_request() -> None:
    def seeds(root: int, **settings: int | None) -> list[int | None]:
        session = Session("summit_bridge", start="decision")
        session.reset(seed=root)
        line = Line([LIST])
        policy, _ = seated(line, session, **settings)
        step(policy, session)
        state = policy.state()
        step(policy, session)
        policy.load(state)
        policy.vary(1)
        settle(policy.act(session.observation))
        assert [each.purpose for each in line.asked] == ["act", "act", "sample"]
        return [each.request.seed for each in line.asked]

    assert seeds(7) == [None, None, None]
    ours = seeds(7, seed=-1)
    assert ours == seeds(7, seed=-1)
    everything = ours + seeds(8, seed=-1) + seeds(7, seed=2)
    assert len(set(everything)) == 9
    assert all(seed is not None and 0 <= seed < 2**31 for seed in everything)


def test_what_was_used_is_counted() -> None:
    usage = Usage(100, 10, cached=40)
    line = Line([calling(("mail_list", {}), usage=usage, cost=0.5, served="m-1", fingerprint="f")])
    policy, session = seated(line)
    step(policy, session)
    state = policy.state()
    settle(policy.answer("Why?"))
    step(policy, session)
    policy.load(state)
    step(policy, session)
    played = policy.played()
    assert (played.requests, played.input, played.output, played.cached, played.cost) == (3, 300, 30, 120, 1.5)
    assert (played.turns, played.extra, played.served, played.changed) == (2, 0, ("m-1",), False)
