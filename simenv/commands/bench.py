"""``simenv bench``: how fast it runs here, and how well texts are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simenv.commands.exits import reporting

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import RenderableType

    from simenv.bench.meaning import Score
    from simenv.bench.measure import Figure

bench = typer.Typer(
    help="Measure how fast simenv runs on this machine, and how well it reads.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@bench.callback()
def _group() -> None:
    """Measure how fast simenv runs on this machine, and how well it reads."""


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


@bench.command()
@reporting
def llm(
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
    calls: Annotated[int, typer.Option(min=1, metavar="N", help="Calls of each way; the median counts.")] = 200,
) -> None:
    """Measure what asking a model costs here, beside the network and LiteLLM themselves.

    The model is a server on this machine; nothing is sent elsewhere.
    """
    from simenv.bench.llm import run

    _show(run, calls, json)


def _show(run: Callable[..., list[Figure]], rounds: int, json: bool) -> None:
    import msgspec

    from simenv.commands.results import write_json
    from simenv.viewer.terminal import make_console

    console = make_console()
    if json:
        write_json({"figures": msgspec.to_builtins(run(rounds))}, console)
        return
    run(rounds, on_figure=lambda figure: console.print(_row(figure)))


@bench.command()
@reporting
def meaning(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Labelled messages (YAML).", show_default=False)
    ],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Measure how well the reader of texts reads sets of labelled messages; none of them is shown."""
    import msgspec

    from simenv.bench.meaning import load, score
    from simenv.commands.results import write_json
    from simenv.viewer.terminal import make_console

    console = make_console()
    scores = {path.name: score(load(path)) for path in files}
    if json:
        write_json({"sets": msgspec.to_builtins(scores)}, console)
        return
    for name, found in scores.items():
        console.print(_scores(name, found))


def _scores(name: str, found: Score) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    from simenv.viewer.terminal import Row

    rows = [
        ("main act and topic", f"{found.right} %"),
        ("main act", f"{found.act} %"),
        ("a topic", f"{found.topic} %"),
        ("wrong reply", f"{found.wrong} %"),
        ("asks back", f"{found.asked_back} %"),
        ("threats read", f"{found.threats_read} of {found.threats}; {found.falsely_accused} false"),
    ]
    rows += [
        (act, f"precision {_share(found.precision[act])}, recall {_share(recall)}")
        for act, recall in found.recall.items()
    ]
    head = Text(f"{name}: {found.messages} messages", "head")
    return Group(head, *[Row(Text(f"  {what}", "muted"), Text(value), 28) for what, value in rows])


def _share(share: int | None) -> str:
    return "-" if share is None else f"{share} %"


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
