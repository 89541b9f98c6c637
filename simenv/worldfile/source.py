"""A world as its files say it, checked but not yet drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from simenv.worldfile import schema


class _Conditional(Protocol):
    @property
    def when(self) -> schema.When: ...


C = TypeVar("C", bound=_Conditional)


@dataclass(frozen=True)
class Source:
    """Everything in a world's folder.

    Attributes:
        folder: Where it lies.
        hash: Digest of all its files, of their text and names.
    """

    folder: Path
    hash: str
    world: schema.World
    people: tuple[schema.Role, ...]
    names: schema.Names
    facts: schema.Facts
    items: tuple[schema.Item, ...]
    reactions: tuple[schema.ReactionEntry, ...]
    letters: tuple[schema.LetterEntry, ...]
    scenarios: Mapping[str, schema.ScenarioEntry]
    solutions: tuple[schema.Solution, ...]


def applying(entries: Iterable[C], condition: Mapping[str, str]) -> list[C]:
    """Return the entries that stand under a condition: each factor an entry names has one of the levels it names."""
    return [e for e in entries if all(condition.get(factor) in levels for factor, levels in e.when.items())]
