"""Things that belong to one event loop: made at first use in it, let go of at its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class PerLoop(Generic[T]):
    """One thing for each event loop.

    A notebook, a script and a test run several loops one after another, and what was made in one cannot be used in the
    next. Each thing lives in an asynchronous generator of its loop; :func:`asyncio.run` closes those before the loop,
    so nothing is left open even where nobody calls :meth:`close`.

    Args:
        make: Makes it; called inside the running loop.
        let_go: Lets go of it; called inside the same loop.
    """

    def __init__(self, make: Callable[[], T], let_go: Callable[[T], Awaitable[None]]) -> None:
        self._make, self._let_go = make, let_go
        self._held: dict[asyncio.AbstractEventLoop, tuple[T, AsyncGenerator[T, None]]] = {}

    async def get(self) -> T:
        """Return the running loop's one."""
        loop = asyncio.get_running_loop()
        if loop not in self._held:
            for over in [other for other in self._held if other.is_closed()]:
                del self._held[over]
            keeper = self._keep()
            self._held[loop] = await anext(keeper), keeper
        return self._held[loop][0]

    async def close(self) -> None:
        """Let go of all of them; may be called again, and what is needed after it is made anew."""
        while self._held:
            loop, (_, keeper) = self._held.popitem()
            if loop is asyncio.get_running_loop():
                await keeper.aclose()
            elif loop.is_running():
                await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_close(keeper), loop))

    async def _keep(self) -> AsyncGenerator[T, None]:
        made = self._make()
        try:
            yield made
        finally:
            await self._let_go(made)


async def _close(keeper: AsyncGenerator[T, None]) -> None:
    await keeper.aclose()
