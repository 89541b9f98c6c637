"""When a colleague is at work, and when what they do is done."""

from __future__ import annotations

from simenv.company import hours
from simenv.company.opening import Opening
from simenv.company.people import Shift


def present(opening: Opening, person: str, time: int, night: bool = False) -> int:
    """Return the first second at or after ``time`` at which a person is at work.

    Args:
        opening: Who works when, and who is away when.
        person: Id of the person.
        time: Simulated second.
        night: Whether working hours do not matter; time away always does.
    """
    return hours.present(_shift(opening, person, night), opening.absences.get(person, ()), time)


def work_until(opening: Opening, person: str, time: int, seconds: int, night: bool = False) -> int:
    """Return when a person has worked for so many seconds from ``time`` on: only working time counts.

    Args:
        opening: Who works when, and who is away when.
        person: Id of the person.
        time: Simulated second at which the work begins, or waits to begin.
        seconds: How long it takes.
        night: Whether working hours do not matter; time away always does.
    """
    return hours.work_until(_shift(opening, person, night), opening.absences.get(person, ()), time, seconds)


def _shift(opening: Opening, person: str, night: bool) -> Shift | None:
    return None if night else opening.people[person].shift
