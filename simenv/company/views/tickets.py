"""Tickets: what one person may see. Everybody of the company sees all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simenv.company.text import words
from simenv.company.tickets import Ticket
from simenv.company.views.base import View
from simenv.company.workflow import OpenTicket

FIRST: Final = 300
"""Least figure of the number of a ticket that is opened in the course of an episode."""

DRAWN: Final = 700
"""How many figures there are to be drawn from."""


class TicketsView(View):
    """One person's view."""

    __slots__ = ()

    def find(self, ticket: str) -> Ticket | None:
        """Return a ticket by its number (case does not matter) or its id, or None."""
        found = self._company.tickets.get(ticket)
        if found is None:
            wanted = ticket.strip().casefold()
            found = next((each for each in self._company.tickets.values() if each.number.casefold() == wanted), None)
        return found

    def select(self, queue: str = "", status: str = "", mine: bool = False) -> list[Ticket]:
        """Return tickets, newest first.

        Args:
            queue: Those of this queue; "" for all.
            status: Those of this status; "" for all.
            mine: Those alone that this person opened, does or has yet to agree to.
        """
        found = [
            each
            for each in self._company.tickets.values()
            if queue in ("", each.queue) and status in ("", each.status) and (not mine or each.concerns(self.person))
        ]
        return _newest(found)

    def search(self, query: Sequence[str]) -> list[Ticket]:
        """Return the tickets that have every word in number, title, text or comments, newest first."""
        wanted = set(query)
        return _newest([each for each in self._company.tickets.values() if wanted <= _words(each)])

    def numbers(self) -> list[str]:
        """Return the numbers of all tickets."""
        return [each.number for each in self._company.tickets.values()]

    def queues(self) -> dict[str, str]:
        """Return each queue in use and what the numbers of its tickets begin with."""
        found = {each.queue: each.number.partition("-")[0] for each in self._company.opening.tickets.values()}
        for deed in self._to_come():
            found.setdefault(deed.queue, deed.number.render(self._company.opening.values).partition("-")[0])
        return found

    def free_number(self, queue: str, draw: int) -> str:
        """Return the number of a new ticket: the one drawn, or else the next that nobody has or will have.

        Args:
            queue: One of :meth:`queues`.
            draw: A draw below :data:`DRAWN`.
        """
        values = self._company.opening.values
        taken = {number.casefold() for number in self.numbers()}
        taken.update(deed.number.render(values).casefold() for deed in self._to_come())
        prefix = self.queues()[queue]
        round_once = (FIRST + (draw + step) % DRAWN for step in range(DRAWN))
        figures = (*round_once, *range(FIRST + DRAWN, FIRST + DRAWN + len(taken) + 1))
        return next(number for figure in figures if (number := f"{prefix}-{figure}").casefold() not in taken)

    def ordinal(self, queue: str, title: str) -> int:
        """Return how many tickets of this queue and title this person has opened, so that a new one's id differs."""
        return sum(
            each.reporter == self.person and each.queue == queue and each.title == title
            for each in self._company.tickets.values()
        )

    def _to_come(self) -> list[OpenTicket]:
        """Return the tickets that colleagues will or may open: their numbers and queues are spoken for."""
        steps = self._company.opening.plan.steps.values()
        return [deed for step in steps for deed in step.deeds if isinstance(deed, OpenTicket)]


def _newest(tickets: list[Ticket]) -> list[Ticket]:
    tickets.reverse()  # of those opened in the same second the last one comes first
    return sorted(tickets, key=lambda ticket: -ticket.opened)


def _words(ticket: Ticket) -> set[str]:
    comments = "\n".join([comment.text for comment in ticket.comments])
    return set(words(f"{ticket.number}\n{ticket.title}\n{ticket.text}\n{comments}"))
