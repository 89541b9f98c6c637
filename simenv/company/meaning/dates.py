"""Dates in text: "30 November", "Nov 30th", "30/11/2027" and "2027-11-30" name the same day of the year."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH: Final = "|".join(name if len(name) < 4 else f"{name}|{name[:3]}|sept" for name in _MONTHS)
_DATE: Final = re.compile(
    rf"(?<![\w.-])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of|\.)? (?P<month>{_MONTH})\b"
    rf"|\b(?P<month_first>{_MONTH})\.? (?P<day_last>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:-])"
    r"|(?<![\w.-])\d{4}-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})(?![\w-])"
    r"|(?<![\w./-])(?P<first>\d{1,2})(?:/(?P<second>\d{1,2})(?:/\d{2,4})?|\.(?P<dotted>\d{1,2})\.(?:\d{2,4})?|-(?P<dashed>\d{1,2})-\d{4})"
    r"(?![\w/])"
)


@lru_cache(maxsize=4096)
def dates_in(text: str) -> tuple[str, ...]:
    """Return the dates in normal ``text`` as ``day month``, without the year; in figures the day comes first."""
    found: list[str] = []
    for hit in _DATE.finditer(text):
        day = int(hit["day"] or hit["day_last"] or hit["iso_day"] or hit["first"])
        word = hit["month"] or hit["month_first"]
        number = _number(word) if word else int(hit["iso_month"] or hit["second"] or hit["dotted"] or hit["dashed"])
        if 1 <= day <= 31 and 1 <= number <= 12:
            found.append(f"{day} {_MONTHS[number - 1]}")
    return tuple(dict.fromkeys(found))


def _number(word: str) -> int:
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(word[:3]))
