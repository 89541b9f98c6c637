"""How a command ends: its exit code, and one clear message where something is wrong."""

from __future__ import annotations

import errno
import functools
import traceback
from collections.abc import Callable
from typing import Final, ParamSpec

import typer

from simenv.core.errors import ReplayError, SimenvError, UnknownNameError

DONE: Final = 0
FOUND: Final = 1
USAGE: Final = 2
UNUSABLE: Final = 3
OWN_FAULT: Final = 70
INTERRUPTED: Final = 130

EXIT_CODES: Final[dict[int, str]] = {
    DONE: "done",
    FOUND: "done, but an episode failed, or check or replay found something",
    USAGE: "wrong usage: no such name, option or value",
    UNUSABLE: "a world, an agent, a model, a record or a folder cannot be used",
    OWN_FAULT: "simenv itself failed",
    INTERRUPTED: "interrupted, or a budget is spent; what was finished stands",
}
"""Exit code -> what it means."""

P = ParamSpec("P")


class WrongUsageError(SimenvError):
    """Raised when options do not fit together or cannot be read; the message names the option."""


def reporting(command: Callable[P, None]) -> Callable[P, None]:
    """Make a command show its errors as messages and end with the exit code that fits.

    Raises:
        typer.Exit: For every error, with its code.
    """

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except typer.Exit:
            raise
        except KeyboardInterrupt:
            complain("Interrupted.", "note")
            raise typer.Exit(INTERRUPTED) from None
        except SimenvError as error:
            complain(f"Error: {error}")
            raise typer.Exit(_code(error)) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            where = f"{error.filename}: " if error.filename else ""
            complain(f"Error: {where}{error.strerror or error}")
            raise typer.Exit(UNUSABLE) from None
        except Exception as error:  # noqa: BLE001 - the last one to see it shows all of it
            complain(traceback.format_exc().rstrip(), "default")
            complain(f"simenv itself failed ({type(error).__name__}); the lines above say where. Please report them.")
            raise typer.Exit(OWN_FAULT) from None

    return run


def complain(message: str, style: str = "bad") -> None:
    """Write a message to standard error, made plain: it may quote what an agent wrote."""
    from simenv.viewer.terminal import make_console
    from simenv.viewer.terminal_text import plain_lines

    make_console(stderr=True).print(plain_lines(message), style=style, soft_wrap=True)


def _code(error: SimenvError) -> int:
    if isinstance(error, UnknownNameError | WrongUsageError):
        return USAGE
    if isinstance(error, ReplayError):
        return FOUND
    return UNUSABLE
