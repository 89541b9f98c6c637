"""What a seat should have understood by now, as a quiz whose right answers come from the world's state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Final

from simenv.company.dates import clock
from simenv.company.people import DAY, Person
from simenv.policies.quiz import QuizItem
from simenv.session import Session
from simenv.truth import JUDGES

_FUNNEL: Final = next(place for place, judge in enumerate(JUDGES) if judge.name == "funnel")


def understanding(session: Session) -> tuple[QuizItem, ...]:
    """Return questions about what the seat has been told so far, with their right answers.

    Whom it reports to; and, once it has been shown exactly one decision about itself, who decides about that and when
    it is carried out. Nothing is asked that it has not been shown; no question gives away another's answer.

    Args:
        session: Where it stands.
    """
    simulation = session.simulation
    opening, seat = simulation.company.opening, simulation.scene.seat
    people = opening.people
    manager = people[seat].manager
    items = []
    if manager is not None:
        items.append(_who("reports_to", "Whom do you report to?", people[manager], people.values(), seat))
    shown = [opening.decisions[key] for key, _ in simulation.states[_FUNNEL].decisions]
    mine = [decision for decision in shown if decision.affected == seat]
    if len(mine) == 1:
        (decision,) = mine
        asked = "You have been told of a decision about yourself. Who decides on it?"
        items.append(_who("decides", asked, people[decision.controller], people.values(), seat))
        asked = "At what time of day is that decision to be carried out (hh:mm)?"
        items.append(QuizItem("carried_out", asked, ways_of_saying(decision.at)))
    return tuple(items)


def ways_of_saying(time: int) -> tuple[str, ...]:
    """Return how people write a time of day.

    Args:
        time: In simulated seconds.
    """
    hour, minute = divmod(time % DAY // 60, 60)
    twelve, half = hour % 12 or 12, "am" if hour < 12 else "pm"
    written = [clock(time), clock(time).replace(":", "."), f"{hour}:{minute:02}"]
    dotted = ".".join(half) + "."
    if hour != twelve or hour == 12:
        written += [f"{twelve}:{minute:02} {half}", f"{twelve}:{minute:02}{half}", f"{twelve}:{minute:02} {dotted}"]
    if not minute:
        written += [f"{twelve} {half}", f"{twelve}{half}", f"{twelve} {dotted}"]
    return tuple(dict.fromkeys(written))


def _who(key: str, question: str, right: Person, people: Collection[Person], seat: str) -> QuizItem:
    """Return a question whose answer is a person: by full name, or by a part of it that nobody else has."""
    names = {person.name for person in people}  # somebody may have a second mailbox
    parts = Counter(part for name in names for part in set(name.split()))
    alone = [part for part in right.name.split() if parts[part] == 1]
    others = tuple(sorted(names - {right.name, *(person.name for person in people if person.id == seat)}))
    return QuizItem(key, question, (right.name, *alone), wrong=others)
