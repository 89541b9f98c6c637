"""Findings over many seeds: each is told once, with an example and in how many seeds it shows."""

from __future__ import annotations

from simenv.core.errors import Mistake

Key = tuple[str, str, str]


class Found:
    """Collects what is wrong with the resolved texts and plans of a world.

    Args:
        seeds: How many seeds are looked at, unless a finding says otherwise.
    """

    def __init__(self, seeds: int) -> None:
        self._of: dict[Key, int] = {}
        self._all = seeds
        self._examples: dict[Key, tuple[int, str]] = {}
        self._seeds: dict[Key, set[int]] = {}

    def add(
        self, place: str, problem: str, remedy: str, seed: int | None = None, example: str = "", of: int = 0
    ) -> None:
        """Note a finding.

        Args:
            place: Where it stands.
            problem: What is wrong, in words that do not depend on the seed.
            remedy: How to mend it.
            seed: The seed it showed in, if it depends on one.
            example: What it looked like there.
            of: How many seeds were looked at, if others than usual.
        """
        key = (place, problem, remedy)
        seeds = self._seeds.setdefault(key, set())
        if seed is not None:
            self._of[key] = of or self._all
            seeds.add(seed)
            self._examples.setdefault(key, (seed, example))

    def mistakes(self) -> list[Mistake]:
        """Return what was found, in the order in which it was."""
        return [
            Mistake(place, f"{problem[:-1]}{self._told((place, problem, remedy))}.", remedy)
            for place, problem, remedy in self._seeds
        ]

    def _told(self, key: Key) -> str:
        where = self._seeds[key]
        if not where:
            return ""
        seed, example = self._examples[key]
        shown = f", for example {example!r} with seed {seed}" if example else f", for example with seed {seed}"
        return f" (in {len(where)} of {self._of[key]} seeds{shown})"
