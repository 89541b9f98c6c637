"""When people work: shifts, nights on call, time away."""

from __future__ import annotations

from collections.abc import Sequence

from simenv.company.opening import Absence
from simenv.company.people import DAY, Shift


def present(shift: Shift | None, absences: Sequence[Absence], time: int) -> int:
    """Return the first second at or after ``time`` at which somebody is at work.

    Args:
        shift: Their working hours, or None if these do not matter, as for who is on call; time away always does.
        absences: When they are away.
        time: Simulated second.
    """
    while True:
        at = time if shift is None else shift.next_working(time)
        for absence in absences:
            if absence.start <= at < absence.end:
                at = absence.end
        if at == time:
            return at
        time = at


def work_until(shift: Shift | None, absences: Sequence[Absence], time: int, seconds: int) -> int:
    """Return when somebody has worked for so many seconds from ``time`` on: only working time counts.

    Args:
        shift: Their working hours, or None if these do not matter.
        absences: When they are away.
        time: Simulated second at which the work begins, or waits to begin.
        seconds: How long it takes.

    Example:
        Ninety minutes from a Friday at 17:00, with working hours from 9:00 to 17:30, are over on Monday at 10:00.
    """
    while True:
        time = present(shift, absences, time)
        end = min([absence.start for absence in absences if absence.start > time], default=time + seconds + 1)
        if shift is not None:
            end = min(end, time - time % DAY + shift.end)
        if time + seconds < end:
            return time + seconds
        seconds -= end - time
        time = end
