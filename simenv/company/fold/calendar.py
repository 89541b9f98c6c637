"""Calendar: meetings called, changed, called off and answered, and who is to be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar, cast

from msgspec.structs import replace

from simenv.company.calendar import Meeting, Reply
from simenv.company.state import Company
from simenv.core.event import Event
from simenv.core.kinds.calendar import (
    MeetingAnswered,
    MeetingCancelled,
    MeetingChanged,
    MeetingNotified,
    MeetingScheduled,
)

V = TypeVar("V")


def _scheduled(company: Company, event: Event, data: MeetingScheduled) -> None:
    attendees = _with_organiser(event.actor, data.attendees)
    meeting = Meeting(
        data.id, data.title, event.actor, data.start, data.end, attendees, data.place, data.notes, private=data.private
    )
    company.meetings.put_record(data.id, meeting)
    _tell(company, data.id, event.actor, attendees)


def _changed(company: Company, event: Event, data: MeetingChanged) -> None:
    before = company.meetings[data.id]
    new = {
        name: value
        for name in ("start", "end", "place", "title", "notes")
        if (value := getattr(data, name)) is not None
    }
    meeting: Meeting = replace(before, changed=True, **new)
    if data.attendees is not None:
        attendees = _with_organiser(before.organiser, data.attendees)
        stay = [pair for pair in before.replies if pair[0] in attendees]
        meeting = replace(meeting, attendees=attendees, replies=tuple(stay))
    if (meeting.start, meeting.end) != (before.start, before.end):
        meeting = replace(meeting, replies=(), remarks=())  # who could come then may not be able to come now
    company.meetings.put_record(data.id, meeting)
    _tell(company, data.id, event.actor, (*before.attendees, *meeting.attendees))


def _cancelled(company: Company, event: Event, data: MeetingCancelled) -> None:
    meeting = company.meetings[data.id]
    remarks = _put(meeting.remarks, event.actor, data.note)
    company.meetings.put_record(data.id, replace(meeting, cancelled=True, remarks=remarks))
    _tell(company, data.id, event.actor, meeting.attendees)


def _answered(company: Company, event: Event, data: MeetingAnswered) -> None:
    meeting, person = company.meetings[data.id], event.actor
    replies = _put(meeting.replies, person, cast(Reply, data.reply))
    remarks = _put(meeting.remarks, person, data.note)
    company.meetings.put_record(data.id, replace(meeting, replies=replies, remarks=remarks))
    _tell(company, data.id, person, (meeting.organiser,))


def _notified(company: Company, event: Event, data: MeetingNotified) -> None:
    seat = company.seats[event.actor]
    seat.fresh = tuple(id for id in seat.fresh if id not in data.ids)


def _with_organiser(organiser: str, attendees: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((organiser, *attendees)))


def _put(pairs: tuple[tuple[str, V], ...], person: str, value: V) -> tuple[tuple[str, V], ...]:
    """Return pairs with a person's one replaced and at the end; an empty value leaves none."""
    others = tuple([pair for pair in pairs if pair[0] != person])
    return (*others, (person, value)) if value else others


def _tell(company: Company, id: str, actor: str, persons: Iterable[str]) -> None:
    """Have the seats among these persons, but for who did it, told of a meeting."""
    for person in dict.fromkeys(persons):
        seat = company.seats.get(person)
        if seat is not None and person != actor and id not in seat.fresh:
            seat.fresh = (*seat.fresh, id)


WRITERS: Final[dict[str, Callable[[Company, Event, Any], None]]] = {
    "meeting.scheduled": _scheduled,
    "meeting.changed": _changed,
    "meeting.cancelled": _cancelled,
    "meeting.answered": _answered,
    "meeting.notified": _notified,
}
