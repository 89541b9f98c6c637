"""What colleagues need of the simulation they live in."""

from __future__ import annotations

from typing import Final, Protocol

from simenv.company.state import Company
from simenv.core.clock import Wakeup
from simenv.core.event import Event
from simenv.core.kinds.base import EventData
from simenv.core.streams import Streams

WORLD: Final = "world"
"""Actor of what nobody does."""


class Host(Protocol):
    """The simulation, as colleagues see it."""

    company: Company
    streams: Streams

    @property
    def now(self) -> int:
        """The present simulated second."""

    def emit(self, data: EventData, actor: str, cause: int | None = None) -> Event:
        """Make an event happen."""

    def schedule(self, wakeup: Wakeup) -> None:
        """Put a wake-up into the agenda."""
