"""Chance and identity: stateless draws keyed by what they are for (DESIGN, Randomness and identity).

A draw depends on the seed, its purpose, the person and a key (a day, a work step, a causing message) and on nothing
that happened before it. So what happens anyway does not depend on what an agent did, and two branches of a fork see the
same weather. No float enters: choices use integer weights, delays integer quantile tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")
_SEPARATOR = "\x1f"
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [high + low for high in _BASE32 for low in _BASE32]
"""Two base32 digits for each number of ten bits; 40 bits are four of them."""


class Streams:
    """Keyed draws from one root seed.

    Args:
        seed: The episode's root seed, any non-negative integer below 2**64.
    """

    __slots__ = ("_key", "seed")

    def __init__(self, seed: int) -> None:
        if not 0 <= seed < 2**64:
            raise ValueError(f"seed must be an integer in [0, 2**64), not {seed}")
        self.seed = seed
        self._key = seed.to_bytes(8, "little")

    def u64(self, purpose: str, person: str, key: str) -> int:
        """Return a uniform integer in [0, 2**64) for this purpose, person and key."""
        text = f"{purpose}{_SEPARATOR}{person}{_SEPARATOR}{key}"
        return int.from_bytes(blake2b(text.encode(), digest_size=8, key=self._key).digest(), "little")

    def below(self, bound: int, purpose: str, person: str, key: str) -> int:
        """Return an integer in [0, bound)."""
        return (self.u64(purpose, person, key) * bound) >> 64

    def choose(self, options: Sequence[T], purpose: str, person: str, key: str) -> T:
        """Return one of the options, each equally likely."""
        return options[self.below(len(options), purpose, person, key)]

    def delay(self, quantiles: Sequence[int], purpose: str, person: str, key: str) -> int:
        """Return a delay in seconds from an integer quantile table, linear between its entries.

        Args:
            quantiles: Delays at evenly spaced probabilities, ascending, at least two.
            purpose: What the delay is for.
            person: Whose delay it is.
            key: What it answers to.
        """
        steps = len(quantiles) - 1
        position = self.u64(purpose, person, key) >> 32  # 32 bits of position over the whole table
        index, fraction = divmod(position * steps, 1 << 32)
        low, high = quantiles[index], quantiles[index + 1]
        return low + ((high - low) * fraction >> 32)

    def make_id(self, kind: str, author: str, key: str) -> str:
        """Return an id made in the course of the episode: stable between branches, silent about counts."""
        return kind + "-" + _digest32(self._key, author, key)


def world_id(kind: str, world: str, author: str, key: str) -> str:
    """Return an id for something that stands in a world's opening state, the same in every episode."""
    return kind + "-" + _digest32(world.encode()[:64], author, key)


def _digest32(salt: bytes, author: str, key: str) -> str:
    raw = blake2b(f"{author}{_SEPARATOR}{key}".encode(), digest_size=5, key=salt).digest()
    bits, pairs = int.from_bytes(raw, "big"), _PAIRS
    return pairs[bits >> 30] + pairs[bits >> 20 & 1023] + pairs[bits >> 10 & 1023] + pairs[bits & 1023]
