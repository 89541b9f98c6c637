"""When people work: shifts, nights on call, time away."""

from __future__ import annotations

from simenv.company.opening import Absence, Opening
from simenv.company.people import DAY, Shift


def present(opening: Opening, person: str, time: int, night: bool = False) -> int:
    """Return the first second at or after ``time`` at which a person is at work.

    Args:
        opening: Who works when, and who is away when.
        person: Id of the person.
        time: Simulated second.
        night: Whether working hours do not matter; time away always does.
    """
    return _present(_shift(opening, person, night), opening.absences.get(person, ()), time)


def work_until(opening: Opening, person: str, time: int, seconds: int, night: bool = False) -> int:
    """Return when a person has worked for so many seconds from ``time`` on: only working time counts.

    Args:
        opening: Who works when, and who is away when.
        person: Id of the person.
        time: Simulated second at which the work begins, or waits to begin.
        seconds: How long it takes.
        night: Whether working hours do not matter; time away always does.

    Example:
        Ninety minutes from a Friday at 17:00, with working hours from 9:00 to 17:30, are over on Monday at 10:00.
    """
    shift, absences = _shift(opening, person, night), opening.absences.get(person, ())
    while True:
        time = _present(shift, absences, time)
        end = min([absence.start for absence in absences if absence.start > time], default=time + seconds + 1)
        if shift is not None:
            end = min(end, time - time % DAY + shift.end)
        if time + seconds < end:
            return time + seconds
        seconds -= end - time
        time = end


def _shift(opening: Opening, person: str, night: bool) -> Shift | None:
    return None if night else opening.people[person].shift


def _present(shift: Shift | None, absences: tuple[Absence, ...], time: int) -> int:
    while True:
        at = time if shift is None else shift.next_working(time)
        for absence in absences:
            if absence.start <= at < absence.end:
                at = absence.end
        if at == time:
            return at
        time = at
