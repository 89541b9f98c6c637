"""Messages and mailboxes."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from simenv.company.search import Index
from simenv.company.text import normal, words
from simenv.core.kinds.mail import Attached

INBOX: Final = "inbox"
SENT: Final = "sent"
ARCHIVE: Final = "archive"
TRASH: Final = "trash"
STANDING: Final = (INBOX, SENT, ARCHIVE, TRASH)
"""Folders that every mailbox has; others come into being when something is put there."""

ERASED: Final = ""
"""Where a message lies that its holder removed for good: nowhere."""


class Message(Struct, gc=False, eq=False, weakref=False):
    """One message, never changed once it is made, and shared by everyone who has it and by every fork.

    Attributes:
        id: ``mail-...``.
        thread: ``thread-...``; replies stay in it.
        sender: Id of the sender.
        to: Ids of the recipients.
        subject: Subject line.
        body: Text.
        time: When it was sent, in seconds since the world's start.
        cc: Ids of those in copy.
        in_reply_to: Id of the message it answers, if any.
        urgent: Whether it was marked urgent.
        bcc: Ids of those in blind copy; only they and the sender know.
        beyond: Addresses outside that the address book does not know.
        lists: Names of the distribution lists behind the recipients.
        attached: Documents that go with it, as they were.
        forwards: Id of the message whose text it carries on, if any.
        auto: Whether a system wrote it by itself.
        unknown: Addresses of the company it was sent to that nobody has.
        blind: Those of ``beyond`` and ``unknown`` in blind copy; only the sender knows.
        seq: ``seq`` of its event, or None if it lay there at the opening.
        stated: Memo of :func:`simenv.company.facts.facts_stated`, a function of the text and the world's facts.
        memo: Other things worked out from the message once, such as how it looks in a list.
    """

    id: str
    thread: str
    sender: str
    to: tuple[str, ...]
    subject: str
    body: str
    time: int
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
    seq: int | None = None
    stated: tuple[str, ...] | None = None
    memo: dict[str, Any] = {}
    _normal: str | None = None

    @property
    def recipients(self) -> tuple[str, ...]:
        """Everyone it was sent to, in copy, in blind copy or not."""
        return self.to + self.cc + self.bcc if self.cc or self.bcc else self.to

    @property
    def named(self) -> tuple[str, ...]:
        """Everyone whom all its readers see: recipients and those in copy, without those in blind copy."""
        return self.to + self.cc if self.cc else self.to

    @property
    def words(self) -> set[str]:
        """The words search finds it by."""
        return set(words(f"{self.subject} {self.body}"))

    @property
    def normal_text(self) -> str:
        """Subject and body in the form in which meanings are read."""
        text = self._normal
        if text is None:
            text = self._normal = normal(f"{self.subject}\n{self.body}")
        return text


class Mailbox:
    """What came and went since the opening, for one person. Written by the fold only.

    Attributes:
        owner: Token of the company state that may write here; another state copies it first.
        inbox: Ids of messages received, oldest first.
        sent: Ids of messages sent, oldest first.
        all: Ids of both, in order.
        unread: Ids of messages not opened yet (as keys, in order of arrival), those from the opening included.
        filed: Ids of messages put somewhere since the opening -> folder, or :data:`ERASED`.
        index: Search index over ``all``.
    """

    __slots__ = ("all", "filed", "inbox", "index", "owner", "sent", "unread")

    def __init__(self, owner: object, unread: dict[str, None]) -> None:
        self.owner = owner
        self.inbox: list[str] = []
        self.sent: list[str] = []
        self.all: list[str] = []
        self.unread = unread
        self.filed: dict[str, str] = {}
        self.index = Index()

    def copy(self, owner: object) -> Mailbox:
        """Return a mailbox with the same content that ``owner`` may write."""
        other = Mailbox.__new__(Mailbox)
        other.owner = owner
        other.inbox = self.inbox.copy()
        other.sent = self.sent.copy()
        other.all = self.all.copy()
        other.unread = self.unread.copy()
        other.filed = self.filed.copy()
        other.index = self.index.fork()
        return other
