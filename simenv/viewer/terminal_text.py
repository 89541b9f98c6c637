"""Making text fit to be shown: what agents, colleagues and files wrote is hostile until it is made plain.

A terminal obeys control characters, and some invisible marks reorder what stands beside them. Here they all become
visible escapes; runs of white space become one blank; marks that pile up on one letter are cut; lengths are bounded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

LINE: Final = 160
"""Characters of one quoted line."""

_ESCAPED: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_MARKS: Final = frozenset({"Mn", "Me"})
_PILE: Final = 2
_AT_ONCE: Final = 20_000


def plain(text: str, limit: int = LINE) -> str:
    r"""Return a text as one line that no terminal acts upon.

    Args:
        text: Anything.
        limit: Characters of the result at most; what is cut off is marked by an ellipsis.

    Example:
        >>> plain("Dear\n\x1b[31mall\u202e")
        'Dear \\x1b[31mall\\u202e'
    """
    line = " ".join(text[:_AT_ONCE].split())
    if not (line.isascii() and line.isprintable()):
        line = "".join(_visible(line))
    return shorten(line, limit)


def visible(line: str) -> str:
    """Return a line that no terminal acts upon, its blanks as they were."""
    return line if line.isascii() and line.isprintable() else "".join(_visible(line))


def plain_lines(text: str, limit: int = 1_000, lines: int = 200) -> str:
    """Return a text of several lines, each of them made plain with its indentation kept.

    Args:
        text: Anything.
        limit: Characters of a line at most.
        lines: Lines at most; what is cut off is counted.
    """
    rows = text.split("\n")
    shown = [" " * min(40, len(row) - len(row.lstrip(" "))) + plain(row, limit) for row in rows[:lines]]
    if len(rows) > lines:
        shown.append(f"... and {len(rows) - lines} more lines")
    return "\n".join(row.rstrip() for row in shown)


def shorten(text: str, limit: int) -> str:
    """Return a text cut to ``limit`` characters, at a blank if there is one near."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    blank = cut.rfind(" ")
    return (cut[:blank] if blank > limit * 2 // 3 else cut).rstrip() + "…"


def quoted(text: str, limit: int = 80) -> str:
    """Return a plain text in quotation marks."""
    return f"'{plain(text, limit)}'"


def telling(body: str, limit: int = LINE) -> str:
    """Return the first words of a letter that say something: a short salutation is passed over."""
    head, _, rest = body.strip().partition("\n")
    salutation = len(head) <= 60 and head.rstrip().endswith((",", "!")) and rest.strip()
    return plain(rest if salutation else body, limit)


def passage(body: str, needles: Iterable[str], limit: int) -> str:
    """Return what a letter says around the words that matter, made plain.

    Args:
        body: The letter.
        needles: Words that matter, in normal form; the longest that stands in it is shown, or else its first words.
        limit: Characters at most.
    """
    whole = telling(body, _AT_ONCE)
    if len(whole) <= limit:
        return whole
    matches = (re.search(_loosely(needle), whole, re.IGNORECASE) for needle in needles)
    place = max((match for match in matches if match), key=lambda match: len(match[0]), default=None)
    if place is None:
        return shorten(whole, limit)
    start = whole.rfind(" ", 0, max(0, place.start() - limit // 2)) + 1
    return shorten(f"…{whole[start:]}" if start else whole, limit)


def listed(names: Iterable[str], limit: int = 4) -> str:
    """Return names as a list in words: "a", "a and b", "a, b and 3 others"."""
    given = list(names)
    if len(given) > limit:
        given = [*given[: limit - 1], f"{len(given) - limit + 1} others"]
    return " and ".join(filter(None, (", ".join(given[:-1]), given[-1]))) if given else "nobody"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 call", "3 calls"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def _loosely(needle: str) -> str:
    """Return a pattern of a phrase in normal form in which figures may have their separators: "412600" is "412,600"."""
    return re.sub(r"(?<=\d)(?=\d)", "[,.'’ ]?", re.escape(needle))


def _visible(text: str) -> Iterable[str]:
    piled = 0
    for letter in text:
        category = unicodedata.category(letter)
        piled = piled + 1 if category in _MARKS else 0
        if category in _ESCAPED:
            code = ord(letter)
            yield f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65_536 else f"\\U{code:08x}"
        elif piled <= _PILE:
            yield letter
