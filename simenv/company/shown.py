"""What an event shows to its actor: which parts of which texts, and which facts they state.

A list shows titles, a search a snippet, an opened thing the page that was opened. Facts are worked out once for each
text, whoever looks at it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from msgspec import Struct

from simenv.company.chat import WHOLE
from simenv.company.facts import FactBook, facts_stated
from simenv.company.flows import read_once
from simenv.company.mail import Message
from simenv.company.meaning.figures import figures_in
from simenv.company.state import Company
from simenv.core.event import Event
from simenv.core.kinds import calendar, chat, documents, systems, tickets
from simenv.core.kinds.notes import NoteRead

Piece = tuple[str, str, str, int, int]
"""Id of what was shown from, its title, its text, and the part of the text that was shown."""


class Shown(Struct, frozen=True, gc=False):
    """A piece of text that was shown.

    Attributes:
        source: Id of the message, document, ticket, meeting, alert, channel or system it stands in.
        title: Subject or title, shown whole.
        body: The part of the text that was shown.
    """

    source: str
    title: str
    body: str

    @property
    def text(self) -> str:
        """What was shown, in normal form."""
        return read_once(f"{self.title}\n{self.body}")


def shown(event: Event, company: Company) -> tuple[Shown, ...]:
    """Return the texts an event showed to its actor; none for most kinds.

    Args:
        event: The event.
        company: The company, which already reflects it.
    """
    messages = _MESSAGES.get(event.kind)
    if messages is not None:
        return tuple([Shown(m.id, m.subject, m.body[start:end]) for m, start, end in messages(event.data, company)])
    pieces = _PIECES.get(event.kind)
    if pieces is None:
        return ()
    found = pieces(event, event.data, company)
    return tuple([Shown(id, title, text[start:end]) for id, title, text, start, end in found])


def facts_shown(event: Event, company: Company) -> Sequence[str]:
    """Return the keys of the facts that an event showed to its actor, in order of appearance."""
    book = company.opening.facts
    messages = _MESSAGES.get(event.kind)
    if messages is None:
        return [key for each in shown(event, company) for key in book.stated_in(each.text)]
    found: list[str] = []
    for message, start, end in messages(event.data, company):
        stated = message.stated
        if stated is None:
            stated = facts_stated(message, book.values())
        if stated:
            whole = start == 0 and end >= len(message.body)
            found += stated if whole else _in_part(message, start, end, book)
    return found


def figures_shown(event: Event, company: Company) -> Iterator[tuple[str, str]]:
    """Yield (unit, figure) for the figures that an event showed to its actor, in order of appearance."""
    messages = _MESSAGES.get(event.kind)
    if messages is None:
        for each in shown(event, company):
            yield from _figures(each.text)
        return
    for message, start, end in messages(event.data, company):
        part = f"figures {start}:{end}"
        found: tuple[tuple[str, str], ...] | None = message.memo.get(part)
        if found is None:
            found = message.memo[part] = _figures(read_once(f"{message.subject}\n{message.body[start:end]}"))
        yield from found


def _figures(text: str) -> tuple[tuple[str, str], ...]:
    return tuple([(figure.unit, figure.value) for figure in figures_in(text)])


def _in_part(message: Message, start: int, end: int, book: FactBook) -> tuple[str, ...]:
    """Return the facts stated by the subject and a part of the body; worked out once per part."""
    part = f"{start}:{end}"
    found: tuple[str, ...] | None = message.memo.get(part)
    if found is None:
        text = read_once(f"{message.subject}\n{message.body[start:end]}")
        found = message.memo[part] = book.stated_in(text)
    return found


Parts = Iterator[tuple[Message, int, int]]


def _whole(data: Any, company: Company) -> Parts:
    message = company.message(data.id)
    yield message, 0, len(message.body)


def _wholes(data: Any, company: Company) -> Parts:
    for message in company.messages(data.ids):
        yield message, 0, len(message.body)


def _arrivals(data: Any, company: Company) -> Parts:
    for message in company.messages(data.ids):
        yield message, 0, len(message.body) if len(message.body) <= WHOLE else 0


def _headers(data: Any, company: Company) -> Parts:
    for message in company.messages(data.ids):
        yield message, 0, 0


def _snippets(data: Any, company: Company) -> Parts:
    for hit in data.hits:
        yield company.message(hit.id), hit.start, hit.end


_MESSAGES: Final[dict[str, Callable[[Any, Company], Parts]]] = {
    "mail.read": _whole,
    "mail.listed": _headers,
    "mail.notified": _headers,
    "mail.searched": _snippets,
    "chat.read": _wholes,
    "chat.notified": _arrivals,
    "chat.searched": _snippets,
}


def _document(event: Event, data: documents.DocumentRead, company: Company) -> Iterator[Piece]:
    document = company.documents[data.id]
    version = document.version(data.number)
    if version is not None:
        yield data.id, document.title, version.text, data.start, data.end


def _titles(event: Event, data: documents.DocumentListed, company: Company) -> Iterator[Piece]:
    for id in data.ids:
        yield id, company.documents[id].title, "", 0, 0


def _found(event: Event, data: documents.DocumentSearched, company: Company) -> Iterator[Piece]:
    for hit in data.hits:
        document = company.documents[hit.id]
        yield hit.id, document.title, document.last.text, hit.start, hit.end


def _history(event: Event, data: documents.DocumentHistory, company: Company) -> Iterator[Piece]:
    document = company.documents[data.id]
    notes = "\n".join([*document.former, *(version.note for version in document.versions)])
    yield data.id, document.title, notes, 0, len(notes)


def _ticket(event: Event, data: tickets.TicketRead, company: Company) -> Iterator[Piece]:
    ticket = company.tickets[data.id]
    comments = [comment.text for comment in ticket.comments[data.passed : data.comments]]
    text = "\n".join(comments if data.page > 1 else [ticket.text, *comments])
    yield data.id, f"{ticket.number} {ticket.title}", text, 0, len(text)


def _tickets(event: Event, data: Any, company: Company) -> Iterator[Piece]:
    for id in data.ids:
        ticket = company.tickets[id]
        yield id, f"{ticket.number} {ticket.title}", "", 0, 0


def _alerts(event: Event, data: Any, company: Company) -> Iterator[Piece]:
    for id in data.ids:
        alert = company.alerts[id]
        yield id, alert.text, alert.note, 0, len(alert.note)


def _note(event: Event, data: NoteRead, company: Company) -> Iterator[Piece]:
    text = company.notes.get(f"{event.actor} {data.title}") or ""
    yield data.title, data.title, text, data.start, data.end or len(text)


def _calendar(event: Event, data: Any, company: Company) -> Iterator[Piece]:
    for id in data.ids:
        meeting = company.meetings[id]
        if meeting.private and event.actor not in (meeting.organiser, *meeting.attendees):
            yield id, "", "", 0, 0  # only that the time is taken
        else:
            viewed = isinstance(data, calendar.CalendarViewed)
            notes = [meeting.notes] if viewed and data.notes else []
            remarks = [remark for _, remark in meeting.remarks] if notes or not viewed else []
            text = "\n".join([meeting.place, *notes, *remarks])
            yield id, meeting.title, text, 0, len(text)


def _channels(event: Event, data: chat.ChatListed, company: Company) -> Iterator[Piece]:
    for id in data.channels:
        channel = company.channels[id]
        yield id, channel.name, channel.purpose, 0, len(channel.purpose)


def _log(event: Event, data: systems.LogViewed, company: Company) -> Iterator[Piece]:
    removed = set(company.systems[data.system].removed)
    found = [company.records.get(f"{data.system} {n}") for n in range(data.first, data.last + 1) if n not in removed]
    text = "\n".join([record.text for record in found if record is not None])
    yield data.system, "", text, 0, len(text)


def _system(event: Event, data: systems.SystemViewed, company: Company) -> Iterator[Piece]:
    system = company.systems[data.system]
    text = "\n".join([system.purpose, *(f"{name}: {value}" for name, value in system.settings)])
    yield data.system, system.name, text, 0, len(text)


_PIECES: Final[dict[str, Callable[[Event, Any, Company], Iterator[Piece]]]] = {
    "document.read": _document,
    "document.listed": _titles,
    "document.searched": _found,
    "document.traced": _history,
    "ticket.read": _ticket,
    "ticket.listed": _tickets,
    "ticket.searched": _tickets,
    "ticket.notified": _tickets,
    "alert.listed": _alerts,
    "alert.notified": _alerts,
    "note.read": _note,
    "calendar.viewed": _calendar,
    "meeting.notified": _calendar,
    "chat.listed": _channels,
    "log.viewed": _log,
    "system.viewed": _system,
}

SHOWING: Final = frozenset((*_MESSAGES, *_PIECES))
"""Kinds of events that show text to their actor."""
