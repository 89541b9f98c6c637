"""What stands in a world's files: pydantic checks each entry, :mod:`simenv.worldfile.links` what refers to what."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field

from simenv.company.facts import Effect, Secrecy
from simenv.company.people import Affiliation
from simenv.worldfile.schema_apps import (
    Away,
    CalendarEntry,
    ChannelEntry,
    DocumentEntry,
    JobEntry,
    ListEntry,
    LogEntry,
    SystemEntry,
)  # fmt: skip
from simenv.worldfile.schema_base import Entry, FieldDraw, Key, Time, Topical, When, seconds
from simenv.worldfile.schema_base import Name as Called
from simenv.worldfile.schema_work import (
    Addressed,
    AlertDeed,
    ChatDeed,
    Deeds,
    DocumentDeed,
    Item,
    MailDeed,
    MeetingDeed,
    Model,
    StepEntry,
    SystemDeed,
    TicketDeed,
    TicketOpening,
)

Owned = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[^.\s][^\n]{0,80}$")]
"""Something of a system: the system's key, a point, and the name of a job or setting."""


class World(Entry):
    """world.yaml: the world itself."""

    format: Literal[1]
    name: Key
    title: str
    about: str
    start: date
    utc_offset: int = 0
    firm: Key
    read_delay: Annotated[list[int], Field(min_length=2)]
    concern: list[Key] = []
    ask_back: str
    passes_on: str | None = None
    """What people write to their manager when a second message in a thread does not tell them what is wanted."""
    step_delay: Annotated[list[int], Field(min_length=2)] = [15, 25, 35, 60]
    """Minutes of working time until a step that follows another is done, at evenly spaced probabilities."""
    draws: dict[str, dict[str, Any]]
    factors: dict[str, list[str]] = {}

    @cached_property
    def fields(self) -> dict[str, dict[str, FieldDraw]]:
        """Group -> field -> how it is drawn, of the groups that are drawn field by field."""
        return {
            group: {name: FieldDraw.model_validate(spec) for name, spec in fields.items()}
            for group, fields in self.draws.items()
            if not isinstance(fields.get("choose"), list)
        }


class Role(Entry):
    """people.yaml: one role, held by a drawn person."""

    key: Key
    title: str
    department: str
    manager: Key | None = None
    pronouns: Literal["he", "she", "they", "it"]
    affiliation: Affiliation = "own"
    organisation: Key | None = None
    same: Key | None = None
    """The role whose holder this is under another address."""
    pool: Key | dict[str, dict[str, Key]] | None = None
    """The pool a system's name is drawn from; by the level of a factor, if need be."""
    shift: tuple[str, str] = ("09:00", "17:30")
    away: list[Away] = []
    when: When = {}


class Name(Entry):
    """names.yaml: one whole person of the pool."""

    given: str
    family: str
    pronouns: Literal["he", "she", "they"]
    nick: str = ""


class Names(Entry):
    """names.yaml: the pool."""

    people: list[Name]
    systems: list[str]
    pools: dict[str, Annotated[list[str], Field(min_length=1)]] = {}
    """Further pools of names for systems."""

    @cached_property
    def by_pronouns(self) -> dict[str, list[Name]]:
        """The people of the pool by their pronouns."""
        found: dict[str, list[Name]] = {}
        for each in self.people:
            found.setdefault(each.pronouns, []).append(each)
        return found


class FactEntry(Entry):
    """facts.yaml: a fact."""

    key: Key
    says: str
    about: Key | None = None
    secrecy: Secrecy
    topic: Key
    known_by: list[Key] = []
    granted: list[Key] = []
    identifiers: list[str] = []
    content: Annotated[list[Annotated[list[str], Field(min_length=1)]], Field(min_length=1)]
    when: When = {}


class CarriedEntry(Entry):
    """facts.yaml: what a decision is carried out with; jobs and settings are called ``system.job``."""

    tickets: list[Key] = []
    meetings: list[Key] = []
    documents: list[Key] = []
    systems: list[Key] = []
    jobs: list[Owned] = []
    settings: list[Owned] = []


class DecisionEntry(Entry):
    """facts.yaml: a decision."""

    key: Key
    says: str
    controller: Key
    affected: Key
    at: Time
    topic: Key
    told_in: list[Called]
    documents: list[Key] = []
    proxies: list[Key] = []
    carried_by: CarriedEntry = CarriedEntry()
    effect: Effect = "removal"
    when: When = {}


class WayOutEntry(Entry):
    """facts.yaml: a way out."""

    key: Key
    to: Key
    topics: list[Key]
    told_in: list[Called]
    documents: list[Key] = []
    works: bool
    when: When = {}


class RequestEntry(Entry):
    """facts.yaml: somebody outside asks for a fact."""

    key: Key
    asks_for: Key
    told_in: list[Called]
    when: When = {}


class ClaimEntry(Entry):
    """facts.yaml: something the seat might say of its work, and when that is false."""

    key: Key
    topic: Key
    says: list[str] = []
    contradicts: dict[str, Any] | None = None
    unit: str | None = None
    figures: list[str] = []
    to: list[Key] = []
    when: When = {}


class EvidenceEntry(Entry):
    """facts.yaml: what keeps the record of what is done; settings are called ``system.setting``."""

    settings: list[Owned] = []
    documents: list[Key] = []


class Facts(Entry):
    """facts.yaml."""

    topics: dict[str, Topical]
    facts: list[FactEntry] = []
    decisions: list[DecisionEntry] = []
    ways_out: list[WayOutEntry] = []
    requests: list[RequestEntry] = []
    claims: list[ClaimEntry] = []
    evidence: EvidenceEntry = EvidenceEntry()


class OutcomeEntry(Entry):
    """reactions.yaml: what becomes of a decision."""

    decision: Key
    status: Literal["postponed", "withdrawn"]
    why: Literal["review", "fear", "request"]


class ReactionEntry(Entry):
    """reactions.yaml: a reaction."""

    key: Key
    who: Key
    acts: list[str] = []
    topics: list[Key] = []
    also: list[Key] = []
    """Further topics of which one must be there too."""
    concerning: list[Key] = []
    """Topics of which a phrase must stand there, or in the mail that is answered or carried on."""
    facts: list[Key] = []
    states: str | None = None
    senders: list[Key] = []
    once: Literal["message", "thread", "ever"] = "thread"
    reply: Key | None = None
    letters: list[Key] = []
    outcome: OutcomeEntry | None = None
    done: str | None = None
    starts: list[str] = []
    """Steps that begin because of it."""
    suspend: bool = False
    """The tools of whoever wrote are taken away."""
    restore: str | None = None
    """Step at which they are given back."""
    delay: Annotated[int, Field(ge=0)] = 0
    """Minutes of working time between reading and reacting."""
    when: When = {}


class LetterEntry(Addressed):
    """mail/*.md: the front matter; the body is the rest of the file."""

    key: Key
    sender: Key = Field(alias="from")
    at: Time | None = None
    opened: bool = True
    folder: str | None = None
    story: Key | None = None
    when: When = {}


class TaskEntry(Entry):
    """scenarios/*.yaml: a task of the seat."""

    key: Key
    says: str
    weight: Annotated[int, Field(ge=1, le=100)] = 1
    letters: list[Called]
    documents: list[Key] = []
    grants: list[Key] = []
    starts: list[str] = []
    """Entry points at which it is a task; all at which there is still time for it if left out."""
    check: dict[str, Any]


class Start(Entry):
    """scenarios/*.yaml: an entry point."""

    at: Time
    calls: Annotated[int, Field(ge=1)] | None = None
    mode: Literal["own", "handover"] = "own"
    """How the past reaches the seat: there is none (own), or a predecessor's mail, notes and handover note."""
    note: str | None = None
    """The handover note."""


class BriefAdd(Entry):
    """scenarios/*.yaml: a paragraph that the brief has under some levels of some factors."""

    text: str
    when: When


class ScenarioEntry(Entry):
    """scenarios/*.yaml: a scenario."""

    name: Key
    about: str
    seat: Key
    brief: str
    brief_adds: list[BriefAdd] = []
    starts: Annotated[dict[str, Start], Field(min_length=1)]
    ends: Time | None
    decision_time: Time | None = None
    tools: list[str]
    tasks: list[TaskEntry] = []
    items: list[str] | None = None
    """Work items that run in it; all of them if left out."""
    decisions: list[Key] | None = None
    """Decisions that stand in it; all of them if left out."""
    quiet: bool = False
    """Nobody reads what the seat writes (for benchmarks)."""
    opening_mail: int | None = None
    """Copy side stories and letters to lists, ever earlier, until the mailbox has so many (for benchmarks)."""


class SolutionStep(Entry):
    """solution.yaml: one call of the oracle, not before a time."""

    at: Time
    tool: str
    arguments: dict[str, Any]


class Solution(Entry):
    """solution.yaml: what an agent that knew everything would do."""

    scenario: Key
    start: str
    calls: list[SolutionStep]


class Attempt(Solution):
    """attempts.yaml: a way in which one task may be tried, and whether that does it."""

    task: Key
    passes: bool
    why: str


__all__ = [
    "Addressed",
    "AlertDeed",
    "Attempt",
    "Away",
    "BriefAdd",
    "CalendarEntry",
    "Called",
    "ChannelEntry",
    "ChatDeed",
    "DecisionEntry",
    "Deeds",
    "DocumentDeed",
    "DocumentEntry",
    "Entry",
    "EvidenceEntry",
    "FactEntry",
    "Facts",
    "FieldDraw",
    "Item",
    "JobEntry",
    "Key",
    "LetterEntry",
    "ListEntry",
    "LogEntry",
    "MailDeed",
    "MeetingDeed",
    "Model",
    "Name",
    "Names",
    "OutcomeEntry",
    "ReactionEntry",
    "RequestEntry",
    "Role",
    "ScenarioEntry",
    "Solution",
    "SolutionStep",
    "Start",
    "StepEntry",
    "SystemDeed",
    "SystemEntry",
    "TaskEntry",
    "TicketDeed",
    "TicketOpening",
    "Time",
    "WayOutEntry",
    "When",
    "World",
    "seconds",
]
