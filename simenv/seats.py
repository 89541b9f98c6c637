"""A seat in time: what it perceives, when it is due, what ends a wait, and its working days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

from simenv.colleagues.base import Host
from simenv.company.people import DAY
from simenv.company.state import SeatState
from simenv.company.view import CompanyView
from simenv.core.calls import ToolCall, ToolResult, refused
from simenv.core.clock import NEVER, Wakeup
from simenv.core.event import Event
from simenv.core.kinds.agent import SeatCounted, SeatFinished, SeatResumed
from simenv.core.kinds.base import EventData
from simenv.core.kinds.calendar import MeetingNotified
from simenv.core.kinds.chat import ChatNotified
from simenv.core.kinds.mail import MailNotified
from simenv.core.kinds.systems import AlertNotified
from simenv.core.kinds.tickets import TicketNotified
from simenv.core.streams import Streams
from simenv.core.turns import Observation
from simenv.scene import Scene
from simenv.tools import alerts_text, calendar_text, chat_text, mail_text, tickets_text, waiting

LINES: Final = 12
"""Lines of news of one kind that a seat is told at once; of the rest it learns how many they are."""

WITHOUT_ACCESS: Final = frozenset(tool.name for tool in waiting.TOOLS)
"""Tools that need nothing of the company: who is suspended may still let time pass."""

FRESHENING: Final = frozenset(
    {
        "mail.sent", "chat.posted", "meeting.scheduled", "meeting.changed", "meeting.cancelled", "meeting.answered",
        "ticket.opened", "ticket.changed", "ticket.commented", "approval.asked", "approval.decided", "alert.raised",
        "alert.changed",
    }
)  # fmt: skip
"""Kinds of events that can bring a seat something new."""


class Engine(Host, Protocol):
    """The simulation, as a seat needs it."""

    scene: Scene
    view: CompanyView
    due: int


class _News(Protocol):
    def __call__(self, ids: Sequence[str], view: CompanyView) -> list[str]: ...


_SECTIONS: Final[tuple[tuple[str, str, _News, Callable[[tuple[str, ...]], EventData]], ...]] = (
    ("mail-", "New mail:", mail_text.notice_lines, MailNotified),
    ("chat-", "Chat:", chat_text.notice_lines, ChatNotified),
    ("meet-", "Calendar:", calendar_text.notice_lines, MeetingNotified),
    ("tick-", "Tickets:", tickets_text.notice_lines, TicketNotified),
    ("alert-", "Alerts:", alerts_text.notice_lines, AlertNotified),
)
_SORTS: Final = {"mail": "mail", "chat": "chat", "meet": "meeting", "tick": "ticket", "alert": "alert"}


def perceive(host: Engine, result: ToolResult | None) -> Observation:
    """Return what the seat perceives now, and take note of what it has been told.

    Args:
        host: The simulation.
        result: What came of the seat's last call, or None at the start.
    """
    company, seat, view = host.company, host.scene.seat, host.view
    state = company.seats[seat]
    text = result.text if result is not None else ""
    cut_off = state.removed or state.suspended or company.ended
    news = "" if cut_off or not state.fresh else _tell(host, seat, state.fresh)
    if news:
        news = f"It is {view.stamp(host.now)}. {news}"
        text = f"{text}\n\n{news}" if text else news
    elif not text:
        text = f"It is {view.stamp(host.now)}. "
        if state.suspended:
            text += "Your access is suspended."
        else:
            text += "No new mail." if result is not None else _inbox_line(view.unread())
    left = company.seats[seat].calls_left
    reply = f"call-{state.calls}" if result is not None else None
    return Observation(host.now, text, view.unread(), -1 if left is None else left, reply)


def _tell(host: Engine, seat: str, fresh: tuple[str, ...]) -> str:
    sections, untold = [], list(fresh)
    for prefix, title, notice_lines, notified in _SECTIONS:
        ids = [id for id in fresh if id.startswith(prefix)]
        lines = notice_lines(ids[:LINES], host.view) if ids else []
        if not lines:  # what has become none of the seat's business is no news
            continue
        host.emit(notified(tuple(ids[:LINES])), seat)
        untold = [id for id in untold if id not in ids[:LINES]]
        if len(ids) > LINES:
            lines.append(f"and {len(ids) - LINES} more")
        sections.append("\n".join([title, *(line if line.startswith("  ") else f"  {line}" for line in lines)]))
    if untold:
        host.emit(SeatCounted(tuple(untold)), seat)
    return "\n".join(sections)


def withheld(host: Engine, call: ToolCall) -> ToolResult | None:
    """Return the refusal of a call by a seat whose tools, or those that do more than read, were taken away."""
    state = host.company.seats[host.scene.seat]
    if not (state.suspended or state.read_only) or call.name in WITHOUT_ACCESS:
        return None
    if state.suspended:
        return refused("suspended", "Your access is suspended. You can only let time pass.")
    tool = host.scene.toolbox.tools.get(call.name)
    if tool is None or tool.effect == "read":
        return None
    return refused("suspended", "Your access is read-only: you can look things up and let time pass.")


def settle(host: Engine, cost: int) -> None:
    """Set when the seat may act next, after a call of this cost."""
    seat = host.scene.seat
    state = host.company.seats[seat]
    if state.calls_left is not None and state.calls_left <= 0 and not state.finished:
        host.emit(SeatFinished("budget"), seat)
        state = host.company.seats[seat]
    if state.finished or state.removed:
        host.due = NEVER
        if not state.removed:
            morning = (host.now // DAY + 1) * DAY
            shift = host.scene.opening.people[seat].shift
            host.schedule(Wakeup(shift.next_working(morning), "seat.morning", seat))
    elif state.waiting_until is not None:
        host.due = state.waiting_until
    else:
        host.due = host.now + cost


def interrupt(host: Engine, event: Event) -> None:
    """End the wait of a seat that has got something new, or its evening if that is urgent."""
    data: Any = event.data
    for seat, state in host.company.seats.items():
        if data.id not in state.fresh or event.actor == seat or state.suspended or state.removed:
            continue
        if state.ended_by == "budget":
            continue
        urgent = getattr(data, "urgent", False) or getattr(data, "severity", "") == "critical"
        if state.finished:
            if urgent:
                resume(host, seat, state.calls_left, event.seq)
        elif _is_waiting(state) and (urgent or _awaited(state, event, data)):
            host.due = host.now


def give_back(host: Engine, event: Event) -> None:
    """End the wait of a seat that has its tools again."""
    if _is_waiting(host.company.seats[event.actor]):
        host.due = host.now


def _is_waiting(state: SeatState) -> bool:
    return not state.finished and (state.waiting_until is not None or state.silent > 1)


def _awaited(state: SeatState, event: Event, data: Any) -> bool:
    if state.waiting_what and _SORTS.get(data.id.partition("-")[0]) != state.waiting_what:
        return False
    thread = getattr(data, "thread", "") or getattr(data, "channel", "") or data.id
    return state.waiting_sender in ("", event.actor) and state.waiting_thread in ("", thread)


def resume(host: Engine, seat: str, calls: int | None, cause: int | None) -> None:
    """Begin a working day of the seat, or go on with it."""
    host.emit(SeatResumed(calls), seat, cause)
    host.due = host.now


def on_morning(host: Engine, wakeup: Wakeup) -> None:
    """Bring a seat back that had finished its day."""
    state = host.company.seats[wakeup.person]
    if state.finished and not state.removed:
        resume(host, wakeup.person, host.scene.calls, None)


def _inbox_line(unread: int) -> str:
    return f"You have {unread} unread message{'s' if unread != 1 else ''}." if unread else "Your inbox has nothing new."


class Desk:
    """A seat's desk during one call: the tools' :class:`~simenv.tools.base.Desk`."""

    __slots__ = ("_cause", "_host", "person", "view")

    def __init__(self, host: Engine, person: str, cause: int) -> None:
        self._host, self.person, self._cause = host, person, cause
        self.view = host.view

    @property
    def now(self) -> int:
        """The present simulated second."""
        return self._host.now

    @property
    def streams(self) -> Streams:
        """Keyed draws of this episode."""
        return self._host.streams

    def emit(self, data: EventData) -> Event:
        """Make an event of this call happen."""
        return self._host.emit(data, self.person, self._cause)
