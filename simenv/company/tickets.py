"""Tickets: work that somebody asked for, who does it, how far it is, and who has to agree."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Status = Literal["open", "in_progress", "waiting", "resolved", "closed"]
Priority = Literal["low", "normal", "high", "urgent"]
Approval = Literal["", "asked", "approved", "rejected"]


class Comment(Struct, frozen=True, gc=False):
    """What somebody wrote on a ticket; ``seq`` is that of its event, or None if it was there at the opening."""

    author: str
    time: int
    text: str
    seq: int | None = None


class Change(Struct, frozen=True, gc=False):
    """A field of a ticket that took another value.

    Attributes:
        actor: Id of who changed it.
        time: When, in seconds since the world's start.
        field: ``status``, ``assignee``, ``priority``, ``approver`` (somebody was asked) or ``approval`` (decided).
        value: The new value; for ``assignee`` and ``approver`` the id of a person.
        seq: ``seq`` of its event, or None if it was there at the opening.
    """

    actor: str
    time: int
    field: str
    value: str
    seq: int | None = None


class Ticket(Struct, frozen=True, gc=False):
    """One ticket.

    Attributes:
        id: ``tick-...``.
        number: What people call it, such as ``OPS-214``.
        queue: Queue it lies in.
        title: What it is about.
        text: What was asked for.
        reporter: Id of who opened it.
        opened: When, in seconds since the world's start.
        assignee: Id of who does it, or "".
        status: How far it is.
        priority: How urgent it is.
        approver: Id of who has to agree, or "".
        approval: Whether that person was asked and what came of it.
        comments: Oldest first.
        changes: Oldest first.
        due: When it should be done, or None.
        asked_by: Id of who asked for the approval, or "".
    """

    id: str
    number: str
    queue: str
    title: str
    text: str
    reporter: str
    opened: int
    assignee: str = ""
    status: Status = "open"
    priority: Priority = "normal"
    approver: str = ""
    approval: Approval = ""
    comments: tuple[Comment, ...] = ()
    changes: tuple[Change, ...] = ()
    due: int | None = None
    asked_by: str = ""

    @property
    def closed(self) -> bool:
        """Whether it can only be opened again."""
        return self.status == "closed"

    def concerns(self, person: str) -> bool:
        """Whether a person opened it, does it, or has yet to agree to it."""
        return person in (self.assignee, self.reporter) or (self.approval == "asked" and person == self.approver)
