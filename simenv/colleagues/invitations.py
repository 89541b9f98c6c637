"""Invitations: who is invited by a seat looks into their calendar and says whether they come."""

from __future__ import annotations

from simenv.colleagues.base import Host
from simenv.colleagues.hours import present
from simenv.colleagues.noticing import CHAT_IS_QUICKER
from simenv.company.calendar import Meeting
from simenv.company.people import DAY
from simenv.company.state import Company
from simenv.core.clock import Wakeup
from simenv.core.event import Event
from simenv.core.kinds.calendar import MeetingAnswered, MeetingChanged, MeetingScheduled


def invite(host: Host, event: Event) -> None:
    """Let those whom a seat has invited, or whose meeting it has moved, answer in time."""
    company, data = host.company, event.data
    if event.actor not in company.seats or company.opening.plan.quiet:
        return
    if not isinstance(data, MeetingScheduled | MeetingChanged):
        return
    meeting = company.meetings[data.id]
    moved = isinstance(data, MeetingScheduled) or data.start is not None or data.end is not None
    for person in meeting.attendees:
        if person in company.seats or not (moved or meeting.reply_of(person) is None):
            continue
        key = f"{meeting.id} {meeting.start} {meeting.end}"
        delay = host.streams.delay(company.opening.plan.read_delay, "invited", person, key) // CHAT_IS_QUICKER
        time = present(company.opening, person, event.time + delay)
        kept = (meeting.id, str(meeting.start), str(meeting.end))
        host.schedule(Wakeup(time, "colleague.invited", person, kept, event.seq))


def answer(host: Host, wakeup: Wakeup) -> None:
    """Accept or decline, unless the meeting is off, was moved again, is over or was answered since."""
    person, (id, start, end) = wakeup.person, wakeup.data
    meeting = host.company.meetings[id]
    stands = not meeting.cancelled and (meeting.start, meeting.end) == (int(start), int(end))
    if not stands or meeting.start < host.now or person not in meeting.attendees:
        return
    why = _hindrance(host.company, person, meeting)
    reply = "declined" if why else "accepted"
    if meeting.reply_of(person) != reply:
        host.emit(MeetingAnswered(id, reply, why), person, wakeup.cause)


def _hindrance(company: Company, person: str, meeting: Meeting) -> str:
    """Return what keeps a person from coming, in a sentence, or ""."""
    opening = company.opening
    for absence in opening.absences.get(person, ()):
        if meeting.overlaps(absence.start, absence.end):
            return "I am away then."
    shift, day = opening.people[person].shift, meeting.start // DAY
    late = meeting.end > day * DAY + shift.end
    if late or shift.next_working(meeting.start) != meeting.start:
        return "That is outside my working hours."
    for other in company.meetings.values():
        if other.id != meeting.id and other.takes_time_of(person) and other.overlaps(meeting.start, meeting.end):
            what = "another appointment" if other.private else f'"{other.title}"'
            return f"I have {what} from {opening.dates.stamp(other.start)}."
    return ""
