"""``simenv worlds``: which worlds there are, and what is in one."""

from __future__ import annotations

from typing import Annotated

import typer

from simenv.commands.exits import reporting
from simenv.commands.options import read_seeds


@reporting
def worlds(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="WORLD", help="Name or folder of a world; all shipped ones if left out.", show_default=False
        ),
    ] = None,
    scenario: Annotated[
        str, typer.Option(metavar="NAME", help="Scenario whose tasks, people and tools are shown.")
    ] = "default",
    seed: Annotated[str, typer.Option(metavar="SEED", help="Seed whose names and figures are shown.")] = "0",
) -> None:
    """List the shipped worlds, or show what is in one."""
    chosen = read_seeds(seed)[0]

    from simenv.content import world_names
    from simenv.staging import find_world
    from simenv.viewer.terminal import make_console
    from simenv.viewer.terminal_world import world_rows, worlds_table

    console = make_console()
    if name is None:
        console.print(worlds_table([find_world(each) for each in world_names()]))
        return
    for row in world_rows(find_world(name), scenario, chosen):
        console.print(row)
