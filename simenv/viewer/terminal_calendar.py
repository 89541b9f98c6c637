"""What happens to meetings, in short sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from simenv.core.event import Event
from simenv.core.kinds.calendar import (
    CalendarViewed,
    MeetingAnswered,
    MeetingCancelled,
    MeetingChanged,
    MeetingScheduled,
)
from simenv.viewer.terminal_doings import Said, did, looked
from simenv.viewer.terminal_names import Names
from simenv.viewer.terminal_text import counted, listed, plain, quoted


def _scheduled(names: Names, event: Event, data: MeetingScheduled) -> Said:
    others = [person for person in data.attendees if person != event.actor]
    whom = f" with {names.names(others)}" if others else ""
    said = did(names, event, f"calls {quoted(data.title)} for {names.stamp(data.start)}{whom}", data.notes)
    return ("mail", *said[1:]) if names.seat in others else said


def _changed(names: Names, event: Event, data: MeetingChanged) -> Said:
    changes = [f"it begins {names.stamp(data.start)}"] if data.start is not None else []
    for name in ("end", "place", "title", "notes", "attendees"):
        if getattr(data, name) is not None and not (name == "end" and changes):
            changes.append(f"another {name}" if name not in ("notes", "attendees") else f"other {name}")
    return did(names, event, f"changes {_meeting(names, data.id)}: {listed(changes)}", data.notes or "")


def _cancelled(names: Names, event: Event, data: MeetingCancelled) -> Said:
    return did(names, event, f"calls off {_meeting(names, data.id)}", data.note)


def _answered(names: Names, event: Event, data: MeetingAnswered) -> Said:
    verb = _ANSWERS.get(data.reply, f"answers {quoted(data.reply, 40)} to")
    return did(names, event, f"{verb} {_meeting(names, data.id)}", data.note)


def _viewed(names: Names, event: Event, data: CalendarViewed) -> Said:
    if len(data.ids) == 1 and data.notes:
        return looked(names, event, f"looks at {_meeting(names, data.ids[0])}")
    whose = "its own calendar" if data.persons == (event.actor,) else f"the calendar of {names.names(data.persons)}"
    return looked(names, event, f"looks into {whose} ({counted(len(data.ids), 'meeting')})")


def _meeting(names: Names, id: str) -> str:
    found = names.company.meetings.get(id)
    return quoted(found.title) if found is not None else plain(id, 40)


_ANSWERS: Final = {"accepted": "accepts", "declined": "declines", "tentative": "says it may come to"}

SAY: Final[dict[type, Callable[[Names, Event, Any], Said]]] = {
    CalendarViewed: _viewed,
    MeetingAnswered: _answered,
    MeetingCancelled: _cancelled,
    MeetingChanged: _changed,
    MeetingScheduled: _scheduled,
}
"""Kind of event -> what it means."""

TRIES: Final = {
    "calendar_free": "to find free time",
    "calendar_list": "to look into a calendar",
    "calendar_read": "to look at a meeting",
    "meeting_answer": "to answer an invitation",
    "meeting_cancel": "to call off a meeting",
    "meeting_change": "to change a meeting",
    "meeting_create": "to call a meeting",
}
"""Tool -> what a call of it that did not run was meant to do."""
