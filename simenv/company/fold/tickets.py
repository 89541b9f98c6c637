"""Tickets: opened, changed, commented, approved; and which of them a seat has to be told of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from msgspec.structs import replace

from simenv.company.fold import news
from simenv.company.state import Company
from simenv.company.tickets import Change, Comment, Priority, Ticket
from simenv.core.event import Event
from simenv.core.kinds.tickets import (
    ApprovalAsked,
    ApprovalDecided,
    TicketChanged,
    TicketCommented,
    TicketOpened,
)


def _opened(company: Company, event: Event, data: TicketOpened) -> None:
    ticket = Ticket(
        data.id, data.number, data.queue, data.title, data.text, event.actor, event.time,
        data.assignee, "open", cast(Priority, data.priority), due=data.due,
    )  # fmt: skip
    company.tickets.put_record(data.id, ticket)
    news.tell(company, event, data.id, (data.assignee,))


def _changed(company: Company, event: Event, data: TicketChanged) -> None:
    ticket = company.tickets[data.id]
    given = {"status": data.status, "assignee": data.assignee, "priority": data.priority}
    new = {field: value for field, value in given.items() if value is not None and value != getattr(ticket, field)}
    if not new:
        return
    changes = tuple([Change(event.actor, event.time, field, value, event.seq) for field, value in new.items()])
    company.tickets.put_record(data.id, replace(ticket, changes=ticket.changes + changes, **new))
    news.tell(company, event, data.id, (ticket.reporter, ticket.assignee, new.get("assignee", "")))


def _commented(company: Company, event: Event, data: TicketCommented) -> None:
    ticket = company.tickets[data.id]
    company.tickets.put_record(data.id, replace(ticket, comments=_with(ticket, event, data.text)))
    news.tell(company, event, data.id, (ticket.reporter, ticket.assignee))


def _asked(company: Company, event: Event, data: ApprovalAsked) -> None:
    ticket = company.tickets[data.id]
    change = Change(event.actor, event.time, "approver", data.approver, event.seq)
    new = replace(
        ticket,
        approver=data.approver,
        approval="asked",
        asked_by=event.actor,
        changes=(*ticket.changes, change),
        comments=_with(ticket, event, data.note),
    )
    company.tickets.put_record(data.id, new)
    news.tell(company, event, data.id, (data.approver, ticket.reporter, ticket.assignee))


def _decided(company: Company, event: Event, data: ApprovalDecided) -> None:
    ticket = company.tickets[data.id]
    approval = "approved" if data.approved else "rejected"
    change = Change(event.actor, event.time, "approval", approval, event.seq)
    new = replace(
        ticket, approval=approval, changes=(*ticket.changes, change), comments=_with(ticket, event, data.note)
    )
    company.tickets.put_record(data.id, new)
    news.tell(company, event, data.id, (ticket.asked_by, ticket.reporter, ticket.assignee))


def _with(ticket: Ticket, event: Event, text: str) -> tuple[Comment, ...]:
    """Return the ticket's comments with one more, if there is anything in it."""
    return (*ticket.comments, Comment(event.actor, event.time, text, event.seq)) if text.strip() else ticket.comments


WRITERS: Final[dict[str, Callable[[Company, Event, Any], None]]] = {
    "ticket.opened": _opened,
    "ticket.changed": _changed,
    "ticket.commented": _commented,
    "approval.asked": _asked,
    "approval.decided": _decided,
    "ticket.notified": news.told,
}
