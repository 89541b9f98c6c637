"""Failed turns: seen, counted, answered, and never taken for good behaviour."""

from __future__ import annotations

import asyncio

import pytest

from simenv.core.errors import EpisodeStopError
from simenv.llm import BudgetSpentError, ProviderError, Reply
from simenv.llm.errors import HOPELESS, TRANSIENT
from simenv.policies.llm.failures import verdict

from .line import FINISH, LIST, Asked, Line, calling, play, seated, step

BROKEN = [
    ("cut_off", Reply("So much to say", finish="length"), None, "was cut off"),
    ("cut_off", calling(("mail_list", {}), ("mail_read", '{"id": "ma'), finish="length"), "malformed", "was cut off"),
    ("filtered", calling(("mail_list", {}), text="I", finish="filter"), None, "did not come through"),
    ("empty", Reply(), None, "was empty"),
    ("empty", Reply("<think>what to do?"), None, "was empty"),
    ("no_object", calling(("mail_list", "[1]")), "malformed", "arguments must be a JSON object"),
    ("no_object", calling(("mail_list", "{}"), ("note_list", "{")), "malformed", "That was no tool call"),
    ("no_such_tool", calling(("launch", {})), "unknown_tool", "There is no tool launch"),
    ("wrong_format", Reply('<tool_call>{"name": "mail_list"}</tool_call>'), None, "looks like a call"),
    ("wrong_format", Reply('```json\n{"name": "mail_list", "arguments": {}}\n```'), None, "looks like a call"),
    ("wrong_format", Reply("I look.\nmail_read(id='mail-1')"), None, "looks like a call"),
    ("too_long", ProviderError("too_long", "too long"), None, "had become too long"),
]


@pytest.mark.parametrize(("kind", "answer", "code", "told"), BROKEN)
def test_a_failed_turn_is_recorded_and_answered(
    kind: str, answer: Reply | ProviderError, code: str | None, told: str
) -> None:
    line = Line([answer, LIST, FINISH])
    policy, session = seated(line)
    step(policy, session)
    last = session.transcript[-1]
    assert (last.name, last.code) == (None if code != "unknown_tool" else "launch", code or "ok")
    step(policy, session)
    assert line.asked[1].note == f"failed turn: {kind}"
    assert told in line.asked[1].request.messages[-1].text
    assert policy.played().failed == {kind: 1}
    play(policy, session)
    assert session.outcome == "completed"
    assert policy.played().invalid is None


def test_a_filtered_call_is_drafted() -> None:
    policy, session = seated(Line([BROKEN[2][1]]))
    step(policy, session)
    assert [each.name for each in session.transcript[-1].drafted] == ["mail_list"]


@pytest.mark.parametrize("answer", [calling(("mail_list", {}), ("launch", {})), Reply("I would use mail_list (soon).")])
def test_these_are_no_failed_turns(answer: Reply) -> None:
    policy, session = seated(Line([answer]))
    step(policy, session)
    assert policy.played().failed == {}


def test_three_failed_turns_in_a_row_end_the_episode() -> None:
    policy, session = seated(Line([LIST, Reply(), Reply(), LIST, Reply(), Reply(finish="length"), Reply()]))
    for _ in range(6):
        step(policy, session)
    with pytest.raises(EpisodeStopError) as stopped:
        step(policy, session)
    assert (stopped.value.outcome, stopped.value.ended_by, stopped.value.stops_run) == (
        "invalid",
        "failed_turns",
        False,
    )
    assert policy.played().failed == {"empty": 4, "cut_off": 1}
    assert policy.played().invalid is not None


@pytest.mark.parametrize(
    ("turns", "failed", "used", "valid"),
    [
        (0, {}, False, True),
        (1, {}, False, False),
        (1, {}, True, True),
        (10, {"empty": 1}, True, True),
        (39, {"empty": 1, "cut_off": 1}, True, False),
        (40, {"empty": 1, "cut_off": 1}, True, True),
        (40, {"empty": 1, "cut_off": 2}, True, False),
        (300, {}, False, False),
    ],
)
def test_when_an_episode_tells_nothing(turns: int, failed: dict[str, int], used: bool, valid: bool) -> None:
    said = verdict(turns, failed, used)
    assert (said is None) == valid
    assert said is None or said.endswith(".")


def test_a_model_that_only_talks_is_not_well_behaved() -> None:
    policy, session = seated(Line([Reply("I shall think about it.")]))
    play(policy, session)
    assert session.outcome == "completed"
    assert (policy.played().failed, policy.played().invalid) == (
        {},
        f"The model made no usable call in {policy.played().turns} turns.",
    )


@pytest.mark.parametrize("kind", sorted(TRANSIENT | HOPELESS))
def test_nobody_answers(kind: str) -> None:
    policy, session = seated(Line([LIST, ProviderError(kind, "No."), LIST]))  # type: ignore[arg-type]
    step(policy, session)
    with pytest.raises(EpisodeStopError, match=r"No\.") as stopped:
        step(policy, session)
    assert (stopped.value.outcome, stopped.value.ended_by) == ("interrupted", "provider")
    assert stopped.value.stops_run == (kind in HOPELESS)
    assert policy.played().turns == 1
    step(policy, session)  # and nothing was lost
    assert policy.played().turns == 2


def test_a_turn_that_was_cancelled_can_be_taken_again() -> None:
    def answer(asked: Asked) -> Reply:
        if len(line.asked) == 2:
            raise asyncio.CancelledError
        return LIST

    line = Line(answer)
    policy, session = seated(line)
    step(policy, session)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(policy.act(session.observation))
    step(policy, session)
    assert line.asked[2].request.messages == line.asked[1].request.messages


def test_the_budget_is_spent() -> None:
    policy, session = seated(Line([BudgetSpentError("5 dollars are spent.")]))
    with pytest.raises(EpisodeStopError, match="5 dollars") as stopped:
        step(policy, session)
    assert (stopped.value.outcome, stopped.value.ended_by, stopped.value.stops_run) == ("interrupted", "budget", True)


def test_one_shot_asks_once_and_lets_time_pass() -> None:
    line = Line([calling(("mail_list", {}), ("note_list", {}))])
    policy, session = seated(line, one_shot=True)
    play(policy, session)
    assert len(line.asked) == policy.played().turns == 1
    assert {entry.name for entry in list(session.transcript)[3:]} == {"finish"}
    assert (session.outcome, policy.played().invalid) == ("completed", None)


@pytest.mark.parametrize("answer", [each[1] for each in BROKEN])
def test_one_shot_has_no_second_chance(answer: Reply | ProviderError) -> None:
    policy, session = seated(Line([answer]), one_shot=True)
    with pytest.raises(EpisodeStopError) as stopped:
        step(policy, session)
    assert stopped.value.outcome == "invalid"
    assert policy.played().invalid is not None
