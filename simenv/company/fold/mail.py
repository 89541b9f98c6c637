"""Mail: delivery, and what was opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from simenv.company.mail import Message
from simenv.company.state import Company
from simenv.core.event import Event
from simenv.core.kinds.mail import MailNotified, MailRead, MailSent


def _sent(company: Company, event: Event, data: MailSent) -> None:
    sender, id = event.actor, data.id
    message = Message(
        id, data.thread, sender, data.to, data.subject, data.body, event.time,
        data.cc, data.in_reply_to, data.urgent, seq=event.seq,
    )  # fmt: skip
    company.add_message(message)
    box = company.own_mailbox(sender)
    box.sent.append(id)
    box.all.append(id)
    seats = company.seats
    for person in dict.fromkeys(message.recipients):
        box = company.own_mailbox(person)
        box.inbox.append(id)
        box.unread[id] = None
        if person != sender:
            box.all.append(id)
            seat = seats.get(person)
            if seat is not None:
                seat.fresh = (*seat.fresh, id)


def _read(company: Company, event: Event, data: MailRead) -> None:
    if data.id in company.mailbox(event.actor).unread:
        del company.own_mailbox(event.actor).unread[data.id]


def _notified(company: Company, event: Event, data: MailNotified) -> None:
    seat = company.seats[event.actor]
    seat.fresh = tuple(id for id in seat.fresh if id not in data.ids)


WRITERS: Final[dict[str, Callable[[Company, Event, Any], None]]] = {
    "mail.sent": _sent,
    "mail.read": _read,
    "mail.notified": _notified,
}
