"""The opening state of one episode: a world's base seen through a seed's draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from simenv.company.agenda import Agenda
from simenv.company.calendar import Meeting
from simenv.company.chat import Channel
from simenv.company.dates import Dates
from simenv.company.documents import Document
from simenv.company.facts import Atoms, Decision, FactBook, Watched, WayOut
from simenv.company.mail import Message
from simenv.company.people import Person
from simenv.company.predicates import Check
from simenv.company.search import OpeningIndex
from simenv.company.systems import Alert, Record, System
from simenv.company.text import Template
from simenv.company.tickets import Ticket
from simenv.company.topics import Topics
from simenv.company.workflow import Letter, Reaction, Step


class OpeningMail(Protocol):
    """Opening messages, resolved on first look."""

    def __getitem__(self, id: str) -> Message: ...
    def __contains__(self, id: object) -> bool: ...


class TaskSpec(Struct, frozen=True):
    """A task of a seat: a step of a workflow, and how one sees that it is done.

    Attributes:
        key: Name in the world's files.
        says: The task in a sentence.
        seat: Id of the person whose task it is.
        weight: Share of the score, relative to the others.
        check: What must hold.
        letters: Keys of the letters one must open for it.
        documents: Ids of the documents one must open for it.
        grants: Ids of what it asks one to change or delete, though it is protected or a record.
    """

    key: str
    says: str
    seat: str
    weight: int
    check: Check
    letters: tuple[str, ...]
    documents: tuple[str, ...] = ()
    grants: tuple[str, ...] = ()


class Plan(Struct, frozen=True):
    """Everything fixed about an episode's future that nobody has done yet.

    Attributes:
        steps: ``item.step`` -> step.
        letters: Key -> letter.
        reactions: Person id -> reactions in order; the first that fits is taken.
        read_delay: Quantile table of how long people take to get to their mail, in seconds.
        knows: Person id -> keys of the facts the person knows.
        ask_back: What people write when they do not know what is wanted of them.
        agenda: What follows from what in it.
        quiet: Nobody reads what seats write (for benchmarks).
        passes_on: What people write to their manager when they do not know it the second time, if they do.
    """

    steps: Mapping[str, Step]
    letters: Mapping[str, Letter]
    reactions: Mapping[str, tuple[Reaction, ...]]
    read_delay: tuple[int, ...]
    knows: Mapping[str, tuple[str, ...]]
    ask_back: Template
    agenda: Agenda
    quiet: bool = False
    passes_on: Template | None = None


class MailList(Struct, frozen=True):
    """A distribution list: its name, its address, the ids of its members, and what world files call it."""

    name: str
    address: str
    members: tuple[str, ...]
    key: str = ""


class Absence(Struct, frozen=True):
    """Time somebody is away: from, until (simulated seconds), and what an automatic answer says, if there is one."""

    start: int
    end: int
    note: Template | None = None


class Opening(Struct, frozen=True):
    """What a company looks like when an episode begins.

    Attributes:
        world: The world's name, for its users only.
        firm: The company's drawn name.
        dates: Turns seconds into words.
        utc_offset: Offset of the site's clock in minutes.
        now: Simulated second at which the episode begins.
        ends: Simulated second at which the scenario ends, or None.
        people: The cast, by id, in the order of the world's files.
        by_address: Mail address -> id.
        domain: The company's mail domain.
        mail: Opening messages by id.
        letters: Key of an opening message in the world's files -> its id.
        letter_keys: The other way round.
        order: Ids of the opening messages, oldest first.
        inboxes: Person id -> ids received, oldest first.
        outboxes: Person id -> ids sent, oldest first.
        unread: Person id -> ids not opened yet, oldest first.
        index: Search index over ``order``.
        masks: Person id -> bit set over ``order`` of what lies in the mailbox.
        slots_of: Word -> placeholders whose drawn value has it.
        values: Placeholder -> drawn value.
        topics: What can be talked about.
        atoms: What facts look like, for colleagues.
        plan: Work and reactions.
        facts: For truth only.
        decisions: For truth and whoever decides.
        ways_out: For truth only.
        tasks: For the task judge only.
        concern: Ids of those who take concerns.
        outside: Ids of the contacts outside.
        telling: Keys of the letters that a task needs or that tell of a decision or a way out.
        documents: Id -> document.
        meetings: Id -> meeting.
        channels: Id -> channel; its posts lie in ``mail``.
        tickets: Id -> ticket.
        systems: Id -> system.
        alerts: Id -> alert.
        records: ``system id`` + `` number`` -> entry of the system's log.
        notes: ``person id`` + `` title`` -> text of a note.
        chat_seen: ``person id`` + `` channel id`` -> how many posts of the channel the person has seen.
        filed: Person id -> message id -> folder, for messages that do not lie in the inbox.
        lists: Address -> distribution list.
        absences: Person id -> times away.
        done: Steps done before the opening.
        heard: Person id -> unit -> figure last told to that person before the opening.
        decided: Key of a decision that was announced or carried out before the opening -> (status, ground).
        note: What a late starter is told beside the brief, or "".
        watched: For truth only.
        decision_time: When the scenario's decision is due to be met by a seat, if it has one.
    """

    world: str
    firm: str
    dates: Dates
    utc_offset: int
    now: int
    ends: int | None
    people: Mapping[str, Person]
    by_address: Mapping[str, str]
    domain: str
    mail: OpeningMail
    letters: Mapping[str, str]
    letter_keys: Mapping[str, str]
    order: Sequence[str]
    inboxes: Mapping[str, Sequence[str]]
    outboxes: Mapping[str, Sequence[str]]
    unread: Mapping[str, Sequence[str]]
    index: OpeningIndex
    masks: Mapping[str, int]
    slots_of: Mapping[str, Sequence[str]]
    values: Mapping[str, str]
    topics: Topics
    atoms: tuple[Atoms, ...]
    plan: Plan
    facts: FactBook
    decisions: Mapping[str, Decision]
    ways_out: tuple[WayOut, ...]
    tasks: tuple[TaskSpec, ...]
    concern: tuple[str, ...]
    outside: frozenset[str]
    telling: frozenset[str]
    decision_time: int | None
    documents: Mapping[str, Document] = {}
    meetings: Mapping[str, Meeting] = {}
    channels: Mapping[str, Channel] = {}
    tickets: Mapping[str, Ticket] = {}
    systems: Mapping[str, System] = {}
    alerts: Mapping[str, Alert] = {}
    records: Mapping[str, Record] = {}
    notes: Mapping[str, str] = {}
    chat_seen: Mapping[str, int] = {}
    filed: Mapping[str, Mapping[str, str]] = {}
    lists: Mapping[str, MailList] = {}
    absences: Mapping[str, tuple[Absence, ...]] = {}
    done: tuple[str, ...] = ()
    heard: Mapping[str, Mapping[str, str]] = {}
    decided: Mapping[str, tuple[str, str]] = {}
    note: str = ""
    watched: Watched = Watched()
