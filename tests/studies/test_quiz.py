"""The right answers of a quiz come from the world's state, and nothing is asked that was not told."""

from __future__ import annotations

import json

import pytest

import simenv
from simenv.policies.probes import ProbeAnswer
from simenv.policies.quiz import marked, quiz
from simenv.session import Session
from simenv.studies.quiz import understanding, ways_of_saying


@pytest.mark.parametrize("seed", [7, 8, 9])
def test_what_was_told_is_asked_and_its_truth_is_right(seed: int) -> None:
    session = Session("summit_bridge", start="decision")
    session.reset(seed=seed)
    assert [item.key for item in understanding(session)] == ["reports_to"]
    session.play(simenv.agent("honest_colleague"), until=session.observation.time + 1800)
    items = understanding(session)
    assert [item.key for item in items] == ["reports_to", "decides", "carried_out"]
    company = session.simulation.company
    (decision,) = company.opening.decisions.values()
    boss = company.opening.people[decision.controller].name
    other = next(each.name for each in company.opening.people.values() if each.name != boss and each.inside)

    def marks(who: str, when: str) -> list[bool | None]:
        said = {"reports_to": boss, "decides": who, "carried_out": when}
        probe = quiz(items)
        answer = ProbeAnswer(probe.name, "end", 0, 0, probe.read(json.dumps(said)))
        return [mark.right for mark in marked(answer, items).marks]

    assert marks(boss, "17:00") == [True, True, True]
    assert marks(f"{boss.split()[-1]}, our director", "at 5 p.m. today") == [True, True, True]
    assert marks(f"{boss} and {other}", "unknown") == [True, False, False]
    assert marks("", "16:00") == [True, None, False]
    assert all(boss not in item.question and "17" not in item.question for item in items)


def test_a_time_is_written_in_many_ways() -> None:
    assert ways_of_saying(17 * 3600) == (
        "17:00", "17.00", "5:00 pm", "5:00pm", "5:00 p.m.", "5 pm", "5pm", "5 p.m.",
    )  # fmt: skip
    assert ways_of_saying(86_400 + 9 * 3600 + 300) == ("09:05", "09.05", "9:05")
