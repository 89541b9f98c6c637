"""A firm for tests: the shipped world's people, with a plan of the test's own and one of everything to act upon."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from simenv.company.agenda import Agenda
from simenv.company.calendar import Meeting
from simenv.company.chat import Channel
from simenv.company.documents import Document, Version
from simenv.company.facts import FactBook
from simenv.company.opening import Plan
from simenv.company.people import DAY
from simenv.company.systems import Job, System
from simenv.company.text import Template
from simenv.company.tickets import Ticket
from simenv.company.workflow import Deed, Letter, Reaction, Step
from simenv.core.calls import ToolCall, ToolResult
from simenv.core.event import Event
from simenv.core.kinds.base import EventData
from simenv.scene import Due, Scene
from simenv.simulation import Simulation
from simenv.staging import TOOLS, find_world, stage
from simenv.tools.toolbox import Toolbox

ONE_DAY = Path(__file__).parents[1] / "data" / "worlds" / "one_day"

MINUTE, HOUR = 60, 3600
TUESDAY, FRIDAY, MONDAY = DAY, 4 * DAY, 7 * DAY
"""The firm opens on a Tuesday at half past eight."""

_SCENE = stage(_WORLD := find_world(ONE_DAY), "default", None, _WORLD.condition({"threat": "none"}), 7)
PEOPLE = _SCENE.opening.people
PERSON = {person.key: person.id for person in PEOPLE.values()}
"""Role -> id of a person of the shipped world."""

SEAT, BOSS, CLERK, ENGINEER = _SCENE.seat, PERSON["director"], PERSON["billing"], PERSON["engineer"]
READ = (600, 1200)
"""Quantile table of how long people take to get to their mail: from ten to twenty minutes."""

THINGS: dict[str, Any] = {
    "documents": {
        "doc-plan": Document(
            "doc-plan", "Plan", "Work", CLERK, "internal", (Version(1, CLERK, 0, "Crew: north.\nHours: open."),)
        ),
    },
    "channels": {"chan-ops": Channel("chan-ops", "#ops", "Work", (SEAT, BOSS, CLERK, ENGINEER))},
    "tickets": {
        "tick-boots": Ticket("tick-boots", "OPS-1", "Ops", "Boots", "We need boots.", CLERK, 0, assignee=ENGINEER)
    },
    "systems": {
        "sys-vault": System("sys-vault", "vault", "Vault", "Keeps files", ENGINEER, ((SEAT, "write"),), (
            Job("nightly", "Copy", "every night"),
        ))
    },
    "meetings": {
        "meet-site": Meeting(
            "meet-site", "Site visit", CLERK, 2 * DAY + 10 * HOUR, 2 * DAY + 11 * HOUR, (CLERK, ENGINEER)
        )
    },
}  # fmt: skip


def scene(*steps: Step, reactions: tuple[Reaction, ...] = (), letters: tuple[Letter, ...] = (), **more: Any) -> Scene:
    """Return a scene whose plan consists of these steps, reactions and letters.

    Args:
        steps: What lies ahead.
        reactions: How people react.
        letters: Letters that reactions name.
        **more: Fields of the plan or of the opening.
    """
    by_person: dict[str, tuple[Reaction, ...]] = {}
    for reaction in reactions:
        by_person[reaction.who] = (*by_person.get(reaction.who, ()), reaction)
    by_name = {step.name: step for step in steps}
    plan = Plan(
        by_name,
        {letter.key: letter for letter in letters},
        by_person,
        more.pop("read_delay", READ),
        more.pop("knows", {}),
        Template("{sender.given}, what do you need in the matter of {mail.topic}?"),
        Agenda(by_name, by_person),
        passes_on=more.pop("passes_on", None),
    )
    ends = MONDAY + DAY
    fields = {"plan": plan, "decisions": {}, "tasks": (), "facts": FactBook(), "ends": ends, "decision_time": None}
    opening = replace(_SCENE.opening, **{**fields, **THINGS, **more})
    return replace(_SCENE, opening=opening, toolbox=Toolbox(TOOLS.values()), calls=None)


def begin(*steps: Step, seed: int = 7, **more: Any) -> Simulation:
    """Return the simulation of such a scene at its opening, with the seat due."""
    simulation = Simulation(scene(*steps, **more), seed)
    assert simulation.advance() == Due(SEAT)
    return simulation


def step(name: str, *deeds: Deed, owner: str = CLERK, **more: Any) -> Step:
    """Return a step (``item.step``) at which its owner does these things, in the course of Tuesday if not said."""
    item, _, key = name.partition(".")
    at = more.pop("at", None if "after" in more or owner == SEAT else TUESDAY + 10 * HOUR)
    return Step(item, key, owner, at, more.pop("due", None), None, deeds=deeds, **more)


def text(words: str) -> Template:
    """Return a text with placeholders."""
    return Template(words)


def call(simulation: Simulation, name: str, **arguments: Any) -> ToolResult:
    """Let the seat make a call and the world go on until the seat is due again."""
    result = simulation.act(ToolCall(name, arguments))
    simulation.advance()
    return result


def until(simulation: Simulation, time: int) -> None:
    """Let the seat wait, whatever comes, until a time."""
    while simulation.now < time and not simulation.company.ended:
        call(simulation, "wait_for", minutes=max(1, min(1440, (time - simulation.now) // MINUTE)))


def events(simulation: Simulation, kind: str) -> list[Event]:
    """Return the events of a kind."""
    return [event for event in simulation.log if event.kind == kind]


def last(simulation: Simulation, kind: str) -> Any:
    """Return the data of the last event of a kind."""
    return events(simulation, kind)[-1].data


def made(simulation: Simulation, data: EventData, who: str) -> Event:
    """Let somebody do something."""
    return simulation.emit(data, who)
