"""The day in words: along a log, leaving out what nobody needs to see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simenv.core.event import Event
from simenv.core.kinds.agent import SeatWaited, ToolCalled, ToolRefused
from simenv.core.kinds.mail import AccessDenied, MailRead
from simenv.viewer.terminal_calls import refused_line
from simenv.viewer.terminal_events import SEAT, Line, describe
from simenv.viewer.terminal_names import Names


class Narrator:
    """Tells a day as it passes.

    Args:
        names: Says what ids stand for.
    """

    def __init__(self, names: Names) -> None:
        self.names = names
        self._waiting = False

    def lines(self, events: Iterable[Event]) -> Iterator[Line]:
        """Yield the lines of some events that follow each other; a call's events must not be torn apart."""
        called: Event | None = None
        for event in events:
            data = event.data
            if isinstance(data, ToolCalled):
                called = event
            elif isinstance(data, ToolRefused) and called is not None and isinstance(called.data, ToolCalled):
                self._waiting = False
                yield refused_line(called, called.data, data)
            elif self._says_nothing_new(event):
                continue
            elif (line := describe(self.names, event)) is not None and not self._waits_on(event, line):
                yield line

    def _says_nothing_new(self, event: Event) -> bool:
        """Whether what follows says more: what a reader made of a message, how a call was refused."""
        return isinstance(event.data, AccessDenied) or (
            isinstance(event.data, MailRead) and event.actor != self.names.seat
        )

    def _waits_on(self, event: Event, line: Line) -> bool:
        """Whether this is one more wait after a wait: mail that interrupts a wait is told by itself."""
        before = self._waiting
        if line.tone in SEAT:
            self._waiting = isinstance(event.data, SeatWaited)
        return before and isinstance(event.data, SeatWaited)
