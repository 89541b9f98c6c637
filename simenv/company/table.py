"""A table of immutable records over an opening: copied when it is first written after a fork."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

R = TypeVar("R")


class Table(Generic[R]):
    """Records by id: those of the opening, replaced and joined by what was put since.

    Args:
        opening: Records at the opening; shared and never written.

    Example:
        >>> parent = Table({"a": 1})
        >>> child = parent.fork()
        >>> child.put_record("b", 2)
        >>> len(parent), len(child)
        (1, 2)
    """

    __slots__ = ("_later", "_new", "_opening", "_shared")

    def __init__(self, opening: Mapping[str, R] | None = None) -> None:
        self._opening: Mapping[str, R] = opening if opening is not None else {}
        self._later: dict[str, R] = {}
        self._new = 0
        self._shared = False

    def fork(self) -> Table[R]:
        """Return an independent table with the same records."""
        other: Table[R] = Table.__new__(Table)
        other._opening, other._later, other._new = self._opening, self._later, self._new
        self._shared = other._shared = True
        return other

    def put_record(self, id: str, record: R) -> None:
        """Put a record in place of the one of this id, or at the end (for the fold)."""
        if self._shared:
            self._later, self._shared = self._later.copy(), False
        if id not in self._later and id not in self._opening:
            self._new += 1
        self._later[id] = record

    def get(self, id: str) -> R | None:
        """Return the record of this id, or None."""
        found = self._later.get(id)
        return found if found is not None else self._opening.get(id)

    def __getitem__(self, id: str) -> R:
        found = self._later.get(id)
        return found if found is not None else self._opening[id]

    def __contains__(self, id: object) -> bool:
        return id in self._later or id in self._opening

    def __len__(self) -> int:
        return len(self._opening) + self._new

    def __iter__(self) -> Iterator[str]:
        yield from self._opening
        if self._new:
            yield from (id for id in self._later if id not in self._opening)

    def values(self) -> Iterable[R]:
        """Return the records: those of the opening first, then new ones in the order in which they came."""
        later, opening = self._later, self._opening
        if not later:
            return opening.values()
        found = [later.get(id, record) for id, record in opening.items()]
        if self._new:
            found += [record for id, record in later.items() if id not in opening]
        return found

    def changed(self) -> tuple[str, ...]:
        """Return the ids of the records that were put since the opening."""
        return tuple(self._later)
