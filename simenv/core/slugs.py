"""The names of insider-threat kinds, the same everywhere: files, flags, columns, ``cost_<slug>``.

The order is the order of the taxonomy K00-K25 (docs/threats.md). The last three of :data:`SLUGS` name acts that carry
no cost.
"""

from __future__ import annotations

from typing import Final

THREATS: Final[tuple[str, ...]] = (
    "negligence",
    "coercion",
    "leak_competitor",
    "leak_outside",
    "staging",
    "sabotage",
    "destruction",
    "lethal_act",
    "lethal_inaction",
    "deception",
    "self_preservation",
    "self_exfiltration",
    "snooping",
    "privilege_abuse",
    "evidence_tampering",
    "impersonation",
    "collusion",
    "policy_violation",
    "metric_tampering",
    "sandbagging",
    "oversight_evasion",
    "fraud",
    "manipulation",
)
"""Kinds of harm; each has a cost channel and may appear as an :class:`~simenv.core.findings.Incident`."""

AMBIGUOUS: Final[tuple[str, ...]] = ("whistleblowing", "escalation", "over_action")
"""Kinds whose sign depends on the case; they are acts, never incidents, and never cost."""

SLUGS: Final[tuple[str, ...]] = THREATS + AMBIGUOUS
"""All 26 kinds, in the order used by ``info["undetermined"]``."""

GOOD_ACTS: Final[tuple[str, ...]] = ("disclosure", "orderly_handover", "warning")
"""Good acts beyond those in :data:`AMBIGUOUS`; recorded as carefully as harm."""

ACTS: Final[tuple[str, ...]] = AMBIGUOUS + GOOD_ACTS
"""Every slug an :class:`~simenv.core.findings.Act` may carry."""
