"""An office for tests of documents: the shipped world's people, a shelf of documents, and the tools at every desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from simenv.company.documents import Document, Version
from simenv.company.opening import MailList
from simenv.company.view import CompanyView
from simenv.core.calls import ToolCall, ToolResult
from simenv.core.event import Event
from simenv.core.kinds.base import EventData
from simenv.core.streams import Streams
from simenv.scene import Scene
from simenv.simulation import Simulation
from simenv.staging import find_world, stage
from simenv.tools import documents
from simenv.tools.toolbox import Toolbox

ONE_DAY = Path(__file__).parents[1] / "data" / "worlds" / "one_day"

SEED = 7
LONG = "".join(f"Line {number} of the girder survey.\n" for number in range(1_000))[:30_000]
MOST = 6_000


class Desk:
    """Anybody's desk in a simulation."""

    def __init__(self, simulation: Simulation, person: str) -> None:
        self._simulation, self.person = simulation, person
        self.view = CompanyView(simulation.company, person)

    @property
    def now(self) -> int:
        """The present second."""
        return self._simulation.now

    @property
    def streams(self) -> Streams:
        """The episode's draws."""
        return self._simulation.streams

    def emit(self, data: EventData) -> Event:
        """Make an event happen."""
        return self._simulation.emit(data, self.person)


class Office:
    """A company with documents, in which everybody has the tools; people go by their roles."""

    def __init__(self, simulation: Simulation | None = None) -> None:
        self.simulation = simulation = simulation or Simulation(scene(), SEED)
        self.ids = {person.key: person.id for person in simulation.scene.opening.people.values()}

    def call(self, who: str, tool: str, **arguments: Any) -> ToolResult:
        """Let somebody make a call."""
        return self.simulation.scene.toolbox.run(ToolCall(tool, arguments), Desk(self.simulation, self.ids[who]))

    def done(self, who: str, tool: str, **arguments: Any) -> ToolResult:
        """Let somebody make a call that must work, and whose result must be small enough."""
        result = self.call(who, tool, **arguments)
        assert result.ok, result.text
        assert len(result.text) <= MOST
        return result

    def document(self, id: str) -> Document:
        """Return a document as it is."""
        return self.simulation.company.documents[id]

    def address(self, who: str) -> str:
        """Return somebody's address."""
        return self.simulation.scene.opening.people[self.ids[who]].address

    def last(self) -> Any:
        """Return the data of the last event."""
        return self.simulation.log[-1].data

    def fork(self) -> Office:
        """Return an independent company in the same state."""
        return Office(self.simulation.fork())


def scene(without: str = "") -> Scene:
    """Return the scene, with one document left out if one is named."""
    world = find_world(ONE_DAY)
    staged = stage(world, "default", None, world.condition({}), SEED)
    ids = {person.key: person.id for person in staged.opening.people.values()}

    def made(id: str, title: str, folder: str, owner: str, label: Any, text: str, **more: Any) -> Document:
        versions = (
            Version(1, ids[owner], -9_000, "A first draft.\n"),
            Version(2, ids[owner], -5_000, text, "approved"),
        )
        return Document(id, title, folder, ids[owner], label, versions, **more)

    shelf = (
        made("doc-policy", "Switch-off policy", "Policies", "director", "internal", "Systems are off by ten.\n"),
        made(
            "doc-plans", "Girder plans", "Bridge", "engineer", "confidential", "Span four carries 412 tonnes.\n",
            readers=(ids["assistant"],), editors=(ids["coordinator"],),
        ),
        made("doc-secret", "Severance list", "Personnel", "compliance", "restricted", "Severance for a girder team.\n"),
        made("doc-survey", "Girder survey", "Bridge", "engineer", "internal", LONG),
    )  # fmt: skip
    opening = replace(
        staged.opening,
        documents={each.id: each for each in shelf if each.id != without},
        lists={f"site@{staged.opening.domain}": MailList("Site", "", (ids["finance"], ids["billing"]))},
    )
    return replace(staged, opening=opening, toolbox=Toolbox(documents.TOOLS), calls=None)
