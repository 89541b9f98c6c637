"""Times as agents write them: a small strict grammar, and what is wrong with what does not fit it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Final

from msgspec import Meta

from simenv.company.people import DAY
from simenv.company.view import CompanyView

Time = Annotated[str, Meta(max_length=40)]
"""A time as text; "" where it may be left out."""

_LONGEST: Final = 40
_FARTHEST: Final = 366
"""Days from now beyond which nothing is planned."""

_TIME: Final = re.compile(r"(?:(.*\S)(?:[ ,]+|(?<=\d)T))?([01]?[0-9]|2[0-3]):([0-5][0-9])\Z", re.ASCII)
_ISO: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z", re.ASCII)
_NAMED: Final = re.compile(r"(?:([a-z]+),? )?(\d\d?) ([a-z]+)\Z", re.ASCII)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


def read_time(text: str, view: CompanyView, now: int) -> int | None:
    """Return the simulated second that a text names, or None if it names none.

    It may be ``Wed 09:30`` (the next one from now on), ``2027-03-10 09:30``, the way the company writes times
    (``Wed 10 Mar 09:30``), ``today 09:30``, ``tomorrow 09:30``, or ``09:30``, which is today, even if it is past.

    Args:
        text: What was written.
        view: Whose calendar it is read by.
        now: The second from which weekdays count and whose day is today.
    """
    found = _time(text, view, now)
    return found if isinstance(found, int) else None


def read_day(text: str, view: CompanyView, now: int) -> int | None:
    """Return the number of the day that a text names, or None if it names none.

    Args:
        text: ``""`` or ``today``, ``tomorrow``, ``Wed``, ``2027-03-10``, ``Wed 10 Mar``.
        view: Whose calendar it is read by.
        now: The second whose day is today.
    """
    found = _day(text, view, now)
    return found if isinstance(found, int) else None


def time_problem(text: str, view: CompanyView, now: int) -> str:
    """Return what is wrong with a text that names no time, and what would."""
    found = _time(text, view, now)
    why = found if isinstance(found, str) else "is no time"
    stamp = view.stamp(now)
    return f'"{text[:_LONGEST]}" {why}. Write {stamp[:3]} 14:00, {_iso(view, now)} 14:00, {stamp}, or 14:00 for today.'


def day_problem(text: str, view: CompanyView, now: int) -> str:
    """Return what is wrong with a text that names no day, and what would."""
    found = _day(text, view, now)
    why = found if isinstance(found, str) else "is no day"
    stamp = view.stamp(now)
    return f'"{text[:_LONGEST]}" {why}. Write {stamp[:3]}, {_iso(view, now)}, {stamp[:-6]}, today or tomorrow.'


def _time(text: str, view: CompanyView, now: int) -> int | str:
    """Return the second, or the problem."""
    fit = _TIME.match(text.strip()) if len(text) <= _LONGEST else None
    if fit is None:
        return "is no time"
    second = int(fit[2]) * 3600 + int(fit[3]) * 60
    named = (fit[1] or "").rstrip(" ,")
    day = _day(named, view, now)
    if isinstance(day, str):
        return day
    time = day * DAY + second
    return time + 7 * DAY if time < now - now % 60 and _weekday(named) is not None else time


def _day(text: str, view: CompanyView, now: int) -> int | str:
    """Return the number of the day, or the problem."""
    today, name, first = now // DAY, text.strip().casefold(), view.calendar.first_day
    if name in ("", "today"):
        return today
    if name == "tomorrow":
        return today + 1
    weekday = _weekday(name)
    if weekday is not None:
        return today + (weekday - today) % 7
    here = first + timedelta(days=today)
    if (fit := _ISO.match(name)) is not None:
        found = _date(int(fit[1]), int(fit[2]), int(fit[3]))
    elif (fit := _NAMED.match(name)) is not None and (month := _place(fit[3], _MONTHS)) is not None:
        years = [_date(here.year + more, month + 1, int(fit[2])) for more in (-1, 0, 1)]
        found = min([each for each in years if each], key=lambda each: abs((each - here).days), default=None)
        if found is not None and fit[1] and _weekday(fit[1]) != found.weekday():
            return f"is no day: {fit[2]} {fit[3].capitalize()} is a {_WEEKDAYS[found.weekday()].capitalize()}"
    else:
        return "is no day"
    if found is None:
        return "is no day of the calendar"
    if abs((found - here).days) > _FARTHEST:
        return "is more than a year away"
    return (found - first).days


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(name: str) -> int | None:
    return _place(name.casefold(), _WEEKDAYS)


def _place(name: str, names: tuple[str, ...]) -> int | None:
    """Return the number of a name, written whole or as its first three letters."""
    return next((number for number, each in enumerate(names) if name in (each, each[:3])), None)


def _iso(view: CompanyView, now: int) -> str:
    return (view.calendar.first_day + timedelta(days=now // DAY)).isoformat()
