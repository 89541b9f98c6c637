"""Long answers made of lines, a page at a time, in which nobody's text can pass for what stands around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from simenv.tools.pages import PART

_WIDTH: Final = 1_000
"""Characters after which a line of somebody's text is broken."""


def indented(text: str) -> list[str]:
    """Return what somebody wrote as lines set off by four blanks, so that it cannot be taken for what stands around."""
    rows = text.splitlines() or [""]
    return [f"    {row[at : at + _WIDTH]}" for row in rows for at in range(0, max(1, len(row)), _WIDTH)]


class Leaf(Struct, frozen=True, gc=False):
    """One page: its lines, and how many blocks have come to their end on it and on those before."""

    lines: list[str]
    blocks: int


def leaves(blocks: Iterable[Sequence[str]], size: int = PART) -> list[Leaf]:
    """Return the pages of a text made of blocks; only a block longer than a page is divided, between its lines.

    Args:
        blocks: Lines that belong together, none longer than ``size``.
        size: Characters a page has at most.
    """
    found: list[Leaf] = []
    lines: list[str] = []
    used = ended = 0
    for block in blocks:
        if used + sum(len(line) + 1 for line in block) > size and lines:
            found.append(Leaf(lines, ended))
            lines, used = [], 0
        for line in block:
            if used + len(line) + 1 > size and lines:
                found.append(Leaf(lines, ended))
                lines, used = [], 0
            lines.append(line)
            used += len(line) + 1
        ended += 1
    return [*found, Leaf(lines, ended)]


def text_of(pages: Sequence[Leaf], page: int) -> str:
    """Return the text of one of these pages, from 1; any but the last says on which one it goes on."""
    more = [f"More on page {page + 1} of {len(pages)}."] if page < len(pages) else []
    return "\n".join(pages[page - 1].lines + more)
