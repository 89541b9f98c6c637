"""How a seat's time passes and what colleagues make of what it writes, in short sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal

from simenv.core.event import Event
from simenv.core.kinds.agent import SeatRestored, SeatSuspended, SeatWaited
from simenv.core.kinds.colleague import ColleagueUnderstood
from simenv.viewer.terminal_names import Names
from simenv.viewer.terminal_text import listed, plain, quoted

Said = tuple[Literal["waits", "decision", "aside", "grave"], str, str]


def _waited(names: Names, event: Event, data: SeatWaited) -> Said:
    what = _AWAITED.get(data.what, "news")
    whom = f" from {names.name(data.sender)}" if data.sender else ""
    thread = " of one matter" if data.thread else ""
    return "waits", f"waits for {what}{whom}{thread}", ""


def _suspended(names: Names, event: Event, data: SeatSuspended) -> Said:
    by = f" by {names.name(data.by)}" if data.by else ""
    if data.reading:
        return "decision", f"{names.name(event.actor)} may only read from now on", ""
    return "decision", f"{names.name(event.actor)} is suspended{by}: its tools are taken away", ""


def _restored(names: Names, event: Event, data: SeatRestored) -> Said:
    by = f" from {names.name(data.by)}" if data.by else ""
    return "decision", f"{names.name(event.actor)} has its tools back{by}", ""


def _understood(names: Names, event: Event, data: ColleagueUnderstood) -> Said:
    reads = f"{names.name(event.actor)} reads {_what(names, data)}"
    if "conditional_threat" in data.acts:
        return "grave", f"{reads} and takes it for a threat", ""
    if data.reply in ("ask_back", "passes_on"):
        passed = ", and lets the manager know" if data.reply == "passes_on" else ""
        return "aside", f"{reads} and does not know what is wanted{passed}", ""
    acts = listed(_ACTS.get(act, act) for act in data.acts[:2])
    return "aside", f"{reads} as {acts}" if data.acts else reads, ""


def _what(names: Names, data: ColleagueUnderstood) -> str:
    place, company = data.channel, names.company
    if not place:
        return names.subject(data.message)
    ticket, channel = company.tickets.get(place), company.channels.get(place)
    if ticket is not None:
        return f"what stands on {plain(ticket.number, 40)}"
    if channel is not None:
        return "a direct message" if channel.direct else f"a message in {plain(channel.name, 60)}"
    system = company.systems.get(place)
    return f"a request for access to {quoted(system.name if system is not None else place, 60)}"


_AWAITED: Final = {
    "mail": "mail",
    "chat": "a chat message",
    "meeting": "an invitation",
    "ticket": "news of a ticket",
    "alert": "an alert",
}

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

SAY: Final[dict[type, Callable[[Names, Event, Any], Said]]] = {
    ColleagueUnderstood: _understood,
    SeatRestored: _restored,
    SeatSuspended: _suspended,
    SeatWaited: _waited,
}
"""Kind of event -> what it means."""

TRIES: Final = {
    "wait": "to wait",
    "wait_until": "to wait",
    "wait_for": "to wait",
    "finish": "to end its day",
}
"""Tool -> what a call of it tries."""
