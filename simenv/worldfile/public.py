"""The opening state as anybody of the company may see it: as bytes for an episode's folder, and its digest.

The bytes hold the resolved texts. Their digest, which the second event of an episode names, is worked out without
resolving a text: the state is encoded once with its placeholders, split at them, and a seed only puts its values in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from operator import itemgetter
from typing import Any, Final

import msgspec

from simenv.company.calendar import Meeting
from simenv.company.chat import Channel
from simenv.company.documents import Document
from simenv.company.mail import Message
from simenv.company.opening import MailList, Opening
from simenv.company.people import Person
from simenv.company.systems import Alert, Record, System
from simenv.company.text import PLACEHOLDER
from simenv.company.tickets import Ticket

_bytes: Final = msgspec.json.Encoder().encode

Piece = tuple[Sequence[str], Sequence[str]]
"""A part of the state: its text, cut at each placeholder, and the placeholders in order."""

_AT_ONCE: Final = 256
"""Parts of the state that are digested at once."""

_COMMA: Final[Piece] = ((",",), ())


def encode(what: object) -> str:
    """Return JSON."""
    return _bytes(what).decode()


def person(p: Person) -> object:
    """Return what the directory says of a person."""
    return {
        "id": p.id, "name": p.name, "address": p.address, "title": p.title,
        "department": p.department, "manager": p.manager, "outside": not p.inside,
    }  # fmt: skip


def message(m: Message) -> object:
    """Return what a message says; what it has not is left out."""
    plain: dict[str, object] = {
        "id": m.id, "thread": m.thread, "from": m.sender, "to": m.to, "cc": m.cc, "subject": m.subject,
        "body": m.body, "time": m.time, "in_reply_to": m.in_reply_to, "urgent": m.urgent,
    }  # fmt: skip
    more = {"bcc": m.bcc, "attached": m.attached, "forwards": m.forwards}
    return plain | {name: value for name, value in more.items() if value}


def document(d: Document) -> object:
    """Return what a document says, with all its versions."""
    versions = [
        {"number": v.number, "author": v.author, "time": v.time, "text": v.text, "note": v.note} for v in d.versions
    ]
    return {
        "id": d.id, "title": d.title, "folder": d.folder, "owner": d.owner, "classification": d.classification,
        "readers": d.readers, "editors": d.editors, "versions": versions,
    }  # fmt: skip


def meeting(m: Meeting) -> object:
    """Return a meeting."""
    return {
        "id": m.id, "title": m.title, "organiser": m.organiser, "start": m.start, "end": m.end,
        "attendees": m.attendees, "place": m.place, "notes": m.notes, "replies": m.replies,
        "cancelled": m.cancelled, "private": m.private,
    }  # fmt: skip


def channel(c: Channel) -> object:
    """Return a channel; its posts stand among the messages."""
    return {
        "id": c.id, "name": c.name, "purpose": c.purpose, "members": c.members, "private": c.private,
        "direct": c.direct, "posts": c.posts,
    }  # fmt: skip


def ticket(t: Ticket) -> object:
    """Return a ticket with its comments and changes."""
    comments = [{"author": c.author, "time": c.time, "text": c.text} for c in t.comments]
    changes = [{"actor": c.actor, "time": c.time, "field": c.field, "value": c.value} for c in t.changes]
    return {
        "id": t.id, "number": t.number, "queue": t.queue, "title": t.title, "text": t.text, "reporter": t.reporter,
        "opened": t.opened, "assignee": t.assignee, "status": t.status, "priority": t.priority,
        "approver": t.approver, "approval": t.approval, "due": t.due, "comments": comments, "changes": changes,
    }  # fmt: skip


def system(s: System) -> object:
    """Return a system; it is known by its key inside the company too."""
    jobs = [
        {"key": j.key, "name": j.name, "rhythm": j.rhythm, "enabled": j.enabled, "last": j.last, "result": j.result}
        for j in s.jobs
    ]
    deployments = [{"version": d.version, "time": d.time, "actor": d.actor} for d in s.deployments]
    return {
        "id": s.id, "key": s.key, "name": s.name, "purpose": s.purpose, "owner": s.owner, "on_call": s.on_call,
        "grants": s.grants, "jobs": jobs, "deployments": deployments, "settings": s.settings,
    }  # fmt: skip


def alert(a: Alert) -> object:
    """Return an alert."""
    return {
        "id": a.id, "system": a.system, "severity": a.severity, "text": a.text, "raised": a.raised,
        "state": a.state, "by": a.by, "note": a.note,
    }  # fmt: skip


def record(r: Record) -> object:
    """Return a line of a system's log."""
    return {"system": r.system, "number": r.number, "time": r.time, "actor": r.actor, "text": r.text}


SHOWN: Final[dict[str, Callable[[Any], object]]] = {
    "people": person,
    "mail": message,
    "documents": document,
    "meetings": meeting,
    "channels": channel,
    "tickets": ticket,
    "systems": system,
    "alerts": alert,
    "records": record,
}
"""Field of the opening -> what anybody may see of one of its records."""


def shown(field: str, record: object) -> str:
    """Return what anybody may see of a record of an opening, as JSON."""
    return encode(SHOWN[field](record))


def assemble(
    head: Mapping[str, object],
    records: Mapping[str, Sequence[Piece]],
    rest: Mapping[str, object],
    cut: Callable[[str], Piece],
) -> Iterator[Piece]:
    """Yield the pieces of the whole state, in order.

    Args:
        head: The beginning: firm, date, clock, time.
        records: Field of the opening -> its records; people and mail are always there.
        rest: What else there is; what is empty is left out, but for ``unread``.
        cut: Makes a piece of JSON: :func:`split` or :func:`whole`.
    """
    yield cut(encode(head)[:-1])
    for field in SHOWN:
        found = records.get(field, ())
        if found or field in ("people", "mail"):
            yield whole(f',"{field}":[')
            for number, piece in enumerate(found):
                if number:
                    yield _COMMA
                yield piece
            yield whole("]")
        if field == "mail":
            yield whole(f',"unread":{encode(rest["unread"])}')
    yield from (cut(f',"{name}":{encode(each)}') for name, each in rest.items() if each and name != "unread")
    yield whole("}")


def head_of(firm: str, date: str, utc_offset: int, now: int) -> dict[str, object]:
    """Return the beginning of the state."""
    return {"firm": firm, "date": date, "utc_offset": utc_offset, "now": now}


def rest_of(
    unread: Mapping[str, Sequence[str]],
    filed: Mapping[str, Mapping[str, str]],
    seen: Mapping[str, int],
    lists: Iterable[MailList],
    away: Mapping[str, Sequence[tuple[int, int, str]]],
) -> dict[str, object]:
    """Return what belongs to mailboxes, channels and people rather than to records."""
    return {
        "unread": unread,
        "filed": filed,
        "seen": seen,
        "lists": [{"name": each.name, "address": each.address, "members": each.members} for each in lists],
        "away": away,
    }


def public_bytes(opening: Opening) -> bytes:
    """Return the resolved opening state as anybody may see it: what lies there, and no fact, no plan, no label."""
    away = {
        who: [(each.start, each.end, each.note.render(opening.values) if each.note else "") for each in times]
        for who, times in opening.absences.items()
    }
    head = head_of(opening.firm, opening.dates.start.isoformat(), opening.utc_offset, opening.now)
    records = {field: [whole(shown(field, each)) for each in getattr(opening, field).values()] for field in SHOWN}
    rest = rest_of(opening.unread, opening.filed, opening.chat_seen, opening.lists.values(), away)
    return "".join([text for (text,), _ in assemble(head, records, rest, whole)]).encode()


class Seal:
    """The state with placeholders, so that its bytes for a seed cost no more than putting values in.

    Args:
        pieces: The pieces of the state, in order.
    """

    __slots__ = ("_parts", "_pick", "_slots")

    def __init__(self, pieces: Iterable[Piece]) -> None:
        parts, order = [b""], []
        for literals, slots in pieces:
            first, *others = (each.encode() for each in literals)
            parts[-1] += first
            for slot, literal in zip(slots, others, strict=True):
                order.append(slot)
                parts += b"", literal
        self._parts, self._slots = parts, tuple(dict.fromkeys(order))
        self._pick = _picker(order)

    def data(self, values: Mapping[str, str]) -> bytes:
        """Return the resolved state."""
        return b"".join(self._filled(values))

    def digest(self, values: Mapping[str, str]) -> str:
        """Return the SHA-256 of the resolved state, which is never put together as a whole: that takes longer."""
        parts, found = self._filled(values), sha256()
        for start in range(0, len(parts), _AT_ONCE):
            found.update(b"".join(parts[start : start + _AT_ONCE]))
        return found.hexdigest()

    def _filled(self, values: Mapping[str, str]) -> list[bytes]:
        written = {slot: _bytes(values[slot])[1:-1] for slot in self._slots}
        parts = self._parts.copy()
        parts[1::2] = self._pick(written)
        return parts


def _picker(slots: Sequence[str]) -> Callable[[Mapping[str, bytes]], Sequence[bytes]]:
    """Return what looks up these placeholders, in this order."""
    return itemgetter(*slots) if len(slots) > 1 else lambda written: [written[slot] for slot in slots]


def whole(text: str) -> Piece:
    """Return a piece in which nothing is left open."""
    return (text,), ()


def split(text: str) -> Piece:
    """Return a piece whose placeholders are open."""
    parts = PLACEHOLDER.split(text)
    return tuple(parts[::2]), tuple(parts[1::2])
