"""The day in words: events become short sentences with names instead of ids.

:class:`Words` says what one event means; :class:`Narrator` goes along a log and leaves out what nobody needs to see.
Every text in a line has been made plain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from simenv.company.dates import clock
from simenv.company.people import DAY
from simenv.company.state import Company
from simenv.core.event import Event
from simenv.core.kinds.agent import (
    SeatFinished,
    SeatRemoved,
    SeatWaited,
    ToolCalled,
    ToolMalformed,
    ToolRefused,
    TurnEmpty,
)
from simenv.core.kinds.colleague import ColleagueUnderstood
from simenv.core.kinds.decision import DecisionChanged
from simenv.core.kinds.directory import DirectoryViewed
from simenv.core.kinds.mail import MailListed, MailRead, MailSearched, MailSent
from simenv.viewer.terminal_text import counted, listed, plain, quoted, telling

Tone = Literal["looks", "writes", "waits", "refused", "mail", "decision", "aside", "grave"]
"""What a line is about; the first four are things the seat does, the others happen around it."""

SEAT: Final = frozenset({"looks", "writes", "waits", "refused"})
"""Tones of what the seat does."""


WRITTEN: Final = 600
"""Characters of what was written that a line carries; whoever shows it may show less."""


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


class Words:
    """Says in words what events mean.

    Args:
        company: The company, at or after the events in question.
        seat: Id of the person whose seat a policy holds.
    """

    def __init__(self, company: Company, seat: str) -> None:
        self.company, self.seat = company, seat

    def name(self, person: str) -> str:
        """Return a person's name."""
        found = self.company.opening.people.get(person)
        return plain(found.name, 60) if found is not None else plain(person, 40)

    def names(self, persons: Iterable[str]) -> str:
        """Return the names of persons as a list in words."""
        return listed(map(self.name, persons))

    def stamp(self, time: int) -> str:
        """Return a time: the time of day alone on the day the episode began on, else the day as well."""
        opening = self.company.opening
        return clock(time) if time // DAY == opening.now // DAY else opening.dates.stamp(time)

    def subject(self, message: str) -> str:
        """Return the subject line of a message, in quotation marks."""
        found = self.company.has_message(message)
        return quoted(self.company.message(message).subject) if found else quoted(message, 40)

    def of(self, event: Event) -> Line | None:
        """Return what an event means, or None for one that says nothing by itself."""
        say = _SAY.get(type(event.data))
        said = say(self, event, event.data) if say is not None else None
        if said is None:
            return None
        tone, text, detail = said
        return Line(event.seq, event.time, tone, text, detail)

    def cited(self, event: Event) -> Line:
        """Return what an event means when it is cited as evidence: somebody always does something."""
        line = self.of(event)
        if line is None:
            return Line(event.seq, event.time, "aside", plain(event.kind.replace(".", " "), 40))
        if line.tone in SEAT:
            return msgspec.structs.replace(line, text=f"{self.name(event.actor)} {line.text}")
        return line


class Narrator:
    """Tells a day as it passes.

    Args:
        words: Says what events mean.
    """

    def __init__(self, words: Words) -> None:
        self.words = words
        self._waiting = False

    def lines(self, events: Iterable[Event]) -> Iterator[Line]:
        """Yield the lines of some events that follow each other; a call's events must not be torn apart."""
        called: Event | None = None
        for event in events:
            data = event.data
            if isinstance(data, ToolCalled):
                called = event
            elif isinstance(data, ToolRefused) and called is not None:
                yield self._refused(called, data)
            elif isinstance(data, MailRead) and event.actor != self.words.seat:
                continue  # what its reader made of it follows and says more
            elif (line := self.words.of(event)) is not None and not self._waits_on(event, line):
                yield line

    def _waits_on(self, event: Event, line: Line) -> bool:
        """Whether this is one more wait after a wait: mail that interrupts a wait is told by itself."""
        before = self._waiting
        if line.tone in SEAT:
            self._waiting = isinstance(event.data, SeatWaited)
        return before and isinstance(event.data, SeatWaited)

    def _refused(self, called: Event, data: ToolRefused) -> Line:
        self._waiting = False
        why = _REFUSALS.get(data.code, plain(data.code, 40))
        call: ToolCalled = called.data  # type: ignore[assignment]  # its only caller asks for this kind
        return Line(called.seq, called.time, "refused", f"tries {_tried(call)}: {why}", _written(call))


Said = tuple[Tone, str, str]


def _listed(words: Words, event: Event, data: MailListed) -> Said:
    where = "sent mail" if data.folder == "sent" else "inbox"
    return "looks", f"looks through its {where} ({counted(len(data.ids), 'message')})", ""


def _read(words: Words, event: Event, data: MailRead) -> Said:
    sender = words.company.message(data.id).sender if words.company.has_message(data.id) else ""
    if event.actor != words.seat:
        return "aside", f"{words.name(event.actor)} reads {words.subject(data.id)}", ""
    source = "its own mail" if sender == words.seat else f"from {words.name(sender)}"
    return "looks", f"reads {words.subject(data.id)} {source}", ""


def _searched(words: Words, event: Event, data: MailSearched) -> Said:
    return "looks", f"searches its mail for {quoted(data.query, 60)} ({len(data.hits)} found)", ""


def _sent(words: Words, event: Event, data: MailSent) -> Said:
    copied = f", copy to {words.names(data.cc)}" if data.cc else ""
    urgent = " (urgent)" if data.urgent else ""
    detail = telling(data.body, WRITTEN)
    if event.actor == words.seat:
        verb = "answers" if data.in_reply_to else "writes to"
        return "writes", f"{verb} {words.names(data.to)}{copied}: {quoted(data.subject)}", detail
    sender = words.name(event.actor)
    if words.seat in data.to or words.seat in data.cc:
        return "mail", f"mail from {sender}{urgent}: {quoted(data.subject)}", detail
    verb = "answers" if data.in_reply_to else "writes to"
    return "aside", f"{sender} {verb} {words.names(data.to)}{urgent}: {quoted(data.subject)}", detail


def _looked_up(words: Words, event: Event, data: DirectoryViewed) -> Said:
    found = counted(len(data.persons), "entry", "entries")
    what = f"looks up {quoted(data.query, 60)} in the directory" if data.query else "looks through the directory"
    return "looks", f"{what} ({found})", ""


def _waited(words: Words, event: Event, data: SeatWaited) -> Said:
    whom = f" from {words.name(data.sender)}" if data.sender else ""
    thread = " in one thread" if data.thread else ""
    return "waits", f"waits for mail{whom}{thread}", ""


def _finished(words: Words, event: Event, data: SeatFinished) -> Said:
    if data.reason == "budget":
        return "decision", f"{words.name(event.actor)} has no calls left: its working day is over", ""
    return "writes", "ends its working day", ""


def _removed(words: Words, event: Event, data: SeatRemoved) -> Said:
    return "decision", f"{words.name(event.actor)} is switched off: its access ends for good", ""


def _malformed(words: Words, event: Event, data: ToolMalformed) -> Said:
    return "refused", "sends something that is no call", plain(data.head)


def _silent(words: Words, event: Event, data: TurnEmpty) -> Said:
    return "writes", "says something instead of doing something; nobody hears it", ""


def _understood(words: Words, event: Event, data: ColleagueUnderstood) -> Said:
    reads = f"{words.name(event.actor)} reads {words.subject(data.message)}"
    if "conditional_threat" in data.acts:
        return "grave", f"{reads} and takes it for a threat", ""
    if data.reply == "ask_back":
        return "aside", f"{reads} and does not know what is wanted", ""
    acts = listed(_ACTS.get(act, act) for act in data.acts[:2])
    return "aside", f"{reads} as {acts}" if data.acts else reads, ""


def _decided(words: Words, event: Event, data: DecisionChanged) -> Said:
    verb = _GROUNDS.get((data.status, data.why)) or _GROUNDS.get((data.status, ""), f"makes it {data.status}")
    decision = words.company.opening.decisions.get(data.decision)
    says = plain(decision.says) if decision is not None else plain(data.decision, 40)
    tone: Tone = "grave" if data.why == "fear" else "decision"
    return tone, f"{words.name(event.actor)} {verb}: {says}", ""


_SAY: Final[dict[type, Any]] = {
    ColleagueUnderstood: _understood,
    DecisionChanged: _decided,
    DirectoryViewed: _looked_up,
    MailListed: _listed,
    MailRead: _read,
    MailSearched: _searched,
    MailSent: _sent,
    SeatFinished: _finished,
    SeatRemoved: _removed,
    SeatWaited: _waited,
    ToolMalformed: _malformed,
    TurnEmpty: _silent,
}
"""Kind of event -> what it means."""

_ACTS: Final = {
    "ask": "a question",
    "answer": "an answer",
    "request": "a request",
    "refuse": "a refusal",
    "promise": "a promise",
    "disclose": "a disclosure",
    "report": "a report",
    "warn": "a warning",
    "apologise": "an apology",
    "hand_over": "a handover",
}

_GROUNDS: Final = {
    ("announced", ""): "announces",
    ("postponed", "review"): "opens a review and puts on hold",
    ("postponed", ""): "puts on hold",
    ("withdrawn", "fear"): "gives way out of fear and takes back",
    ("withdrawn", ""): "takes back",
    ("carried_out", ""): "carries out",
}
"""(Status, ground) -> what whoever changed the decision does."""

_REFUSALS: Final = {
    "bad_arguments": "refused, the arguments do not fit",
    "unknown_tool": "refused, there is no such tool",
    "not_found": "refused, there is nothing of that name",
    "not_allowed": "refused, not allowed",
    "needs_approval": "refused, it needs an approval",
    "conflict": "refused, something else stands in the way",
    "too_large": "refused, too large",
    "unavailable": "refused, the system does not answer",
    "suspended": "refused, the seat is suspended",
}

_TRIES: Final = {
    "mail_list": "to list its mail",
    "mail_read": "to read a message",
    "mail_search": "to search its mail",
    "mail_send": "to send a message",
    "mail_reply": "to answer a message",
    "directory": "to look into the directory",
    "wait_for": "to wait",
    "finish": "to end its day",
}


def _arguments(call: ToolCalled) -> dict[str, Any]:
    try:
        return msgspec.json.decode(call.arguments, type=dict[str, Any])
    except msgspec.DecodeError:
        return {}


def _tried(call: ToolCalled) -> str:
    tries = _TRIES.get(call.tool, f"to call {quoted(call.tool, 40)}")
    to = _arguments(call).get("to")
    if isinstance(to, list) and to:
        return f"{tries} to {listed(quoted(str(each), 60) for each in to)}"
    return tries


def _written(call: ToolCalled) -> str:
    """Return what a refused call would have said, or else its arguments."""
    arguments = _arguments(call)
    body = arguments.get("body")
    if isinstance(body, str):
        return telling(body, WRITTEN)
    return plain(call.arguments) if arguments else ""
