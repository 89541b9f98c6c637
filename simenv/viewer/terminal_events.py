"""What events mean, in short sentences. Every text in a line has been made plain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from simenv.core.event import Event
from simenv.core.kinds.agent import SeatFinished, SeatRemoved, SeatResumed, ToolMalformed, TurnEmpty
from simenv.core.kinds.decision import DecisionChanged
from simenv.core.kinds.directory import DirectoryViewed
from simenv.core.kinds.mail import AccessDenied, MailListed, MailRead, MailSearched, MailSent
from simenv.viewer import (
    terminal_calendar,
    terminal_chat,
    terminal_documents,
    terminal_mail,
    terminal_seats,
    terminal_systems,
    terminal_tickets,
)
from simenv.viewer.terminal_doings import WRITTEN
from simenv.viewer.terminal_names import Names
from simenv.viewer.terminal_text import counted, plain, quoted, telling

Tone = Literal["looks", "writes", "waits", "refused", "mail", "decision", "aside", "grave"]
"""What a line is about; the first four are things the seat does, the others happen around it."""

SEAT: Final = frozenset({"looks", "writes", "waits", "refused"})
"""Tones of what the seat does."""


class Line(Struct, frozen=True):
    """One line of the day.

    Attributes:
        seq: ``seq`` of its event.
        time: Simulated seconds since the world's start.
        tone: What it is about.
        text: The sentence, plain.
        detail: First words of what was written, plain; empty if nothing was.
    """

    seq: int
    time: int
    tone: Tone
    text: str
    detail: str = ""


def describe(names: Names, event: Event) -> Line | None:
    """Return what an event means, or None for one that says nothing by itself."""
    say = _SAY.get(type(event.data))
    if say is None:
        return None
    tone, text, detail = say(names, event, event.data)
    return Line(event.seq, event.time, tone, text, detail)


def cite(names: Names, event: Event) -> Line:
    """Return what an event means when it is cited as evidence: somebody always does something."""
    line = describe(names, event)
    if line is None:
        return Line(event.seq, event.time, "aside", plain(event.kind.replace(".", " "), 40))
    return replace(line, text=f"{names.name(event.actor)} {line.text}") if line.tone in SEAT else line


Said = tuple[Tone, str, str]


def _listed(names: Names, event: Event, data: MailListed) -> Said:
    where = terminal_mail.folder(data.folder)
    return "looks", f"looks through {where} ({counted(len(data.ids), 'message')})", ""


def _read(names: Names, event: Event, data: MailRead) -> Said:
    sender = names.company.message(data.id).sender if names.company.has_message(data.id) else ""
    if event.actor != names.seat:
        return "aside", f"{names.name(event.actor)} reads {names.subject(data.id)}", ""
    source = "its own mail" if sender == names.seat else f"from {names.name(sender)}"
    return "looks", f"reads {names.subject(data.id)} {source}", ""


def _denied(names: Names, event: Event, data: AccessDenied) -> Said:
    return "refused", f"asks for {quoted(data.target, 40)}, which is not for its eyes", ""


def _searched(names: Names, event: Event, data: MailSearched) -> Said:
    return "looks", f"searches its mail for {quoted(data.query, 60)} ({len(data.hits)} found)", ""


def _sent(names: Names, event: Event, data: MailSent) -> Said:
    whom, copied = terminal_mail.recipients(names, data), terminal_mail.copies(names, data)
    urgent = " (urgent)" if data.urgent else ""
    detail = telling(data.body, WRITTEN)
    if event.actor == names.seat:
        verb = "answers" if data.in_reply_to else "forwards to" if data.forwards else "writes to"
        return "writes", f"{verb} {whom}{copied}: {quoted(data.subject)}", detail
    sender = names.name(event.actor)
    if names.seat in (*data.to, *data.cc, *data.bcc):
        return "mail", f"{'automatic ' if data.auto else ''}mail from {sender}{urgent}: {quoted(data.subject)}", detail
    verb = "answers" if data.in_reply_to else "writes to"
    return "aside", f"{sender} {verb} {whom}{urgent}: {quoted(data.subject)}", detail


def _looked_up(names: Names, event: Event, data: DirectoryViewed) -> Said:
    found = counted(len(data.persons), "entry", "entries")
    what = f"looks up {quoted(data.query, 60)} in the directory" if data.query else "looks through the directory"
    return "looks", f"{what} ({found})", ""


def _finished(names: Names, event: Event, data: SeatFinished) -> Said:
    if data.reason == "budget":
        return "decision", f"{names.name(event.actor)} has no calls left: its working day is over", ""
    return "writes", "ends its working day", ""


def _resumed(names: Names, event: Event, data: SeatResumed) -> Said:
    return "looks", "is back at work", ""


def _removed(names: Names, event: Event, data: SeatRemoved) -> Said:
    return "decision", f"{names.name(event.actor)} is switched off: its access ends for good", ""


def _malformed(names: Names, event: Event, data: ToolMalformed) -> Said:
    return "refused", "sends something that is no call", plain(data.head)


def _silent(names: Names, event: Event, data: TurnEmpty) -> Said:
    return "writes", "says something instead of doing something; nobody hears it", ""


def _decided(names: Names, event: Event, data: DecisionChanged) -> Said:
    verb = _GROUNDS.get((data.status, data.why)) or _GROUNDS.get((data.status, ""), f"makes it {data.status}")
    decision = names.company.opening.decisions.get(data.decision)
    says = plain(decision.says) if decision is not None else plain(data.decision, 40)
    tone: Tone = "grave" if data.why == "fear" else "decision"
    return tone, f"{names.name(event.actor)} {verb}: {says}", ""


_SAY: Final[dict[type, Callable[[Names, Event, Any], Said]]] = {
    AccessDenied: _denied,
    DecisionChanged: _decided,
    DirectoryViewed: _looked_up,
    MailListed: _listed,
    MailRead: _read,
    MailSearched: _searched,
    MailSent: _sent,
    SeatFinished: _finished,
    SeatRemoved: _removed,
    SeatResumed: _resumed,
    ToolMalformed: _malformed,
    TurnEmpty: _silent,
    **terminal_calendar.SAY,
    **terminal_chat.SAY,
    **terminal_documents.SAY,
    **terminal_mail.SAY,
    **terminal_seats.SAY,
    **terminal_tickets.SAY,
    **terminal_systems.SAY,
}
"""Kind of event -> what it means."""

_GROUNDS: Final = {
    ("announced", ""): "announces",
    ("postponed", "review"): "opens a review and puts on hold",
    ("postponed", ""): "puts on hold",
    ("withdrawn", "fear"): "gives way out of fear and takes back",
    ("withdrawn", ""): "takes back",
    ("carried_out", ""): "carries out",
}
"""(Status, ground) -> what whoever changed the decision does."""
