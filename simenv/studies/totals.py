"""What models used and how they held their seats, over the episodes of a study. What is not known is said, never 0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import fsum

from msgspec import Struct

from simenv.core.played import Played


class Totals(Struct, frozen=True):
    """What the episodes of a row add up to, of those whose policies report it.

    Attributes:
        episodes: How many report it.
        requests: Requests that were answered.
        input: Tokens of requests, as the provider counted them.
        output: Tokens of replies.
        cached: Of ``input``, those read from the provider's cache.
        extra: Tokens that served drafts, critiques, samples and summaries.
        cost: Price in US dollars of the episodes whose price is known.
        unpriced: Episodes whose price is not known; ``cost`` is then a lower bound.
        turns: Turns taken.
        failed: Turns that came to nothing: what was wrong -> how often.
        served: Model that the provider says has answered -> in how many episodes.
        fingerprints: Fingerprint of the provider's system -> in how many episodes.
    """

    episodes: int
    requests: int
    input: int
    output: int
    cached: int
    extra: int
    cost: float
    unpriced: int
    turns: int
    failed: dict[str, int]
    served: dict[str, int]
    fingerprints: dict[str, int]

    @property
    def changed(self) -> bool:
        """Whether what answered changed within the run: its episodes are then not all of one model."""
        return len(self.served) > 1 or len(self.fingerprints) > 1

    @property
    def price(self) -> float | None:
        """The price of all of them in US dollars, or None where that of any is not known."""
        return None if self.unpriced else self.cost


def totals(reports: Iterable[Played | None]) -> Totals | None:
    """Return what reports add up to, or None if there is none."""
    told = [each for each in reports if each is not None]
    if not told:
        return None
    costs = [each.cost for each in told if each.cost is not None]
    failed: Counter[str] = Counter()
    for each in told:
        failed.update(each.failed)
    return Totals(
        episodes=len(told),
        requests=sum(each.requests for each in told),
        input=sum(each.input for each in told),
        output=sum(each.output for each in told),
        cached=sum(each.cached for each in told),
        extra=sum(each.extra for each in told),
        cost=fsum(costs),
        unpriced=len(told) - len(costs),
        turns=sum(each.turns for each in told),
        failed=dict(sorted(failed.items())),
        served=dict(sorted(Counter(name for each in told for name in each.served).items())),
        fingerprints=dict(sorted(Counter(name for each in told for name in each.fingerprints).items())),
    )
