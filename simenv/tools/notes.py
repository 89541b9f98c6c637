"""Notes that a person keeps for themselves."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

from simenv.core.calls import ToolResult, refused
from simenv.core.errors import near_miss
from simenv.core.kinds.notes import NoteListed, NoteRead, NoteWritten
from simenv.tools.base import Desk, tool
from simenv.tools.pages import Page, listed, part

MOST: Final = 200
"""Notes a person may have."""
LINES: Final = 40
_WRITE, _READ, _LIST = 60, 20, 10
"""Simulated seconds each takes."""

Title = Annotated[str, Meta(min_length=1, max_length=120)]


@tool("write", cost=_WRITE)
def note_write(desk: Desk, title: Title, text: Annotated[str, Meta(max_length=8_000)]) -> ToolResult:
    """Keep a note for yourself. It replaces your note of the same title; an empty text removes that.

    Args:
        title: Its title.
        text: Its text.
    """
    notes = desk.view.notes
    title = " ".join(title.split())
    if not title:
        return refused("bad_arguments", "note_write: the title may not be empty.")
    if notes.get(title) is None:
        if not text:
            return refused("not_found", _missing(desk, title))
        if len(notes.titles()) >= MOST:
            return refused("too_large", f"You have {MOST} notes, which is all there is room for.")
    desk.emit(NoteWritten(title, text))
    return ToolResult(True, "ok", "Noted." if text else "Removed.", None, _WRITE)


@tool("read", cost=_READ)
def note_read(desk: Desk, title: Title, page: Page = 1) -> ToolResult:
    """Read a note of yours.

    Args:
        title: Its title.
        page: From 1.
    """
    title = " ".join(title.split())
    text = desk.view.notes.get(title)
    if text is None:
        return refused("not_found", _missing(desk, title))
    shown = part(text, page)
    if shown is None:
        return refused("not_found", f"This note has no page {page}.")
    desk.emit(NoteRead(title, shown.start, shown.end))
    return ToolResult(True, "ok", shown.numbered, {"title": title, "text": shown.text, "pages": shown.pages}, _READ)


@tool("read", cost=_LIST)
def note_list(desk: Desk, page: Page = 1) -> ToolResult:
    """List the titles of your notes.

    Args:
        page: From 1.
    """
    titles = desk.view.notes.titles()
    shown = titles[(page - 1) * LINES : page * LINES]
    desk.emit(NoteListed(tuple(shown)))
    return listed([*shown], shown, page, _LIST, more=len(titles) > page * LINES, nothing="You have no notes.")


def _missing(desk: Desk, title: str) -> str:
    near = near_miss(title, desk.view.notes.titles())
    return f"You have no note of this title. {f'Did you mean {near}?' if near else 'note_list shows yours.'}"


TOOLS = (note_write, note_read, note_list)
