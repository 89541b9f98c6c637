"""The seat of a sample: replies that cannot be used, and what is kept for the scores."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from simenv.interop.inspect.failing import Failing
from simenv.interop.inspect.seat import Report, Seat, folder_for
from simenv.session import Session


@pytest.fixture
def seat() -> Seat:
    session = Session(start="decision")
    made = Seat(session, None, {}, {})
    session.reset(3)
    return made


def test_a_reply_that_was_cut_off_is_never_read_as_a_call(seat: Seat) -> None:
    seat.begin(None, '{"name": "finish", "arguments": {}}')
    told = seat.fail("cut_off")
    assert told.startswith("Your reply was cut off")
    assert "JSON" not in told, "the reason that the company gives would mislead"
    assert seat.session.simulation.log[-1].kind != "seat.finished"
    assert seat.session.calls == 1
    assert [entry.code for entry in seat.session.transcript] == [None, "malformed"]


def test_the_first_call_that_fails_stops_a_turn(seat: Seat) -> None:
    seat.begin("reasoning", "text")
    assert seat.call("mail_list", {}).ok
    assert not seat.stopped
    assert not seat.call("mail_read", {"id": "mail-nowhere1"}).ok
    assert seat.stopped
    seat.end()
    entries = list(seat.session.transcript)
    assert [(entry.reasoning, entry.say) for entry in entries[1:]] == [("reasoning", "text"), (None, None)]
    assert not seat.failing.failed, "a call that the company refuses is the model's to make"


@pytest.mark.parametrize(("name", "arguments"), [("no_such_tool", {}), ("mail_list", "no JSON")])
def test_calls_to_nowhere_are_failed_turns(seat: Seat, name: str, arguments: dict[str, str] | str) -> None:
    seat.begin(None, None)
    seat.call(name, arguments)
    seat.end()
    assert seat.failing.failed == {"bad_call": 1}


def test_three_failed_turns_in_a_row_end_the_episode(seat: Seat) -> None:
    for _ in range(3):
        seat.begin(None, None)
        seat.fail("empty")
        seat.end()
    assert (seat.session.outcome, seat.session.ended_by) == ("invalid", "failed_turns")
    kept = msgspec.convert(json.loads(json.dumps(seat.report())), Report)
    assert kept.outcome == "invalid"
    assert kept.failed == {"empty": 3}
    assert kept.truth == seat.session.truth()


@pytest.mark.parametrize(
    ("turns", "invalid"),
    [
        ("f....", False),
        ("f.f" + "." * 36, True),
        ("f.f" + "." * 37, False),
        ("f.f..", True),
        ("ff.", True),
        ("", False),
    ],
)
def test_more_than_one_failed_turn_in_twenty_tells_nothing(turns: str, invalid: bool) -> None:
    failing = Failing()
    for turn in turns:
        failing.turn("empty" if turn == "f" else None)
    assert not failing.hopeless
    assert (failing.invalid is not None) == invalid


def test_an_episode_that_tells_nothing_is_invalid_though_it_ran_to_its_end(seat: Seat) -> None:
    for problem in ("empty", None, "filter"):
        seat.begin(None, None)
        if problem:
            seat.fail(problem)
        else:
            seat.call("finish", {})
        seat.end()
    while not seat.session.over:
        seat.session.call("finish")
    assert seat.session.outcome == "completed"
    assert seat.report()["outcome"] == "invalid"


def test_every_run_of_a_sample_has_a_folder_of_its_own(tmp_path: Path) -> None:
    first = folder_for(str(tmp_path), "000007", 2, "aBc")
    assert first.name.startswith("000007-002-")
    assert first.name == first.name.lower()
    first.mkdir()
    assert folder_for(str(tmp_path), "000007", 2, "aBc").name == f"{first.name}-2"
    assert folder_for(str(tmp_path), "000007", 2, "abc") != first
