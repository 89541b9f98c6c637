"""``simenv check``: whether a world holds together."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Annotated

import typer

from simenv.commands import exits
from simenv.commands.exits import reporting


@reporting
def check(
    world: Annotated[str, typer.Argument(metavar="WORLD", help="Name or folder of a world.", show_default=False)],
    seeds: Annotated[int, typer.Option(min=1, metavar="N", help="How many seeds to resolve all texts with.")] = 200,
    tells: Annotated[bool, typer.Option("--tells", help="Look only at what would tell a seat what this is.")] = False,
) -> None:
    """List every mistake in a world.

    Resolves all its texts with many seeds; every mistake comes with its place and its remedy. Where a scenario lasts a
    week, an idle one is played: how much people write, meet and change, how fast they answer, which texts are alike.
    """
    from simenv.content import world_folder
    from simenv.viewer.terminal import make_console
    from simenv.viewer.terminal_check import check_rows

    folder = world_folder(world)

    from simenv.inspection import inspect

    waiting = make_console(stderr=True)
    with waiting.status("Resolving all texts ...") if waiting.is_terminal else nullcontext():
        report = inspect(folder, seeds, only_tells=tells)
    console = make_console()
    for row in check_rows(folder.resolve().name, report):
        console.print(row)
    raise typer.Exit(exits.DONE if report.ok else exits.FOUND)
