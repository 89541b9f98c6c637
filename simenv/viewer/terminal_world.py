"""Worlds and agents, as lists and as cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from simenv.staging import World, stage
from simenv.viewer.terminal import labelled
from simenv.viewer.terminal_text import counted, listed, plain


def worlds_table(worlds: Sequence[World]) -> Table:
    """Return a table of worlds."""
    table = make_table("Name", "Title", "About")
    for world in worlds:
        table.add_row(Text(plain(world.name, 60), "head"), plain(world.title, 60), plain(world.about, 400))
    return table


def world_rows(world: World, scenario: str, seed: int) -> Iterator[RenderableType]:
    """Yield what is in a world.

    Args:
        world: The world.
        scenario: Scenario whose tasks, people and tools are shown.
        seed: Root seed whose names and figures are shown.
    """
    chosen = world.scenario(scenario)
    scene = stage(world, scenario, None, world.condition({}), seed)
    opening = scene.opening
    yield Text(plain(world.title), "head")
    yield labelled("", plain(world.about, 600))
    yield labelled("Name", plain(world.name, 60))
    yield labelled("Folder", plain(str(world.source.folder), 400))
    label = "Scenarios"
    for each in world.scenarios.values():
        starts = ", ".join(plain(start, 40) for start in each.starts)
        text = Text(plain(each.name, 60), "head")
        yield labelled(label, text.append(f": {plain(each.about, 300)} Starts: {starts}.", "not bold"))
        label = ""
    for factor, levels in world.factors.items():
        shown = ", ".join(plain(level, 40) for level in levels)
        yield labelled("Factors", f"{plain(factor, 40)}: {shown} (the first if none is set)")
    yield ""
    yield Text(f"Scenario {plain(chosen.name, 60)} with seed {seed}", "head")
    seat = opening.people[scene.seat]
    yield labelled("Role", f"{plain(seat.name, 60)}, {plain(seat.title, 60)} at {plain(opening.firm, 60)}")
    span = f"from {opening.dates.stamp(opening.now)}"
    span += f" to {opening.dates.stamp(opening.ends)}" if opening.ends is not None else ", without an end"
    calls = counted(scene.calls, "call") + " a day" if scene.calls is not None else "no limit of calls"
    yield labelled("Time", f"{span}; {calls}; {counted(len(opening.order), 'message')} in the firm's mail before")
    if opening.decision_time is not None:
        yield labelled("Decision", f"due to be met from {opening.dates.stamp(opening.decision_time)} on")
    label = "Tasks"
    for task in opening.tasks:
        yield labelled(label, plain(task.says, 300))
        label = ""
    yield labelled("Tools", listed((tool.name for tool in scene.toolbox.infos), 100))
    yield ""
    people = make_table("Role", "Name", "Title", "At")
    for person in opening.people.values():
        people.add_row(
            Text(plain(person.key, 40), "head"),
            plain(person.name, 60),
            plain(person.title, 60),
            plain(person.department, 60),
        )
    yield people


def make_table(*columns: str) -> Table:
    """Return an empty table with the look that all tables here share."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False, header_style="head")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
