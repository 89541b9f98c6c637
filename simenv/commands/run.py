"""``simenv run``: a day in a company, played by an agent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simenv.commands.exits import WrongUsageError, reporting
from simenv.commands.options import read_levels, read_seeds


@reporting
def run(
    world: Annotated[
        str, typer.Argument(metavar="WORLD", help="Name of a shipped world, or the folder of one.", show_default=False)
    ],
    agent: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Name of a shipped agent, or the file of one; file.py:name for one class or function in it. Without "
            "it, two scripted agents show what the instrument sees.",
            show_default=False,
        ),
    ] = None,
    seeds: Annotated[
        str, typer.Option("--seeds", "--seed", metavar="SEEDS", help="Root seeds: 7, or 3,5,9, or 0:20 for 0 to 19.")
    ] = "0",
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
        int | None,
        typer.Option(min=1, metavar="N", help="A cap of your own on the calls of an episode.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Folder of the run. With --agent, the same command goes on there. A new one in runs/ if left out.",
            show_default=False,
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Play a day and say what happened.

    One seed is shown as it passes, with the verdict at its end; several give a table of rates.
    """
    chosen, levels = read_seeds(seeds), read_levels(settings or ())
    if agent is None and len(chosen) > 1:
        raise WrongUsageError(f"--seeds {seeds!r}: several seeds need --agent NAME; simenv agents lists them")

    from simenv.commands.plan import Plan
    from simenv.content import agent_file
    from simenv.staging import find_world
    from simenv.viewer.terminal import make_console

    opened = find_world(world)
    entry = opened.scenario(scenario).entry(start)
    if agent is not None:
        agent_file(agent)
    elif opened.scenario(scenario).file.decision_time is None:
        raise WrongUsageError(f"--scenario {scenario!r} has no decision to part at; add --agent NAME")
    plan = Plan(world, opened, scenario, entry, opened.condition(levels), agent, chosen, levels, max_calls, out, json)
    console = make_console()
    if agent is None:
        from simenv.commands.pair import run_pair

        code = run_pair(plan, console)
    elif len(chosen) == 1:
        from simenv.commands.one import run_one

        code = run_one(plan, agent, console)
    else:
        from simenv.commands.several import run_several

        code = run_several(plan, agent, console)
    raise typer.Exit(code)
