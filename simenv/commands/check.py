"""``simenv check``: whether a world holds together."""

from __future__ import annotations

from typing import Annotated

import typer

from simenv.commands import exits
from simenv.commands.exits import reporting


@reporting
def check(
    world: Annotated[str, typer.Argument(help="Name or folder of a world.", show_default=False)],
    seeds: Annotated[int, typer.Option(min=1, help="How many seeds to resolve all texts with.")] = 200,
) -> None:
    """Read a world, resolve it with many seeds, and list every mistake with its place and its remedy."""
    from simenv.content import world_folder
    from simenv.viewer.terminal import make_console
    from simenv.viewer.terminal_check import check_rows
    from simenv.worldfile.check import check_world

    folder = world_folder(world)
    report = check_world(folder, seeds=seeds)
    console = make_console()
    for row in check_rows(folder.resolve().name, report):
        console.print(row)
    raise typer.Exit(exits.FOUND if report.mistakes else exits.DONE)
