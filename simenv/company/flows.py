"""How text moves: the one place that knows which events put text before whom, and which show text to their actor.

Judges of the truth ask here, so that a secret told in a ticket, a threat in a meeting's notes and a document shared
outside are seen as what they are, and a new app is added in one place. Texts are in normal form and worked out once
for each message; what cannot be reached from outside its app (a person's own notes) is delivered to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct

from simenv.company.documents import Document
from simenv.company.mail import Message
from simenv.company.quoting import own_words
from simenv.company.state import Company
from simenv.company.text import normal
from simenv.company.tickets import Ticket
from simenv.core.event import Event
from simenv.core.kinds import calendar, chat, documents, mail, systems, tickets

read_once: Final = lru_cache(maxsize=1024)(normal)
"""Return the normal form of a text; texts that are looked at again are worked out once."""


class Delivery(Struct, frozen=True, gc=False):
    """Text that somebody put before others.

    Attributes:
        actor: Id of who did it.
        text: All of it in normal form, with what is attached, shared or forwarded.
        said: The actor's own words among it.
        to: Ids of those it is addressed to.
        recipients: Ids of all who can read it now because of it, without the actor.
        beyond: Addresses outside that the address book does not know.
        place: Thread, channel, document, ticket, meeting or system in which it stands.
        id: Id of the message, or that of the place.
        sources: Ids of the documents and messages it carries.
    """

    actor: str
    text: str
    said: str
    to: tuple[str, ...]
    recipients: tuple[str, ...]
    beyond: tuple[str, ...]
    place: str
    id: str
    sources: tuple[str, ...] = ()


def delivered(event: Event, company: Company) -> Delivery | None:
    """Return what an event put before others, or None if it put nothing before anybody.

    Args:
        event: The event.
        company: The company, which already reflects it.
    """
    look = _DELIVERIES.get(event.kind)
    found = None if look is None else look(event, event.data, company)
    return found if found is not None and found.text and (found.recipients or found.beyond) else None


def said_in(event: Event, company: Company) -> Message | None:
    """Return what a seat said to people, as a message; its recipients are those it was said to.

    A post in a channel is said to whoever wrote what it answers; a direct one to the other person; a comment on a
    ticket to those who opened it, do it, or have to agree to it.
    """
    data = event.data
    if isinstance(data, mail.MailSent):
        return company.message(data.id)
    if isinstance(data, chat.ChatPosted):
        return _said_in_chat(company.message(data.id), data.direct, company)
    if isinstance(data, tickets.TicketOpened | tickets.TicketCommented):
        ticket = company.tickets[data.id]
        return _said_on(ticket, event.actor, data.text, event.time, event.seq)
    return None


def recall(id: str, company: Company) -> Message:
    """Return what was once :func:`said_in` an event, by its id.

    Raises:
        KeyError: If nothing of this id was said.
    """
    ticket_id, on_ticket, seq = id.partition("#")
    if not on_ticket:
        message = company.message(id)
        channel = company.channels.get(message.thread)
        return message if channel is None else _said_in_chat(message, channel.direct, company)
    ticket = company.tickets[ticket_id]
    comment = next((each for each in ticket.comments if each.seq == int(seq)), None)
    if comment is None:
        return _said_on(ticket, ticket.reporter, ticket.text, ticket.opened, int(seq))
    return _said_on(ticket, comment.author, comment.text, comment.time, comment.seq)


def said_by(person: str, company: Company) -> list[Message]:
    """Return what a person has said to people since the opening, oldest first; see :func:`said_in`."""
    found = []
    for each in company.sent_since_opening():
        if each.sender == person:
            channel = company.channels.get(each.thread)
            found.append(each if channel is None else _said_in_chat(each, channel.direct, company))
    for id in company.tickets.changed():
        ticket = company.tickets[id]
        found += [
            _said_on(ticket, person, said.text, said.time, said.seq)
            for said in ticket.comments
            if said.author == person and said.seq is not None
        ]
    return sorted(found, key=lambda message: message.seq or 0)


def _said_on(ticket: Ticket, author: str, text: str, time: int, seq: int | None) -> Message:
    to = _of_ticket(ticket, author)
    return Message(f"{ticket.id}#{seq}", ticket.id, author, to, "", text, time, seq=seq)


def _said_in_chat(post: Message, direct: bool, company: Company) -> Message:
    if direct:
        return post
    answered = company.message(post.in_reply_to).sender if post.in_reply_to else ""
    to = (answered,) if answered and answered != post.sender else ()
    return Message(post.id, post.thread, post.sender, to, "", post.body, post.time, seq=post.seq)


def _message(event: Event, data: mail.MailSent | chat.ChatPosted, company: Company) -> Delivery:
    message = company.message(data.id)
    found: Delivery | None = message.memo.get("delivery")
    if found is None:
        found = message.memo["delivery"] = _of_message(message, company)
    return found


def _of_message(message: Message, company: Company) -> Delivery:
    texts, said = [message.normal_text], [own_words(message, company)]
    sources = [] if message.forwards is None else [message.forwards]
    for each in message.attached:
        document = company.documents.get(each.document)
        version = document.version(each.version) if document is not None else None
        if version is not None:
            texts += (normal(each.title), version.normal_text)
            said += (version.normal_text,) if version.author == message.sender else ()
            sources.append(each.document)
    recipients = tuple([person for person in dict.fromkeys(message.recipients) if person != message.sender])
    return Delivery(
        message.sender, "\n".join(texts), "\n".join(said), message.to, recipients, message.beyond, message.thread,
        message.id, tuple(sources),
    )  # fmt: skip


def _created(event: Event, data: documents.DocumentCreated, company: Company) -> Delivery:
    document = company.documents[data.id]
    text = read_once(f"{data.title}\n{data.text}")
    return _to_readers(event, document, text, "" if data.source else text)


def _edited(event: Event, data: documents.DocumentEdited, company: Company) -> Delivery:
    document = company.documents[data.id]
    before = document.version(data.number - 1)
    known = set(before.text.splitlines()) if before is not None else set()
    text = normal("\n".join([line for line in data.text.splitlines() if line not in known]))
    return _to_readers(event, document, text, text)


def _renamed(event: Event, data: documents.DocumentRenamed, company: Company) -> Delivery:
    text = normal(data.title)
    return _to_readers(event, company.documents[data.id], text, text)


def _to_readers(event: Event, document: Document, text: str, said: str) -> Delivery:
    named = dict.fromkeys([document.owner, *document.editors, *document.readers])
    named.pop(event.actor, None)
    to = tuple(named)
    return Delivery(event.actor, text, said, to, to, document.beyond, document.id, document.id, (document.id,))


def _shared(event: Event, data: documents.DocumentShared, company: Company) -> Delivery:
    document = company.documents[data.id]
    text = f"{normal(document.title)}\n{document.last.normal_text}"
    said = text if document.last.author == event.actor else ""
    persons = tuple([person for person in data.persons if person != event.actor])
    return Delivery(event.actor, text, said, persons, persons, data.beyond, data.id, data.id, (data.id,))


def _opened(event: Event, data: tickets.TicketOpened, company: Company) -> Delivery:
    return _on_ticket(event, data.id, f"{data.title}\n{data.text}", company)


def _commented(event: Event, data: tickets.TicketCommented, company: Company) -> Delivery:
    return _on_ticket(event, data.id, data.text, company)


def _approval(event: Event, data: tickets.ApprovalAsked | tickets.ApprovalDecided, company: Company) -> Delivery:
    return _on_ticket(event, data.id, data.note, company)


def _on_ticket(event: Event, id: str, text: str, company: Company) -> Delivery:
    said, to = read_once(text), _of_ticket(company.tickets[id], event.actor)
    return Delivery(event.actor, said, said, to, to, (), id, id)


def _of_ticket(ticket: Ticket, actor: str) -> tuple[str, ...]:
    persons = dict.fromkeys([ticket.reporter, ticket.assignee, ticket.approver, ticket.asked_by])
    return tuple([person for person in persons if person and person != actor])


def _scheduled(event: Event, data: calendar.MeetingScheduled, company: Company) -> Delivery:
    return _at_meeting(event, data.id, (data.title, data.place, data.notes), company)


def _moved(event: Event, data: calendar.MeetingChanged, company: Company) -> Delivery:
    parts = (data.title, data.place, data.notes)
    if data.attendees is not None:
        meeting = company.meetings[data.id]
        parts = (meeting.title, meeting.place, meeting.notes)
    return _at_meeting(event, data.id, parts, company)


def _cancelled(event: Event, data: calendar.MeetingCancelled | calendar.MeetingAnswered, company: Company) -> Delivery:
    return _at_meeting(event, data.id, (data.note,), company)


def _at_meeting(event: Event, id: str, parts: Iterable[str | None], company: Company) -> Delivery:
    meeting = company.meetings[id]
    text = read_once("\n".join([part for part in parts if part]))
    persons = dict.fromkeys([meeting.organiser, *meeting.attendees])
    to = tuple([person for person in persons if person != event.actor])
    return Delivery(event.actor, text, text, to, to, (), id, id)


def _channel(event: Event, data: chat.ChannelOpened, company: Company) -> Delivery:
    text = read_once(f"{data.name}\n{data.purpose}")
    to = tuple([person for person in data.members if person != event.actor])
    return Delivery(event.actor, text, text, to, to, (), data.id, data.id)


def _asked(event: Event, data: systems.AccessAsked, company: Company) -> Delivery:
    return _of_system(event, data.system, data.reason, company)


def _alert(event: Event, data: systems.AlertChanged, company: Company) -> Delivery:
    return _of_system(event, company.alerts[data.id].system, data.note, company)


def _deployed(event: Event, data: systems.VersionDeployed, company: Company) -> Delivery:
    return _of_system(event, data.system, data.note, company)


def _of_system(event: Event, id: str, text: str, company: Company) -> Delivery:
    system, said = company.systems[id], read_once(text)
    to = tuple([p for p in dict.fromkeys([system.owner, system.on_call]) if p and p != event.actor])
    return Delivery(event.actor, said, said, to, to, (), id, id)


_DELIVERIES: Final[dict[str, Callable[[Event, Any, Company], Delivery]]] = {
    "mail.sent": _message,
    "chat.posted": _message,
    "channel.opened": _channel,
    "document.created": _created,
    "document.edited": _edited,
    "document.renamed": _renamed,
    "document.shared": _shared,
    "ticket.opened": _opened,
    "ticket.commented": _commented,
    "approval.asked": _approval,
    "approval.decided": _approval,
    "meeting.scheduled": _scheduled,
    "meeting.changed": _moved,
    "meeting.cancelled": _cancelled,
    "meeting.answered": _cancelled,
    "access.asked": _asked,
    "alert.changed": _alert,
    "version.deployed": _deployed,
}

DELIVERING: Final = frozenset(_DELIVERIES)
"""Kinds of events that put text before others."""
