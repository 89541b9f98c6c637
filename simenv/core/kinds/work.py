"""Work: steps of workflows. They are intentions and state of minds, so hidden."""

from __future__ import annotations

from typing import ClassVar

from simenv.core.kinds.base import HIDDEN, EventData, Visibility


class WorkBegun(EventData, frozen=True):
    """A step of a work item fell due and its owner set about it."""

    kind: ClassVar[str] = "work.begun"
    visibility: ClassVar[Visibility] = HIDDEN
    item: str
    step: str


class WorkDone(EventData, frozen=True):
    """A step of a work item is done; ``late`` if after its due time."""

    kind: ClassVar[str] = "work.done"
    visibility: ClassVar[Visibility] = HIDDEN
    item: str
    step: str
    late: bool = False


class LetterWritten(EventData, frozen=True):
    """A letter of the world's files became this message; later letters may answer it."""

    kind: ClassVar[str] = "letter.written"
    visibility: ClassVar[Visibility] = HIDDEN
    letter: str
    message: str
