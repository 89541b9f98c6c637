"""How messages look to a reader: header lines, snippets, the whole message.

Header lines and snippets are worked out once per message: they depend on the message, on names and on dates, and none
of these ever changes.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from simenv.company.mail import Message
from simenv.company.view import CompanyView
from simenv.core.kinds.mail import Snippet

_BEFORE, _AFTER = 60, 100
_KEEP = 32


class Header(Struct, frozen=True, gc=False):
    """A message in a list: its id, the sender's address, subject, simulated second, and the line that is shown."""

    id: str
    sender: str
    subject: str
    time: int
    line: str


def header(message: Message, view: CompanyView) -> Header:
    """Return a message as it stands in a list."""
    found: Header | None = message.memo.get("header")
    if found is None:
        sender = view.person_of(message.sender)
        line = _line(message, view, sender.name)
        found = message.memo["header"] = Header(message.id, sender.address, message.subject, message.time, line)
    return found


def sent_header(message: Message, view: CompanyView) -> Header:
    """Return a message as it stands in the list of sent ones, with its recipients instead of the sender."""
    names = ", ".join([view.person_of(person).name for person in message.to])
    line = _line(message, view, f"to {names}")
    return Header(message.id, view.person_of(message.sender).address, message.subject, message.time, line)


def _line(message: Message, view: CompanyView, who: str) -> str:
    urgent = "URGENT " if message.urgent else ""
    return f"{message.id}  {view.stamp(message.time)}  {who}  {urgent}{message.subject}"


def snippet(message: Message, word: str) -> tuple[Snippet, str]:
    """Return the part of the body around the first place of ``word`` (or its beginning), and how it is shown."""
    key = f"?{word}"  # no word has a question mark, so none is taken for another thing that is kept
    found: tuple[Snippet, str] | None = message.memo.get(key)
    if found is None:
        body = message.body
        lowered = body.lower()
        at = lowered.find(word) if len(lowered) == len(body) else 0
        start = max(0, at - _BEFORE)
        end = min(len(body), start + _BEFORE + _AFTER)
        text = " ".join(body[start:end].split())
        shown = f"    {'... ' if start else ''}{text}{' ...' if end < len(body) else ''}"
        found = Snippet(message.id, start, end), shown
        if len(message.memo) < _KEEP:
            message.memo[key] = found
    return found


def show(message: Message, view: CompanyView) -> str:
    """Return the whole message as a reader sees it."""
    copied = f"\nCc: {_named(message.cc, view)}" if message.cc else ""
    urgent = "\nMarked urgent" if message.urgent else ""
    return (
        f"From: {_named((message.sender,), view)}\nTo: {_named(message.to, view)}{copied}\n"
        f"Date: {view.stamp(message.time)}{urgent}\nSubject: {message.subject}\n"
        f"Id: {message.id}  Thread: {message.thread}\n\n{message.body}"
    )


def _named(ids: tuple[str, ...], view: CompanyView) -> str:
    people = view.people_by_id
    if len(ids) == 1:
        return people[ids[0]].label
    return ", ".join([people[person].label for person in ids])


def typed(message: Message, view: CompanyView) -> dict[str, Any]:
    """Return the whole message as data."""
    people = view.people_by_id
    return {
        "id": message.id,
        "thread": message.thread,
        "from": people[message.sender].address,
        "to": [people[person].address for person in message.to],
        "cc": [people[person].address for person in message.cc],
        "subject": message.subject,
        "time": message.time,
        "body": message.body,
        "in_reply_to": message.in_reply_to,
    }
