"""``simenv serve``: a seat that a program outside holds."""

from __future__ import annotations

import signal
from collections.abc import Coroutine
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from simenv.commands import exits
from simenv.commands.exits import WrongUsageError, reporting
from simenv.commands.options import read_levels

if TYPE_CHECKING:
    from simenv.interop.mcp_seat import ServedSeat


@reporting
def serve(
    world: Annotated[
        str, typer.Argument(metavar="WORLD", help="Name of a shipped world, or the folder of one.", show_default=False)
    ],
    mcp: Annotated[
        bool, typer.Option("--mcp", help="Over the Model Context Protocol; the only way there is so far.")
    ] = False,
    http: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65_535,
            metavar="PORT",
            help="Over HTTP on this machine, at this port (0: a free one), instead of standard input and output.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**64 - 1, metavar="SEED", help="Root seed of the episode.")] = 0,
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
        typer.Option(min=1, metavar="N", help="A cap of your own on the calls of the episode.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Folder of the episode. A new one in runs/ if left out.", show_default=False
        ),
    ] = None,
) -> None:
    """Let a program outside hold the seat for one episode.

    The episode begins with the client's first call, and is recorded as any other. It ends by itself, or as interrupted
    when the client leaves.
    """
    if not mcp:
        raise WrongUsageError("say how the seat is to be served: --mcp")
    levels = read_levels(settings or ())
    if out is not None and (out / "hidden").exists():
        raise WrongUsageError(f"--out {out}: there is an episode already; name another folder")

    from simenv.commands.folders import new_folder
    from simenv.interop.extras import need
    from simenv.interop.mcp_seat import ServedSeat
    from simenv.session import Session
    from simenv.staging import find_world

    need("simenv serve --mcp", "mcp", "mcp", major=2)
    opened = find_world(world)
    session = Session(opened, scenario=scenario, start=start, condition=opened.condition(levels), max_calls=max_calls)
    seat = ServedSeat(session, seed, lambda: new_folder(opened.name) if out is None else out)
    if http is None:
        from simenv.interop.mcp_server import over_stdio

        _hold(seat, over_stdio(seat))
    else:
        from simenv.interop.mcp_http import address, listen, over_http

        try:
            listening = listen(http)
        except OSError as error:
            raise WrongUsageError(f"--http {http}: {error.strerror or error}; name another port, or 0") from None
        exits.complain(f"Serving one seat at {address(listening)}", "note")
        with listening:
            _hold(seat, over_http(seat, listening))
    raise typer.Exit(_report(seat))


def _hold(seat: ServedSeat, serving: Coroutine[Any, Any, None]) -> None:
    """Wait until the client has gone, or the server is told to end: Ctrl-C, or a host that ends its servers.

    The loop runs in a thread that ends with the process. In the main thread the read from standard input, which nothing
    interrupts, would hold the process after Ctrl-C.
    """
    from simenv.core.waiting import settle

    async def leave() -> None:
        seat.leave()

    before = signal.signal(signal.SIGTERM, _interrupted)
    try:
        settle(serving)
    except KeyboardInterrupt:
        pass
    finally:
        settle(leave())  # in the loop, hence between two calls and never within one
        signal.signal(signal.SIGTERM, before)


def _interrupted(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _report(seat: ServedSeat) -> int:
    """Say what came of it, where no client reads it as an answer, and return the exit code."""
    if seat.writing is not None:
        raise seat.writing
    if seat.error is not None:
        exits.complain(f"{seat.error.rstrip()}\n", "muted")
    if seat.folder is None:
        exits.complain("No client called a tool; nothing was recorded.", "note")
        return exits.INTERRUPTED
    session = seat.session
    exits.complain(
        f"{session.outcome} ({session.ended_by}) after {session.calls} calls. What happened:\n"
        f"  simenv replay {seat.folder}",
        "note",
    )
    if session.outcome == "interrupted":
        return exits.INTERRUPTED
    return exits.FOUND if session.outcome == "engine_error" else exits.DONE
