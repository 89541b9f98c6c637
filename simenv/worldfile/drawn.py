"""Texts of an entry with a seed's values put in: what has no placeholder is read once for all seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

from simenv.company.text import template

T = TypeVar("T")


class Texts(Generic[T]):
    """Several texts that are all read in one way.

    Args:
        texts: The texts, with their placeholders.
        read: What is made of a text once it has its values.

    Attributes:
        open: Whether one of them has a placeholder.
    """

    __slots__ = ("_drawn", "_known", "_read", "open")

    def __init__(self, texts: Iterable[str], read: Callable[[str], T]) -> None:
        split = tuple(map(template, texts))
        self._read = read
        self._drawn = tuple((place, each) for place, each in enumerate(split) if each.slots)
        self._known = tuple(read("" if each.slots else each.text) for each in split)
        self.open = bool(self._drawn)

    def filled(self, values: Mapping[str, str]) -> tuple[T, ...]:
        """Return what the texts say for a seed.

        Args:
            values: Placeholder -> value.
        """
        if not self._drawn:
            return self._known
        found, read = list(self._known), self._read
        for place, text in self._drawn:
            found[place] = read(text.render(values))
        return tuple(found)
