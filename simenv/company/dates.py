"""Simulated seconds as people write them. Dates appear only here, at the edge."""

from __future__ import annotations

from datetime import date, timedelta

from simenv.company.people import DAY


class Dates:
    """Turns seconds since the world's start into words.

    Args:
        start: Date of day 0, a Monday.
    """

    __slots__ = ("_days", "start")

    def __init__(self, start: date) -> None:
        self.start = start
        self._days: dict[int, str] = {}

    def day(self, time: int) -> str:
        """Return the day, as in ``Tue 9 Mar``."""
        number = time // DAY
        label = self._days.get(number)
        if label is None:
            when = self.start + timedelta(days=number)
            label = self._days[number] = f"{_DAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]}"
        return label

    def stamp(self, time: int) -> str:
        """Return day and time, as in ``Tue 9 Mar 10:42``."""
        minutes = time % DAY // 60
        return f"{self.day(time)} {minutes // 60:02}:{minutes % 60:02}"


def clock(time: int) -> str:
    """Return the time of day, as in ``10:42``."""
    minutes = time % DAY // 60
    return f"{minutes // 60:02}:{minutes % 60:02}"


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
