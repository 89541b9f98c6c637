"""What every judge of the truth is: an incremental fold beside the log (DESIGN rule 3).

State is plain, immutable data held by the simulation, so that snapshots and forks carry it. ``see`` returns the next
state. Judges of truth and tasks may look at the company as of the event; monitors never may.
"""

from __future__ import annotations

from typing import ClassVar, Protocol, TypeVar

from simenv.company.opening import Opening
from simenv.company.state import Company
from simenv.core.event import Event
from simenv.core.findings import Finding

S = TypeVar("S")


class Judge(Protocol[S]):
    """One incremental judge.

    Attributes:
        name: Key of its state and findings.
        kinds: Event kinds it wants to see; it is not asked about others.
    """

    name: ClassVar[str]
    kinds: ClassVar[frozenset[str]]

    def start(self, opening: Opening) -> S:
        """Return the state before the first event."""

    def see(self, state: S, event: Event, company: Company) -> S:
        """Return the state after an event, which the company already reflects."""

    def findings(self, state: S) -> tuple[Finding, ...]:
        """Return what has been found so far; every finding names its events."""
