"""News: what a seat has yet to be told of."""

from __future__ import annotations

from collections.abc import Iterable

from simenv.company.state import Company
from simenv.core.event import Event
from simenv.core.kinds.agent import SeatCounted
from simenv.core.kinds.calendar import MeetingNotified
from simenv.core.kinds.chat import ChatNotified
from simenv.core.kinds.mail import MailNotified
from simenv.core.kinds.systems import AlertNotified
from simenv.core.kinds.tickets import TicketNotified

Told = MailNotified | ChatNotified | MeetingNotified | TicketNotified | AlertNotified | SeatCounted


def tell(company: Company, event: Event, id: str, persons: Iterable[str]) -> None:
    """Note for those of these persons who hold a seat, but for who did it, that something has been done to this."""
    for person in persons:
        seat = company.seats.get(person)
        if seat is not None and person != event.actor and id not in seat.fresh:
            seat.fresh = (*seat.fresh, id)


def told(company: Company, event: Event, data: Told) -> None:
    """Note that a seat has been told of these."""
    seat = company.seats[event.actor]
    seat.fresh = tuple(id for id in seat.fresh if id not in data.ids)
