"""Waiting for many policies at once, in such a way that all of it can be called off between two moves of the engine."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine

from simenv.core.errors import SimenvError
from simenv.core.waiting import awaited


class StoppedError(SimenvError):
    """Raised in whoever waits, or is about to, once the run is stopped.

    Args:
        by: What stopped it, in a word.
    """

    def __init__(self, by: str) -> None:
        self.by = by
        super().__init__(f"the run was stopped ({by})")


class Waits:
    """Everything that the episodes of a run wait for; used in one event loop.

    Attributes:
        stopped: What stopped the run, in a word, or None while it goes on.
    """

    def __init__(self) -> None:
        self.stopped: str | None = None
        self._under_way: set[asyncio.Future[object]] = set()

    async def wait(self, ask: Callable[[], object]) -> object:
        """Return what ``ask`` returns, awaited if it has to be.

        Raises:
            StoppedError: If the run is stopped, before or meanwhile; what was awaited is then cancelled.
        """
        self._going_on(None)
        value = _asked(ask)
        if not isinstance(value, Awaitable):
            await asyncio.sleep(0)  # who never waits lets the others on, and Ctrl-C through
            return self._going_on(value)
        task = asyncio.ensure_future(awaited(value))
        self._under_way.add(task)
        try:
            value = await task
        except asyncio.CancelledError:
            if isinstance(value, Coroutine):
                value.close()  # one that was called off before it began would complain of that
            if self.stopped is None:
                raise
        finally:
            self._under_way.discard(task)
        return self._going_on(value)

    def _going_on(self, value: object) -> object:
        if self.stopped is not None:
            raise StoppedError(self.stopped)
        return value

    def stop(self, by: str) -> None:
        """Cancel whatever is waited for and let nothing more be begun; the first reason stands."""
        if self.stopped is None:
            self.stopped = by
        for task in self._under_way:
            task.cancel()


def _asked(ask: Callable[[], object]) -> object:
    try:
        return ask()
    except (KeyboardInterrupt, SystemExit) as error:  # it would stop the loop for everybody
        raise RuntimeError(f"the policy raised {type(error).__name__}") from error
