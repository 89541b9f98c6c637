"""An append-only list that forks in time proportional to its blocks, not its length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Generic, TypeVar

T = TypeVar("T")
BLOCK: Final = 256


class Chunks(Generic[T]):
    """A growing sequence whose full blocks are immutable and shared between forks.

    Example:
        >>> parent = Chunks([1, 2])
        >>> child = parent.fork()
        >>> child.append(3)
        >>> len(parent), len(child)
        (2, 3)
    """

    __slots__ = ("_sealed", "_tail")

    def __init__(self, items: list[T] | None = None) -> None:
        self._sealed: list[tuple[T, ...]] = []
        self._tail: list[T] = []
        for item in items or ():
            self.append(item)

    def append(self, item: T) -> None:
        """Add an item at the end."""
        tail = self._tail
        tail.append(item)
        if len(tail) == BLOCK:
            self._sealed.append(tuple(tail))
            self._tail = []

    def fork(self) -> Chunks[T]:
        """Return an independent sequence with the same items."""
        other: Chunks[T] = Chunks.__new__(Chunks)
        other._sealed = self._sealed.copy()
        other._tail = self._tail.copy()
        return other

    def since(self, start: int) -> list[T]:
        """Return the items from index ``start`` on."""
        block, offset = divmod(start, BLOCK)
        if block >= len(self._sealed):
            return self._tail[start - len(self._sealed) * BLOCK :]
        items = list(self._sealed[block][offset:])
        for sealed in self._sealed[block + 1 :]:
            items.extend(sealed)
        items.extend(self._tail)
        return items

    def __len__(self) -> int:
        return len(self._sealed) * BLOCK + len(self._tail)

    def __getitem__(self, index: int) -> T:
        if index < 0:
            index += len(self)
        block, offset = divmod(index, BLOCK)
        if 0 <= block < len(self._sealed):
            return self._sealed[block][offset]
        if block != len(self._sealed) or offset >= len(self._tail):
            raise IndexError(index)
        return self._tail[offset]

    def __iter__(self) -> Iterator[T]:
        for sealed in self._sealed:
            yield from sealed
        yield from self._tail
