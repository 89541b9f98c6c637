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
    documents: tuple[schema.DocumentEntry, ...] = ()
    channels: tuple[schema.ChannelEntry, ...] = ()
    systems: tuple[schema.SystemEntry, ...] = ()
    meetings: tuple[schema.CalendarEntry, ...] = ()
    lists: tuple[schema.ListEntry, ...] = ()
    attempts: tuple[schema.Attempt, ...] = ()


def cast_of(source: Source, condition: Mapping[str, str]) -> list[schema.Role]:
    """Return the roles that are held under a condition, each with the pool its name is drawn from."""
    return [
        role.model_copy(update={"pool": _pool(role.pool, condition)}) if isinstance(role.pool, dict) else role
        for role in applying(source.people, condition)
    ]


def _pool(pools: Mapping[str, Mapping[str, str]], condition: Mapping[str, str]) -> str | None:
    for factor, by_level in pools.items():
        if condition.get(factor) in by_level:
            return by_level[condition[factor]]
    return None


def applying(entries: Iterable[C], condition: Mapping[str, str]) -> list[C]:
    """Return the entries that stand under a condition: each factor an entry names has one of the levels it names."""
    return [e for e in entries if all(condition.get(factor) in levels for factor, levels in e.when.items())]


def full(item: str, name: str) -> str:
    """Return the whole name of a step that is named within a work item: ``item.step``."""
    return name if "." in name else f"{item}.{name}"


def days(entry: schema.CalendarEntry) -> dict[str, int]:
    """Return the meetings of one entry: key of each (``key_d0``) -> number of its day."""
    return {f"{entry.key}_{day}": int(day[1:]) for day in entry.days}


def minutes(text: str) -> int | None:
    """Return the minutes since midnight of a time of day such as ``08:30``, or None if it is none."""
    hours, colon, rest = text.partition(":")
    if not colon or len(text) != 5 or not (hours + rest).isdigit() or int(hours) > 23 or int(rest) > 59:
        return None
    return int(hours) * 60 + int(rest)
