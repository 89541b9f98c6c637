"""How messages look to a reader: header lines, snippets, the whole message.

Header lines and snippets are worked out once per message: they depend on the message, on names and on dates, and none
of these ever changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from simenv.company.answering import FORWARDED, carried_on, introduction
from simenv.company.mail import Message
from simenv.company.view import CompanyView
from simenv.core.kinds.mail import Attached, Snippet
from simenv.tools.excerpts import excerpt
from simenv.tools.mail_parties import addresses, label, name, read_by

_KEEP = 32
_NOBODY = "nobody"


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


def notice_lines(ids: Sequence[str], view: CompanyView) -> list[str]:
    """Return one line for each of these messages: what a reader is told when they arrive."""
    found = [view.message(id) for id in ids]
    return [header(message, view).line for message in found if message is not None]


def sent_header(message: Message, view: CompanyView) -> Header:
    """Return a message as it stands in the list of sent ones, with its recipients instead of the sender."""
    if message.lists or message.beyond or not message.to:
        names = ", ".join(map(name, read_by(message, view)[0])) or _NOBODY
    else:
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
        found = excerpt(message.id, message.body, word)
        if len(message.memo) < _KEEP:
            message.memo[key] = found
    return found


def show(message: Message, view: CompanyView) -> str:
    """Return the whole message as a reader sees it."""
    head: str | None = message.memo.get("head")
    if head is None:
        head = _head(message, view)
        if _is_plain(message):
            message.memo["head"] = head
    return f"{head}\n\n{message.body}"


def _head(message: Message, view: CompanyView) -> str:
    parties = [", ".join(map(label, line)) for line in read_by(message, view)]
    copied = "".join([f"\n{what}: {line}" for what, line in zip(("Cc", "Bcc"), parties[1:], strict=True) if line])
    marks = "\nMarked urgent" if message.urgent else ""
    if message.auto:
        marks += "\nSent automatically"
    attached = f"\nAttached: {attached_line(message)}" if message.attached else ""
    return (
        f"From: {view.person_of(message.sender).label}\nTo: {parties[0] or _NOBODY}{copied}\n"
        f"Date: {view.stamp(message.time)}{marks}\nSubject: {message.subject}{attached}\n"
        f"Id: {message.id}  Thread: {message.thread}"
    )


def typed(message: Message, view: CompanyView) -> dict[str, Any]:
    """Return the whole message as data, with what the reader may see of it."""
    people = view.people_by_id
    attachments: list[dict[str, Any]] = []
    if message.attached:
        attachments = [
            {"number": number, "id": each.document, "version": each.version, "title": each.title}
            for number, each in enumerate(message.attached, 1)
        ]
    if _is_plain(message):
        to = [people[person].address for person in message.to]
        cc = [people[person].address for person in message.cc]
        bcc: list[str] = []
    else:
        to, cc, bcc = map(addresses, read_by(message, view))
    return {
        "id": message.id,
        "thread": message.thread,
        "from": people[message.sender].address,
        "to": to,
        "cc": cc,
        "bcc": bcc,
        "subject": message.subject,
        "time": message.time,
        "body": message.body,
        "in_reply_to": message.in_reply_to,
        "forwards": message.forwards,
        "auto": message.auto,
        "attachments": attachments,
    }


def _is_plain(message: Message) -> bool:
    """Whether all who got a message are persons whom all its readers see, so that it looks the same to all."""
    return not (message.bcc or message.lists or message.beyond or message.unknown or not message.to)


def title_line(attached: Attached) -> str:
    """Return what an attachment is."""
    return f"{' '.join(attached.title.split())} ({attached.document}, version {attached.version})"


def attached_line(message: Message) -> str:
    """Return a message's attachments, numbered as mail_attachment takes them."""
    return "; ".join([f"{number}. {title_line(each)}" for number, each in enumerate(message.attached, 1)])


def forwarded(message: Message, comment: str, view: CompanyView) -> str:
    """Return the text of a message that carries another one on: the comment, where the other comes from, its text."""
    below = carried_on(message, FORWARDED, view.person_of(message.sender).label, view.stamp(message.time))
    return f"{comment}\n\n{below}" if comment.strip() else below


def quoted(message: Message, body: str, view: CompanyView) -> str:
    """Return the text of an answer with the original below it."""
    below = "\n".join([f"> {line}".rstrip() for line in message.body.split("\n")])
    above = introduction(view.person_of(message.sender).name, view.stamp(message.time))
    return f"{body}\n\n{above}\n{below}"
