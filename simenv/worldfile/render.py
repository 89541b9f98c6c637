"""Putting a seed's values into records: the opening is made once, with placeholders, and shared by all seeds.

What was worked out from a text (its memo) belongs to one seed, so each record is made anew and never copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from msgspec.structs import replace

from simenv.company.calendar import Meeting
from simenv.company.chat import Channel
from simenv.company.documents import Document, Version
from simenv.company.mail import Message
from simenv.company.people import Person
from simenv.company.systems import Alert, Record, System
from simenv.company.text import Template
from simenv.company.tickets import Ticket

Values = Mapping[str, str]
template: Final = lru_cache(maxsize=32_768)(Template)
"""The template of a text, split once however many seeds render it."""


def fill(text: str, values: Values) -> str:
    """Return a text with every placeholder replaced."""
    return template(text).render(values) if "{" in text else text


class Cast:
    """The people, with placeholders for their names.

    Args:
        people: The people.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self._people = [(p, itemgetter(f"{p.key}.name", f"{p.key}.given", f"{p.key}.address")) for p in people]

    def named(self, values: Values) -> dict[str, Person]:
        """Return the people by id, with a seed's names."""
        found = {}
        for raw, named in self._people:
            name, given, address = named(values)
            found[raw.id] = Person(
                raw.id, raw.key, name, given, address, fill(raw.title, values), fill(raw.department, values),
                raw.manager, raw.affiliation, raw.shift, f"{name} <{address}>",
            )  # fmt: skip
        return found


def message(raw: Message, values: Values) -> Message:
    """Return a message with a seed's values."""
    attached = tuple(replace(each, title=fill(each.title, values)) for each in raw.attached)
    return Message(
        raw.id, raw.thread, raw.sender, raw.to, fill(raw.subject, values), fill(raw.body, values), raw.time, raw.cc,
        raw.in_reply_to, raw.urgent, raw.bcc, raw.beyond, raw.lists, attached, raw.forwards,
    )  # fmt: skip


def document(raw: Document, values: Values) -> Document:
    """Return a document with a seed's values."""
    versions = tuple(
        Version(each.number, each.author, each.time, fill(each.text, values), fill(each.note, values))
        for each in raw.versions
    )
    return replace(raw, title=fill(raw.title, values), versions=versions)


def meeting(raw: Meeting, values: Values) -> Meeting:
    """Return a meeting with a seed's values."""
    return replace(raw, title=fill(raw.title, values), notes=fill(raw.notes, values))


def channel(raw: Channel, values: Values) -> Channel:
    """Return a channel with a seed's values, and with a search index of its own."""
    return replace(raw, purpose=fill(raw.purpose, values), posts=(*raw.posts,))


def ticket(raw: Ticket, values: Values) -> Ticket:
    """Return a ticket with a seed's values."""
    comments = tuple(replace(each, text=fill(each.text, values)) for each in raw.comments)
    return replace(
        raw, number=fill(raw.number, values), title=fill(raw.title, values), text=fill(raw.text, values),
        comments=comments,
    )  # fmt: skip


def system(raw: System, values: Values) -> System:
    """Return a system with a seed's values."""
    jobs = tuple(
        replace(each, name=fill(each.name, values), rhythm=fill(each.rhythm, values), result=fill(each.result, values))
        for each in raw.jobs
    )
    return replace(
        raw,
        name=fill(raw.name, values),
        purpose=fill(raw.purpose, values),
        jobs=jobs,
        deployments=tuple(replace(each, version=fill(each.version, values)) for each in raw.deployments),
        settings=tuple((name, fill(value, values)) for name, value in raw.settings),
    )


def alert(raw: Alert, values: Values) -> Alert:
    """Return an alert with a seed's values."""
    return replace(raw, text=fill(raw.text, values), note=fill(raw.note, values))


def record(raw: Record, values: Values) -> Record:
    """Return a line of a log with a seed's values."""
    return replace(raw, text=fill(raw.text, values))


RENDER: Final[dict[str, Callable[[Any, Values], Any]]] = {
    "mail": message,
    "documents": document,
    "meetings": meeting,
    "channels": channel,
    "tickets": ticket,
    "systems": system,
    "alerts": alert,
    "records": record,
}
"""Field of the opening -> how one of its records is rendered."""
