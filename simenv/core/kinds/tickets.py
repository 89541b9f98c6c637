"""Tickets and approvals."""

from __future__ import annotations

from typing import ClassVar

from simenv.core.kinds.base import OBSERVABLE, EventData, Visibility


class TicketOpened(EventData, frozen=True):
    """A ticket was opened."""

    kind: ClassVar[str] = "ticket.opened"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    number: str
    queue: str
    title: str
    text: str
    assignee: str = ""
    priority: str = "normal"
    due: int | None = None


class TicketChanged(EventData, frozen=True):
    """Status, assignee or priority of a ticket took these values; what is None stays."""

    kind: ClassVar[str] = "ticket.changed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    status: str | None = None
    assignee: str | None = None
    priority: str | None = None


class TicketCommented(EventData, frozen=True):
    """Somebody wrote on a ticket; text stands here and nowhere else."""

    kind: ClassVar[str] = "ticket.commented"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    text: str


class ApprovalAsked(EventData, frozen=True):
    """Somebody was asked to agree to a ticket."""

    kind: ClassVar[str] = "approval.asked"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    approver: str
    note: str = ""


class ApprovalDecided(EventData, frozen=True):
    """Who was asked agreed or not."""

    kind: ClassVar[str] = "approval.decided"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    approved: bool
    note: str = ""


class TicketListed(EventData, frozen=True):
    """Numbers, titles and states of these tickets were shown."""

    kind: ClassVar[str] = "ticket.listed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    ids: tuple[str, ...]
    queue: str = ""


class TicketRead(EventData, frozen=True):
    """A page of a ticket was shown: on the first the ticket itself, on each its comments up to number ``comments``.

    Those up to number ``passed`` stand on earlier pages.
    """

    kind: ClassVar[str] = "ticket.read"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    comments: int
    page: int = 1
    passed: int = 0


class TicketSearched(EventData, frozen=True):
    """Numbers, titles and states of these tickets were shown in answer to a query."""

    kind: ClassVar[str] = "ticket.searched"
    visibility: ClassVar[Visibility] = OBSERVABLE
    query: str
    ids: tuple[str, ...]


class TicketNotified(EventData, frozen=True):
    """The seat was told that something happened on these tickets of its own."""

    kind: ClassVar[str] = "ticket.notified"
    visibility: ClassVar[Visibility] = OBSERVABLE
    ids: tuple[str, ...]
