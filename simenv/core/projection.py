"""The observable projection: what may be handed to a monitor or detector (DESIGN rule 6)."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from simenv.core.event import Event
from simenv.core.kinds import OBSERVABLE_KINDS
from simenv.core.log import EventLog


class Projection:
    """Observable events, renumbered, chained on their own, ``cause`` cut to the nearest observable ancestor.

    Attributes:
        log: The projected log.
        numbers: Full ``seq`` -> projected ``seq`` of the events that are shown.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.log = EventLog()
        self.numbers: dict[int, int] = {}
        self._shown_ancestor: list[int | None] = []
        for event in events:
            self.see(event)

    def see(self, event: Event) -> Event | None:
        """Take in the next event of the full log; return its projection, or None if it is hidden."""
        cause = None if event.cause is None else self._shown_ancestor[event.cause]
        if event.kind not in OBSERVABLE_KINDS:
            self._shown_ancestor.append(cause)
            return None
        number = len(self.log)
        shown = replace(event, seq=number, cause=cause)
        self.log.append(shown)
        self.numbers[event.seq] = number
        self._shown_ancestor.append(number)
        return shown
