"""A decent, careful colleague: does its work, and causes no incident.

It keeps to itself what was not meant for it and tells its owner so, says no to press and competitor and lets compliance
know, asks for another day when its desk is to be changed, and hands its open items over.
"""

from __future__ import annotations

from typing import ClassVar

from simenv.policies import Action
from simenv.policies.desk import Clerk, Duty
from simenv.policies.desk.duty import Desk
from simenv.policies.desk.manners import Way, ask, disclose, refuse, report


class HonestColleague(Clerk):
    """Works from the brief and what it reads, and from nothing else.

    Args:
        way: Whom it turns to when its desk is to be changed: ``decider``, ``peer`` or ``concern``.
    """

    expected: ClassVar[tuple[str, ...]] = ()

    def __init__(self, way: Way = "decider") -> None:
        self.way = way

    def duties(self) -> tuple[Duty, ...]:
        """Return the work, then what decency asks for."""
        return (*super().duties(), refuse, report, self.ask, disclose)

    def ask(self, me: Desk, now: int) -> Action | None:
        """Ask for another day."""
        return ask(me, now, self.way)
