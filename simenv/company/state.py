"""The company's state: a fold of the log over an opening. Only ``company/fold`` writes it (DESIGN rule 1)."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy

from msgspec import Struct

from simenv.company.mail import Mailbox, Message
from simenv.company.opening import Opening
from simenv.company.table import Table

Antecedent = tuple[str, ...]
"""What a message answers, or else to whom and about what it is; part of its id's key (DESIGN, Randomness)."""


def antecedent_of(message: Message) -> Antecedent:
    """Return a message's antecedent."""
    if message.in_reply_to is not None:
        return (message.sender, message.in_reply_to)
    return (message.sender, message.subject, *message.to, "", *message.cc)


class SeatState(Struct, gc=False):
    """One seat, held by a policy. Written by the fold only, and copied when the company is forked.

    Attributes:
        calls: Calls made.
        calls_left: Calls left in the working day, or None without a limit.
        fresh: Ids of what came (mail, chat, meetings, tickets, alerts) and was not announced yet.
        waiting_until: End of the present wait, or None.
        waiting_sender: Id of the one person waited for, or "" for anyone.
        waiting_thread: Id of the one thread (or channel, or ticket) waited for, or "" for any.
        waiting_what: Sort of thing waited for (mail, chat, meeting, ticket, alert), or "" for any.
        finished: Whether the working day is over.
        removed: Whether access was ended for good.
        suspended: Whether its tools were taken away for the time being.
        read_only: Whether those that do more than read were.
        ended_by: What finished the day or ended the access.
        silent: Turns in a row without a call.
    """

    calls: int = 0
    calls_left: int | None = None
    fresh: tuple[str, ...] = ()
    waiting_until: int | None = None
    waiting_sender: str = ""
    waiting_thread: str = ""
    finished: bool = False
    removed: bool = False
    ended_by: str = ""
    silent: int = 0
    waiting_what: str = ""
    suspended: bool = False
    read_only: bool = False


class Company:
    """Everything that is the case in the company at one moment.

    State that grows is copied on write: after ``fork`` both sides share it, and whoever writes first copies what it
    touches.

    Args:
        opening: The opening state.

    Attributes:
        seats: Person id -> seat.
        decisions: Decision key -> (status, ground).
        done: Steps done -> ``seq`` of the event.
        heard: Person id -> unit -> the figure last told to that person.
        letters: Letter key -> id of the message it became.
        letter_keys: Id of a message -> key of the letter it was.
        ended: Whether the episode is over.
        documents: Documents by id.
        meetings: Meetings by id.
        channels: Channels by id.
        tickets: Tickets by id.
        systems: Systems by id.
        alerts: Alerts by id.
        records: Entries of systems' logs by ``system id`` + `` number``.
        notes: Notes by ``person id`` + `` title``.
        chat_seen: How many posts a person has seen, by ``person id`` + `` channel id``.
    """

    __slots__ = (
        "_antecedents",
        "_boxes",
        "_messages",
        "_owner",
        "_reacted",
        "_shared_messages",
        "alerts",
        "channels",
        "chat_seen",
        "decisions",
        "documents",
        "done",
        "ended",
        "heard",
        "letter_keys",
        "letters",
        "meetings",
        "notes",
        "opening",
        "records",
        "seats",
        "systems",
        "tickets",
    )

    def __init__(self, opening: Opening) -> None:
        self.opening = opening
        self.seats: dict[str, SeatState] = {}
        self.decisions: dict[str, tuple[str, str]] = dict(opening.decided)
        self.done: dict[str, int] = dict.fromkeys(opening.done, 0)
        self.heard: dict[str, dict[str, str]] = {who: dict(told) for who, told in opening.heard.items()}
        self.letters = Table(opening.letters)
        self.letter_keys = Table(opening.letter_keys)
        self.ended = False
        self._owner = object()
        self._messages: dict[str, Message] = {}
        self._antecedents: dict[Antecedent, int] = {}
        self._reacted: dict[tuple[str, str], None] = {}
        self._shared_messages = False
        self._boxes: dict[str, Mailbox] = {}
        self.documents = Table(opening.documents)
        self.meetings = Table(opening.meetings)
        self.channels = Table(opening.channels)
        self.tickets = Table(opening.tickets)
        self.systems = Table(opening.systems)
        self.alerts = Table(opening.alerts)
        self.records = Table(opening.records)
        self.notes = Table(opening.notes)
        self.chat_seen = Table(opening.chat_seen)

    def fork(self) -> Company:
        """Return an independent company in the same state, in time independent of its size."""
        other = Company.__new__(Company)
        other.opening = self.opening
        other.seats = {person: copy(seat) for person, seat in self.seats.items()}
        other.decisions = self.decisions.copy()
        other.done = self.done.copy()
        other.heard = self.heard.copy()
        other.letters = self.letters.fork()
        other.letter_keys = self.letter_keys.fork()
        other.ended = self.ended
        other._owner = object()
        self._owner = object()
        other._messages = self._messages
        other._antecedents = self._antecedents
        other._reacted = self._reacted
        self._shared_messages = other._shared_messages = True
        other._boxes = self._boxes.copy()
        other.documents = self.documents.fork()
        other.meetings = self.meetings.fork()
        other.channels = self.channels.fork()
        other.tickets = self.tickets.fork()
        other.systems = self.systems.fork()
        other.alerts = self.alerts.fork()
        other.records = self.records.fork()
        other.notes = self.notes.fork()
        other.chat_seen = self.chat_seen.fork()
        return other

    def message(self, id: str) -> Message:
        """Return a message by its id.

        Raises:
            KeyError: If there is no such message.
        """
        found = self._messages.get(id)
        return found if found is not None else self.opening.mail[id]

    def messages(self, ids: Iterable[str]) -> list[Message]:
        """Return messages by their ids.

        Raises:
            KeyError: If one of them does not exist.
        """
        later, opening = self._messages, self.opening.mail
        return [later[id] if id in later else opening[id] for id in ids]

    def has_message(self, id: str) -> bool:
        """Whether a message of this id exists."""
        return id in self._messages or id in self.opening.mail

    def mailbox(self, person: str) -> Mailbox:
        """Return what came and went for a person, to be read only."""
        box = self._boxes.get(person)
        if box is None:
            box = self._boxes[person] = Mailbox(self._owner, dict.fromkeys(self.opening.unread.get(person, ())))
        return box

    def own_mailbox(self, person: str) -> Mailbox:
        """Return a mailbox this state may write (for the fold)."""
        box = self.mailbox(person)
        if box.owner is not self._owner:
            box = self._boxes[person] = box.copy(self._owner)
        return box

    def ordinal(self, antecedent: Antecedent) -> int:
        """Return how many messages with this antecedent were sent since the opening."""
        return self._antecedents.get(antecedent, 0)

    def has_reacted(self, person: str, reaction: str, thread: str = "") -> bool:
        """Whether a person has taken a reaction: in a thread, or ever if no thread is given."""
        return (person, f"{reaction}@{thread}") in self._reacted

    def reactions(self) -> frozenset[tuple[str, str]]:
        """Return every reaction taken: (person id, ``reaction@thread``, and ``reaction@`` for ever)."""
        return frozenset(self._reacted)

    def add_reaction(self, person: str, reaction: str, thread: str) -> None:
        """Note that a person has taken a reaction in a thread (for the fold)."""
        self._own_growing()
        self._reacted[person, f"{reaction}@{thread}"] = self._reacted[person, f"{reaction}@"] = None

    def _own_growing(self) -> None:
        """Copy what is shared with a fork and grows with every message, before the first write."""
        if self._shared_messages:
            self._messages, self._shared_messages = self._messages.copy(), False
            self._antecedents, self._reacted = self._antecedents.copy(), self._reacted.copy()

    def add_message(self, message: Message) -> None:
        """Take a new message in (for the fold)."""
        self._own_growing()
        self._messages[message.id] = message
        antecedent = antecedent_of(message)
        self._antecedents[antecedent] = self._antecedents.get(antecedent, 0) + 1

    def sent_since_opening(self) -> tuple[Message, ...]:
        """Return the messages sent since the opening, oldest first."""
        return tuple(self._messages.values())
