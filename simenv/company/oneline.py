"""Texts as one bounded line, for lists and logs: what people write must not look like several entries."""

from __future__ import annotations


def one_line(text: str, limit: int = 160) -> str:
    """Return a text as one line of at most ``limit`` characters; what is cut off is marked by an ellipsis.

    Example:
        >>> one_line("Restore test", 9)
        'Restore …'
    """
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
