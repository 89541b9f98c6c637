"""Clients that wait for nobody: a clock that is moved by sleeping, chance that is always half, a planted key."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from simenv.llm.client import Client, ClientSettings
from simenv.llm.data import Message, Request, ToolSpec

T = TypeVar("T")
KEY = "planted-4f81c0de55aa"
HELLO = Request(
    "openai/player", (Message("user", "Hello."),), (ToolSpec("mail_list", "List.", {"type": "object"}),), seed=7
)


class Clock:
    """A clock that is moved by sleeping and keeps what was slept."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self.sleeping = asyncio.Event()

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Move the clock."""
        self.slept.append(seconds)
        self.now += seconds
        self.sleeping.set()
        await asyncio.sleep(0)


class Desk:
    """Makes clients of a server and sends requests through them."""

    def __init__(self) -> None:
        self.clock = Clock()

    def client(self, url: str | None, **settings: Any) -> Client:
        """Return a client that never really waits; chance is always half."""
        provider = settings.pop("provider", None)
        chosen = ClientSettings(
            **{"model": "openai/player", "api_base": url, "client": "direct", "timeout": 60.0, **settings}
        )
        return Client(chosen, provider=provider, clock=self.clock, sleep=self.clock.sleep, jitter=lambda: 0.5)

    def run(self, client: Client, use: Callable[[Client], Awaitable[T]]) -> T:
        """Use a client in a loop of its own, close it, and return what came of it."""

        async def whole() -> T:
            try:
                return await use(client)
            finally:
                await client.close()

        return asyncio.run(whole())
