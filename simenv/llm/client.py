"""Whom a run asks: one client for all its episodes, one recorded line of asking for each."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable

from simenv.llm.base import Provider, Sent
from simenv.llm.budget import Budget, Spent
from simenv.llm.choose import provider_for
from simenv.llm.data import Reply, Request, Usage
from simenv.llm.errors import Attempt, ProviderError
from simenv.llm.loops import PerLoop
from simenv.llm.pace import Pace, pause
from simenv.llm.settings import ClientSettings

__all__ = ["Client", "ClientSettings", "Spent"]


class Client:
    """Gets replies: within limits of number, rate and money, and again where that helps.

    It may be used in several event loops, one after another, and by any number of tasks at once.

    Args:
        settings: Whom to ask, and the limits.
        provider: Who answers, if not whom the settings name.
        clock: Seconds of a clock that never goes back.
        sleep: Waits so many seconds.
        jitter: Draws a number from 0 to 1.

    Raises:
        ProviderError: If the variable that is to hold the key is not set.
        UnknownNameError: If the settings name a client that there is not.
    """

    def __init__(
        self,
        settings: ClientSettings,
        *,
        provider: Provider | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.settings = settings
        self._provider = provider_for(settings) if provider is None else provider
        self._clock, self._sleep, self._jitter = clock, sleep, jitter
        self._budget = Budget(settings.model, settings.max_cost, settings.max_tokens, settings.max_seconds, clock)
        self._requests = Pace(settings.requests_per_minute) if settings.requests_per_minute else None
        self._tokens = Pace(settings.tokens_per_minute) if settings.tokens_per_minute else None
        self._slots = PerLoop(lambda: asyncio.Semaphore(max(1, settings.concurrency)), _forget)
        self._quiet_until = 0.0
        self._reached = False

    def __repr__(self) -> str:
        return f"<Client of {self.settings.model} through {self._provider!r}>"

    @property
    def spent(self) -> Spent:
        """What has been spent so far."""
        return self._budget.spent

    @property
    def in_flight(self) -> int:
        """Requests under way."""
        return self._budget.in_flight

    async def send(self, request: Request) -> Sent:
        """Return the reply.

        Raises:
            BudgetSpentError: If the run's budget is spent.
            ProviderError: If there is no reply, however often it was tried; it lists the attempts.
        """
        failed: list[Attempt] = []
        while True:
            self._budget.check()
            got = await self._attempt(request)
            if isinstance(got, Reply):
                return Sent(got, tuple(failed))
            wait = 0.0
            again = got.transient and len(failed) + 1 < self.settings.attempts
            if again:
                wait = pause(len(failed) + 1, got.retry_after, self._jitter)
            failed.append(Attempt(got.kind, got.status, wait))
            if not again:
                raise got.after(tuple(failed))
            self._budget.check(wait)
            if got.retry_after is not None:  # meant for everybody, not for this request alone
                self._quiet_until = max(self._quiet_until, self._clock() + wait)
            await self._sleep(wait)

    async def close(self) -> None:
        """Let go of connections; may be called again, and the client be used after it."""
        await self._provider.close()
        await self._slots.close()

    async def _attempt(self, request: Request) -> Reply | ProviderError:
        """Return the reply to one attempt, or its error, for the caller to raise if it is the last."""
        async with await self._slots.get():
            estimated = self._budget.estimate(request)
            await self._queue(estimated)
            self._budget.check()
            number = self._budget.begin(estimated)
            try:
                reply = self._budget.pay(await self._provider.complete(request), estimated)
            except ProviderError as error:
                if error.kind == "unreachable" and self._reached:
                    error.kind = "dropped"  # it was there before and may come back
                return error
            finally:
                self._budget.end(number)
            self._reached = True
            if self._tokens is not None and reply.usage is not None:
                self._tokens.correct(_size(reply.usage) - _size(estimated))
            return reply

    async def _queue(self, estimated: Usage) -> None:
        """Wait until the limits of rate, ours and the provider's, let a request go."""
        now = self._clock()
        wait = max(0.0, self._quiet_until - now)
        if self._requests is not None:
            wait = max(wait, self._requests.reserve(1, now))
        if self._tokens is not None:
            wait = max(wait, self._tokens.reserve(_size(estimated), now))
        if wait:
            self._budget.check(wait)
            await self._sleep(wait)


def _size(usage: Usage) -> int:
    return usage.input + usage.output


async def _forget(_slots: asyncio.Semaphore) -> None:
    """Let go of what needs no letting go."""
