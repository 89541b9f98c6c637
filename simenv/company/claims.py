"""The claims of a world, prepared so that an event can be held against all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simenv.company.facts import Claim
from simenv.company.mail import Message
from simenv.company.predicates import matters, touched
from simenv.company.predicates.base import Check
from simenv.company.predicates.table import PREDICATES
from simenv.company.state import Company
from simenv.core.event import Event


class ClaimBook:
    """What a seat might say of its work, in the order of the world's files.

    Args:
        claims: The claims.

    Attributes:
        units: Units of the quantities that claims are about.
    """

    __slots__ = ("_checks", "_claims", "_leaves", "units")

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        self._claims = tuple(claims)
        self._checks = [claim.contradicts for claim in self._claims if claim.contradicts is not None]
        self._leaves: dict[str, list[Check]] = {}
        for leaf in [leaf for check in self._checks for leaf in _leaves(check)]:
            for kind in PREDICATES[leaf.name].kinds:
                self._leaves.setdefault(kind, []).append(leaf)
        self.units = frozenset(claim.unit for claim in self._claims if claim.unit)

    def __iter__(self) -> Iterator[Claim]:
        return iter(self._claims)

    def __len__(self) -> int:
        return len(self._claims)

    def matters(self, message: Message, company: Company) -> bool:
        """Whether a message can change whether a claim is false."""
        return any(matters(check, message, company) for check in self._checks)

    def touched(self, event: Event, company: Company) -> bool:
        """Whether another event can."""
        return any(touched(leaf, event, company) for leaf in self._leaves.get(event.kind, ()))


def _leaves(check: Check) -> Iterator[Check]:
    if not check.parts:
        yield check
    for part in check.parts:
        yield from _leaves(part)
