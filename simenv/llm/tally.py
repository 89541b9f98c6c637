"""What an episode's replies add up to: requests, tokens, money, who answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from simenv.llm.base import Purpose
from simenv.llm.data import Reply
from simenv.llm.recorded import Recorded

EXTRA: Final = frozenset({"say", "draft", "critique", "summary", "sample"})
"""Purposes whose tokens are extra: all but the one decision, plain or revised. Probes are counted apart."""


class Sum(Struct, frozen=True):
    """What some replies add up to.

    Attributes:
        requests: Requests that were answered.
        input: Tokens of requests, as the provider counted them.
        output: Tokens of replies.
        cached: Of ``input``, those read from the provider's cache.
        uncounted: Replies whose tokens the provider did not count; they are in no figure of tokens.
        cost: Price in US dollars; None as soon as that of one reply is not known.
    """

    requests: int = 0
    input: int = 0
    output: int = 0
    cached: int = 0
    uncounted: int = 0
    cost: float | None = 0.0

    def plus(self, reply: Reply) -> Sum:
        """Return the sum with one more reply."""
        usage = reply.usage
        return Sum(
            self.requests + 1,
            self.input + (usage.input if usage else 0),
            self.output + (usage.output if usage else 0),
            self.cached + (usage.cached if usage else 0),
            self.uncounted + (usage is None),
            None if self.cost is None or reply.cost is None else self.cost + reply.cost,
        )


class Tally(Struct, frozen=True):
    """What the replies of an episode add up to.

    Attributes:
        played: Everything that was asked to hold the seat.
        extra: Tokens of ``played``, in and out, that served another purpose than the plain decision (:data:`EXTRA`).
        probes: Questions from outside the company; in no other figure.
        served: Models that the provider says have answered, in order of appearance; probes left out.
        fingerprints: Fingerprints of the provider's system, in order of appearance; probes left out.
    """

    played: Sum = Sum()
    extra: int = 0
    probes: Sum = Sum()
    served: tuple[str, ...] = ()
    fingerprints: tuple[str, ...] = ()

    def plus(self, purpose: Purpose, reply: Reply) -> Tally:
        """Return the tally with one more reply."""
        if purpose == "probe":
            return replace(self, probes=self.probes.plus(reply))
        usage = reply.usage
        extra = usage.input + usage.output if usage and purpose in EXTRA else 0
        return Tally(
            self.played.plus(reply),
            self.extra + extra,
            self.probes,
            _with(self.served, reply.served),
            _with(self.fingerprints, reply.fingerprint),
        )


def tally(replies: Iterable[Recorded]) -> Tally:
    """Return what recorded replies add up to; requests without a reply count nowhere."""
    total = Tally()
    for entry in replies:
        if entry.reply is not None:
            total = total.plus(entry.purpose, entry.reply)
    return total


def _with(names: tuple[str, ...], name: str | None) -> tuple[str, ...]:
    return names if name is None or name in names else (*names, name)
