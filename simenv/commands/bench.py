"""``simenv bench``: how fast it runs here."""

from __future__ import annotations

from typing import Annotated

import typer

from simenv.commands.exits import reporting

bench = typer.Typer(help="Measure how fast simenv runs on this machine.", no_args_is_help=True, rich_markup_mode=None)


@bench.callback()
def _group() -> None:
    """Measure how fast simenv runs on this machine."""


@bench.command()
@reporting
def steps(
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Measure steps, resets, forks and replays."""
    from simenv.bench.steps import run
    from simenv.viewer.terminal import make_console

    run(make_console(), json=json)
