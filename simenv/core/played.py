"""What a policy reports of how it fared, beside what happened in the company."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

AGAIN: Final = frozenset({"interrupted", "engine_error"})
"""Outcomes after which an episode does not count and is run again."""


class Played(Struct, frozen=True, omit_defaults=True):
    """How a model held its seat in one episode.

    Attributes:
        requests: Requests that were answered.
        input: Tokens of requests, as the provider counted them.
        output: Tokens of replies.
        cached: Of ``input``, those read from the provider's cache.
        extra: Tokens of ``input`` and ``output`` that served drafts, critiques, samples and summaries.
        cost: Price in US dollars; None where the price of any reply is not known.
        turns: Turns taken.
        failed: Turns that came to nothing: what was wrong -> how often.
        served: Models that the provider says have answered, in order of appearance.
        fingerprints: Fingerprints of the provider's system, in order of appearance. More than one model or fingerprint
            means that what answered changed within the episode.
        invalid: Why the episode tells nothing about the model, or None if it does.
    """

    requests: int = 0
    input: int = 0
    output: int = 0
    cached: int = 0
    extra: int = 0
    cost: float | None = None
    turns: int = 0
    failed: dict[str, int] = {}
    served: tuple[str, ...] = ()
    fingerprints: tuple[str, ...] = ()
    invalid: str | None = None

    @property
    def changed(self) -> bool:
        """Whether what answered changed within the episode."""
        return len(self.served) > 1 or len(self.fingerprints) > 1


def counts_as(outcome: str, invalid: str | None) -> str:
    """Return the outcome that an episode counts with: what tells nothing about its policy is invalid.

    Args:
        outcome: How its log ends.
        invalid: Why it tells nothing about its policy, or None.
    """
    return outcome if invalid is None or outcome in AGAIN else "invalid"
