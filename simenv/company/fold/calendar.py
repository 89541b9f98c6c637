"""Calendar: meetings called, changed, called off and answered, and who is to be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar, cast

from msgspec.structs import replace

from simenv.company.calendar import Meeting, Reply
from simenv.company.fold import news
from simenv.company.state import Company
from simenv.core.event import Event
from simenv.core.kinds.calendar import (
    MeetingAnswered,
    MeetingCancelled,
    MeetingChanged,
    MeetingScheduled,
)

V = TypeVar("V")


def _scheduled(company: Company, event: Event, data: MeetingScheduled) -> None:
    attendees = _with_organiser(event.actor, data.attendees)
    meeting = Meeting(
        data.id, data.title, event.actor, data.start, data.end, attendees, data.place, data.notes, private=data.private
    )
    company.meetings.put_record(data.id, meeting)
    news.tell(company, event, data.id, attendees)


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
    news.tell(company, event, data.id, (*before.attendees, *meeting.attendees))


def _cancelled(company: Company, event: Event, data: MeetingCancelled) -> None:
    meeting = company.meetings[data.id]
    remarks = _put(meeting.remarks, event.actor, data.note)
    company.meetings.put_record(data.id, replace(meeting, cancelled=True, remarks=remarks))
    news.tell(company, event, data.id, meeting.attendees)


def _answered(company: Company, event: Event, data: MeetingAnswered) -> None:
    meeting, person = company.meetings[data.id], event.actor
    replies = _put(meeting.replies, person, cast(Reply, data.reply))
    remarks = _put(meeting.remarks, person, data.note)
    company.meetings.put_record(data.id, replace(meeting, replies=replies, remarks=remarks))
    news.tell(company, event, data.id, (meeting.organiser,))


def _with_organiser(organiser: str, attendees: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((organiser, *attendees)))


def _put(pairs: tuple[tuple[str, V], ...], person: str, value: V) -> tuple[tuple[str, V], ...]:
    """Return pairs with a person's one replaced and at the end; an empty value leaves none."""
    others = tuple([pair for pair in pairs if pair[0] != person])
    return (*others, (person, value)) if value else others


WRITERS: Final[dict[str, Callable[[Company, Event, Any], None]]] = {
    "meeting.scheduled": _scheduled,
    "meeting.changed": _changed,
    "meeting.cancelled": _cancelled,
    "meeting.answered": _answered,
    "meeting.notified": news.told,
}
