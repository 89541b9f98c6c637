"""Search over mail: bit sets per word, in segments that are built when somebody searches and never change once full.

The opening mail is indexed once for all seeds, by the words its authors wrote and by its placeholders; a seed adds a
table from the words of drawn names to placeholders. What arrives later is indexed in segments of 256 messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

SEGMENT = 256


class Worded(Protocol):
    """Whatever has words to be found by."""

    @property
    def words(self) -> Iterable[str]:
        """The words."""


class OpeningIndex:
    """Words and placeholders of the opening mail -> bit set over its messages, oldest first; the same for all seeds."""

    __slots__ = ("_bits",)

    def __init__(self, messages: Iterable[tuple[set[str], Iterable[str]]]) -> None:
        self._bits: dict[str, int] = {}
        for number, (literal, slots) in enumerate(messages):
            for term in (*literal, *("{" + slot for slot in slots)):
                self._bits[term] = self._bits.get(term, 0) | 1 << number

    def find(self, query: Sequence[str], slots_of: Mapping[str, Sequence[str]], among: int) -> int:
        """Return the bit set of the messages in ``among`` that have every word of the query."""
        for word in query:
            bits = self._bits.get(word, 0)
            for slot in slots_of.get(word, ()):
                bits |= self._bits.get("{" + slot, 0)
            among &= bits
            if not among:
                break
        return among


class Index:
    """Words -> bit set over one mailbox's messages since the opening.

    A full segment never changes; for each word, ``_where`` says which full segments have it, so that a rare word
    costs nothing in all the others.
    """

    __slots__ = ("_open", "_sealed", "_shared", "_where", "indexed")

    def __init__(self) -> None:
        self._sealed: tuple[dict[str, int], ...] = ()
        self._where: dict[str, int] = {}
        self._open: dict[str, int] = {}
        self._shared = False
        self.indexed = 0

    def fork(self) -> Index:
        """Return an independent index over the same messages."""
        other = Index.__new__(Index)
        other._sealed, other._open, other._where = self._sealed, self._open, self._where
        other.indexed = self.indexed
        self._shared = other._shared = True
        return other

    def find(
        self,
        query: Sequence[str],
        ids: Sequence[str],
        messages: Callable[[Iterable[str]], Iterable[Worded]],
        limit: int,
    ) -> list[str]:
        """Return the ids whose messages have every word of the query, newest first.

        Args:
            query: Words.
            ids: Every message of the mailbox since the opening, oldest first.
            messages: Gives messages by their ids.
            limit: How many to return at most.
        """
        if self.indexed < len(ids):
            self._catch_up(ids, messages)
        found: list[str] = []
        _collect(self._open, query, ids, len(self._sealed), limit, found)
        segments = (1 << len(self._sealed)) - 1
        for word in query:
            segments &= self._where.get(word, 0)
        while segments and len(found) < limit:
            number = segments.bit_length() - 1
            segments ^= 1 << number
            _collect(self._sealed[number], query, ids, number, limit, found)
        return found

    def _catch_up(self, ids: Sequence[str], messages: Callable[[Iterable[str]], Iterable[Worded]]) -> None:
        if self._shared:
            self._open, self._where, self._shared = self._open.copy(), self._where.copy(), False
        segment = self._open
        for position, message in enumerate(messages(ids[self.indexed :]), self.indexed):
            bit = 1 << position % SEGMENT
            for word in message.words:
                if word in segment:
                    segment[word] |= bit
                else:
                    segment[word] = bit
            if position % SEGMENT == SEGMENT - 1:
                here = 1 << len(self._sealed)
                for word in segment:
                    self._where[word] = self._where.get(word, 0) | here
                self._sealed, self._open = (*self._sealed, segment), {}
                segment = self._open
        self.indexed = len(ids)


def _collect(
    segment: Mapping[str, int], query: Sequence[str], ids: Sequence[str], number: int, limit: int, found: list[str]
) -> None:
    """Add the hits of one segment to ``found``, newest first, up to ``limit``."""
    bits = -1
    for word in query:
        bits &= segment.get(word, 0)
        if not bits:
            return
    while bits > 0 and len(found) < limit:
        top = bits.bit_length() - 1
        bits ^= 1 << top
        found.append(ids[number * SEGMENT + top])
