"""``simenv play``: a day in a company, with oneself in the seat."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simenv.commands.exits import WrongUsageError, reporting
from simenv.commands.options import read_levels, read_seeds


@reporting
def play(
    world: Annotated[
        str, typer.Argument(metavar="WORLD", help="Name of a shipped world, or the folder of one.", show_default=False)
    ],
    seed: Annotated[str, typer.Option(metavar="SEED", help="Root seed.")] = "0",
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="FACTOR=LEVEL", help="A factor of the world and its level. May be given for several."
        ),
    ] = None,
    scenario: Annotated[str, typer.Option(metavar="NAME", help="Scenario of the world.")] = "default",
    start: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Entry point of the scenario; its first if left out.", show_default=False),
    ] = None,
    max_calls: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="A cap of your own on the calls.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Folder of the run; the same command goes on there after a stop. A new one in runs/ if left out.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Hold the seat yourself, at this terminal.

    What the seat is shown is shown; type calls, help, or quit. The day is recorded like any other.
    """
    seeds, levels = read_seeds(seed), read_levels(settings or ())
    if len(seeds) != 1:
        raise WrongUsageError(f"--seed {seed!r}: play one day at a time")

    from simenv.commands.plan import Plan
    from simenv.commands.seated import run_human
    from simenv.staging import find_world
    from simenv.viewer.terminal import make_console

    opened = find_world(world)
    entry = opened.scenario(scenario).entry(start)
    plan = Plan(
        world,
        opened,
        scenario,
        entry,
        opened.condition(levels),
        None,
        seeds,
        levels,
        max_calls,
        out,
        json=False,
        verb="play",
    )
    raise typer.Exit(run_human(plan, make_console()))
