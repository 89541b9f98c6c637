"""Working time: nights, weekends and time away do not count."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from simenv.colleagues.hours import present, work_until
from simenv.company.opening import Absence

from .firm import CLERK, DAY, FRIDAY, HOUR, MINUTE, MONDAY, PEOPLE, TUESDAY, scene

SHIFT = PEOPLE[CLERK].shift
OPENING = scene().opening
AWAY = replace(OPENING, absences={CLERK: (Absence(MONDAY + 10 * HOUR, MONDAY + DAY + 12 * HOUR),)})


@pytest.mark.parametrize(
    ("start", "seconds", "end"),
    [
        (TUESDAY + 10 * HOUR, 90 * MINUTE, TUESDAY + 11 * HOUR + 30 * MINUTE),
        (TUESDAY + 10 * HOUR, 0, TUESDAY + 10 * HOUR),
        (TUESDAY + 3 * HOUR, HOUR, TUESDAY + SHIFT.start + HOUR),
        (TUESDAY + SHIFT.end - HOUR, 2 * HOUR, TUESDAY + DAY + SHIFT.start + HOUR),
        (TUESDAY + SHIFT.end - HOUR, HOUR, TUESDAY + DAY + SHIFT.start),
        (FRIDAY + SHIFT.end - HOUR, 90 * MINUTE, MONDAY + SHIFT.start + 30 * MINUTE),
        (FRIDAY + DAY + 12 * HOUR, HOUR, MONDAY + SHIFT.start + HOUR),
    ],
)
def test_only_working_time_counts(start: int, seconds: int, end: int) -> None:
    assert work_until(OPENING, CLERK, start, seconds) == end


def test_time_away_does_not_count() -> None:
    start = MONDAY + 10 * HOUR - 20 * MINUTE
    assert work_until(AWAY, CLERK, start, 10 * MINUTE) == start + 10 * MINUTE
    assert work_until(AWAY, CLERK, start, HOUR) == MONDAY + DAY + 12 * HOUR + 40 * MINUTE
    assert present(AWAY, CLERK, MONDAY + 11 * HOUR) == MONDAY + DAY + 12 * HOUR


def test_who_is_on_call_works_at_night_unless_away() -> None:
    assert work_until(OPENING, CLERK, TUESDAY + 23 * HOUR, 2 * HOUR, night=True) == TUESDAY + 25 * HOUR
    assert work_until(AWAY, CLERK, MONDAY + 9 * HOUR, 2 * HOUR, night=True) == MONDAY + DAY + 13 * HOUR
