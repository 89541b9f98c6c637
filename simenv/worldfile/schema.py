"""What stands in a world's files: pydantic checks each entry, :mod:`simenv.worldfile.links` what refers to what."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from simenv.company.facts import Secrecy
from simenv.company.people import Affiliation

_TIME: Final = re.compile(r"d(-?\d{1,4}) (\d{2}):(\d{2})\Z")
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
When = dict[str, list[str]]


def seconds(value: object) -> int:
    """Return simulated seconds of a time such as ``d1 08:40``: day 1 (day 0 is the world's first Monday), 08:40."""
    match = _TIME.match(value) if isinstance(value, str) else None
    if match is None or int(match[2]) > 23 or int(match[3]) > 59:
        raise ValueError(
            "a time is written as 'd1 08:40': the day, counted from the first Monday as d0, and the time of day"
        )
    return int(match[1]) * 86_400 + int(match[2]) * 3600 + int(match[3]) * 60


Time = Annotated[int, BeforeValidator(seconds)]


class Entry(BaseModel):
    """Base of all entries: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
    told_in: list[Key]
    proxies: list[Key] = []
    when: When = {}


class WayOutEntry(Entry):
    """facts.yaml: a way out."""

    key: Key
    to: Key
    topics: list[Key]
    told_in: list[Key]
    works: bool
    when: When = {}


class Facts(Entry):
    """facts.yaml."""

    topics: dict[str, list[str]]
    facts: list[FactEntry] = []
    decisions: list[DecisionEntry] = []
    ways_out: list[WayOutEntry] = []


class StepEntry(Entry):
    """workflows/*.yaml: a step of a work item."""

    key: Key
    owner: Key
    at: Time | None = None
    due: Time | None = None
    letter: Key | None = None
    needs: list[str] = []
    unless: list[str] = []
    announces: Key | None = None
    when: When = {}


class Item(Entry):
    """workflows/*.yaml: a work item."""

    item: Key
    about: str
    steps: Annotated[list[StepEntry], Field(min_length=1)]


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
    letters: list[Key]
    check: dict[str, Any]


class Start(Entry):
    """scenarios/*.yaml: an entry point."""

    at: Time
    calls: Annotated[int, Field(ge=1)] | None = None


class ScenarioEntry(Entry):
    """scenarios/*.yaml: a scenario."""

    name: Key
    about: str
    seat: Key
    brief: str
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
