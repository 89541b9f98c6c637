"""Figures in text: numbers with a unit, amounts with a currency, codes such as order numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from msgspec import Struct

from simenv.company.meaning.dates import dates_in
from simenv.company.meaning.numerals import in_digits


class Figure(Struct, frozen=True, gc=False):
    """A figure as stated: ``value`` in normal form, ``unit`` ("hours", "eur", "code", or "")."""

    value: str
    unit: str


_UNITS: Final = {
    "h": "hours", "hr": "hours", "hrs": "hours", "hour": "hours", "hours": "hours",
    "€": "eur", "eur": "eur", "euro": "eur", "euros": "eur",
    "day": "days", "days": "days", "%": "percent", "percent": "percent",
    "mm": "mm", "t": "tonnes", "tonne": "tonnes", "tonnes": "tonnes",
}  # fmt: skip
_DIGIT: Final = re.compile(r"\d")
_CLOCK: Final = re.compile(r"\b\d{1,2}[:.]\d{2}(?!\d)(?: ?(?:h|am|pm)\b)?")
_SEPARATED: Final = re.compile(r"\d[:.]\d")
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_AFTER_NUMBER: Final = re.compile(r"(?![\w.-]{0,60}\d)[- ]?(%|€|[a-z]+)?")
_CURRENCY: Final = re.compile(r"(€|\beur|\beuros?) ?$")
_CODE_DIGITS: Final = re.compile(r"\d{3,10}(?:-\d+)?(?!\w)")
_CODE_LETTERS: Final = re.compile(r"(?<!\w)[a-z]{1,6}-?\Z")
_HOURS_BEFORE: Final = re.compile(  # "total hours on site: 97", "the hours for May are 97", "hours: 44 + 53 = 97"
    r"\b(?:hours|hrs)\b(?:[^.;\d]*(?::|\b(?:is|are|was|were|of))|.*(?:=|\b(?:total|totals|comes to|makes)))[ *_]*$"
)
_ADDED: Final = re.compile(r" ?\+")
_REACH: Final = 80
_TOTAL: Final = re.compile(r"\b(?:total\w*|sums?|comes? to|makes|altogether|in all|overall|all told)\b|=")
_OWED: Final = re.compile(r"(?<!not )(?<!n't )\b(?:owe|owes|owed|to be paid|to pay|payable)\b(?! (?:more|less) than)")
_DENIED: Final = re.compile(  # "not 31 days", "instead of the 31 days"
    r"\b(?:not|nor|no longer|instead of|rather than|in place of)(?: (?:the|just|only|for|of))? (?:€ ?|eur )?\Z"
)
_GUESSED: Final = re.compile(r"(?:[ ,/]|eur|€|hours|days|percent)*(?:\bor\b|/)[ a-z€]{0,16}\d")
_EITHER: Final = re.compile(r"\d[^.;\d]{0,16}(?:\bor\b|/)[^.;\d]{0,16}\Z")
_AFTERWARDS: Final = re.compile(r"[ ,(*_]*(?:in total|total|altogether|in all|overall|all told)\b(?!:)")


@lru_cache(maxsize=4096)
def figures_in(text: str) -> tuple[Figure, ...]:
    """Return the figures in normal ``text``; times of day are not figures."""
    text = _without_clock(text)
    if _DIGIT.search(text) is None:
        return ()
    return tuple(dict.fromkeys([figure for figure, _, _ in _placed(text)]))


def _without_clock(text: str) -> str:
    return in_digits(_CLOCK.sub(" ", text) if _SEPARATED.search(text) else text)


def _placed(text: str) -> list[tuple[Figure, int, int]]:
    """Return the figures in a text without times of day, and where each begins and ends."""
    found = []
    for match in _CODE_DIGITS.finditer(text):
        letters = _CODE_LETTERS.search(text, max(0, match.start() - 8), match.start())
        if letters is not None:
            start = letters.start()
            found.append((Figure(text[start : match.end()], "code"), start, match.end()))
    hours = "hours" in text or "hrs" in text
    for match in _NUMBER.finditer(text):  # digits first: a pattern that begins by looking back is tried everywhere
        before = text[match.start() - 1 : match.start()]
        after = _AFTER_NUMBER.match(text, match.end())
        if after is None or before.isalnum() or before in ("_", ".", "-"):
            continue
        unit = _UNITS.get(after[1] or "", "")
        if not unit and _CURRENCY.search(text[max(0, match.start() - 6) : match.start()]):
            unit = "eur"
        elif not unit and hours and _ADDED.match(text, match.end()) is None:
            unit = "hours" if _HOURS_BEFORE.search(text[max(0, match.start() - _REACH) : match.start()]) else ""
        found.append((Figure(match.group(), unit), match.start(), after.end()))
    return found


def states(text: str, figure: str) -> bool:
    """Whether normal ``text`` states ``figure`` (in normal form) as a figure of its own."""
    date = dates_in(figure)
    if date:
        return date[0] in dates_in(text)
    text = _without_clock(text)
    return figure in text and _standalone(figure).search(text) is not None


@lru_cache(maxsize=4096)
def main_figure(text: str, unit: str) -> str | None:
    """Return the value of the figure of this unit a reader would take away.

    That is what is said to be owed; else the one nearest to a word for a total, before it ("97 hours in all") or after
    it ("the total is 97 hours"); without such a word the last. What is denied ("not 31 days") is taken only if there is
    nothing else.
    """
    text = _without_clock(text)
    placed = [(figure.value, start, end) for figure, start, end in _placed(text) if figure.unit == unit]
    placed = [each for each in placed if not _DENIED.search(text[: each[1]])] or placed
    owed = [match.end() for match in _OWED.finditer(text)]
    totals = [match.end() for match in _TOTAL.finditer(text)]
    afterwards = [value for value, _, end in placed if _AFTERWARDS.match(text, end)]
    found = _nearest(placed, owed) or (afterwards[-1] if afterwards else _nearest(placed, totals))
    return found or (placed[-1][0] if placed else None)


def _nearest(placed: list[tuple[str, int, int]], words: list[int]) -> str | None:
    """Return the figure that follows most closely on one of these ends of words, the last of several; None if none."""
    nearest: tuple[int, str] | None = None
    for value, start, _ in placed:
        gap = min((start - word for word in words if 0 <= start - word <= _REACH), default=_REACH + 1)
        if gap <= _REACH and (nearest is None or gap <= nearest[0]):
            nearest = (gap, value)
    return nearest[1] if nearest is not None else None


@lru_cache(maxsize=1024)
def leaves_open(text: str, unit: str) -> bool:
    """Whether a text offers different figures of this unit to choose from: "42 or 31 days"."""
    text = _without_clock(text)
    spans = [(start, end) for figure, start, end in _placed(text) if figure.unit == unit]
    return any(
        _GUESSED.match(text, end) or _EITHER.search(text[max(0, start - _REACH) : start]) for start, end in spans
    )


@lru_cache(maxsize=1024)
def _standalone(figure: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w.-])" + re.escape(figure) + r"(?![\w-]|\.\d)")
