"""``simenv bench``: how fast it runs here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from simenv.commands.exits import reporting

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType

    from simenv.bench.measure import Figure

bench = typer.Typer(help="Measure how fast simenv runs on this machine.", no_args_is_help=True, rich_markup_mode=None)


@bench.callback()
def _group() -> None:
    """Measure how fast simenv runs on this machine."""


@bench.command()
@reporting
def steps(
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
    rounds: Annotated[int, typer.Option(min=1, metavar="N", help="Takes of each rate; the median counts.")] = 9,
) -> None:
    """Measure calls, steps, forks and replays.

    Rates stand beside that of CartPole-v1 in the same run, so that machines can be compared.
    """
    from simenv.bench.steps import run

    _show(run, rounds, json)


@bench.command()
@reporting
def week(
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
    rounds: Annotated[int, typer.Option(min=1, metavar="N", help="Takes of each rate; the median counts.")] = 9,
) -> None:
    """Measure a working week of the largest shipped world.

    Its load, resets and calls, an idle week, and a tree of a thousand forks at the decision.
    """
    from simenv.bench.week import run

    _show(run, rounds, json)


def _show(run: Callable[..., list[Figure]], rounds: int, json: bool) -> None:
    import msgspec

    from simenv.commands.results import write_json
    from simenv.viewer.terminal import make_console

    console = make_console()
    if json:
        write_json({"figures": msgspec.to_builtins(run(rounds))}, console)
        return
    run(rounds, on_figure=lambda figure: console.print(_row(figure)))


def _row(figure: Figure) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    from simenv.viewer.terminal import Row

    style = {True: "good", False: "bad", None: "default"}[figure.reached]
    value = Text(f"{figure.value:,.3g} {figure.unit}", style)
    if figure.aim is not None:
        bound = "at least" if figure.better == "more" else "at most"
        value.append(f"  (aim: {bound} {figure.aim:g})", "dim")
    return Group(Row(Text(figure.name, "head"), value, 47), Row("", Text(figure.beside, "muted"), 2))
