"""The clock and its agenda."""

from __future__ import annotations

import pytest
import simpy
from hypothesis import given
from hypothesis import strategies as st

from simenv.core.clock import LATE, NEVER, Clock, Wakeup

wakeups = st.lists(
    st.builds(
        Wakeup, st.integers(0, 50), st.sampled_from(["a", "b"]), st.just("p"), priority=st.sampled_from([0, 1, LATE])
    ),
    max_size=20,
)


def _drain(clock: Clock) -> list[tuple[int, Wakeup]]:
    fired = []
    while clock.next_due < NEVER:
        wakeup = clock.pop()
        fired.append((clock.now, wakeup))
    return fired


@given(wakeups)
def test_order_is_time_then_priority_then_insertion(agenda: list[Wakeup]) -> None:
    """What is due at the same second goes by priority, and else in the order in which it was put in."""
    fired = _drain(Clock.of(0, agenda))
    expected = sorted(enumerate(agenda), key=lambda each: (each[1].time, each[1].priority, each[0]))
    assert fired == [(wakeup.time, wakeup) for _, wakeup in expected]


@given(wakeups, wakeups, st.integers(0, 20))
def test_a_fork_has_an_agenda_of_its_own(first: list[Wakeup], later: list[Wakeup], pops: int) -> None:
    """Whatever one side fires or adds, the other does not notice."""
    clock, alone = Clock.of(0, first), Clock.of(0, first)
    for _ in range(min(pops, len(first))):
        clock.pop()
        alone.pop()
    fork = clock.fork()
    for wakeup in later:
        if wakeup.time >= clock.now:
            clock.schedule(wakeup)
    _drain(clock)
    assert _drain(fork) == _drain(alone)


def test_the_past_cannot_be_scheduled_and_an_empty_agenda_says_so() -> None:
    """Both are mistakes of the program."""
    clock = Clock(10)
    with pytest.raises(ValueError, match="before the present"):
        clock.schedule(Wakeup(9, "a", "p"))
    with pytest.raises(simpy.core.EmptySchedule):
        clock.pop()
