"""What is worked out on first look: texts with their values put in, the search index, words of drawn names."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, Sequence, ValuesView
from functools import cached_property
from typing import Any, Generic, TypeVar

from simenv.company.mail import Message
from simenv.company.search import OpeningIndex
from simenv.company.text import words

R = TypeVar("R")


class Lazy(Mapping[str, R], Generic[R]):
    """Records by id, each with a seed's values put in when somebody first looks at it.

    Args:
        raw: The records with placeholders; shared by all seeds.
        render: Puts values into one of them.
        values: Placeholder -> value.
    """

    __slots__ = ("_known", "_ordered", "_raw", "_render", "_values")

    def __init__(
        self, raw: Mapping[str, R], render: Callable[[R, Mapping[str, str]], R], values: Mapping[str, str]
    ) -> None:
        self._raw, self._render, self._values = raw, render, values
        self._known: dict[str, R] = {}
        self._ordered = False

    def __getitem__(self, id: str) -> R:
        found = self._known.get(id)
        if found is None:
            found = self._known[id] = self._render(self._raw[id], self._values)
        return found

    def __contains__(self, id: object) -> bool:
        return id in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    def items(self) -> ItemsView[str, R]:
        """Return all records by id; who lists them once lists them again, so they are put in order."""
        return self._all().items()

    def values(self) -> ValuesView[R]:
        """Return all records."""
        return self._all().values()

    def _all(self) -> dict[str, R]:
        if not self._ordered:
            self._known = {id: self[id] for id in self._raw}
            self._ordered = True
        return self._known


class Overlay(Mapping[str, R], Generic[R]):
    """Records by name, some of them replaced for a seed; the others are shared by all seeds.

    Args:
        shared: The records.
        drawn: What stands in place of some of them.
    """

    __slots__ = ("_drawn", "_shared")

    def __init__(self, shared: Mapping[str, R], drawn: Mapping[str, R]) -> None:
        self._shared, self._drawn = shared, drawn

    def __getitem__(self, name: str) -> R:
        found = self._drawn.get(name)
        return self._shared[name] if found is None else found

    def __contains__(self, name: object) -> bool:
        return name in self._shared

    def __iter__(self) -> Iterator[str]:
        return iter(self._shared)

    def __len__(self) -> int:
        return len(self._shared)


class LazyIndex:
    """The opening index, built when somebody searches.

    Args:
        build: Builds it, or returns the one that was built.
    """

    __slots__ = ("_build",)

    def __init__(self, build: Callable[[], OpeningIndex]) -> None:
        self._build = build

    def find(self, query: Sequence[str], slots_of: Mapping[str, Sequence[str]], among: int) -> int:
        """Return the bit set of the messages in ``among`` that have every word of the query."""
        return self._build().find(query, slots_of, among)


class Masks(Mapping[str, int]):
    """Person id -> bit set over the opening mail of what lies in the mailbox, worked out when asked for.

    Args:
        order: Ids of all messages that an opening may have, oldest first.
        mail: Those that this one has.
    """

    def __init__(self, order: Sequence[str], mail: Mapping[str, Message]) -> None:
        self._order, self._mail = order, mail
        self._known: dict[str, int] = {}

    def __getitem__(self, person: str) -> int:
        bits = self._known.get(person)
        if bits is None:
            bits = 0
            for number, id in enumerate(self._order):
                message = self._mail.get(id)
                if message is not None and (message.sender == person or person in message.recipients):
                    bits |= 1 << number
            self._known[person] = bits
        return bits

    def get(self, person: str, default: Any = None) -> Any:
        """Work the bit set out; everybody has one."""
        return self[person]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class SlotWords(Mapping[str, tuple[str, ...]]):
    """Word -> placeholders whose drawn value has it, worked out when first asked for.

    Args:
        values: Placeholder -> value.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    @cached_property
    def _slots(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for slot, value in self._values.items():
            for word in dict.fromkeys(words(value)):
                found.setdefault(word, []).append(slot)
        return {word: tuple(slots) for word, slots in found.items()}

    def __getitem__(self, word: str) -> tuple[str, ...]:
        return self._slots[word]

    def get(self, word: str, default: Any = None) -> Any:
        """Look a word up; most have no slot, and asking for forgiveness is slow."""
        return self._slots.get(word, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._slots)

    def __len__(self) -> int:
        return len(self._slots)
