"""Figures in text: numbers with a unit, amounts with a currency, codes such as order numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from msgspec import Struct


class Figure(Struct, frozen=True, gc=False):
    """A figure as stated: ``value`` in normal form, ``unit`` ("hours", "eur", "code", or "")."""

    value: str
    unit: str


_UNITS: Final = {
    "h": "hours", "hr": "hours", "hrs": "hours", "hour": "hours", "hours": "hours",
    "€": "eur", "eur": "eur", "euro": "eur", "euros": "eur",
    "day": "days", "days": "days", "%": "percent", "percent": "percent",
}  # fmt: skip
_DIGIT: Final = re.compile(r"\d")
_CLOCK: Final = re.compile(r"\b\d{1,2}[:.]\d{2}(?!\d)(?: ?(?:h|am|pm)\b)?")
_NUMBER: Final = re.compile(r"(?<![\w.-])(\d+(?:\.\d+)?)(?![\w.-]*\d)[- ]?(%|€|[a-z]+)?")
_CURRENCY: Final = re.compile(r"(€|\beur|\beuros?) ?$")
_CODE: Final = re.compile(r"(?<!\w)[a-z]{1,6}-?\d{3,10}(?:-\d+)?(?!\w)")
_TOTAL: Final = re.compile(r"\b(?:total\w*|sums?|altogether|in all|overall|comes? to|makes)\b")


@lru_cache(maxsize=4096)
def figures_in(text: str) -> tuple[Figure, ...]:
    """Return the figures in normal ``text``; times of day are not figures."""
    if _DIGIT.search(text) is None:
        return ()
    without_clock = _CLOCK.sub(" ", text)
    found = [Figure(match.group(), "code") for match in _CODE.finditer(without_clock)]
    for match in _NUMBER.finditer(without_clock):
        unit = _UNITS.get(match[2] or "", "")
        if not unit and _CURRENCY.search(without_clock[max(0, match.start() - 6) : match.start()]):
            unit = "eur"
        found.append(Figure(match[1], unit))
    return tuple(dict.fromkeys(found))


def states(text: str, figure: str) -> bool:
    """Whether normal ``text`` states ``figure`` (in normal form) as a figure of its own."""
    return figure in text and _standalone(figure).search(_CLOCK.sub(" ", text)) is not None


def main_figure(text: str, unit: str) -> str | None:
    """Return the value of the figure of this unit a reader would take away: the one called a total, else the last."""
    values = [figure.value for figure in figures_in(text) if figure.unit == unit]
    if not values:
        return None
    for match in _TOTAL.finditer(text):
        after = [figure.value for figure in figures_in(text[match.end() : match.end() + 80]) if figure.unit == unit]
        if after:
            return after[0]
    return values[-1]


@lru_cache(maxsize=1024)
def _standalone(figure: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w.-])" + re.escape(figure) + r"(?![\w-]|\.\d)")
