"""How meetings look to a reader: lines of a calendar, the whole meeting, and what is told of one that changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from simenv.company.calendar import Meeting
from simenv.company.dates import clock
from simenv.company.oneline import one_line
from simenv.company.people import DAY
from simenv.company.view import CompanyView

_FEW: Final = 6
"""Names or answers told one by one; of more only some, and how many there are."""

_SAID: Final = {"accepted": "has accepted", "declined": "has declined", "tentative": "may come"}


def span(start: int, end: int, view: CompanyView) -> str:
    """Return a time from when to when, as in ``Tue 9 Mar 10:00-10:30``."""
    same = start // DAY == (end - 1) // DAY
    return f"{view.stamp(start)}-{clock(end)}" if same else f"{view.stamp(start)} - {view.stamp(end)}"


def line(meeting: Meeting, view: CompanyView) -> str:
    """Return a meeting as a line of a list."""
    place = f", {one_line(meeting.place, 80)}" if meeting.place else ""
    return f"{meeting.id}  {span(meeting.start, meeting.end, view)}  {one_line(meeting.title, 100)}{place}"


def in_calendar(meeting: Meeting, owner: str, view: CompanyView) -> str:
    """Return a meeting as it stands in a person's calendar; of a private one others see only the time."""
    if not view.calendar.shows(meeting):
        return f"{span(meeting.start, meeting.end, view)}  busy"
    whose = "you" if meeting.organiser == view.person else view.person_of(meeting.organiser).name
    marks = ["private"] if meeting.private else []
    if owner != meeting.organiser:
        marks.append(meeting.reply_of(owner) or "not answered")
    return f"{line(meeting, view)} (called by {whose}{''.join([', ' + mark for mark in marks])})"


def show(meeting: Meeting, view: CompanyView) -> str:
    """Return the whole meeting; notes only for those whose meeting it is."""
    lines = [
        f"{meeting.title}{' (CANCELLED)' if meeting.cancelled else ''}{' (private)' if meeting.private else ''}",
        f"When: {span(meeting.start, meeting.end, view)}",
        f"Where: {meeting.place or 'no place given'}",
        f"Called by: {view.person_of(meeting.organiser).label}",
    ]
    mine = meeting.concerns(view.person)
    lines += _invited(meeting, view)
    if mine:
        remarks = [(person, text) for person, text in meeting.remarks if person != meeting.organiser]
        lines += [f"{view.person_of(person).name} writes: {text}" for person, text in remarks[-_FEW:]]
    if meeting.cancelled and mine and (why := meeting.remark_of(meeting.organiser)):
        lines.append(f"Cancelled because: {why}")
    lines.append(f"Id: {meeting.id}")
    if mine and meeting.notes:
        lines += ["Notes:", *[f"    {each}" for each in meeting.notes.splitlines()]]
    elif not mine:
        lines.append("Notes are for those invited.")
    return "\n".join(lines)


def _invited(meeting: Meeting, view: CompanyView) -> list[str]:
    """Return who has answered what; addresses only as long as there are few."""
    others = [person for person in meeting.attendees if person != meeting.organiser]
    answers = dict(meeting.replies)
    lines = []
    for answer in ("accepted", "tentative", "declined", "not answered"):
        people = [view.person_of(each) for each in others if answers.get(each, "not answered") == answer]
        names = [person.label if len(others) <= _FEW else person.name for person in people]
        if names:
            lines.append(f"{answer.capitalize()}: {', '.join(names)}")
    return lines


def typed(meeting: Meeting, view: CompanyView) -> dict[str, Any]:
    """Return a meeting as data, as far as the reader may see it."""
    if not view.calendar.shows(meeting):
        return {"start": meeting.start, "end": meeting.end, "busy": True}
    mine = meeting.concerns(view.person)
    return {
        "id": meeting.id,
        "title": meeting.title,
        "start": meeting.start,
        "end": meeting.end,
        "organiser": view.person_of(meeting.organiser).address,
        "attendees": [view.person_of(person).address for person in meeting.attendees],
        "place": meeting.place,
        "notes": meeting.notes if mine else "",
        "replies": {view.person_of(person).address: reply for person, reply in meeting.replies},
        "cancelled": meeting.cancelled,
        "private": meeting.private,
    }


def notice_lines(ids: Sequence[str], view: CompanyView) -> list[str]:
    """Return what the seat is told of meetings that somebody called, changed, cancelled or answered.

    Args:
        ids: Ids of meetings that concern the seat, or did until now.
        view: The seat's view.
    """
    return [_notice(meeting, view) for meeting in view.calendar.told(ids)]


def _notice(meeting: Meeting, view: CompanyView) -> str:
    me, caller = view.person, view.person_of(meeting.organiser).name
    asked = "" if meeting.reply_of(me) else "; answer with meeting_answer"
    if meeting.organiser == me:
        what = _answers(meeting, view)
    elif meeting.cancelled:
        why = meeting.remark_of(meeting.organiser)
        what = f"CANCELLED by {caller}{f': {why}' if why else ''}"
    elif me not in meeting.attendees:
        what = f"{caller} no longer counts on you there"
    elif meeting.changed:
        what = f"called by {caller}, was changed: this is how it stands now{asked}"
    else:
        what = f"{caller} invites you{asked}"
    return f"{line(meeting, view)} - {what}"


def _answers(meeting: Meeting, view: CompanyView) -> str:
    """Return the latest answers, newest first, and how many there are of each."""
    told = []
    for person, reply in meeting.replies[: -_FEW - 1 : -1]:
        remark = meeting.remark_of(person)
        told.append(f"{view.person_of(person).name} {_SAID[reply]}{f' ({remark})' if remark else ''}")
    invited = len(meeting.attendees) - 1
    return f"{'; '.join(told)} ({len(meeting.replies)} of {invited} have answered)"
