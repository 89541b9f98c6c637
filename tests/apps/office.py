"""An office for tests: the shipped world's people with tickets and systems of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from simenv.company.fold import apply
from simenv.company.state import Company
from simenv.company.table import Table
from simenv.core.calls import ToolCall, ToolResult
from simenv.core.event import Event
from simenv.core.kinds.base import EventData
from simenv.scene import Scene
from simenv.simulation import Simulation
from simenv.staging import find_world, stage
from simenv.tools import access, alerts, approvals, systems, tickets
from simenv.tools.toolbox import Toolbox
from simenv.viewer.terminal_calls import refused_line
from simenv.viewer.terminal_events import describe
from simenv.viewer.terminal_names import Names

ONE_DAY = Path(__file__).parents[1] / "data" / "worlds" / "one_day"

LONGEST = 6_000
"""Characters of one result."""

_SCENE = stage(world := find_world(ONE_DAY), "default", None, world.condition({}), 7)
PERSON = {person.key: person.id for person in _SCENE.opening.people.values()}
"""Role -> id of a person of the shipped world."""

ADDRESS = {person.key: person.address for person in _SCENE.opening.people.values()}
NAME = {person.key: person.name for person in _SCENE.opening.people.values()}
SEAT = _SCENE.seat


def scene(**opening: Any) -> Scene:
    """Return the scene with these fields of its opening replaced; the seat has the tools for tickets and systems."""
    tools = [tool for module in (tickets, approvals, systems, alerts, access) for tool in module.TOOLS]
    return replace(_SCENE, opening=replace(_SCENE.opening, **opening), toolbox=Toolbox(tools), calls=None)


def call(simulation: Simulation, name: str, /, **arguments: Any) -> ToolResult:
    """Let the seat make a call; whatever comes of it is bounded."""
    result = simulation.act(ToolCall(name, arguments))
    assert len(result.text) <= LONGEST
    assert result.ok == (result.code == "ok")
    return result


def made(simulation: Simulation, data: EventData, who: str) -> Event:
    """Let somebody other than the seat do something."""
    return simulation.emit(data, PERSON.get(who, who))


def last(simulation: Simulation, kind: str) -> Any:
    """Return the data of the last event of a kind."""
    return next(event.data for event in reversed(list(simulation.log)) if event.kind == kind)


def picture(company: Company) -> list[Any]:
    """Return what is the case with tickets, systems and the seat's news, to be compared."""
    tables: list[Table[Any]] = [company.tickets, company.systems, company.alerts, company.records]
    return [[table[key] for key in table] for table in tables] + [company.seats[SEAT].fresh]


def refolded(simulation: Simulation) -> Company:
    """Return the company that the log gives when it is folded from the start."""
    company = Company(simulation.scene.opening)
    for event in simulation.log:
        apply(company, event)
    return company


def sentences(simulation: Simulation) -> list[str]:
    """Return what has happened in sentences."""
    names = Names(simulation.company, SEAT)
    return [line.text for event in simulation.log if (line := describe(names, event)) is not None]


def untold(simulation: Simulation) -> set[str]:
    """Return the kinds of what happened with tickets and systems that no sentence tells of."""
    names, apps = (
        Names(simulation.company, SEAT),
        ("ticket.", "approval.", "alert.", "job.", "access.", "log.", "system."),
    )
    return {each.kind for each in simulation.log if each.kind.startswith(apps) and describe(names, each) is None}


def tries(simulation: Simulation, name: str, **arguments: Any) -> str:
    """Return the sentence about a call that is refused."""
    assert not call(simulation, name, **arguments).ok
    called = next(event for event in reversed(list(simulation.log)) if event.kind == "tool.called")
    return refused_line(called, last(simulation, "tool.called"), last(simulation, "tool.refused")).text


Deed = Callable[[Simulation], None]


def compare_forks(make: Callable[[], Simulation], before: Deed, mine: Deed, other: Deed) -> None:
    """Compare both sides of a fork with simulations that were never forked, whoever acts first."""

    def never_forked(*deeds: Deed) -> Simulation:
        simulation = make()
        for deed in (before, *deeds):
            deed(simulation)
        return simulation

    for child_first in (False, True):
        parent = never_forked()
        child = parent.fork()
        for side, deed in ((child, mine), (parent, other)) if child_first else ((parent, other), (child, mine)):
            deed(side)
        for side, deed in ((child, mine), (parent, other)):
            alone = never_forked(deed)
            assert picture(side.company) == picture(alone.company)
            assert side.log.digest() == alone.log.digest()
        assert picture(child.company) != picture(parent.company)
