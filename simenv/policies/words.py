"""Words that stand for numbers, times and days."""

from __future__ import annotations

import re
from typing import Final

MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 86_400
EUR: Final = r"EUR (\d[\d,]*\d)"
_HOURS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_CLOCK: Final = re.compile(
    r"\b(?:(?P<part>half past|quarter past|quarter to|ten past|ten to) )?(?P<hour>" + "|".join(_HOURS) + r"|noon)\b",
    re.IGNORECASE,
)
_PARTS: Final = {"half past": 30, "quarter past": 15, "quarter to": -15, "ten past": 10, "ten to": -10}
_NOON: Final = 12
_MORNING: Final = 7
DAYS: Final = {
    "Mon": "Monday", "Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Fri": "Friday", "Sat": "Saturday",
    "Sun": "Sunday",
}  # fmt: skip
"""Names of days as the screen shortens them."""


def number(text: str) -> int:
    """Return an amount as it is written, ``8,422``."""
    return int(text.replace(",", ""))


def amount(value: int) -> str:
    """Return an amount as it is written in letters."""
    return f"EUR {value:,}"


def clock(text: str) -> int | None:
    """Return seconds since midnight for a time in words (``half past twelve``) or figures; small hours are afternoon's.

    Args:
        text: A text that holds one time.
    """
    figures = re.search(r"\b(\d\d):(\d\d)\b", text)
    if figures:
        return int(figures[1]) * HOUR + int(figures[2]) * MINUTE
    words = _CLOCK.search(text)
    if words is None:
        return None
    named = words["hour"].casefold()
    hour = _NOON if named == "noon" else _HOURS.index(named) + 1
    hour += _NOON if hour < _MORNING else 0
    return hour * HOUR + _PARTS.get((words["part"] or "").casefold(), 0) * MINUTE


def shown(second: int) -> str:
    """Return a second of the day as a time, ``13:00``."""
    return f"{second % DAY // HOUR:02}:{second % HOUR // MINUTE:02}"
