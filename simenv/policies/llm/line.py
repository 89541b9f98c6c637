"""The line from a policy to its model: opened when it is needed, one for each episode, and counted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from simenv.llm.base import Asks, Purpose
from simenv.llm.data import Reply, Request
from simenv.llm.tally import Tally


class Line:
    """Whom a policy asks (:class:`simenv.llm.Asks`).

    Args:
        asks: Opens a line, given the file in which replies are written down, or None.

    Attributes:
        tally: What the replies of the episode add up to. It is no part of any state: what was spent stays spent.
    """

    def __init__(self, asks: Callable[[Path | None], Asks]) -> None:
        self.tally = Tally()
        self._asks = asks
        self._open: Asks | None = None
        self._folder: Path | None = None

    def open(self, path: Path | None) -> None:
        """Open another line, which writes replies down in a file."""
        self.close()
        self._open, self._folder = self._asks(path), path.parent if path is not None else None

    def close(self) -> None:
        """Let go of the line; may be called again."""
        close = getattr(self._open, "close", None)
        self._open = self._folder = None
        if close is not None:
            close()

    async def ask(
        self, request: Request, purpose: Purpose, *, turn: int = 0, in_context: tuple[str, ...] = (), note: str = ""
    ) -> Reply:
        """Return the reply, on a line that is not recorded if none is open.

        Raises:
            BudgetSpentError: If the run's budget is spent.
            ProviderError: If there is no reply.
        """
        if self._open is None:
            self._open = self._asks(None)
        if self._folder is not None:
            _make(self._folder)  # a policy within another has a folder of its own, which nobody else makes
            self._folder = None
        reply = await self._open.ask(request, purpose, turn=turn, in_context=in_context, note=note)
        self.tally = self.tally.plus(purpose, reply)
        return reply


def _make(folder: Path) -> None:
    with suppress(OSError):  # whoever writes there says what is wrong
        folder.mkdir(parents=True, exist_ok=True)
