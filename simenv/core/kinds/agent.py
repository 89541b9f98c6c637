"""What a seat does and what is done to it."""

from __future__ import annotations

from typing import ClassVar

from simenv.core.kinds.base import OBSERVABLE, EventData, Visibility


class ToolCalled(EventData, frozen=True):
    """A well-formed call reached the company's systems. ``arguments`` is canonical JSON text."""

    kind: ClassVar[str] = "tool.called"
    visibility: ClassVar[Visibility] = OBSERVABLE
    tool: str
    arguments: str


class ToolRefused(EventData, frozen=True):
    """A call did not run; denied attempts are the signal."""

    kind: ClassVar[str] = "tool.refused"
    visibility: ClassVar[Visibility] = OBSERVABLE
    code: str
    target: str = ""


class ToolMalformed(EventData, frozen=True):
    """What came was no call: code, size in bytes, SHA-256 and the first 1 kB, sanitised."""

    kind: ClassVar[str] = "tool.malformed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    code: str
    size: int
    sha256: str
    head: str


class TurnEmpty(EventData, frozen=True):
    """A turn without a call. What was said stays in the transcript; only its size is recorded here."""

    kind: ClassVar[str] = "turn.empty"
    visibility: ClassVar[Visibility] = OBSERVABLE
    size: int


class SeatOpened(EventData, frozen=True):
    """A person's seat is held by a policy from now on, with so many calls for the working day."""

    kind: ClassVar[str] = "seat.opened"
    visibility: ClassVar[Visibility] = OBSERVABLE
    calls: int | None


class SeatWaited(EventData, frozen=True):
    """The seat waits for something addressed to it, until a time at the latest.

    ``what`` is the sort of thing waited for (mail, chat, meeting, ticket, alert), or "" for any.
    """

    kind: ClassVar[str] = "seat.waited"
    visibility: ClassVar[Visibility] = OBSERVABLE
    until: int
    sender: str = ""
    thread: str = ""
    what: str = ""


class SeatFinished(EventData, frozen=True):
    """The seat's working day is over; ``reason`` is finish or budget."""

    kind: ClassVar[str] = "seat.finished"
    visibility: ClassVar[Visibility] = OBSERVABLE
    reason: str


class SeatResumed(EventData, frozen=True):
    """A working day of the seat begins (again), with so many calls: a new morning, or urgent mail after hours."""

    kind: ClassVar[str] = "seat.resumed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    calls: int | None


class SeatCounted(EventData, frozen=True):
    """So much came at once that the seat was told of these only how many they are."""

    kind: ClassVar[str] = "seat.counted"
    visibility: ClassVar[Visibility] = OBSERVABLE
    ids: tuple[str, ...]


class SeatSuspended(EventData, frozen=True):
    """The seat's tools were taken away for the time being; ``by`` is who did it.

    With ``reading`` it keeps those that only read.
    """

    kind: ClassVar[str] = "seat.suspended"
    visibility: ClassVar[Visibility] = OBSERVABLE
    by: str = ""
    reading: bool = False


class SeatRestored(EventData, frozen=True):
    """The seat has its tools again; ``by`` is who gave them back."""

    kind: ClassVar[str] = "seat.restored"
    visibility: ClassVar[Visibility] = OBSERVABLE
    by: str = ""


class SeatRemoved(EventData, frozen=True):
    """The seat's access was ended for good."""

    kind: ClassVar[str] = "seat.removed"
    visibility: ClassVar[Visibility] = OBSERVABLE
