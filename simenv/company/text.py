"""Texts with placeholders, words for search, and the normal form in which texts are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Final

PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9_]*\.[a-z][a-z0-9_]*)\}")
_WORD: Final = re.compile(r"[^\W_]+")
_BLANKS: Final = {code: " " for code in range(128) if not chr(code).isalnum()}
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_DIGIT: Final = re.compile(r"\d")
_THOUSANDS: Final = re.compile(r"(\d)[,.'’ \u00a0\u202f](?=\d{3}(?!\d))")


class Template:
    """A text with ``{slot.name}`` placeholders, split once.

    Args:
        text: The text as its author wrote it.
    """

    __slots__ = ("_format", "_literals", "_pick", "slots", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        parts = PLACEHOLDER.split(text)
        self._literals = parts[::2]
        self._format = "%s".join(each.replace("%", "%%") for each in self._literals)
        self.slots = tuple(dict.fromkeys(parts[1::2]))
        self._pick = itemgetter(*parts[1::2]) if self.slots else None

    def render(self, values: Mapping[str, str]) -> str:
        """Return the text with every placeholder replaced.

        Raises:
            KeyError: If a slot has no value.
        """
        return self.text if self._pick is None else self._format % self._pick(values)

    def literal_words(self) -> set[str]:
        """Return the words of the text outside its placeholders."""
        return {word for part in self._literals for word in words(part)}


@lru_cache(maxsize=16_384)
def template(text: str) -> Template:
    """Return a text as a template; the same for the same text."""
    return Template(text)


def words(text: str) -> list[str]:
    """Return the words of a text in the form in which search compares them."""
    if text.isascii():
        return text.lower().translate(_BLANKS).split()  # the same words, found in half the time
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def normal(text: str) -> str:
    """Return a text in the one form in which meanings are read.

    Compatibility characters are folded (NFKC), case is folded, invisible characters dropped, white space is one blank,
    and separators inside numbers are dropped ("412,600" and "412 600" are "412600").
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
        text = text.replace("’", "'").replace("‘", "'")
    text = text.casefold()
    if _DIGIT.search(text):
        text = _THOUSANDS.sub(r"\1", text)
    return " ".join(text.split())
