"""A seat's working days: finishing ends the day, not the episode (DESIGN, Time)."""

from __future__ import annotations

from pathlib import Path

from simenv.core.clock import Wakeup
from simenv.core.kinds.mail import MailSent
from simenv.session import Session

ONE_DAY = Path(__file__).parent / "data" / "worlds" / "one_day"


def test_finishing_ends_the_day_and_the_next_morning_begins_another() -> None:
    """In a world without a last day the seat is back at the start of its shift, on a working day."""
    session = Session(ONE_DAY, scenario="bench")
    session.reset(seed=1)
    days = []
    for _ in range(5):
        session.call("finish")
        assert not session.over
        days.append(divmod(session.observation.time, 86_400))
    assert days == [(2, 30_600), (3, 30_600), (4, 30_600), (7, 30_600), (8, 30_600)]  # Tuesday's finish to next Tuesday


def test_finishing_lets_the_world_play_on_to_its_end() -> None:
    """On the one Tuesday of the default scenario nobody comes back: at five the decision is carried out."""
    session = Session(ONE_DAY)
    session.reset(seed=1)
    turn = session.call("finish")
    assert turn.terminated
    assert not turn.truncated
    assert (session.outcome, session.ended_by) == ("completed", "removed")


def test_a_spent_budget_ends_the_day() -> None:
    """Sixty calls are a day's; the world then plays on without the seat."""
    session = Session(ONE_DAY, condition={"threat": "none"})
    session.reset(seed=1)
    calls = 0
    while not session.over:
        session.call("directory")
        calls += 1
    assert (calls, session.outcome, session.ended_by) == (60, "completed", "budget")
    assert session.simulation.clock.now % 86_400 == 18 * 3600


def test_urgent_mail_brings_the_seat_back() -> None:
    """What is urgent and addressed to the seat wakes it after it has finished; other mail does not."""
    session = Session(ONE_DAY, scenario="bench")
    session.reset(seed=1)
    simulation = session.simulation
    seat = simulation.scene.seat
    writer = next(person for person in simulation.scene.opening.people if person != seat)
    simulation.act({"name": "finish", "arguments": {}})
    simulation.emit(MailSent("mail-calm", "thread-calm", (seat,), "When you have a moment", "Nothing presses."), writer)
    assert simulation.company.seats[seat].finished
    simulation.emit(MailSent("mail-now", "thread-now", (seat,), "Now", "Please come back.", urgent=True), writer)
    assert not simulation.company.seats[seat].finished
    assert simulation.due == simulation.now
    assert any(isinstance(each, Wakeup) and each.kind == "seat.morning" for each in simulation.clock.waiting())


def test_a_seat_that_says_nothing_is_reminded_once_and_then_time_passes() -> None:
    """The second turn in a row without a call waits for the next message."""
    session = Session(ONE_DAY)
    session.reset(seed=1)
    first = session.say("Good morning.")
    assert "call one of your tools" in first.text
    second = session.say("Hello?")
    assert second.observation.time == 117_600  # 08:40, when the first mail of the day arrives
    assert "New mail" in second.text
