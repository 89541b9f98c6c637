"""``simenv export``: recorded episodes in the format of another tool."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from simenv.commands.exits import WrongUsageError, complain, reporting


class Format(StrEnum):
    """Formats there are."""

    INSPECT = "inspect"


class Detail(StrEnum):
    """How much of an episode is written as events."""

    MESSAGES = "messages"
    TOOLS = "tools"
    FULL = "full"


@reporting
def export(
    episodes: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of an episode, or of a run with several.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="File to write, such as runs/mine.eval.")],
    to: Annotated[Format, typer.Option("--format", help="The format: logs of Inspect.")] = Format.INSPECT,
    detail: Annotated[
        Detail,
        typer.Option(
            help="messages: the conversation and the scores; tools: an event for each call as well; full: an event for "
            "each reply, too, with all it answered."
        ),
    ] = Detail.TOOLS,
) -> None:
    """Write recorded episodes in the format of another tool.

    One log for each condition and policy, of a thousand episodes at most; if there are several, they are numbered. A
    log holds what really happened as scores: it is nothing to hand to a detector.
    """
    if out.suffix not in (".eval", ".json"):
        raise WrongUsageError(f"--out {str(out)!r}: a log of Inspect's ends in .eval (or .json)")

    from simenv.commands.retrace import episodes_in
    from simenv.interop.extras import need

    need("simenv export --format inspect", "inspect-ai", "inspect", major=0)
    from simenv.interop.inspect.log import export as write
    from simenv.interop.inspect.log import whole_of

    found = episodes_in(episodes)
    whole, partial = whole_of(found)
    for folder in partial:
        complain(f"{folder} is a partial episode and is left out.", "note")
    for path in write(whole, out, detail.value):
        typer.echo(str(path))
