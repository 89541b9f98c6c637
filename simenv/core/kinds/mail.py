"""Mail."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from simenv.core.kinds.base import OBSERVABLE, EventData, Visibility


class MailSent(EventData, frozen=True):
    """A message left and was delivered. Recipients are person ids; text stands here and nowhere else."""

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
