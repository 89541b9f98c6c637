"""Mail."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from simenv.core.kinds.base import OBSERVABLE, EventData, Visibility


class Attached(Struct, frozen=True, omit_defaults=True, gc=False):
    """A document that goes with a message, as it was: its id, the number of its version, its title."""

    document: str
    version: int
    title: str


class MailSent(EventData, frozen=True):
    """A message left and was delivered. Recipients are person ids; text stands here and nowhere else.

    ``beyond`` are addresses outside that the address book does not know; ``lists`` are the names of the distribution
    lists behind recipients and those in copy; ``forwards`` is the id of the message whose text the body carries on;
    ``auto`` marks what a system wrote by itself (out of office, undeliverable); ``unknown`` are addresses of the
    company that nobody has; ``blind`` are those of ``beyond`` and ``unknown`` that stood in blind copy.
    """

    kind: ClassVar[str] = "mail.sent"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    thread: str
    to: tuple[str, ...]
    subject: str
    body: str
    cc: tuple[str, ...] = ()
    in_reply_to: str | None = None
    urgent: bool = False
    bcc: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    attached: tuple[Attached, ...] = ()
    forwards: str | None = None
    auto: bool = False
    unknown: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()


class MailMoved(EventData, frozen=True):
    """A person filed a message of theirs in a folder; ``trash`` is where deleted ones lie."""

    kind: ClassVar[str] = "mail.moved"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    folder: str


class MailErased(EventData, frozen=True):
    """A person removed a message of theirs for good; the copies of others stay."""

    kind: ClassVar[str] = "mail.erased"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str


class MailBounced(EventData, frozen=True):
    """A message could not be delivered to these addresses of the company, which nobody has."""

    kind: ClassVar[str] = "mail.bounced"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    addresses: tuple[str, ...]


class MailListed(EventData, frozen=True):
    """Header lines (sender, subject, time) of these messages were shown."""

    kind: ClassVar[str] = "mail.listed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    folder: str
    ids: tuple[str, ...]


class MailRead(EventData, frozen=True):
    """The whole message was shown."""

    kind: ClassVar[str] = "mail.read"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str


class Snippet(Struct, frozen=True, array_like=True, gc=False):
    """A part of a message's body that was shown: characters ``start`` up to ``end``."""

    id: str
    start: int
    end: int


class MailSearched(EventData, frozen=True):
    """Header lines and snippets of these messages were shown in answer to a query."""

    kind: ClassVar[str] = "mail.searched"
    visibility: ClassVar[Visibility] = OBSERVABLE
    query: str
    hits: tuple[Snippet, ...]


class MailNotified(EventData, frozen=True):
    """The seat was told that these messages have arrived (sender and subject)."""

    kind: ClassVar[str] = "mail.notified"
    visibility: ClassVar[Visibility] = OBSERVABLE
    ids: tuple[str, ...]


class AccessDenied(EventData, frozen=True):
    """Somebody asked for a thing that is not theirs to see."""

    kind: ClassVar[str] = "access.denied"
    visibility: ClassVar[Visibility] = OBSERVABLE
    target: str
