"""Asynchronous policies whose waits a test has in its hand: no clock, events alone."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from typing import Any

from simenv.core.turns import Action, Observation, call
from simenv.policies import BasePolicy


class Desk:
    """Lets those who ask on one at a time, in an order drawn by ``seed``; ``seen`` is how many ever waited at once."""

    def __init__(self, seed: int = 0) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - an order of arrival, no secret
        self._asking: list[asyncio.Event] = []
        self.seen = 0

    async def wait(self) -> None:
        """Wait for one's turn."""
        mine = asyncio.Event()
        self._asking.append(mine)
        self.seen = max(self.seen, len(self._asking))
        for _ in range(16):  # whoever else is about to ask does so first
            await asyncio.sleep(0)
        self._asking.pop(self._chance.randrange(len(self._asking))).set()  # everybody lets one on: nobody is left
        await mine.wait()


class Thinking(BasePolicy):
    """Waits at a desk before each of a few turns that depend on what it has seen and on its own chance."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._turns, self._seen = desk, 0, 0

    async def act(self, observation: Observation) -> Action:  # type: ignore[override]
        """Take the next turn."""
        await self._desk.wait()
        self._turns += 1
        self._seen += len(observation.text) + self.brief.seed
        if self._turns == 6:
            return call("finish")
        return call(*(("mail_list",), ("wait_for",), ("directory",))[self._seen % 3])


class Blocked(BasePolicy):
    """Lists its mail; then waits for ever, and counts how often it is called off."""

    def __init__(self, counts: dict[str, int], at_wait: Callable[[], Any] = lambda: None) -> None:
        self._counts, self._at_wait, self._turns = counts, at_wait, 0

    async def act(self, observation: Observation) -> Action:  # type: ignore[override]
        """Take a turn, or wait."""
        self._turns += 1
        if self._turns == 1:
            return call("mail_list")
        self._counts["waiting"] = self._counts.get("waiting", 0) + 1
        self._at_wait()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self._counts["cancelled"] = self._counts.get("cancelled", 0) + 1
            raise
        raise AssertionError("nobody sets it")


class Failing(BasePolicy):
    """Raises what it was made with, in its second turn."""

    def __init__(self, error: BaseException) -> None:
        self._error, self._turns = error, 0

    async def act(self, observation: Observation) -> Action:  # type: ignore[override]
        """Take a turn, or fail."""
        self._turns += 1
        if self._turns == 1:
            return call("mail_list")
        raise self._error
