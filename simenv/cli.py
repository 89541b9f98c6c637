"""The command line."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from simenv import __version__
from simenv.commands.agents import agents
from simenv.commands.bench import bench
from simenv.commands.check import check
from simenv.commands.exits import EXIT_CODES
from simenv.commands.export import export
from simenv.commands.play import play
from simenv.commands.replay import replay
from simenv.commands.run import run
from simenv.commands.serve import serve
from simenv.commands.worlds import worlds

app = typer.Typer(
    name="simenv",
    help="A living fictional company in simulated time, in which an AI agent is employed.",
    epilog="\b\nExit codes:\n" + "\n".join(f"{code:>5}  {meaning}" for code, meaning in EXIT_CODES.items()),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(run)
app.command()(play)
app.command()(replay)
app.command()(export)
app.command()(serve)
app.command()(worlds)
app.command()(agents)
app.command()(check)
app.add_typer(bench, name="bench")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"simenv {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """A living fictional company in simulated time, in which an AI agent is employed."""


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without a letter shows a question mark, not a traceback
    app()
