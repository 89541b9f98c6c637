"""How tickets look to a reader: a line in a list, the whole ticket, the news of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from simenv.company.oneline import one_line
from simenv.company.tickets import Change, Comment, Ticket
from simenv.company.view import CompanyView
from simenv.tools.leaves import indented, leaves, text_of


class TicketPage(Struct, frozen=True, gc=False):
    """One page of a ticket: its text, how many pages there are, and which comments have passed before and with it."""

    text: str
    pages: int
    passed: int
    comments: int


def line(ticket: Ticket, view: CompanyView) -> str:
    """Return a ticket as it stands in a list."""
    urgency = "" if ticket.priority == "normal" else f", {ticket.priority}"
    approval = f", approval {ticket.approval}" if ticket.approval else ""
    who = view.person_of(ticket.assignee).name if ticket.assignee else "nobody"
    return f"{ticket.number}  {ticket.status}{urgency}{approval}  {who}  {one_line(ticket.title)}"


def page_of(ticket: Ticket, view: CompanyView, page: int) -> TicketPage | None:
    """Return a page of a ticket as a reader sees it, or None if it has fewer."""
    history = _history(ticket)
    parts = leaves([_head(ticket, view), *[_entry(each, view) for each in history]])
    if page > len(parts):
        return None
    ended = [sum(isinstance(each, Comment) for each in history[: max(0, part.blocks - 1)]) for part in parts]
    return TicketPage(text_of(parts, page), len(parts), ended[page - 2] if page > 1 else 0, ended[page - 1])


def typed(ticket: Ticket, view: CompanyView) -> dict[str, Any]:
    """Return what stands at the head of a ticket as data."""
    people = view.people_by_id
    return {
        "id": ticket.id,
        "number": ticket.number,
        "queue": ticket.queue,
        "title": ticket.title,
        "status": ticket.status,
        "priority": ticket.priority,
        "reporter": people[ticket.reporter].address,
        "assignee": people[ticket.assignee].address if ticket.assignee else None,
        "approver": people[ticket.approver].address if ticket.approver else None,
        "approval": ticket.approval,
        "due": ticket.due,
    }


def notice_lines(ids: Sequence[str], view: CompanyView) -> list[str]:
    """Return one line for each of these tickets: which it is, and what others did to it last.

    Args:
        ids: Ids of tickets.
        view: What the person who is told may see.
    """
    found = [view.tickets.find(id) for id in ids]
    return [_news(ticket, view) for ticket in found if ticket is not None]


def _news(ticket: Ticket, view: CompanyView) -> str:
    others = [each for each in _history(ticket) if _who(each) != view.person]
    last = [each for each in others if _moment(each) == _moment(others[-1])]
    changes = [_change(each, view) for each in last if isinstance(each, Change)]
    if changes:  # what they wrote with it is no news of its own
        what = "; ".join(changes)
    else:
        did = "wrote a comment" if last else "opened it"
        what = f"{view.person_of(_who(last[-1]) if last else ticket.reporter).name} {did}"
    return f"{ticket.number}  {one_line(ticket.title)} ({what})"


def _head(ticket: Ticket, view: CompanyView) -> list[str]:
    due = f"  Due: {view.stamp(ticket.due)}" if ticket.due is not None else ""
    lines = [
        f"{ticket.number}  {one_line(ticket.title, 300)}",
        f"Queue: {ticket.queue}  Status: {ticket.status}  Priority: {ticket.priority}{due}",
        f"Reporter: {view.person_of(ticket.reporter).label}, {view.stamp(ticket.opened)}",
        f"Assignee: {view.person_of(ticket.assignee).label if ticket.assignee else 'nobody'}",
    ]
    if ticket.approver:
        approver = view.person_of(ticket.approver).label
        asked = f" (asked by {view.person_of(ticket.asked_by).name})" if ticket.asked_by else ""
        state = f"asked of {approver}" if ticket.approval == "asked" else f"{ticket.approval} by {approver}"
        lines.append(f"Approval: {state}{asked}")
    return [*lines, f"Id: {ticket.id}", "", *indented(ticket.text)]


def _entry(entry: Comment | Change, view: CompanyView) -> list[str]:
    stamp = view.stamp(entry.time)
    if isinstance(entry, Change):
        return ["", f"{stamp}  {_change(entry, view)}"]
    return ["", f"{stamp}  {view.person_of(entry.author).name} wrote:", *indented(entry.text)]


def _change(change: Change, view: CompanyView) -> str:
    who = view.person_of(change.actor).name
    if change.field == "approver":
        return f"{who} asked {view.person_of(change.value).name} for approval"
    if change.field == "approval":
        return f"{who} {change.value} it"
    if change.field == "assignee":
        return f"{who} assigned it to {view.person_of(change.value).name if change.value else 'nobody'}"
    return f"{who} set {change.field} to {change.value}"


def _who(entry: Comment | Change) -> str:
    return entry.author if isinstance(entry, Comment) else entry.actor


def _history(ticket: Ticket) -> list[Comment | Change]:
    """Return what was written and changed, oldest first; what an event changed comes before its comment."""
    entries: list[Comment | Change] = [*ticket.changes, *ticket.comments]
    return sorted(entries, key=_moment)


def _moment(entry: Comment | Change) -> tuple[int, int]:
    return entry.time, -1 if entry.seq is None else entry.seq
