"""Predicates over the calendar."""

from __future__ import annotations

from simenv.company.calendar import Meeting
from simenv.company.people import DAY
from simenv.company.predicates.base import Check, Evidence


def meeting_is(check: Check, evidence: Evidence) -> bool:
    """The meeting is `cancelled` (or not), begins `at` this time, and has the seat's `reply`, as far as named."""
    meeting = evidence.company.meetings.get(check.thing)
    if meeting is None:
        return False
    found = {
        "cancelled": "true" if meeting.cancelled else "false",
        "at": str(meeting.start),
        "reply": meeting.reply_of(evidence.seat) or "",
    }
    return all(found[field] in values for field, values in check.values)


def meeting_fits(check: Check, evidence: Evidence) -> bool:
    """The seat has called a meeting that fits.

    All these `attendees` are asked to it, it lasts at least so many `minutes`, lies between `from` and `until` and in
    working hours, none of them is away or in another meeting then, and the seat has called no more than `number` such
    (1 if left out).
    """
    company, seat = evidence.company, evidence.seat
    called = [
        meeting
        for meeting in company.meetings.values()
        if meeting.organiser == seat
        and meeting.id not in company.opening.meetings
        and not meeting.cancelled
        and set(check.persons) <= {*meeting.attendees, meeting.organiser}
    ]
    return 0 < len(called) <= max(1, check.number) and any(_fits(check, evidence, meeting) for meeting in called)


def _fits(check: Check, evidence: Evidence, meeting: Meeting) -> bool:
    if meeting.end - meeting.start < check.seconds or meeting.start < check.start or meeting.end > check.end:
        return False
    return all(_is_free(person, meeting, evidence) for person in check.persons)


def _is_free(person: str, meeting: Meeting, evidence: Evidence) -> bool:
    """Whether somebody can come: it lies in the person's working hours, and nothing that was there before is then."""
    company = evidence.company
    opening = company.opening
    shift = opening.people[person].shift
    at_work = shift.next_working(meeting.start) == meeting.start
    if not at_work or meeting.end > meeting.start // DAY * DAY + shift.end:
        return False
    if any(away.start < meeting.end and meeting.start < away.end for away in opening.absences.get(person, ())):
        return False
    return not any(
        other.id != meeting.id and other.overlaps(meeting.start, meeting.end) and _is_taken(person, other, evidence)
        for other in company.meetings.values()
    )


def _is_taken(person: str, other: Meeting, evidence: Evidence) -> bool:
    """Whether somebody goes to a meeting; what was called since and not answered yet keeps nobody from another."""
    if not other.takes_time_of(person):
        return False
    stood = other.id in evidence.company.opening.meetings
    return stood or other.organiser == person or other.reply_of(person) == "accepted"
