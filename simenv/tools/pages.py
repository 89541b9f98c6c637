"""Long texts a page at a time, so that no single result is larger than a policy can take in."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

PART: Final = 4_800
"""Characters of a long text that one result shows: below 1,500 tokens with what stands around it."""


class Part(Struct, frozen=True, gc=False):
    """One page of a text: characters ``start`` up to ``end``, its number from 1, and how many pages there are."""

    text: str
    start: int
    end: int
    page: int
    pages: int


def part(text: str, page: int, size: int = PART) -> Part | None:
    """Return one page of a text, or None if it has fewer.

    Args:
        text: The whole text; an empty one has one empty page.
        page: From 1.
        size: Characters a page.
    """
    pages = max(1, -(-len(text) // size))
    if not 1 <= page <= pages:
        return None
    start = (page - 1) * size
    end = min(len(text), start + size)
    return Part(text[start:end], start, end, page, pages)
