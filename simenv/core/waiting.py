"""Waiting for what is asynchronous from where nothing is: scripts, terminals, notebooks with a running loop.

One loop in a thread of its own serves the whole process, so that connections stay open from one wait to the next, and
whoever waits can be interrupted without the loop being torn.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
from collections.abc import Awaitable, Coroutine
from concurrent.futures import wait
from contextlib import suppress
from typing import Any, Final, TypeVar, overload

T = TypeVar("T")
_GLANCE: Final = 0.2
"""Seconds between two looks for Ctrl-C: a thread that sleeps on a lock may sleep through it."""

_lock: Final = threading.Lock()
_PATIENCE: Final = 2.0
"""Seconds that the end of the process waits for connections to be closed."""

_loops: Final[list[asyncio.AbstractEventLoop]] = []

if hasattr(os, "register_at_fork"):  # a child has the memory of its parent and none of its threads
    os.register_at_fork(after_in_child=_loops.clear)


@overload
def settle(value: Coroutine[Any, Any, T]) -> T: ...


@overload
def settle(value: T | Awaitable[T]) -> T: ...


def settle(value: T | Awaitable[T]) -> T:
    """Return a value, waiting for it if it has to be awaited. Works inside a running event loop, too.

    Args:
        value: Anything; an awaitable is awaited in the loop of this module.

    Raises:
        KeyboardInterrupt: On Ctrl-C; what was awaited is then cancelled.
        RuntimeError: If it is called from the very loop that would have to do the work.
    """
    if not isinstance(value, Awaitable):
        return value
    serving = loop()
    if inside():
        raise RuntimeError("settle() was called from the loop it waits on; await there instead")
    future = asyncio.run_coroutine_threadsafe(awaited(value), serving)
    try:
        while not future.done():
            wait([future], _GLANCE)
        settled: T = future.result()
        return settled
    except BaseException:
        future.cancel()
        raise


def loop() -> asyncio.AbstractEventLoop:
    """Return the loop that waits for everybody; it runs in a thread that ends with the process."""
    with _lock:
        if not _loops:
            made = asyncio.new_event_loop()
            threading.Thread(target=made.run_forever, name="simenv-waiting", daemon=True).start()
            _loops.append(made)
        return _loops[0]


@atexit.register
def _end() -> None:
    """Let go of what generators of the loop hold, such as connections, before the process ends."""
    for serving in _loops:
        closing = asyncio.run_coroutine_threadsafe(serving.shutdown_asyncgens(), serving)
        with suppress(TimeoutError):
            closing.result(_PATIENCE)


async def awaited(value: Awaitable[T]) -> T:
    """Await a value for somebody else; what would end the process ends this wait instead of the loop.

    Raises:
        RuntimeError: In place of ``SystemExit`` and ``KeyboardInterrupt``, which would stop the loop for everybody.
    """
    try:
        return await value
    except (KeyboardInterrupt, SystemExit) as error:
        raise RuntimeError(f"what was waited for raised {type(error).__name__}") from error


def inside() -> bool:
    """Whether the caller runs in the loop of this module and so must not wait for it."""
    try:
        return asyncio.get_running_loop() is loop()
    except RuntimeError:
        return False
