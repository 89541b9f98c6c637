"""Meetings: call, change, cancel, answer. A clash is told, not refused: people may have their reasons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Final, Literal

from msgspec import Meta

from simenv.company.calendar import MAX_NOTES, Meeting
from simenv.company.chat import MAX_LINES
from simenv.company.dates import clock
from simenv.company.oneline import one_line
from simenv.company.people import DAY
from simenv.core.calls import ToolResult, refused
from simenv.core.kinds.calendar import (
    CalendarViewed,
    MeetingAnswered,
    MeetingCancelled,
    MeetingChanged,
    MeetingScheduled,
)
from simenv.core.kinds.mail import AccessDenied
from simenv.tools.base import Desk, tool
from simenv.tools.calendar_text import span
from simenv.tools.nobody import nobody_at
from simenv.tools.times import Time, read_time, time_problem

MAX_PEOPLE: Final = 50
SHORTEST: Final = 5 * 60
LONGEST: Final = 10 * 3600
_TOLD: Final = 12
"""Clashes told one by one."""

_CREATE, _CHANGE, _CANCEL, _ANSWER = 120, 90, 45, 30
"""Simulated seconds each takes."""

Id = Annotated[str, Meta(max_length=80)]
Address = Annotated[str, Meta(max_length=320)]
Addresses = Annotated[list[Address], Meta(min_length=1, max_length=MAX_PEOPLE)]
OptionalAddresses = Annotated[list[Address], Meta(max_length=MAX_PEOPLE)]
Title = Annotated[str, Meta(max_length=100)]
Place = Annotated[str, Meta(max_length=80)]
Notes = Annotated[str, Meta(max_length=MAX_NOTES)]
Note = Annotated[str, Meta(max_length=200)]


@tool("write", cost=_CREATE)
def meeting_create(
    desk: Desk,
    title: Title,
    start: Time,
    end: Time,
    attendees: OptionalAddresses = [],  # noqa: B006 - the schema shows an empty list; nobody changes it
    place: Place = "",
    notes: Notes = "",
    private: bool = False,
) -> ToolResult:
    """Call a meeting of 5 minutes to 10 hours; colleagues are invited at once, you are told of clashes.

    Args:
        title: What it is called.
        start: "Wed 09:30", "2027-03-10 09:30", or "09:30" for today.
        end: The same.
        attendees: Mail addresses of colleagues, without you.
        place: Room or link.
        notes: Agenda.
        private: Others see only taken time.
    """
    people, problem = colleagues(desk, attendees)
    if problem:
        return refused("not_found", problem)
    when = _times(desk, start, end, None)
    if isinstance(when, ToolResult):
        return when
    title = one_line(title) or "(no title)"
    if len(notes.splitlines()) > MAX_LINES:
        return _long_notes()
    persons = tuple(dict.fromkeys((desk.person, *people)))
    id = _new_id(desk, "\x1f".join((title, str(when[0]), *persons)))
    clashes = _clashes(desk, persons, *when, "")
    desk.emit(CalendarViewed(persons, *when, ()))
    desk.emit(MeetingScheduled(id, title, *when, persons, one_line(place), notes, private))
    text = f"{title}: {span(*when, desk.view)}. Its id is {id}.{clashes}"
    return ToolResult(True, "ok", text, {"id": id, "start": when[0], "end": when[1]}, _CREATE)


@tool("write", cost=_CHANGE)
def meeting_change(
    desk: Desk,
    id: Id,
    start: Time = "",
    end: Time = "",
    place: Place = "",
    title: Title = "",
    notes: Notes = "",
    attendees: OptionalAddresses = [],  # noqa: B006 - the schema shows an empty list; nobody changes it
) -> ToolResult:
    """Change a meeting you called; everyone invited is told. What is left empty stays.

    Args:
        id: The meeting's id.
        start: New time; without an end the length stays.
        end: New end.
        place: New place.
        title: New title.
        notes: New notes, in place of the old ones.
        attendees: Mail addresses of all invited from now on.
    """
    meeting = _own(desk, id, "change")
    if isinstance(meeting, ToolResult):
        return meeting
    people, problem = colleagues(desk, attendees)
    if problem:
        return refused("not_found", problem)
    when: tuple[int, int] | ToolResult = (meeting.start, meeting.end)
    if start or end:
        when = _times(desk, start, end, meeting)
    if isinstance(when, ToolResult):
        return when
    if len(notes.splitlines()) > MAX_LINES:
        return _long_notes()
    persons = tuple(dict.fromkeys((desk.person, *people))) if people else meeting.attendees
    moved = when != (meeting.start, meeting.end)
    data = MeetingChanged(
        id,
        when[0] if moved else None,
        when[1] if moved else None,
        one_line(place) or None,
        one_line(title) or None,
        notes or None,
        persons if persons != meeting.attendees else None,
    )
    if data == MeetingChanged(id):
        return refused("conflict", "That changes nothing.")
    clashes = ""
    if moved or data.attendees:
        clashes = _clashes(desk, persons, *when, id)
        desk.emit(CalendarViewed(persons, *when, ()))
    desk.emit(data)
    text = f"{data.title or meeting.title}: {span(*when, desk.view)}. Everyone invited is told.{clashes}"
    return ToolResult(True, "ok", text, {"id": id, "start": when[0], "end": when[1]}, _CHANGE)


@tool("write", cost=_CANCEL)
def meeting_cancel(desk: Desk, id: Id, note: Note = "") -> ToolResult:
    """Call off a meeting you called; everyone invited is told.

    Args:
        id: The meeting's id.
        note: Why.
    """
    meeting = _own(desk, id, "cancel")
    if isinstance(meeting, ToolResult):
        return meeting
    if meeting.end <= desk.now:
        return refused("conflict", f"It was over at {desk.view.stamp(meeting.end)}.")
    desk.emit(MeetingCancelled(id, one_line(note, 200)))
    return ToolResult(True, "ok", f"{meeting.title} is cancelled; everyone invited is told.", {"id": id}, _CANCEL)


@tool("write", cost=_ANSWER)
def meeting_answer(
    desk: Desk, id: Id, answer: Literal["accepted", "declined", "tentative"], note: Note = ""
) -> ToolResult:
    """Answer an invitation, or change your answer.

    Args:
        id: The meeting's id.
        answer: Your answer.
        note: A line to whoever called it.
    """
    meeting = find_meeting(desk, id)
    if isinstance(meeting, ToolResult):
        return meeting
    caller = desk.view.person_of(meeting.organiser).name
    if meeting.organiser == desk.person:
        return refused("conflict", "You called it yourself; use meeting_change or meeting_cancel.")
    if desk.person not in meeting.attendees:
        return refused("not_allowed", f"{caller} has not invited you.")
    if meeting.cancelled or meeting.end <= desk.now:
        state = "is cancelled" if meeting.cancelled else f"was over at {desk.view.stamp(meeting.end)}"
        return refused("conflict", f"{meeting.title} {state}.")
    desk.emit(MeetingAnswered(id, answer, one_line(note, 200)))
    return ToolResult(True, "ok", f"{caller} sees your answer: {answer}.", {"id": id, "answer": answer}, _ANSWER)


def find_meeting(desk: Desk, id: str) -> Meeting | ToolResult:
    """Return a meeting the seat may see, or the refusal: there is none of this id, or it is private."""
    try:
        meeting = desk.view.calendar.get(id)
    except PermissionError:
        desk.emit(AccessDenied(id))
        return refused("not_allowed", f"{id} is a private meeting of others.")
    if meeting is None:
        return refused("not_found", f"There is no meeting {id[:40]}. Ids come from calendar_list.")
    return meeting


def colleagues(desk: Desk, addresses: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return the ids of colleagues by their addresses, or what is wrong with the first that is none."""
    view, ids = desk.view, []
    for address in addresses:
        person = view.person_at(address)
        if person is None:
            return (), nobody_at(address, address[:80], view)
        if not person.inside:
            return (), f"{person.label} is outside the company, whose calendar is for colleagues only; write a mail."
        ids.append(person.id)
    return tuple(dict.fromkeys(ids)), ""


def _own(desk: Desk, id: str, verb: str) -> Meeting | ToolResult:
    """Return a meeting that the seat may change, or the refusal."""
    meeting = find_meeting(desk, id)
    if isinstance(meeting, ToolResult):
        return meeting
    if meeting.organiser != desk.person:
        name = desk.view.person_of(meeting.organiser).name
        return refused("not_allowed", f"Only {name}, who called it, can {verb} {meeting.title}.")
    if meeting.cancelled:
        return refused("conflict", f"{meeting.title} is cancelled.")
    return meeting


def _times(desk: Desk, start: str, end: str, meeting: Meeting | None) -> tuple[int, int] | ToolResult:
    """Return from when to when, or the refusal; what is empty is taken from the meeting that is changed."""
    view, now = desk.view, desk.now
    begin = meeting.start if meeting is not None and not start else read_time(start, view, now)
    if begin is None:
        return refused("bad_arguments", f"start: {time_problem(start, view, now)}")
    if meeting is not None and not end:
        until: int | None = begin + meeting.end - meeting.start
    else:
        until = read_time(end, view, begin)
    if until is None:
        return refused("bad_arguments", f"end: {time_problem(end, view, begin)}")
    past = begin + 60 <= now and (meeting is None or begin != meeting.start)
    if past or until <= now:
        return refused("conflict", f"{span(begin, until, view)} is past: it is {view.stamp(now)}.")
    if not SHORTEST <= until - begin <= LONGEST:
        when = f"from {view.stamp(begin)} until {view.stamp(until)}"
        return refused("conflict", f"A meeting takes 5 minutes to 10 hours; {when} does not.")
    return begin, until


def _long_notes() -> ToolResult:
    return refused("too_large", f"Notes have {MAX_LINES} lines at most; a document holds more.")


def _clashes(desk: Desk, persons: Sequence[str], start: int, end: int, but: str) -> str:
    """Return who has something else then or is not at work, in as many words as are bearable."""
    view, found = desk.view, list[str]()
    for person, spans in view.calendar.taken(persons, start, end, but).items():
        who = view.person_of(person)
        told = ["has something else " + _clock(spans, start)] if spans else []
        if start // DAY % 7 >= 5:
            told.append("does not work that day")
        elif start % DAY < who.shift.start or start % DAY + end - start > who.shift.end:
            told.append(f"works {clock(who.shift.start)}-{clock(who.shift.end)}")
        found += [f"{'You' if person == desk.person else who.name}: {', '.join(told)}"] if told else []
    more = f"\nand {len(found) - _TOLD} others" if len(found) > _TOLD else ""
    return "\nMind:\n" + "\n".join(found[:_TOLD]) + more if found else ""


def _clock(spans: Iterable[tuple[int, int]], start: int) -> str:
    """Return times of day; what begins before the day or ends after it is cut to it."""
    day = start - start % DAY
    shown = [f"{clock(max(a, day))}-{clock(b) if b < day + DAY else '24:00'}" for a, b in spans]
    return " and ".join(dict.fromkeys(shown[:3]))


def _new_id(desk: Desk, key: str) -> str:
    """Return an id that no meeting has: two that are called alike differ by their ordinal."""
    ordinal = 0
    while desk.view.calendar.has(id := desk.streams.make_id("meet", desk.person, f"{key}\x1f{ordinal}")):
        ordinal += 1
    return id


TOOLS = (meeting_create, meeting_change, meeting_cancel, meeting_answer)
