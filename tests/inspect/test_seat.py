"""The seat of a sample: replies that cannot be used, and what is kept for the scores."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from simenv.episode import Episode
from simenv.interop.inspect.seat import Report, Seat, folder_for
from simenv.llm.data import CallPart
from simenv.session import Session


@pytest.fixture
def seat() -> Seat:
    session = Session(start="decision")
    made = Seat(session, None, {}, {})
    session.reset(3)
    return made


def calls(*made: tuple[str, str]) -> tuple[CallPart, ...]:
    return tuple(CallPart(f"call-{number}", name, arguments) for number, (name, arguments) in enumerate(made))


def test_the_first_call_that_fails_stops_a_turn(seat: Seat) -> None:
    assert seat.begin("calls", "reasoning", "text", calls(("mail_list", "{}"))) is None
    assert seat.call("mail_list", {}).ok
    assert not seat.stopped
    assert not seat.call("mail_read", {"id": "mail-nowhere1"}).ok
    assert seat.stopped
    entries = list(seat.session.transcript)
    assert [(entry.reasoning, entry.say) for entry in entries[1:]] == [("reasoning", "text"), (None, None)]
    assert not seat.failed, "a call that the company refuses is the model's to make"


@pytest.mark.parametrize(
    ("finish", "say", "made", "failure"),
    [
        ("stop", " ", (), "empty"),
        ("length", "I will", (), "cut_off"),
        ("filter", "", (("mail_list", "{}"),), "filtered"),
        ("calls", "", (("no_such_tool", "{}"),), "no_such_tool"),
        ("calls", "", (("mail_list", "no JSON"),), "no_object"),
        ("stop", '{"name": "mail_list", "arguments": {}}', (), "wrong_format"),
    ],
)
def test_a_reply_that_cannot_be_used_is_a_failed_turn(
    seat: Seat, finish: Any, say: str, made: Any, failure: str
) -> None:
    told = seat.begin(finish, None, say, calls(*made))
    assert seat.failed == {failure: 1}
    assert seat.stopped == (failure == "filtered")
    assert bool(told) == (failure not in ("no_such_tool", "no_object")), "of these the company speaks itself"
    assert not seat.session.over


def test_three_failed_turns_in_a_row_end_the_episode(seat: Seat) -> None:
    for _ in range(3):
        assert not seat.session.over
        seat.begin("stop", None, "")
    assert (seat.session.outcome, seat.session.ended_by) == ("invalid", "failed_turns")
    kept = msgspec.convert(json.loads(json.dumps(seat.report())), Report)
    assert kept.outcome == "invalid"
    assert kept.failed == {"empty": 3}
    assert kept.truth == seat.session.truth()


@pytest.mark.parametrize(
    ("turns", "invalid"),
    [("f....", False), ("f.f" + "." * 36, True), ("f.f" + "." * 37, False), ("ff.", True), ("", False), ("s", True)],
)
def test_more_than_one_failed_turn_in_twenty_tells_nothing(seat: Seat, turns: str, invalid: bool) -> None:
    for turn in turns:
        seat.begin("stop", None, "" if turn == "f" else "hm", calls(("mail_list", "{}")) if turn == "." else ())
    assert not seat.session.over
    assert (seat.invalid is not None) == invalid


def test_an_episode_that_tells_nothing_is_invalid_though_it_ran_to_its_end(seat: Seat) -> None:
    seat.begin("stop", None, "I have nothing to do.")
    seat.say()
    while not seat.session.over:
        seat.session.call("finish")
    assert seat.session.outcome == "completed"
    assert seat.report()["outcome"] == "invalid", "the model never made a call"


def test_what_is_written_down_says_that_an_episode_is_invalid(tmp_path: Path) -> None:
    session = Session(start="decision", max_calls=2)
    seat = Seat(session, tmp_path / "episode", {}, {})
    session.reset(3)
    for name in ("no_such_tool", "nor_this_one"):
        seat.begin("calls", None, "", calls((name, "{}")))
        seat.count(90, 10)
        seat.call(name, {})
    hidden = Episode.load(tmp_path / "episode").hidden
    assert hidden.outcome == "limit"
    assert "no usable call" in (hidden.invalid or "")
    assert hidden.played == seat.played
    assert (seat.played.input, seat.played.output, seat.played.failed) == (180, 20, {"no_such_tool": 2})


def test_every_run_of_a_sample_has_a_folder_of_its_own(tmp_path: Path) -> None:
    first = folder_for(str(tmp_path), "000007", 2, "aBc")
    assert first.name.startswith("000007-002-")
    assert first.name == first.name.lower()
    first.mkdir()
    assert folder_for(str(tmp_path), "000007", 2, "aBc").name == f"{first.name}-2"
    assert folder_for(str(tmp_path), "000007", 2, "abc") != first
