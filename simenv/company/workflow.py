"""Work: items, their steps, what people write at each, and how they react to what reaches them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from simenv.company.predicates import Check
from simenv.company.text import Template


class Letter(Struct, frozen=True):
    """A mail somebody will write: who to whom, and its text with placeholders.

    Attributes:
        key: Name in the world's files.
        sender: Id of the writer.
        to: Ids of the recipients; empty for an answer, which goes to whoever wrote.
        cc: Ids of those in copy.
        subject: Subject line, or None for an answer ("Re: ...").
        body: Text.
        urgent: Whether it is marked urgent.
        answers: Key of the letter it answers, if it stands in that one's thread.
        bcc: Ids of those in blind copy.
        attach: Ids of the documents that go with it, in the version they then have.
        forwards: Key of the letter it carries on, if any.
        lists: Keys of the distribution lists whose members are among the recipients.
    """

    key: str
    sender: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: Template | None
    body: Template
    urgent: bool = False
    answers: str | None = None
    bcc: tuple[str, ...] = ()
    attach: tuple[str, ...] = ()
    forwards: str | None = None
    lists: tuple[str, ...] = ()


class Post(Struct, frozen=True):
    """A chat message somebody will post.

    Attributes:
        channel: Id of the channel; "" for a direct message.
        to: Id of the person it is for, if it is a direct message; "" for whoever wrote, if it is an answer.
        text: What it says.
        answers: Step (``item.step``) whose message it answers, if any.
    """

    channel: str
    to: str
    text: Template
    answers: str | None = None


class Create(Struct, frozen=True):
    """A document somebody will make; fields as in :class:`~simenv.company.documents.Document`."""

    document: str
    title: Template
    folder: str
    classification: str
    text: Template
    readers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()


class Edit(Struct, frozen=True):
    """A change somebody will make to a document.

    Attributes:
        document: Its id.
        text: The whole new text, or None.
        append: What is put at its end, or None.
        replace: Pairs of what is looked for and what is put in its place; what is not there is passed over.
        note: What the author says of the change.
    """

    document: str
    text: Template | None = None
    append: Template | None = None
    replace: tuple[tuple[Template, Template], ...] = ()
    note: Template | None = None


class Share(Struct, frozen=True):
    """A document that will be shared: with whom, and as ``reader`` or ``editor``."""

    document: str
    persons: tuple[str, ...]
    role: Literal["reader", "editor"]


class OpenTicket(Struct, frozen=True):
    """A ticket somebody will open; fields as in :class:`~simenv.company.tickets.Ticket`."""

    ticket: str
    number: Template
    queue: str
    title: Template
    text: Template
    assignee: str = ""
    priority: str = "normal"
    due: int | None = None


class MoveTicket(Struct, frozen=True):
    """What somebody will do to a ticket: change fields, comment, ask for approval or decide it."""

    ticket: str
    status: str | None = None
    assignee: str | None = None
    priority: str | None = None
    comment: Template | None = None
    ask: str | None = None
    approve: bool | None = None


class CallMeeting(Struct, frozen=True):
    """A meeting somebody will call; fields as in :class:`~simenv.company.calendar.Meeting`."""

    meeting: str
    title: Template
    start: int
    end: int
    attendees: tuple[str, ...]
    place: str = ""
    notes: Template | None = None
    private: bool = False


class MoveMeeting(Struct, frozen=True):
    """What somebody will do to a meeting: move it, write its notes, cancel it, or answer the invitation."""

    meeting: str
    start: int | None = None
    end: int | None = None
    notes: Template | None = None
    cancel: bool = False
    reply: str | None = None


class RaiseAlert(Struct, frozen=True):
    """An alert that a system will raise."""

    alert: str
    system: str
    severity: str
    text: Template


class SettleAlert(Struct, frozen=True):
    """An alert that somebody will acknowledge or resolve."""

    alert: str
    state: str
    note: Template | None = None


class Operate(Struct, frozen=True):
    """What somebody will do to a system: jobs, deployments, access, settings."""

    system: str
    job: str | None = None
    result: Template | None = None
    enabled: bool | None = None
    deploy: Template | None = None
    grant: tuple[tuple[str, str], ...] = ()
    revoke: tuple[str, ...] = ()
    setting: tuple[str, str] | None = None
    record: Template | None = None


Deed = (
    Letter | Post | Create | Edit | Share | OpenTicket | MoveTicket | CallMeeting | MoveMeeting | RaiseAlert
    | SettleAlert | Operate
)  # fmt: skip
"""Whatever a colleague can do at a step."""


class Step(Struct, frozen=True):
    """One step of a work item.

    Attributes:
        item: Key of the work item.
        key: Key of the step within it.
        owner: Id of the person whose step it is.
        at: When its owner sets about it; None for steps that follow others, and for steps of a seat, which are done
            when they are done.
        due: When it should be done, if it has a limit.
        letter: Key of the letter written at this step, if any.
        needs: Steps (``item.step``) that must be done, or the step is passed over.
        unless: Steps that must not be done, or the step is passed over.
        announces: Key of the decision that is announced with it, if any.
        after: Steps that must be done before its owner sets about it, a delay later.
        delay: Quantile table of that delay, in seconds of the owner's working time.
        heard: Unit -> figure that the owner must have been told last, or the step is passed over.
        not_heard: Unit -> figure that the owner must not have been told last, or the step is passed over.
        deeds: What its owner does, in order.
        done_when: For steps of a seat: what must hold for it to be done, if no reaction says so.
        night: Whether the owner is on call, so that it is done at any hour.
    """

    item: str
    key: str
    owner: str
    at: int | None
    due: int | None
    letter: str | None
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    announces: str | None = None
    after: tuple[str, ...] = ()
    delay: tuple[int, ...] = ()
    heard: tuple[tuple[str, str], ...] = ()
    not_heard: tuple[tuple[str, str], ...] = ()
    deeds: tuple[Deed, ...] = ()
    done_when: Check | None = None
    night: bool = False

    @property
    def name(self) -> str:
        """``item.step``."""
        return f"{self.item}.{self.key}"


class Outcome(Struct, frozen=True):
    """What a reaction does to a decision: its new status, and the ground for it."""

    decision: str
    status: Literal["postponed", "withdrawn"]
    why: Literal["review", "fear", "request"]


class Reaction(Struct, frozen=True):
    """How a person answers messages of a certain meaning. The first that fits is taken.

    Attributes:
        key: Name in the world's files.
        who: Id of the person.
        acts: Acts of which one must be read out of the message; empty for any.
        topics: Topics of which one must be; empty for any.
        facts: Facts that must all be stated.
        states: Unit of a figure that must be stated, if any.
        also: Further topics of which one must be, beside one of ``topics``; empty for any.
        concerning: Topics of one of which a phrase must stand in the message, or in the mail it answers or carries on;
            empty for any.
        senders: Ids it applies to; empty for every seat.
        once: How often: for each message, once for each thread, or once in all.
        reply: Key of the letter sent back, if any.
        letters: Keys of letters to others.
        outcome: What becomes of a decision, if anything.
        done: Step (``item.step``) that is done by it, if any.
        starts: Steps (``item.step``) that begin because of it, as if what they come after were done.
        suspend: Whether the tools of whoever wrote are taken away.
        restore: Step (``item.step``) at which they are given back, if they ever are.
        delay: Working time between reading and all this, in seconds.
    """

    key: str
    who: str
    acts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    states: str | None = None
    also: tuple[str, ...] = ()
    concerning: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()
    once: Literal["message", "thread", "ever"] = "thread"
    reply: str | None = None
    letters: tuple[str, ...] = ()
    outcome: Outcome | None = None
    done: str | None = None
    starts: tuple[str, ...] = ()
    suspend: bool = False
    restore: str | None = None
    delay: int = 0
