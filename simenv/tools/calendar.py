"""Calendar: look into it, find free time. Calling meetings and answering stands in :mod:`simenv.tools.meetings`."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

from simenv.company.people import DAY
from simenv.core.calls import ToolResult, refused
from simenv.core.kinds.calendar import CalendarViewed
from simenv.tools import meetings
from simenv.tools.base import Desk, tool
from simenv.tools.calendar_text import in_calendar, show, span, typed
from simenv.tools.meetings import Addresses, Id, colleagues, find_meeting
from simenv.tools.pages import Page, listed
from simenv.tools.times import Time, day_problem, read_day, read_time, time_problem

PAGE: Final = 20
SLOTS: Final = 30
"""Free spans that one result shows."""

_AHEAD: Final = 31
"""Days that a search for free time covers at most."""

_LIST, _READ, _FREE = 30, 45, 60
"""Simulated seconds each takes."""


@tool("read", cost=_LIST)
def calendar_list(
    desk: Desk,
    day: Time = "",
    days: Annotated[int, Meta(ge=1, le=31)] = 1,
    person: Annotated[str, Meta(max_length=320)] = "",
    page: Page = 1,
) -> ToolResult:
    """List the meetings in a calendar, earliest first, twenty a page. Of others' private ones you see "busy".

    Args:
        day: First day, as in "Wed", "2027-03-10", "today" (if empty) or "tomorrow".
        days: How many days.
        person: Mail address of whose calendar; empty for yours.
        page: From 1.
    """
    view, owner = desk.view, desk.person
    if person:
        found, problem = colleagues(desk, [person])
        if problem:
            return refused("not_found", problem)
        owner = found[0]
    first = read_day(day, view, desk.now)
    if first is None:
        return refused("bad_arguments", f"day: {day_problem(day, view, desk.now)}")
    start, end = first * DAY, (first + days) * DAY
    calendar = view.calendar
    standing = calendar.between(owner, start, end)
    shown = standing[(page - 1) * PAGE : page * PAGE]
    desk.emit(CalendarViewed((owner,), start, end, tuple([each.id for each in shown if calendar.shows(each)])))
    lines = [in_calendar(meeting, owner, view) for meeting in shown]
    if page == 1:
        away = calendar.absences(owner, start, end)
        lines = [*[f"{span(each.start, each.end, view)}  away" for each in away], *lines]
    nothing = "" if lines else f"Nothing from {view.stamp(start)} to {view.stamp(end)}."
    data = [typed(meeting, view) for meeting in shown]
    return listed(lines, data, page, _LIST, more=len(standing) > page * PAGE, nothing=nothing)


@tool("read", cost=_READ)
def calendar_read(desk: Desk, id: Id) -> ToolResult:
    """Show one meeting: time, place, who is invited and has answered, notes.

    Args:
        id: The meeting's id.
    """
    meeting = find_meeting(desk, id)
    if isinstance(meeting, ToolResult):
        return meeting
    view = desk.view
    mine = meeting.concerns(desk.person)
    desk.emit(CalendarViewed((meeting.organiser,), meeting.start, meeting.end, (id,), mine))
    return ToolResult(True, "ok", show(meeting, view), typed(meeting, view), _READ)


@tool("read", cost=_FREE)
def calendar_free(
    desk: Desk,
    people: Addresses,
    minutes: Annotated[int, Meta(ge=5, le=600)] = 30,
    after: Time = "",
    before: Time = "",
) -> ToolResult:
    """Find time that is free for all of these people, inside everybody's working hours.

    Args:
        people: Mail addresses of colleagues; yours too if you are to be there.
        minutes: How long it must be.
        after: From this time or day, as in "Wed 09:30" or "Wed"; empty for now.
        before: Until this time or the end of this day; empty for a week later.
    """
    view, now = desk.view, desk.now
    persons, problem = colleagues(desk, people)
    if problem:
        return refused("not_found", problem)
    start = _edge(desk, after, now, 0) if after else now
    if start is None:
        return refused("bad_arguments", f"after: {time_problem(after, view, now)}")
    start = max(start, now)
    end = _edge(desk, before, start, 1) if before else start + 7 * DAY
    if end is None:
        return refused("bad_arguments", f"before: {time_problem(before, view, start)}")
    if end <= start:
        return refused("conflict", f"{view.stamp(end)} is not after {view.stamp(start)}.")
    end = min(end, start + _AHEAD * DAY)
    found = view.calendar.free(persons, minutes * 60, start, end)
    desk.emit(CalendarViewed(persons, start, end, ()))
    looked = f"between {view.stamp(start)} and {view.stamp(end)}"
    if not found:
        return ToolResult(True, "ok", f"No {minutes} minutes {looked} are free for all of them.", [], _FREE)
    lines = [f"Free for all of them {looked}:", *[span(*free, view) for free in found[:SLOTS]]]
    if len(found) > SLOTS:
        lines.append(f"And {len(found) - SLOTS} more; ask for a later time to see them.")
    return ToolResult(True, "ok", "\n".join(lines), [{"start": a, "end": b} for a, b in found[:SLOTS]], _FREE)


def _edge(desk: Desk, text: str, now: int, more: int) -> int | None:
    """Return the second that a time names, or the beginning of the day (or of the one after it) that a day names."""
    time = read_time(text, desk.view, now)
    if time is not None:
        return time
    day = read_day(text, desk.view, now)
    return None if day is None else (day + more) * DAY


TOOLS = (calendar_list, calendar_read, calendar_free, *meetings.TOOLS)
