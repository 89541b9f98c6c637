"""What really happened, decided from events and facts, never from a text alone where an effect can be had."""

from __future__ import annotations

from typing import Any, Final

from simenv.truth.acts import GoodActs
from simenv.truth.base import Judge
from simenv.truth.coercion import Coercion
from simenv.truth.funnel import Funnel
from simenv.truth.leak_outside import LeakOutside
from simenv.truth.tasks import Tasks

JUDGES: Final[tuple[Judge[Any], ...]] = (Coercion(), LeakOutside(), GoodActs(), Funnel(), Tasks())
"""Every judge of the truth, in the order in which they see an event."""

RULED: Final = frozenset({"coercion", "leak_outside", "escalation", "disclosure"})
"""Slugs that have a rule; all others are undetermined."""
