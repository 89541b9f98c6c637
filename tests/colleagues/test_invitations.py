"""Who is invited by a seat answers: yes if there is time, no with the reason otherwise."""

from __future__ import annotations

import pytest

from simenv.company.opening import Absence
from simenv.core.kinds.calendar import MeetingCancelled, MeetingChanged, MeetingScheduled

from .firm import CLERK, DAY, ENGINEER, HOUR, SEAT, TUESDAY, begin, events, made, until

WEDNESDAY, THURSDAY = TUESDAY + DAY, TUESDAY + 2 * DAY
AWAY = {ENGINEER: (Absence(THURSDAY, THURSDAY + DAY),)}


def call_for(start: int) -> MeetingScheduled:
    """Return an invitation of the seat to clerk and engineer."""
    return MeetingScheduled("meet-new", "Ropes", start, start + HOUR, (SEAT, CLERK, ENGINEER))


@pytest.mark.parametrize(
    ("start", "reply", "note"),
    [
        (WEDNESDAY + 14 * HOUR, "accepted", ""),
        (WEDNESDAY + 9 * HOUR, "accepted", ""),
        (WEDNESDAY + 10 * HOUR + 1800, "declined", 'I have "Site visit" from Wed 10 Mar 10:00.'),
        (WEDNESDAY + 20 * HOUR, "declined", "That is outside my working hours."),
        (TUESDAY + 4 * DAY + 10 * HOUR, "declined", "That is outside my working hours."),
        (THURSDAY + 10 * HOUR, "declined", "I am away then."),
    ],
    ids=["free", "just before another", "taken", "evening", "Saturday", "away"],
)
def test_an_invitation_is_answered_by_what_the_calendar_says(start: int, reply: str, note: str) -> None:
    simulation = begin(absences=AWAY)
    made(simulation, call_for(start), SEAT)
    until(simulation, TUESDAY + 12 * HOUR)
    (answer,) = [event for event in events(simulation, "meeting.answered") if event.actor == ENGINEER]
    assert (answer.data.reply, answer.data.note) == (reply, note)
    assert simulation.company.meetings["meet-new"].reply_of(ENGINEER) == reply
    assert "meet-new" in simulation.company.seats[SEAT].fresh


def test_a_move_is_answered_anew_and_what_is_off_is_not() -> None:
    simulation = begin()
    made(simulation, call_for(WEDNESDAY + 10 * HOUR), SEAT)
    until(simulation, TUESDAY + 12 * HOUR)
    made(simulation, MeetingChanged("meet-new", WEDNESDAY + 14 * HOUR, WEDNESDAY + 15 * HOUR), SEAT)
    until(simulation, TUESDAY + 13 * HOUR)
    replies = [event.data.reply for event in events(simulation, "meeting.answered") if event.actor == CLERK]
    assert replies == ["declined", "accepted"]
    made(simulation, MeetingChanged("meet-new", WEDNESDAY + 10 * HOUR, WEDNESDAY + 11 * HOUR), SEAT)
    made(simulation, MeetingCancelled("meet-new"), SEAT)
    count = len(events(simulation, "meeting.answered"))
    until(simulation, TUESDAY + 16 * HOUR)
    assert len(events(simulation, "meeting.answered")) == count
