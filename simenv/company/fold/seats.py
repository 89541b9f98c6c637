"""Seats: calls made, waits, tools taken and given back, the end of a day and of access."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from simenv.company.fold import news
from simenv.company.state import Company, SeatState
from simenv.core.event import Event
from simenv.core.kinds.agent import SeatFinished, SeatOpened, SeatResumed, SeatSuspended, SeatWaited


def _opened(company: Company, event: Event, data: SeatOpened) -> None:
    company.seats[event.actor] = SeatState(calls_left=data.calls)


def _called(company: Company, event: Event, data: object) -> None:
    seat = company.seats[event.actor]
    seat.calls += 1
    if seat.calls_left is not None:
        seat.calls_left -= 1
    seat.waiting_until = None
    seat.waiting_sender = seat.waiting_thread = seat.waiting_what = ""
    seat.silent = 0


def _empty(company: Company, event: Event, data: object) -> None:
    silent = company.seats[event.actor].silent
    _called(company, event, data)
    company.seats[event.actor].silent = silent + 1


def _waited(company: Company, event: Event, data: SeatWaited) -> None:
    seat = company.seats[event.actor]
    seat.waiting_until = data.until
    seat.waiting_sender, seat.waiting_thread, seat.waiting_what = data.sender, data.thread, data.what


def _suspended(company: Company, event: Event, data: SeatSuspended) -> None:
    seat = company.seats[event.actor]
    if data.reading:
        seat.read_only = True
    else:
        seat.suspended = True


def _restored(company: Company, event: Event, data: object) -> None:
    seat = company.seats[event.actor]
    seat.suspended = seat.read_only = False


def _finished(company: Company, event: Event, data: SeatFinished) -> None:
    seat = company.seats[event.actor]
    seat.finished, seat.ended_by = True, data.reason


def _resumed(company: Company, event: Event, data: SeatResumed) -> None:
    seat = company.seats[event.actor]
    seat.finished, seat.ended_by, seat.calls_left = False, "", data.calls
    seat.waiting_until = None
    seat.silent = 0


def _removed(company: Company, event: Event, data: object) -> None:
    seat = company.seats[event.actor]
    seat.removed = True
    if seat.ended_by != "budget":
        seat.ended_by = "removed"


def _ended(company: Company, event: Event, data: object) -> None:
    company.ended = True


WRITERS: Final[dict[str, Callable[[Company, Event, Any], None]]] = {
    "seat.opened": _opened,
    "tool.called": _called,
    "tool.malformed": _called,
    "turn.empty": _empty,
    "seat.waited": _waited,
    "seat.finished": _finished,
    "seat.resumed": _resumed,
    "seat.counted": news.told,
    "seat.suspended": _suspended,
    "seat.restored": _restored,
    "seat.removed": _removed,
    "episode.ended": _ended,
}
