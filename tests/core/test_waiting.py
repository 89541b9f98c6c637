"""Waiting for what is asynchronous can be interrupted, wherever the signal arrives."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import Any

import pytest

from simenv.core import waiting
from simenv.core.waiting import settle

if hasattr(signal, "pthread_kill"):  # elsewhere a signal cannot be sent to one thread

    def test_an_interrupt_that_wakes_another_thread_ends_the_wait(monkeypatch: pytest.MonkeyPatch) -> None:
        waits, ended = threading.Event(), threading.Event()
        glance = waiting.wait

        def wait(futures: Iterable[Future[Any]], seconds: float) -> object:
            waits.set()
            return glance(futures, seconds)

        async def wait_for_ever() -> None:
            await asyncio.to_thread(waits.wait)  # until somebody waits, whom the signal can reach
            signal.pthread_kill(threading.get_ident(), signal.SIGINT)  # the thread of the loop, not the one that waits
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()

        monkeypatch.setattr(waiting, "wait", wait)
        with pytest.raises(KeyboardInterrupt):
            settle(wait_for_ever())
        assert ended.wait(10), "what was waited for is cancelled"


def test_what_is_there_is_returned_and_what_is_raised_is_raised() -> None:
    async def late(value: int) -> int:
        await asyncio.sleep(0)
        return 1 // value

    assert settle(7) == 7
    assert settle(late(1)) == 1
    with pytest.raises(ZeroDivisionError):
        settle(late(0))


def test_what_is_held_is_let_go_of_at_the_end_of_the_process(fresh: Callable[[str], str]) -> None:
    script = """
from simenv.core.waiting import settle

async def held():
    try:
        yield 7
    finally:
        print("let go of")

kept = held()
print(settle(anext(kept)))
"""
    assert fresh(script).split("\n")[:2] == ["7", "let go of"]
