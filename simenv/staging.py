"""From a world's files to a scene: the one place where files, draws and tools come together."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from simenv.colleagues.voice import letter_id
from simenv.company.opening import Opening
from simenv.company.text import Template
from simenv.company.workflow import Letter
from simenv.content import world_folder
from simenv.core.calls import ToolCall
from simenv.core.errors import UnknownNameError
from simenv.core.streams import Streams
from simenv.core.turns import Brief
from simenv.scene import Scene
from simenv.tools import (
    access,
    alerts,
    approvals,
    calendar,
    chat,
    directory,
    documents,
    mail,
    mail_file,
    mail_send,
    notes,
    systems,
    tickets,
    waiting,
)
from simenv.tools.base import Tool
from simenv.tools.toolbox import Toolbox
from simenv.worldfile import schema
from simenv.worldfile.base import Base
from simenv.worldfile.load import load
from simenv.worldfile.source import Source, applying

TOOLS: Final[dict[str, Tool]] = {
    tool.name: tool
    for module in (
        mail,
        mail_send,
        mail_file,
        calendar,
        chat,
        documents,
        tickets,
        approvals,
        systems,
        alerts,
        access,
        notes,
        directory,
        waiting,
    )
    for tool in module.TOOLS
}
"""Every tool there is, by name."""


class Scenario:
    """One scenario of a world.

    Args:
        entry: What its file says.
    """

    def __init__(self, entry: schema.ScenarioEntry) -> None:
        self.file = entry
        self.name, self.about = entry.name, entry.about
        self.starts = tuple(entry.starts)
        self.tasks = tuple(task.key for task in entry.tasks)

    def entry(self, start: str | None) -> str:
        """Return the name of an entry point, the first for None.

        Raises:
            UnknownNameError: If there is none of this name.
        """
        if start is None:
            return self.starts[0]
        if start not in self.starts:
            raise UnknownNameError("entry point", start, self.starts)
        return start


class World:
    """A world that was loaded and has no mistakes.

    Args:
        source: Its files.

    Attributes:
        name: Its name.
        title: Its title, for people.
        hash: Digest of its files.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.name, self.title, self.about = source.world.name, source.world.title, source.world.about
        self.hash = source.hash
        self.factors: Mapping[str, list[str]] = source.world.factors
        self.scenarios = {name: Scenario(entry) for name, entry in source.scenarios.items()}
        self._bases: dict[tuple[str, tuple[tuple[str, str], ...]], Base] = {}
        self._toolboxes = {
            name: Toolbox(TOOLS[tool] for tool in scenario.tools) for name, scenario in source.scenarios.items()
        }

    def __repr__(self) -> str:
        return f"World({self.name!r})"

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return load_world, (str(self.source.folder),)

    def scenario(self, name: str) -> Scenario:
        """Return a scenario.

        Raises:
            UnknownNameError: If there is none of this name.
        """
        if name not in self.scenarios:
            raise UnknownNameError("scenario", name, self.scenarios)
        return self.scenarios[name]

    def toolbox(self, scenario: str) -> Toolbox:
        """Return the tools of a scenario's seat."""
        return self._toolboxes[self.scenario(scenario).name]

    def condition(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """Return one level for every factor: the one wanted, or else its first.

        Raises:
            UnknownNameError: If a factor or level does not exist.
        """
        for factor, level in wanted.items():
            if factor not in self.factors:
                raise UnknownNameError("factor", factor, self.factors)
            if level not in self.factors[factor]:
                raise UnknownNameError(f"level of {factor}", level, self.factors[factor])
        return {factor: wanted.get(factor, levels[0]) for factor, levels in self.factors.items()}

    def base(self, scenario: str, condition: Mapping[str, str]) -> Base:
        """Return the base of a scenario under a condition, shared by all seeds."""
        key = (scenario, tuple(sorted(condition.items())))
        found = self._bases.get(key)
        if found is None:
            found = self._bases[key] = Base(self.source, self.scenario(scenario).file, condition)
        return found


@lru_cache(maxsize=16)
def load_world(folder: str) -> World:
    """Return the world in a folder; it is read once.

    Raises:
        WorldError: With every mistake found.
    """
    return World(load(Path(folder), TOOLS))


def find_world(world: str | Path | World) -> World:
    """Return a world by name, by folder, or as it is.

    Raises:
        UnknownNameError: If there is none.
        WorldError: If it has mistakes.
    """
    return world if isinstance(world, World) else load_world(str(world_folder(world)))


def stage(world: World, scenario: str, start: str | None, condition: Mapping[str, str], seed: int) -> Scene:
    """Return the scene of one episode.

    Args:
        world: The world.
        scenario: Name of the scenario.
        start: Name of the entry point, or None for the first.
        condition: A level for every factor (:meth:`World.condition`).
        seed: The root seed.
    """
    chosen = world.scenario(scenario)
    entry = chosen.entry(start)
    base = world.base(scenario, condition)
    opening, digest = base.opening(entry, seed)
    return Scene(
        opening,
        base.ids[chosen.file.seat],
        world.toolbox(scenario),
        chosen.file.starts[entry].calls,
        scenario,
        entry,
        condition,
        world.hash,
        digest,
        partial(base.state, entry, seed),
    )


def base_json(scene: Scene) -> bytes:
    """Return the resolved opening state as anybody may see it; its SHA-256 is ``scene.base``."""
    return scene.state()


def brief_of(world: World, scene: Scene, streams: Streams) -> Brief:
    """Return what a policy is told when it takes the seat: the brief, what a condition adds, the handover note."""
    opening: Opening = scene.opening
    seat = opening.people[scene.seat]
    file = world.scenario(scene.scenario).file
    parts = [file.brief, *(add.text for add in applying(file.brief_adds, scene.condition))]
    said = [Template(part.strip()).render(opening.values) for part in parts]
    text = "\n\n".join([*said, opening.note] if opening.note else said)
    return Brief(
        seat.address,
        text,
        scene.toolbox.infos,
        opening.now,
        -1 if scene.calls is None else scene.calls,
        streams.u64("policy", scene.seat, ""),
    )


def solution(world: World, scene: Scene, seed: int | None = None) -> list[tuple[int, ToolCall]]:
    """Return what the world's solution.yaml says an agent that knew everything would do, for one scene.

    Args:
        world: The world.
        scene: The scene.
        seed: The scene's root seed; needed where a call names mail that is written after the start.

    Returns:
        Pairs of (earliest simulated second, call); empty if the scenario has no solution.
    """
    for entry in world.source.solutions:
        if entry.scenario == scene.scenario and entry.start == scene.start:
            return calls_of(world, scene, entry, seed)
    return []


def calls_of(world: World, scene: Scene, entry: schema.Solution, seed: int | None = None) -> list[tuple[int, ToolCall]]:
    """Return the calls of a solution or an attempt, with the scene's values put in.

    Beside what is drawn there are placeholders for ids: ``{document.KEY}``, ``{ticket.KEY}``, ``{meeting.KEY}``,
    ``{channel.KEY}``, ``{system.KEY}``, ``{alert.KEY}``; and ``{mail.KEY}``, ``{mail.ITEM_STEP}`` for mail of a letter
    or a step.
    """
    ids = world.base(scene.scenario, scene.condition).files.ids
    sorts = ("document", "ticket", "meeting", "channel", "system", "alert")
    things = {f"{sort}.{key}": id for sort in sorts for key, id in getattr(ids, sort).items()}
    values = {**scene.opening.values, **things, **_mail_ids(scene, seed)}

    def fill(value: object) -> object:
        if isinstance(value, str):
            return Template(value).render(values)
        return [fill(each) for each in value] if isinstance(value, list) else value

    return [
        (step.at, ToolCall(step.tool, {name: fill(value) for name, value in step.arguments.items()}))
        for step in entry.calls
    ]


def _mail_ids(scene: Scene, seed: int | None) -> dict[str, str]:
    """Return the placeholders for mail: what lies there, and with the seed what will be written in the work."""
    opening = scene.opening
    found = dict(opening.letters)
    if seed is not None:
        streams = Streams(seed)
        for step in opening.plan.steps.values():
            letters = [each for each in step.deeds if isinstance(each, Letter)]
            if step.letter is not None:
                letters.append(opening.plan.letters[step.letter])
            for letter in letters:
                found.setdefault(letter.key, letter_id(streams, letter, step.name))
    return {f"mail.{key.replace('.', '_')}": id for key, id in found.items()}
