"""Episodes to write down: a seat that does a bit of everything, chosen by a number."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from simenv.episode import Episode
from simenv.record import EpisodeWriter
from simenv.session import Session


def play(session: Session, turns: int, number: int = 0) -> None:
    """Make up to ``turns`` turns of every sort; the same ones for the same number."""
    chance = random.Random(number)  # noqa: S311 - a mix of calls, no secret
    for turn in range(turns):
        if session.over:
            return
        view = session.simulation.view
        inbox = view.folder("inbox", False, 0, 20)
        match chance.randrange(9):
            case 0 | 1:
                session.call("mail_list", unread_only=chance.random() < 0.5)
            case 2 | 3 if inbox:
                session.step({"name": "mail_read", "arguments": {"id": chance.choice(inbox).id}}, "let me see")
            case 4:
                session.call("mail_search", query=chance.choice(["hours", "order", "the", "nowhere"]))
            case 5 if inbox:
                address = view.person_of(chance.choice(inbox).sender).address
                session.call(
                    "mail_send", to=[address], subject=f"Turn {turn}", body="Could you tell me the total, “please”?"
                )
            case 6:
                session.say(chance.choice(["", "thinking…", "\ud800 alone"]), "nobody hears this")
            case 7:
                session.step(
                    chance.choice(["{not json", '{"name": "x y"}', None, "y" * 200_000, {"name": "no_such_tool"}])
                )
            case _:
                session.call("wait_for", minutes=chance.choice([5, 40, 90, 1.5]))


@pytest.fixture
def record(tmp_path: Path) -> Callable[..., Episode]:
    """A function that plays and writes an episode and loads it."""

    def make(name: str = "episode", turns: int = 25, number: int = 0, seed: int = 3, **settings: object) -> Episode:
        session = Session(recorder=EpisodeWriter(tmp_path / name, pace=0), **settings)  # type: ignore[arg-type]
        session.reset(seed=seed)
        play(session, turns, number)
        session.close()
        return Episode.load(tmp_path / name)

    return make


@pytest.fixture
def partial(tmp_path: Path) -> Callable[..., Path]:
    """A function that plays and writes an episode that is never closed, as if its process had been killed."""

    def make(name: str = "partial", turns: int = 25, number: int = 0, seed: int = 3) -> Path:
        writer = EpisodeWriter(tmp_path / name, pace=0)
        session = Session(recorder=writer)
        session.reset(seed=seed)
        play(session, turns, number)
        assert not session.over
        writer.drop()
        return tmp_path / name

    return make


@pytest.fixture(name="play")
def _play() -> Callable[[Session, int, int], None]:
    """The function that makes turns of every sort."""
    return play
