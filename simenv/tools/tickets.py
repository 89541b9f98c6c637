"""Tickets: list, read, search, open, change, comment."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from simenv.company.oneline import one_line
from simenv.company.people import Person
from simenv.company.text import words
from simenv.company.tickets import Priority, Ticket
from simenv.company.views.tickets import DRAWN
from simenv.core.calls import ToolResult, refused
from simenv.core.errors import near_miss
from simenv.core.kinds.tickets import (
    TicketChanged,
    TicketCommented,
    TicketListed,
    TicketOpened,
    TicketRead,
    TicketSearched,
)
from simenv.tools.base import Desk, tool
from simenv.tools.nobody import nobody_at
from simenv.tools.pages import Page, listed
from simenv.tools.tickets_text import line, page_of, typed

PAGE = 15
_LIST, _READ, _SEARCH, _CREATE, _UPDATE, _COMMENT = 30, 90, 45, 240, 60, 150
"""Simulated seconds each takes."""

Ref = Annotated[str, Meta(min_length=1, max_length=80)]
Address = Annotated[str, Meta(max_length=320)]
Queue = Annotated[str, Meta(max_length=80)]
Text = Annotated[str, Meta(max_length=4_000)]
AnyStatus = Literal["", "open", "in_progress", "waiting", "resolved", "closed"]
AnyPriority = Literal["", "low", "normal", "high", "urgent"]


@tool("read", cost=_LIST)
def ticket_list(
    desk: Desk, queue: Queue = "", status: AnyStatus = "", mine: bool = False, page: Page = 1
) -> ToolResult:
    """List tickets, newest first, 15 a page: number, status, assignee, title.

    Args:
        queue: Only this queue.
        status: Only this status.
        mine: Only those you opened, do or have to approve.
        page: From 1.
    """
    known = find_queue(desk, queue) if queue else ""
    if isinstance(known, ToolResult):
        return known
    found = desk.view.tickets.select(known, status, mine)
    shown = found[(page - 1) * PAGE : page * PAGE]
    desk.emit(TicketListed(tuple([each.id for each in shown]), known))
    return _listed(desk, found, shown, page, "No such ticket.", _LIST)


@tool("read", cost=_READ)
def ticket_read(desk: Desk, ticket: Ref, page: Page = 1) -> ToolResult:
    """Read a ticket with its comments and history.

    Args:
        ticket: Number or id.
        page: From 1, for long ones.
    """
    found = find_ticket(desk, ticket)
    if isinstance(found, ToolResult):
        return found
    shown = page_of(found, desk.view, page)
    if shown is None:
        return refused("not_found", f"{found.number} has no page {page}.")
    desk.emit(TicketRead(found.id, shown.comments, page, shown.passed))
    return ToolResult(True, "ok", shown.text, typed(found, desk.view), _READ)


@tool("read", cost=_SEARCH)
def ticket_search(desk: Desk, query: Annotated[str, Meta(min_length=1, max_length=200)], page: Page = 1) -> ToolResult:
    """Search title, text and comments of all tickets. A hit has all the words. Newest first, 15 a page.

    Args:
        query: Words to look for.
        page: From 1.
    """
    terms = words(query)
    if not terms:
        return refused("bad_arguments", "ticket_search: the query has no word in it.")
    found = desk.view.tickets.search(terms)
    shown = found[(page - 1) * PAGE : page * PAGE]
    desk.emit(TicketSearched(query, tuple([each.id for each in shown])))
    return _listed(desk, found, shown, page, "No ticket has all these words.", _SEARCH)


@tool("write", cost=_CREATE)
def ticket_create(
    desk: Desk, queue: Queue, title: Annotated[str, Meta(min_length=1, max_length=200)], text: Text,
    priority: Priority = "normal",
) -> ToolResult:  # fmt: skip
    """Open a ticket. Everybody in the company can read it.

    Args:
        queue: Queue it goes to.
        title: What it is about.
        text: What is wanted.
        priority: How urgent it is.
    """
    known = find_queue(desk, queue)
    if isinstance(known, ToolResult):
        return known
    title = " ".join(title.split())
    if not title:
        return refused("bad_arguments", "ticket_create: the title is empty.")
    tickets, me = desk.view.tickets, desk.person
    key = f"{known}\x1f{title}\x1f{tickets.ordinal(known, title)}"
    number = tickets.free_number(known, desk.streams.below(DRAWN, "ticket.number", me, key))
    id = desk.streams.make_id("tick", me, key)
    desk.emit(TicketOpened(id, number, known, title, text, priority=priority))
    return ToolResult(True, "ok", f"Opened {number} in {known}.", {"id": id, "number": number}, _CREATE)


@tool("write", cost=_UPDATE)
def ticket_update(
    desk: Desk, ticket: Ref, status: AnyStatus = "", assignee: Address = "", priority: AnyPriority = ""
) -> ToolResult:
    """Change a ticket; what you leave out stays. A closed one can only be opened again.

    Args:
        ticket: Number or id.
        status: New status.
        assignee: Mail address of who does it from now on.
        priority: New priority.
    """
    found = find_ticket(desk, ticket)
    if isinstance(found, ToolResult):
        return found
    if not (status or assignee or priority):
        return refused("bad_arguments", "ticket_update: say what to change: status, assignee or priority.")
    if found.closed and status != "open":
        return closed(found)
    person = find_colleague(desk, assignee) if assignee else None
    if isinstance(person, ToolResult):
        return person
    doer = person.id if person is not None else ""
    if status in ("", found.status) and doer in ("", found.assignee) and priority in ("", found.priority):
        return refused("conflict", f"{found.number} is like that already.")
    desk.emit(TicketChanged(found.id, status or None, doer or None, priority or None))
    now = desk.view.tickets.find(found.id) or found
    return ToolResult(True, "ok", line(now, desk.view), typed(now, desk.view), _UPDATE)


@tool("write", cost=_COMMENT)
def ticket_comment(desk: Desk, ticket: Ref, text: Text) -> ToolResult:
    """Write a comment on a ticket. Reporter and assignee are told.

    Args:
        ticket: Number or id.
        text: What you write.
    """
    found = find_ticket(desk, ticket)
    if isinstance(found, ToolResult):
        return found
    if found.closed:
        return closed(found)
    if not text.strip():
        return refused("bad_arguments", "ticket_comment: the comment is empty.")
    desk.emit(TicketCommented(found.id, text))
    return ToolResult(True, "ok", f"Your comment stands on {found.number}.", {"id": found.id}, _COMMENT)


def find_ticket(desk: Desk, ticket: str) -> Ticket | ToolResult:
    """Return a ticket by number or id, or the refusal."""
    tickets = desk.view.tickets
    found = tickets.find(ticket)
    if found is not None:
        return found
    near = near_miss(ticket.strip().upper(), tickets.numbers())
    hint = f"Did you mean {near}?" if near else "Numbers come from ticket_list or ticket_search."
    return refused("not_found", f"There is no ticket {one_line(ticket, 40)}. {hint}")


def find_queue(desk: Desk, queue: str) -> str | ToolResult:
    """Return a queue as it is written (case does not matter), or the refusal."""
    known = {each.casefold(): each for each in desk.view.tickets.queues()}
    wanted = queue.strip().casefold()
    if wanted in known:
        return known[wanted]
    near = near_miss(wanted, known)
    hint = f" Did you mean {known[near]}?" if near else ""
    names = one_line(", ".join(known.values()), 600) or "none"
    return refused("not_found", f"There is no queue {one_line(queue, 40)}.{hint} Queues: {names}.")


def find_colleague(desk: Desk, address: str) -> Person | ToolResult:
    """Return who of the company has this address, or the refusal."""
    view = desk.view
    person = view.person_at(address)
    if person is not None and person.inside:
        return person
    if person is not None:
        return refused("not_found", f"{person.name} does not belong to {view.firm}.")
    return refused("not_found", nobody_at(address, one_line(address, 80), view))


def closed(ticket: Ticket) -> ToolResult:
    """Return the refusal to do anything with a closed ticket."""
    return refused("conflict", f"{ticket.number} is closed. ticket_update with status 'open' opens it again.")


def _listed(desk: Desk, found: list[Ticket], shown: list[Ticket], page: int, nothing: str, cost: int) -> ToolResult:
    lines, data = [line(each, desk.view) for each in shown], [typed(each, desk.view) for each in shown]
    return listed(lines, data, page, cost, more=len(found) > page * PAGE, nothing=nothing)


TOOLS = (ticket_list, ticket_read, ticket_search, ticket_create, ticket_update, ticket_comment)
