"""Whom something that a seat writes is meant for, and when that person gets to it."""

from __future__ import annotations

from collections.abc import Iterable

from simenv.colleagues.base import Host
from simenv.colleagues.heard import Heard, of_message, of_note
from simenv.colleagues.hours import present
from simenv.company.chat import mentions
from simenv.company.mail import Message
from simenv.company.state import Company
from simenv.core.clock import Wakeup
from simenv.core.event import Event
from simenv.core.kinds.chat import ChatPosted
from simenv.core.kinds.mail import MailSent
from simenv.core.kinds.systems import AccessAsked
from simenv.core.kinds.tickets import ApprovalAsked, TicketChanged, TicketCommented, TicketOpened

CHAT_IS_QUICKER = 4
"""People get to a chat message so many times sooner than to mail."""


def notice(host: Host, event: Event) -> None:
    """Let everyone whom a seat has addressed get to it in time."""
    company = host.company
    if event.actor not in company.seats or company.opening.plan.quiet:
        return
    data = event.data
    if isinstance(data, MailSent):
        message = company.message(data.id)
        _let_read(host, event, of_message(message), () if message.auto else message.recipients)
    elif isinstance(data, ChatPosted):
        message = company.message(data.id)
        _let_read(host, event, of_message(message), addressed(company, message, data.direct))
    elif isinstance(data, AccessAsked):
        system = company.systems[data.system]
        body = f"Please give me {data.level} access. {data.reason}"
        note = of_note(system.id, event.actor, system.owner, f"Access to {system.name}", body, event.time)
        _let_read(host, event, note, (system.owner,))
    elif isinstance(data, TicketOpened | TicketChanged | TicketCommented | ApprovalAsked):
        _on_ticket(host, event, data)


def _on_ticket(host: Host, event: Event, data: TicketOpened | TicketChanged | TicketCommented | ApprovalAsked) -> None:
    ticket = host.company.tickets[data.id]
    to: tuple[str, ...]
    if isinstance(data, TicketOpened):
        to, body = (data.assignee,), data.text
    elif isinstance(data, TicketCommented):
        to, body = (ticket.assignee, ticket.reporter), data.text
    elif isinstance(data, ApprovalAsked):
        to, body = (data.approver,), f"Please approve this. {data.note}"
    else:
        to, body = (data.assignee or "",), f"Please take this over. {ticket.text}"
    for person in to:
        if person:
            note = of_note(ticket.id, event.actor, person, f"{ticket.number}: {ticket.title}", body, event.time)
            _let_read(host, event, note, (person,))


def addressed(company: Company, message: Message, direct: bool) -> list[str]:
    """Return whom a chat message is meant for: in a channel those who are named, and whoever is answered.

    Args:
        company: The company.
        message: The message; its recipients are those who see it.
        direct: Whether it stands in the conversation of two people.
    """
    if direct:
        return list(message.to)
    people = company.opening.people
    answered = company.message(message.in_reply_to).sender if message.in_reply_to else ""
    return [id for id in message.to if id == answered or mentions(message.body, people[id])]


def _let_read(host: Host, event: Event, heard: Heard, persons: Iterable[str]) -> None:
    company = host.company
    plan = company.opening.plan
    for person in dict.fromkeys(persons):
        if person in company.seats or person not in company.opening.people:
            continue
        delay = host.streams.delay(plan.read_delay, "reads", person, heard.key)
        if heard.is_chat:
            delay //= CHAT_IS_QUICKER
        time = present(company.opening, person, event.time + delay)
        host.schedule(Wakeup(time, "colleague.reads", person, heard.kept(), event.seq))
