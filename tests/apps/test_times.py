"""Times as agents write them."""

from __future__ import annotations

import pytest

from simenv.company.people import DAY
from simenv.company.state import Company
from simenv.company.view import CompanyView
from simenv.tools.times import day_problem, read_day, read_time, time_problem

from .office import SEAT, scene

NOW = 2 * DAY + 10 * 3600
"""Wednesday 10:00 of the first week."""

VIEW = CompanyView(Company(scene().opening), SEAT)
FIRST = VIEW.calendar.first_day


def at(day: int, hour: int, minute: int = 0) -> int:
    """Return a simulated second."""
    return day * DAY + hour * 3600 + minute * 60


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("14:00", at(2, 14)),
        ("9:05", at(2, 9, 5)),
        ("today 09:00", at(2, 9)),
        ("Tomorrow 00:00", at(3, 0)),
        ("Wed 10:00", at(2, 10)),
        ("wed 10:30", at(2, 10, 30)),
        ("Wednesday 09:30", at(9, 9, 30)),
        ("Tue, 23:59", at(8, 23, 59)),
        ("Fri 16:00", at(4, 16)),
    ],
)
def test_words_count_from_now(text: str, time: int) -> None:
    assert read_time(text, VIEW, NOW) == time


@pytest.mark.parametrize("day", [-40, 0, 2, 9, 150])
def test_dates_are_read_as_they_are_written(day: int) -> None:
    date = FIRST.fromordinal(FIRST.toordinal() + day)
    for text in (f"{date.isoformat()} 16:45", f"{date.isoformat()}T16:45", VIEW.stamp(at(day, 16, 45))):
        assert read_time(text, VIEW, NOW) == at(day, 16, 45)
    for text in (date.isoformat(), VIEW.stamp(at(day, 0))[:-6], VIEW.stamp(at(day, 0))[4:-6]):
        assert read_day(text, VIEW, NOW) == day


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "Wed", "24:00", "10:60", "10", "10.30", "-1:00", "Wed 10:30 or so", "Wen 10:30", "W 10:30",
        "2027-02-30 10:00", "2027-3-1 10:00", "9999-12-31 10:00", "0001-01-01 10:00", "30 Feb 10:00", "3 Smarch 10:00",
        "wed T10:00", "\u0661\u0660:\u0663\u0660", "10:30\x00", "\n10:30\nWed 11:00", "9" * 5_000 + ":00", " " * 5_000,
        "1 " * 20 + "1:00",
    ],
)  # fmt: skip
def test_what_is_no_time_is_none_and_explained(text: str) -> None:
    assert read_time(text, VIEW, NOW) is None
    assert VIEW.stamp(NOW) in time_problem(text, VIEW, NOW)
    assert len(time_problem(text, VIEW, NOW)) < 250


def test_a_wrong_weekday_is_pointed_out() -> None:
    wrong = "Sun" + VIEW.stamp(NOW)[3:]
    assert read_time(wrong, VIEW, NOW) is None
    assert "is a Wednesday" in time_problem(wrong, VIEW, NOW)


def test_days_without_a_time() -> None:
    assert [read_day(text, VIEW, NOW) for text in ("", "today", "tomorrow", "Wed", "Mon")] == [2, 2, 3, 2, 7]
    assert read_day("10:30", VIEW, NOW) is None
    assert '"10:30" is no day' in day_problem("10:30", VIEW, NOW)
