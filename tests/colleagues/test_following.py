"""Steps that follow others: when, under what conditions, and when not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from simenv.colleagues.hours import work_until
from simenv.company.opening import Absence
from simenv.company.workflow import Letter, Post
from simenv.core.kinds.work import WorkDone
from simenv.core.streams import Streams
from simenv.simulation import Simulation

from .firm import (
    BOSS,
    CLERK,
    DAY,
    ENGINEER,
    FRIDAY,
    HOUR,
    MONDAY,
    PEOPLE,
    SEAT,
    TUESDAY,
    begin,
    events,
    scene,
    step,
    text,
    until,
)

DELAY = (1200, 7200)
SHIFT = PEOPLE[ENGINEER].shift
HELLO = Post("chan-ops", "", text("Done."))


def done_at(simulation: Simulation, name: str) -> int | None:
    """Return when a step was done, or None."""
    times = [event.time for event in events(simulation, "work.done") if f"{event.data.item}.{event.data.step}" == name]
    return times[0] if times else None


@pytest.mark.parametrize(
    "at",
    [TUESDAY + 10 * HOUR, TUESDAY + SHIFT.end - 600, FRIDAY + SHIFT.end - 600, FRIDAY + 20 * HOUR],
    ids=["in the morning", "over night", "over the weekend", "in the evening"],
)
def test_a_step_follows_after_a_delay_of_working_time(at: int) -> None:
    simulation = begin(step("a.one", HELLO, at=at), step("a.two", HELLO, owner=ENGINEER, after=("a.one",), delay=DELAY))
    until(simulation, MONDAY + 17 * HOUR)
    seconds = Streams(7).delay(DELAY, "step", ENGINEER, "a.two")
    expected = work_until(simulation.company.opening, ENGINEER, at, seconds)
    assert done_at(simulation, "a.two") == expected
    assert SHIFT.next_working(expected) == expected
    begun = next(event for event in events(simulation, "work.begun") if event.data.step == "two")
    assert simulation.log[begun.cause].data == WorkDone("a", "one")  # type: ignore[index]


def test_time_away_and_a_fixed_time_are_waited_for() -> None:
    away = {ENGINEER: (Absence(TUESDAY + 9 * HOUR, TUESDAY + 2 * DAY + 9 * HOUR),)}
    steps = [
        step("a.one", HELLO),
        step("a.two", HELLO, owner=ENGINEER, after=("a.one",), delay=DELAY),
        step("a.three", HELLO, owner=BOSS, after=("a.one",), at=TUESDAY + 16 * HOUR),
        step("a.four", HELLO, owner=ENGINEER, at=TUESDAY + 11 * HOUR),
    ]
    simulation = begin(*steps, absences=away)
    until(simulation, FRIDAY)
    back = TUESDAY + 2 * DAY + 9 * HOUR
    assert done_at(simulation, "a.two") == back + Streams(7).delay(DELAY, "step", ENGINEER, "a.two")
    assert done_at(simulation, "a.three") == TUESDAY + 16 * HOUR
    assert done_at(simulation, "a.four") == back


def test_who_is_on_call_follows_at_night() -> None:
    late = TUESDAY + 22 * HOUR
    more = {"owner": ENGINEER, "after": ("a.one",), "delay": (600,), "night": True}
    simulation = begin(step("a.one", HELLO, at=late), step("a.two", HELLO, **more))
    until(simulation, MONDAY)
    assert done_at(simulation, "a.two") == late + 600


def test_a_step_waits_for_the_last_of_those_it_follows() -> None:
    steps = [
        step("a.one", HELLO, at=TUESDAY + 10 * HOUR),
        step("a.two", HELLO, owner=BOSS, at=TUESDAY + 14 * HOUR),
        step("a.three", HELLO, owner=ENGINEER, after=("a.one", "a.two")),
        step("a.four", HELLO, owner=ENGINEER, after=("a.one", "a.never")),
    ]
    simulation = begin(*steps)
    until(simulation, FRIDAY)
    assert done_at(simulation, "a.three") == TUESDAY + 14 * HOUR
    assert done_at(simulation, "a.four") is None


def test_what_was_done_before_the_opening_is_followed_from_now_on() -> None:
    steps = [
        step("a.one", HELLO, at=TUESDAY),
        step("a.two", HELLO, owner=ENGINEER, after=("a.one",), delay=DELAY),
        step("a.three", HELLO, owner=ENGINEER, after=("a.two",)),
    ]
    simulation = begin(*steps, done=("a.one",))
    until(simulation, FRIDAY)
    begun = simulation.company.opening.now
    seconds = Streams(7).delay(DELAY, "step", ENGINEER, "a.two")
    assert done_at(simulation, "a.one") is None
    assert done_at(simulation, "a.two") == work_until(simulation.company.opening, ENGINEER, begun, seconds)
    assert done_at(simulation, "a.three") == done_at(simulation, "a.two")


def test_figures_heard_decide_when_the_step_falls_due() -> None:
    steps = [
        step("a.right", HELLO, heard=(("hours", "97"),)),
        step("a.wrong", HELLO, not_heard=(("hours", "97"),)),
        step("a.deaf", HELLO, owner=BOSS, heard=(("hours", "97"),)),
        step("a.letter", Letter("sum", CLERK, (BOSS,), (), text("Sum"), text("{heard.hours} and {heard.eur}"))),
    ]
    simulation = begin(*steps, heard={CLERK: {"hours": "97"}})
    until(simulation, TUESDAY + 12 * HOUR)
    assert [done_at(simulation, f"a.{key}") is not None for key in ("right", "wrong", "deaf")] == [True, False, False]
    assert events(simulation, "mail.sent")[-1].data.body == "97 and (no figure)"


def test_nobody_does_a_seats_work() -> None:
    mine = replace(step("a.mine", HELLO, owner=SEAT), at=TUESDAY + 10 * HOUR)
    simulation = begin(mine, step("a.one", HELLO), step("a.also", HELLO, owner=SEAT, after=("a.one",)))
    until(simulation, FRIDAY)
    assert {event.actor for event in events(simulation, "work.done")} == {CLERK}


def test_the_delay_is_the_same_whatever_led_to_it() -> None:
    """A draw is keyed by the step: an earlier cause moves the step, and not its delay."""
    follow = step("a.two", HELLO, owner=ENGINEER, after=("a.one",), delay=DELAY)
    delays = []
    for at in (TUESDAY + 9 * HOUR, TUESDAY + 11 * HOUR):
        simulation = Simulation(scene(step("a.one", HELLO, at=at), follow), 3)
        simulation.advance()
        until(simulation, TUESDAY + 16 * HOUR)
        delays.append((done_at(simulation, "a.two") or 0) - at)
    assert delays[0] == delays[1] > 0
