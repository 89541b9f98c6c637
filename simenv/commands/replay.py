"""``simenv replay``: a recorded episode, simulated again and compared event by event."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simenv.commands import exits
from simenv.commands.exits import WrongUsageError, reporting


@reporting
def replay(
    episode: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of an episode, or of a run with several.")],
    world: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Folder of the world, if it is not found by its name.", show_default=False),
    ] = None,
    day: Annotated[bool, typer.Option("--day", help="Show the day as it passed as well.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Simulate recorded episodes again and compare.

    Says whether every event comes out the same, or which is the first that does not, and shows the verdict.
    """
    from simenv.commands.retrace import episodes_in, retrace_all, retrace_one
    from simenv.viewer.terminal import make_console

    found = episodes_in(episode)
    if day and len(found) != 1:
        raise WrongUsageError(f"--day shows one episode, and {episode} holds {len(found)}; name one of them")
    console = make_console()
    if len(found) == 1:
        same = retrace_one(found[0], world, day, json, console)
    else:
        same = retrace_all(found, world, json, console)
    raise typer.Exit(exits.DONE if same else exits.FOUND)
