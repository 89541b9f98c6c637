"""Numbers as people write them, put into digits: "641k", "€1.2m", "forty-one hours", "€ 1200,50"."""

from __future__ import annotations

import re
from typing import Final

_ONES: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES: Final = {
    **{word: number for number, word in enumerate(_ONES, 1)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
}
_UNIT: Final = r"(?:hours?|hrs?|days?|euros?|percent|per cent|mm|tonnes?)\b"
_SMALL: Final = "|".join(sorted(_ONES, key=len, reverse=True))
_WORDS: Final = re.compile(
    r"(?<!hundred )(?<!hundred and )(?<!thousand )(?<!-)"
    rf"\b(?P<tens>{'|'.join(_TENS)})?(?:(?<=y)[- ])?(?P<ones>{_SMALL})?(?<=\w)(?=[- ]{_UNIT})"
)
_HINTS: Final = ("hour", "hr", "day", "euro", "per", "mm", "tonne")
_THOUSANDS: Final = re.compile(r"(?<![\w.,-])(\d+)(?:\.(\d))? ?k\b")
_MILLIONS: Final = re.compile(
    r"(?<![\w.,-])(\d+)(?:\.(\d{1,3}))?(?: ?(?:million|mio|mn)\b| ?m(?= euros?\b| eur\b| ?€))"
    r"|((?:€|\beur) ?)(\d+)(?:\.(\d{1,3}))? ?m\b"
)
_DECIMAL_COMMA: Final = re.compile(r"((?:€|\beur) ?\d+),(\d\d)(?!\d)|(?<![\d.,])(\d+),(\d\d)(?= ?(?:€|eur))")


def in_digits(text: str) -> str:
    """Return normal ``text`` with numbers in words before a unit, thousands, millions and decimal commas in digits."""
    if "," in text and ("€" in text or "eur" in text):
        text = _DECIMAL_COMMA.sub(lambda hit: f"{hit[1] or hit[3]}.{hit[2] or hit[4]}", text)
    if "k" in text:
        text = _THOUSANDS.sub(lambda hit: _times(hit[1], hit[2], 3), text)
    if "m" in text:
        text = _MILLIONS.sub(lambda hit: (hit[3] or "") + _times(hit[1] or hit[4], hit[2] or hit[5], 6), text)
    for hint in _HINTS:
        if hint in text:
            return _WORDS.sub(_value, text)
    return text


def _times(whole: str, part: str | None, places: int) -> str:
    return whole + (part or "").ljust(places, "0")


def _value(hit: re.Match[str]) -> str:
    if not hit[0]:
        return ""
    tens, ones = _VALUES.get(hit["tens"] or "", 0), _VALUES.get(hit["ones"] or "", 0)
    if (tens and ones > 9) or tens + ones == 1:  # "one day" is some day
        return hit[0]
    return str(tens + ones)
