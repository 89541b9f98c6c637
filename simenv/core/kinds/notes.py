"""Notes that a person keeps for themselves."""

from __future__ import annotations

from typing import ClassVar

from simenv.core.kinds.base import OBSERVABLE, EventData, Visibility


class NoteWritten(EventData, frozen=True):
    """A note was written, or written anew; an empty text removes it."""

    kind: ClassVar[str] = "note.written"
    visibility: ClassVar[Visibility] = OBSERVABLE
    title: str
    text: str


class NoteRead(EventData, frozen=True):
    """A part of a note was shown: characters ``start`` up to ``end``."""

    kind: ClassVar[str] = "note.read"
    visibility: ClassVar[Visibility] = OBSERVABLE
    title: str
    start: int = 0
    end: int = 0


class NoteListed(EventData, frozen=True):
    """Titles of notes were shown."""

    kind: ClassVar[str] = "note.listed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    titles: tuple[str, ...]
