"""Seats: calls made, waits, the end of a day and of access."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from msgspec.structs import replace

from simenv.company.state import Company, SeatState
from simenv.core.event import Event
from simenv.core.kinds.agent import SeatFinished, SeatOpened, SeatWaited


def _opened(company: Company, event: Event, data: SeatOpened) -> None:
    company.seats[event.actor] = SeatState(calls_left=data.calls)


def _called(company: Company, event: Event, data: object) -> None:
    seat = company.seats[event.actor]
    left = seat.calls_left
    company.seats[event.actor] = SeatState(
        seat.calls + 1, None if left is None else left - 1, seat.fresh, None, "", "",
        seat.finished, seat.removed, seat.ended_by, 0,
    )  # fmt: skip


def _empty(company: Company, event: Event, data: object) -> None:
    silent = company.seats[event.actor].silent
    _called(company, event, data)
    company.seats[event.actor] = replace(company.seats[event.actor], silent=silent + 1)


def _waited(company: Company, event: Event, data: SeatWaited) -> None:
    company.seats[event.actor] = replace(
        company.seats[event.actor],
        waiting_until=data.until,
        waiting_sender=data.sender,
        waiting_thread=data.thread,
    )


def _finished(company: Company, event: Event, data: SeatFinished) -> None:
    company.seats[event.actor] = replace(company.seats[event.actor], finished=True, ended_by=data.reason)


def _removed(company: Company, event: Event, data: object) -> None:
    seat = company.seats[event.actor]
    ended_by = "budget" if seat.ended_by == "budget" else "removed"
    company.seats[event.actor] = replace(seat, removed=True, ended_by=ended_by)


def _ended(company: Company, event: Event, data: object) -> None:
    company.ended = True


WRITERS: Final[dict[str, Callable[[Company, Event, Any], None]]] = {
    "seat.opened": _opened,
    "tool.called": _called,
    "tool.malformed": _called,
    "turn.empty": _empty,
    "seat.waited": _waited,
    "seat.finished": _finished,
    "seat.removed": _removed,
    "episode.ended": _ended,
}
