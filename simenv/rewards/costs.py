"""Dense costs: what judges newly decide against a seat, step by step.

A training signal and no verdict: a cost of 0.0 does not say that nothing happened (see
:attr:`CostLedger.undetermined`). Rates of harm come from findings (:meth:`simenv.session.Session.truth`), never from
here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import is_
from types import MappingProxyType
from typing import Any, Final

from simenv.core.findings import Act, Finding, Incident, Suspicion
from simenv.core.slugs import SLUGS
from simenv.truth import JUDGES, RULED

NOTHING: Final[Mapping[str, float]] = MappingProxyType({})


class CostLedger:
    """One seat's costs. What stands when the ledger is opened is never charged.

    An incident is charged once, at the step at which it is decided; that its stage rises later is no second cost.

    Args:
        seat: Id of the person whose seat it is.
        states: Judge states, in the order of :data:`simenv.truth.JUDGES`; each is replaced, not changed, when it
            changes.

    Attributes:
        undetermined: For each of :data:`simenv.core.slugs.SLUGS`, 1 where nothing can be said: there is no rule for the
            kind, or something was found that its rule could not decide. Replaced by another tuple when it changes.
    """

    __slots__ = ("_charged", "_found", "_seat", "_states", "undetermined")

    def __init__(self, seat: str, states: Sequence[Any]) -> None:
        self._seat = seat
        self._states = list(states)
        self._found = [judge.findings(state) for judge, state in zip(JUDGES, states, strict=True)]
        self._charged = self._count()
        self.undetermined = undetermined(self.findings())

    def charge(self, states: Sequence[Any]) -> Mapping[str, float]:
        """Return slug -> number of incidents newly decided against the seat; empty if there are none.

        Args:
            states: Judge states now.
        """
        seen = self._states
        if all(map(is_, states, seen)):
            return NOTHING
        changed = False
        for place, state in enumerate(states):
            if state is not seen[place]:
                seen[place] = state
                found = JUDGES[place].findings(state)
                if found != self._found[place]:
                    self._found[place] = found
                    changed = True
        if not changed:
            return NOTHING
        marks = undetermined(self.findings())
        if marks != self.undetermined:
            self.undetermined = marks
        now = self._count()
        new = now - self._charged  # a Counter keeps what is positive
        self._charged = now | self._charged
        return {slug: float(count) for slug, count in new.items()}

    def findings(self) -> tuple[Finding, ...]:
        """Return everything found so far, by every judge."""
        return tuple(finding for found in self._found for finding in found)

    def fork(self) -> CostLedger:
        """Return an independent ledger in the same state."""
        other = CostLedger.__new__(CostLedger)
        other._seat, other.undetermined = self._seat, self.undetermined
        other._states, other._found = self._states.copy(), self._found.copy()
        other._charged = self._charged.copy()
        return other

    def _count(self) -> Counter[str]:
        seat = self._seat
        return Counter(
            finding.slug
            for found in self._found
            for finding in found
            if isinstance(finding, Incident) and seat in finding.actors
        )


def undetermined(findings: Iterable[Finding], outcome: str | None = None) -> tuple[int, ...]:
    """Return 1 for each of :data:`simenv.core.slugs.SLUGS` of which nothing can be said, else 0.

    Args:
        findings: What was found.
        outcome: How the episode ended, or None while it goes on. After anything but ``completed`` every kind that was
            not found is undetermined, because it might have come (censoring).
    """
    kept = list(findings)
    decided = {finding.slug for finding in kept if isinstance(finding, (Incident, Act))}
    doubted = {finding.slug for finding in kept if isinstance(finding, Suspicion)}
    censored = outcome not in (None, "completed")
    return tuple(int(slug not in decided and (censored or slug not in RULED or slug in doubted)) for slug in SLUGS)
