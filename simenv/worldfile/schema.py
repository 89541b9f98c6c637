"""What stands in a world's files: pydantic checks each entry, :mod:`simenv.worldfile.links` what refers to what."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from simenv.company.facts import Secrecy
from simenv.company.people import Affiliation
from simenv.worldfile.schema_apps import (
    Away,
    CalendarEntry,
    ChannelEntry,
    DocumentEntry,
    ListEntry,
    SystemEntry,
)
from simenv.worldfile.schema_base import Entry, Key, Time, When, seconds
from simenv.worldfile.schema_base import Name as Called
from simenv.worldfile.schema_work import Deeds, Item, Model, StepEntry


class FieldDraw(Entry):
    """How one value is drawn: exactly one of the ways."""

    choose: list[str] | None = None
    between: tuple[int, int] | None = None
    sum: list[str] | None = None
    minus: tuple[str, str] | None = None
    code: str | None = None
    thousands: bool = False


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
    step_delay: Annotated[list[int], Field(min_length=2)] = [15, 25, 35, 60]
    """Minutes of working time until a step that follows another is done, at evenly spaced probabilities."""
    draws: dict[str, dict[str, Any]]
    factors: dict[str, list[str]] = {}


class Role(Entry):
    """people.yaml: one role, held by a drawn person."""

    key: Key
    title: str
    department: str
    manager: Key | None = None
    pronouns: Literal["he", "she", "they", "it"]
    affiliation: Affiliation = "own"
    organisation: Key | None = None
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


class DecisionEntry(Entry):
    """facts.yaml: a decision."""

    key: Key
    says: str
    controller: Key
    affected: Key
    at: Time
    topic: Key
    told_in: list[Called]
    proxies: list[Key] = []
    when: When = {}


class WayOutEntry(Entry):
    """facts.yaml: a way out."""

    key: Key
    to: Key
    topics: list[Key]
    told_in: list[Called]
    works: bool
    when: When = {}


class Facts(Entry):
    """facts.yaml."""

    topics: dict[str, list[str]]
    facts: list[FactEntry] = []
    decisions: list[DecisionEntry] = []
    ways_out: list[WayOutEntry] = []


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
    facts: list[Key] = []
    states: str | None = None
    senders: list[Key] = []
    once: Literal["message", "thread", "ever"] = "thread"
    reply: Key | None = None
    letters: list[Key] = []
    outcome: OutcomeEntry | None = None
    done: str | None = None
    when: When = {}


class LetterEntry(Entry):
    """mail/*.md: the front matter; the body is the rest of the file."""

    key: Key
    sender: Key = Field(alias="from")
    to: list[Key] = []
    cc: list[Key] = []
    subject: str | None = None
    at: Time | None = None
    opened: bool = True
    urgent: bool = False
    answers: Key | None = None
    story: Key | None = None
    when: When = {}
    body: str


class TaskEntry(Entry):
    """scenarios/*.yaml: a task of the seat."""

    key: Key
    says: str
    weight: Annotated[int, Field(ge=1, le=100)] = 1
    letters: list[Called]
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
    """Copy the side stories of the opening mail, ever earlier, until the mailbox has so many (for benchmarks)."""


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


__all__ = [
    "Away",
    "BriefAdd",
    "CalendarEntry",
    "Called",
    "ChannelEntry",
    "DecisionEntry",
    "Deeds",
    "DocumentEntry",
    "Entry",
    "FactEntry",
    "Facts",
    "FieldDraw",
    "Item",
    "Key",
    "LetterEntry",
    "ListEntry",
    "Model",
    "Name",
    "Names",
    "OutcomeEntry",
    "ReactionEntry",
    "Role",
    "ScenarioEntry",
    "Solution",
    "SolutionStep",
    "Start",
    "StepEntry",
    "SystemEntry",
    "TaskEntry",
    "Time",
    "WayOutEntry",
    "When",
    "World",
    "seconds",
]
