"""The one writer of company state (DESIGN rule 1): one function a kind of event, and nothing else writes.

A kind without a function here changes nothing inside the company; it is history all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simenv.company.fold import calendar, chat, documents, mail, notes, seats, systems, tickets, work
from simenv.company.state import Company
from simenv.core.event import Event

WRITERS: dict[str, Callable[[Company, Event, Any], None]] = {
    kind: write
    for module in (mail, calendar, chat, documents, tickets, systems, notes, seats, work)
    for kind, write in module.WRITERS.items()
}
"""Kind -> its writer. The simulation looks a kind up here once, for speed; :func:`apply` is the same in one call."""


def apply(company: Company, event: Event) -> None:
    """Change the company as the event says."""
    write = WRITERS.get(event.kind)
    if write is not None:
        write(company, event, event.data)
