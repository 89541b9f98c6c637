"""What happens to tickets, in short sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from simenv.core.event import Event
from simenv.core.kinds.tickets import (
    ApprovalAsked,
    ApprovalDecided,
    TicketChanged,
    TicketCommented,
    TicketListed,
    TicketOpened,
    TicketRead,
    TicketSearched,
)
from simenv.viewer.terminal_doings import Said, did, looked
from simenv.viewer.terminal_names import Names
from simenv.viewer.terminal_text import counted, listed, plain, quoted


def _ticket(names: Names, id: str) -> str:
    found = names.company.tickets.get(id)
    return f"{plain(found.number, 40)} {quoted(found.title)}" if found is not None else plain(id, 40)


def _opened(names: Names, event: Event, data: TicketOpened) -> Said:
    return did(names, event, f"opens {plain(data.number, 40)} {quoted(data.title)}", data.text)


def _changed(names: Names, event: Event, data: TicketChanged) -> Said:
    changes = [f"makes it {plain(data.status.replace('_', ' '), 40)}"] if data.status is not None else []
    if data.assignee is not None:
        changes.append(f"gives it to {names.name(data.assignee)}" if data.assignee else "gives it to nobody")
    if data.priority is not None:
        changes.append(f"sets its priority to {plain(data.priority, 40)}")
    return did(names, event, f"changes {_ticket(names, data.id)}: {listed(changes)}")


def _commented(names: Names, event: Event, data: TicketCommented) -> Said:
    return did(names, event, f"comments on {_ticket(names, data.id)}", data.text)


def _asked(names: Names, event: Event, data: ApprovalAsked) -> Said:
    return did(names, event, f"asks {names.name(data.approver)} to approve {_ticket(names, data.id)}", data.note)


def _decided(names: Names, event: Event, data: ApprovalDecided) -> Said:
    verb = "approves" if data.approved else "rejects"
    return did(names, event, f"{verb} {_ticket(names, data.id)}", data.note)


def _listed(names: Names, event: Event, data: TicketListed) -> Said:
    where = f" in {quoted(data.queue, 40)}" if data.queue else ""
    return looked(names, event, f"looks through tickets{where} ({counted(len(data.ids), 'ticket')})")


def _read(names: Names, event: Event, data: TicketRead) -> Said:
    return looked(names, event, f"reads {_ticket(names, data.id)}")


def _searched(names: Names, event: Event, data: TicketSearched) -> Said:
    return looked(names, event, f"searches tickets for {quoted(data.query, 60)} ({len(data.ids)} found)")


SAY: Final[dict[type, Callable[[Names, Event, Any], Said]]] = {
    ApprovalAsked: _asked,
    ApprovalDecided: _decided,
    TicketChanged: _changed,
    TicketCommented: _commented,
    TicketListed: _listed,
    TicketOpened: _opened,
    TicketRead: _read,
    TicketSearched: _searched,
}
"""Kind of event -> what it means."""

TRIES: Final = {
    "approval_ask": "to ask for an approval",
    "approval_decide": "to decide an approval",
    "ticket_comment": "to comment on a ticket",
    "ticket_create": "to open a ticket",
    "ticket_list": "to list tickets",
    "ticket_read": "to read a ticket",
    "ticket_search": "to search tickets",
    "ticket_update": "to change a ticket",
}
"""Tool -> what a call of it that did not run was meant to do."""
