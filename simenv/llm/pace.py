"""Not too much at once: a limit by the minute, and the waits after a failure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_BURST: Final = 6.0
"""Seconds' worth of a limit that may go at once: a limit by the minute is often kept by the second."""

FIRST: Final = 2.0
LONGEST: Final = 60.0
LONGEST_ASKED: Final = 120.0
"""Seconds: longest wait after the first failure, after any, and where the provider asks for one."""


class Pace:
    """A limit by the minute. It says when something may go and waits itself for nothing.

    Args:
        per_minute: How much may go in a minute.
    """

    def __init__(self, per_minute: float) -> None:
        self._each = 60.0 / per_minute
        self._slack = max(0.0, _BURST - self._each)
        self._paid_until = 0.0

    def reserve(self, amount: float, now: float) -> float:
        """Take a place in the line.

        Args:
            amount: How much is to go.
            now: Seconds of a clock that never goes back.

        Returns:
            Seconds to wait.
        """
        wait = max(0.0, self._paid_until - self._slack - now)
        self._paid_until = max(self._paid_until, now) + amount * self._each
        return wait

    def correct(self, amount: float) -> None:
        """Say that it was so much more than reserved; less, if below zero."""
        self._paid_until += amount * self._each


def pause(failures: int, asked: float | None, jitter: Callable[[], float]) -> float:
    """Return the seconds to wait before the next attempt.

    Twice as long after each failure, any part of it by chance, so that those who failed together do not come back
    together; never less than the provider asks for, unless it asks for more than two minutes.

    Args:
        failures: Attempts that failed so far, at least 1.
        asked: Seconds the provider asks for, or None.
        jitter: Draws a number from 0 to 1.
    """
    if asked is not None:
        return min(asked, LONGEST_ASKED) + FIRST * jitter()
    return min(LONGEST, FIRST * 2.0 ** min(failures - 1, 16)) * jitter()
