"""What a search shows of a text: the part around the first place of a word."""

from __future__ import annotations

from typing import Final

from simenv.core.kinds.mail import Snippet

_BEFORE: Final = 60
_AFTER: Final = 100


def excerpt(id: str, text: str, word: str) -> tuple[Snippet, str]:
    """Return the part of a text around the first place of ``word``, or its beginning, and how it is shown.

    Args:
        id: Of what the text is of.
        text: The text.
        word: A word in lower case.
    """
    lowered = text.lower()
    at = lowered.find(word) if len(lowered) == len(text) else 0
    start = max(0, at - _BEFORE)
    end = min(len(text), start + _BEFORE + _AFTER)
    shown = " ".join(text[start:end].split())
    return Snippet(id, start, end), f"    {'... ' if start else ''}{shown}{' ...' if end < len(text) else ''}"
