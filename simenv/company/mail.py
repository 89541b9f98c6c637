"""Messages and mailboxes."""

from __future__ import annotations

from functools import cached_property

from simenv.company.search import Index
from simenv.company.text import normal, words


class Message:
    """One message, immutable and shared by everyone who has it and by every fork.

    Attributes:
        id: ``mail-...``.
        thread: ``thread-...``; replies stay in it.
        sender: Id of the sender.
        to: Ids of the recipients.
        cc: Ids of those in copy.
        subject: Subject line.
        body: Text.
        time: When it was sent, in seconds since the world's start.
        in_reply_to: Id of the message it answers, if any.
        urgent: Whether it was marked urgent.
        seq: ``seq`` of its event, or None if it lay there at the opening.
        stated: Memo of :func:`simenv.company.facts.facts_stated`, a function of the text and the world's facts.
    """

    def __init__(
        self,
        id: str,
        thread: str,
        sender: str,
        to: tuple[str, ...],
        subject: str,
        body: str,
        time: int,
        cc: tuple[str, ...] = (),
        in_reply_to: str | None = None,
        urgent: bool = False,
        seq: int | None = None,
    ) -> None:
        self.id = id
        self.thread = thread
        self.sender = sender
        self.to = to
        self.subject = subject
        self.body = body
        self.time = time
        self.cc = cc
        self.in_reply_to = in_reply_to
        self.urgent = urgent
        self.seq = seq
        self.stated: tuple[str, ...] | None = None

    @property
    def recipients(self) -> tuple[str, ...]:
        """Everyone it was sent to, in copy or not."""
        return self.to + self.cc if self.cc else self.to

    @cached_property
    def words(self) -> frozenset[str]:
        """The words search finds it by."""
        return frozenset(words(f"{self.subject} {self.body}"))

    @cached_property
    def normal_text(self) -> str:
        """Subject and body in the form in which meanings are read."""
        return normal(f"{self.subject}\n{self.body}")


class Mailbox:
    """What came and went since the opening, for one person. Written by the fold only.

    Attributes:
        owner: Token of the company state that may write here; another state copies it first.
        inbox: Ids of messages received, oldest first.
        sent: Ids of messages sent, oldest first.
        all: Ids of both, in order.
        unread: Ids of messages not opened yet (as keys, in order of arrival), those from the opening included.
        index: Search index over ``all``.
    """

    __slots__ = ("all", "inbox", "index", "owner", "sent", "unread")

    def __init__(self, owner: object, unread: dict[str, None]) -> None:
        self.owner = owner
        self.inbox: list[str] = []
        self.sent: list[str] = []
        self.all: list[str] = []
        self.unread = unread
        self.index = Index()

    def copy(self, owner: object) -> Mailbox:
        """Return a mailbox with the same content that ``owner`` may write."""
        other = Mailbox.__new__(Mailbox)
        other.owner = owner
        other.inbox = self.inbox.copy()
        other.sent = self.sent.copy()
        other.all = self.all.copy()
        other.unread = self.unread.copy()
        other.index = self.index.fork()
        return other
