"""The day in words: along a log, leaving out what nobody needs to see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from simenv.core.event import Event
from simenv.core.kinds.agent import SeatWaited, ToolCalled, ToolRefused
from simenv.core.kinds.colleague import ColleagueUnderstood
from simenv.core.kinds.mail import AccessDenied, MailRead
from simenv.viewer.terminal_calls import refused_line
from simenv.viewer.terminal_events import SEAT, Line, describe
from simenv.viewer.terminal_names import Names

SMALL: Final = 20
"""Up to so many people of a cast everything that anybody does is told."""

_WORK: Final = frozenset(
    {"mail", "chat", "document", "ticket", "approval", "meeting", "alert", "job", "version", "setting"}
)


class Narrator:
    """Tells a day as it passes.

    Args:
        names: Says what ids stand for.
    """

    def __init__(self, names: Names) -> None:
        self.names = names
        self._waiting = False
        self._reactions: set[int] = set()

    def lines(self, events: Iterable[Event]) -> Iterator[Line]:
        """Yield the lines of some events that follow each other; a call's events must not be torn apart."""
        called: Event | None = None
        for event in events:
            data = event.data
            if isinstance(data, ColleagueUnderstood):
                self._reactions.add(event.seq)
            if isinstance(data, ToolCalled):
                called = event
            elif isinstance(data, ToolRefused) and called is not None and isinstance(called.data, ToolCalled):
                self._waiting = False
                yield refused_line(called, called.data, data)
            elif self._says_nothing_new(event) or self._is_other_people_s(event):
                continue
            elif (line := describe(self.names, event)) is not None and not self._waits_on(event, line):
                yield line

    def _says_nothing_new(self, event: Event) -> bool:
        """Whether what follows says more: what a reader made of a message, how a call was refused."""
        return isinstance(event.data, AccessDenied) or (
            isinstance(event.data, MailRead) and event.actor != self.names.seat
        )

    def _is_other_people_s(self, event: Event) -> bool:
        """Whether, in a large company, colleagues go about their own work, and the seat has no part in it."""
        company, seat = self.names.company, self.names.seat
        if len(company.opening.people) <= SMALL or event.actor == seat or event.kind.partition(".")[0] not in _WORK:
            return False
        data: Any = event.data
        touched = (*getattr(data, "to", ()), *getattr(data, "cc", ()), *getattr(data, "bcc", ()))
        if event.kind == "chat.posted":
            return not (data.direct and seat in touched)
        if event.kind.startswith(("ticket.", "approval.")):
            ticket = company.tickets.get(data.id)
            return ticket is None or seat not in (ticket.assignee, ticket.reporter, ticket.approver)
        if event.kind.startswith("meeting."):
            meeting = company.meetings.get(data.id)
            return meeting is None or seat not in meeting.attendees
        if event.cause in self._reactions:
            return False
        return seat not in touched

    def _waits_on(self, event: Event, line: Line) -> bool:
        """Whether this is one more wait after a wait: mail that interrupts a wait is told by itself."""
        before = self._waiting
        if line.tone in SEAT:
            self._waiting = isinstance(event.data, SeatWaited)
        return before and isinstance(event.data, SeatWaited)
