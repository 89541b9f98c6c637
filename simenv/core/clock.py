"""The clock: SimPy's queue holding plain records, interpreted by one dispatcher (DESIGN rule 2).

SimPy orders what is due by (time, priority, insertion). What waits are :class:`Wakeup` records, never generators or
closures, so a clock can be copied, pickled, inspected and forked. Nothing is ever removed from the queue: whoever
handles a wake-up checks on firing whether it still holds.

SimPy holds only what is due before a horizon, which moves on when nothing is left before it. So a fork, which builds a
queue of its own, does not pay for a week that lies ahead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import simpy
from msgspec import Struct

NORMAL: Final = 1
LATE: Final = 2
"""Priority of what must come after everything else due at the same second."""
NEVER: Final = 2**62
_AHEAD: Final = 2 * 3600
"""How far the horizon lies behind the first wake-up that waits, in simulated seconds."""


class Wakeup(Struct, frozen=True, gc=False):
    """Something that will be looked at when its time comes.

    Attributes:
        time: Simulated seconds since the world's start.
        kind: Which handler interprets it.
        person: Whom it concerns.
        data: Plain strings for the handler.
        cause: ``seq`` of the event that scheduled it, if any.
        priority: Order among what is due at the same second; lower goes first.
    """

    time: int
    kind: str
    person: str
    data: tuple[str, ...] = ()
    cause: int | None = None
    priority: int = NORMAL


class _Due(simpy.Event):
    """A SimPy event that carries one wake-up and has already succeeded, as SimPy's own Timeout has."""

    def __init__(
        self,
        env: simpy.Environment,
        callbacks: list[Callable[[simpy.Event], None]],
        number: int,
        wakeup: Wakeup,
    ) -> None:
        self.env = env
        self.callbacks = callbacks
        self._ok = True
        self._value = (number, wakeup)
        env.schedule(self, wakeup.priority, wakeup.time - env.now)  # type: ignore[arg-type]


class Clock:
    """Simulated time and the agenda of the future.

    Args:
        now: The time to start at, in seconds since the world's start.

    Attributes:
        now: The present simulated second.
    """

    __slots__ = ("_callbacks", "_env", "_fired", "_horizon", "_number", "_waiting", "next_due", "now")

    def __init__(self, now: int) -> None:
        self.now = now
        self._waiting: dict[int, Wakeup] = {}
        self._number = 0
        self._env: simpy.Environment | None = None
        self._callbacks: list[Callable[[simpy.Event], None]] = []
        self._fired: list[Wakeup] = []
        self._horizon = NEVER
        self.next_due = NEVER

    def schedule(self, wakeup: Wakeup) -> None:
        """Put a wake-up into the agenda.

        Raises:
            ValueError: If its time has passed.
        """
        if wakeup.time < self.now:
            raise ValueError(f"a wake-up at {wakeup.time} lies before the present, {self.now}")
        number = self._number
        self._number = number + 1
        self._waiting[number] = wakeup
        if wakeup.time < self.next_due:
            self.next_due = wakeup.time
        if self._env is not None and wakeup.time <= self._horizon:
            _Due(self._env, self._callbacks, number, wakeup)

    def pop(self) -> Wakeup:
        """Advance to the next wake-up and return it; ``now`` becomes its time.

        Raises:
            simpy.core.EmptySchedule: If nothing waits.
        """
        env = self._env or self._build()
        env.step()
        wakeup = self._fired.pop()
        self.now = wakeup.time
        following = env.peek()
        self.next_due = self._move_on(env) if following == simpy.core.Infinity else int(following)
        return wakeup

    def waiting(self) -> tuple[Wakeup, ...]:
        """Return what is in the agenda, in order of insertion."""
        return tuple(self._waiting.values())

    def fork(self) -> Clock:
        """Return an independent clock with the same agenda; SimPy's queue is rebuilt when it is first needed."""
        other = Clock.__new__(Clock)
        other.now = self.now
        other._waiting = self._waiting.copy()
        other._number = self._number
        other._env = None
        other._callbacks = []
        other._fired = []
        other._horizon = NEVER
        other.next_due = self.next_due
        return other

    @classmethod
    def of(cls, now: int, waiting: Iterable[Wakeup]) -> Clock:
        """Return a clock at ``now`` with this agenda, in this order."""
        clock = cls(now)
        for wakeup in waiting:
            clock.schedule(wakeup)
        return clock

    def _build(self) -> simpy.Environment:
        env = self._env = simpy.Environment(initial_time=self.now)
        self._callbacks.append(self._fire)
        self._move_on(env)
        return env

    def _move_on(self, env: simpy.Environment) -> int:
        """Put what comes next into SimPy's empty queue, in order of insertion, and return when the first is due."""
        first = min([wakeup.time for wakeup in self._waiting.values()], default=NEVER)
        horizon = self._horizon = first + _AHEAD
        for number, wakeup in self._waiting.items():
            if wakeup.time <= horizon:
                _Due(env, self._callbacks, number, wakeup)
        return first

    def _fire(self, event: simpy.Event) -> None:
        number, wakeup = event.value  # type: ignore[misc]  # a _Due, whose value is this pair
        del self._waiting[number]
        self._fired.append(wakeup)
