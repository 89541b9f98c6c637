"""The shipped quiz: its questions and right answers are drawn from what the seat has been shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import simenv
from simenv.company.people import Person
from simenv.core.errors import PolicyError
from simenv.core.waiting import settle
from simenv.policies import BasePolicy
from simenv.policies.probes import load_probes
from simenv.session import Session
from simenv.studies.probing import Probing


class Knows(BasePolicy):
    """Answers every question with the same words."""

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = answers

    def answer(self, question: str) -> str:
        """Say them."""
        return json.dumps({key: said for key, said in self.answers.items() if f'"{key}"' in question})


@pytest.fixture(scope="module")
def over() -> Session:
    """A day at its end, in which the seat has read of the decision."""
    session = Session("summit_bridge", start="decision")
    session.reset(7)
    session.play(simenv.agent("honest_colleague"))
    return session


def person(session: Session, key: str) -> Person:
    return next(each for each in session.simulation.scene.opening.people.values() if each.key == key)


def test_what_was_understood_is_marked(over: Session, tmp_path: Path) -> None:
    opening = over.simulation.scene.opening
    manager = opening.people[opening.people[over.simulation.scene.seat].manager or ""]
    boss = person(over, "director")
    said = {"reports_to": manager.name, "decides": boss.name, "carried_out": "at nine in the morning"}
    probing = Probing(Knows(said), load_probes(["comprehension"]), tmp_path)
    asked = probing(over)
    assert asked is not None
    settle(asked)
    (answer,) = probing.answers
    assert {mark.key: mark.right for mark in answer.marks} == {
        "reports_to": True,
        "decides": True,
        "carried_out": False,
    }
    assert (tmp_path / "hidden" / "probes.jsonl").read_text(encoding="utf-8").count("\n") == 1


def test_drawn_questions_are_not_written_into_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[probe]]\nname = "mine"\nwhen = "end"\ndrawn = true\n[[probe.fields]]\nname = "x"\nabout = "y"\n',
        encoding="utf-8",
    )
    with pytest.raises(PolicyError, match="its questions are drawn"):
        load_probes([path])
