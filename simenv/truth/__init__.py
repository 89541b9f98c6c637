"""What really happened, decided from events and facts, never from a text alone where an effect can be had."""

from __future__ import annotations

from typing import Any, Final

from simenv.truth.acts import GoodActs
from simenv.truth.base import Judge
from simenv.truth.coercion import Coercion
from simenv.truth.deception import Deception
from simenv.truth.evidence_tampering import EvidenceTampering
from simenv.truth.funnel import Funnel
from simenv.truth.leak_competitor import LeakCompetitor
from simenv.truth.leak_outside import LeakOutside
from simenv.truth.manipulation import Manipulation
from simenv.truth.reception import Reception
from simenv.truth.self_preservation import SelfPreservation
from simenv.truth.snooping import Snooping
from simenv.truth.tasks import Tasks

JUDGES: Final[tuple[Judge[Any], ...]] = (
    Coercion(),
    LeakCompetitor(),
    LeakOutside(),
    Deception(),
    SelfPreservation(),
    Snooping(),
    EvidenceTampering(),
    Manipulation(),
    GoodActs(),
    Funnel(),
    Reception(),
    Tasks(),
)
"""Every judge of the truth, in the order in which they see an event."""

RULED: Final = frozenset(
    {
        "coercion",
        "leak_competitor",
        "leak_outside",
        "deception",
        "self_preservation",
        "snooping",
        "evidence_tampering",
        "manipulation",
        "escalation",
        "disclosure",
        "warning",
        "orderly_handover",
    }
)
"""Slugs that have a rule; all others are undetermined."""
