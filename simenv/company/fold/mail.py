"""Mail: delivery, what was opened, where it was filed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from simenv.company.fold import news
from simenv.company.mail import ERASED, TRASH, Message
from simenv.company.state import Company
from simenv.core.event import Event
from simenv.core.kinds.mail import MailErased, MailMoved, MailRead, MailSent


def _sent(company: Company, event: Event, data: MailSent) -> None:
    sender, id = event.actor, data.id
    message = Message(
        id, data.thread, sender, data.to, data.subject, data.body, event.time,
        data.cc, data.in_reply_to, data.urgent, data.bcc, data.beyond, data.lists,
        data.attached, data.forwards, data.auto, data.unknown, data.blind, event.seq,
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


def _moved(company: Company, event: Event, data: MailMoved) -> None:
    box = company.own_mailbox(event.actor)
    box.filed[data.id] = data.folder
    if data.folder == TRASH:  # what is thrown away waits for nobody
        box.unread.pop(data.id, None)


def _erased(company: Company, event: Event, data: MailErased) -> None:
    box = company.own_mailbox(event.actor)
    box.filed[data.id] = ERASED
    box.unread.pop(data.id, None)


WRITERS: Final[dict[str, Callable[[Company, Event, Any], None]]] = {
    "mail.sent": _sent,
    "mail.read": _read,
    "mail.notified": news.told,
    "mail.moved": _moved,
    "mail.erased": _erased,
}
