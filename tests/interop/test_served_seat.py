"""One seat behind a server, without any protocol: who holds it, what is answered, how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from simenv.core.errors import RecordingError
from simenv.episode import Episode
from simenv.interop.mcp_seat import ENDED, FAILED, TAKEN, ServedSeat
from simenv.session import Session

CLIENT = {"name": "some client", "version": "1.2"}


@pytest.fixture
def seat(tmp_path: Path) -> ServedSeat:
    return ServedSeat(Session("summit_bridge", start="decision"), 7, lambda: tmp_path / "episode")


def test_the_seat_belongs_to_whoever_calls_first(seat: ServedSeat) -> None:
    assert not seat.call("a", CLIENT, "mail_list", {}).refused
    assert seat.call("b", CLIENT, "mail_list", {}).text == TAKEN
    assert seat.session.calls == 1
    seat.leave()
    seat.leave()
    assert seat.call("a", CLIENT, "mail_list", {}).text == ENDED


def test_nobody_came(seat: ServedSeat) -> None:
    seat.leave()
    assert seat.folder is None
    assert not seat.session.over


def test_a_client_says_of_itself_what_it_likes(seat: ServedSeat, tmp_path: Path) -> None:
    seat.call("a", {"name": "\ud800\x1b[31m" + "x" * 10_000, "version": ""}, "mail_list", {})
    seat.leave()
    described = Episode.load(tmp_path / "episode").policy["mcp"]
    assert len(described["name"]) <= 200
    assert described["name"].encode().endswith(b"xxx")


def test_a_folder_that_cannot_be_written_ends_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    seat = ServedSeat(Session("summit_bridge"), 7, lambda: tmp_path / "file" / "episode")
    assert seat.call("a", CLIENT, "mail_list", {}).text == FAILED
    assert seat.call("a", CLIENT, "mail_list", {}).text == ENDED
    seat.leave()
    assert isinstance(seat.writing, RecordingError)


def test_an_error_of_the_engine_ends_the_episode_and_tells_the_client_nothing(seat: ServedSeat, tmp_path: Path) -> None:
    seat.call("a", CLIENT, "mail_list", {})
    del seat.session.simulation.view
    answer = seat.call("a", CLIENT, "mail_list", {})
    assert (answer.text, answer.refused) == (FAILED, True)
    assert seat.error is not None
    assert "AttributeError" in seat.error
    episode = Episode.load(tmp_path / "episode")
    assert (episode.outcome, episode.hidden.error) == ("engine_error", seat.error)
