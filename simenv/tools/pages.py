"""Long texts and lists a page at a time, so that no single result is larger than a policy can take in."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta, Struct

from simenv.core.calls import ToolResult

Page = Annotated[int, Meta(ge=1, le=10_000)]
"""Number of a page, from 1, as tools take it."""

PART: Final = 4_800
"""Characters of a long text that one result shows: below 1,500 tokens with what stands around it."""


class Part(Struct, frozen=True, gc=False):
    """One page of a text: characters ``start`` up to ``end``, its number from 1, and how many pages there are."""

    text: str
    start: int
    end: int
    page: int
    pages: int

    @property
    def numbered(self) -> str:
        """The text, and below it, if there are other pages, which one this is."""
        return f"{self.text}\n\nPage {self.page} of {self.pages}." if self.pages > 1 else self.text


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


def listed(lines: list[str], data: object, page: int, cost: int, *, more: bool, nothing: str = "") -> ToolResult:
    """Return a page of a list as a result.

    Args:
        lines: What stands on it.
        data: The same as data.
        page: Its number, from 1.
        cost: Simulated seconds the call takes.
        more: Whether the list goes on after it.
        nothing: What is said if the whole list is empty, unless it is known not to be.
    """
    if not lines:
        return ToolResult(True, "ok", empty(page, nothing), data, cost)
    if more:
        lines.append(f"More on page {page + 1}.")
    return ToolResult(True, "ok", "\n".join(lines), data, cost)


def empty(page: int, nothing: str) -> str:
    """Return what is said of a page on which nothing stands.

    Args:
        page: Its number, from 1.
        nothing: What is said if the whole list is empty.
    """
    return nothing if page == 1 else f"There is no page {page}."
