"""The log of an episode: append-only, encoded once, chained by hash in blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final

from simenv.core.event import Event, decode, encode

BLOCK: Final = 256
START: Final = b"\0" * 32
"""The head of the hash chain before the first block."""


class EventLog:
    """An append-only list of events.

    Each event is encoded once, on ``append``. A full block of 256 is kept as its lines alone, immutable and shared
    between forks; its events are decoded again when somebody asks for them. The hash chain is computed when asked for,
    a block at a time, so that stepping does not pay for it; ``digest`` is a function of the lines alone.

    Attributes:
        count: Number of events.
    """

    __slots__ = ("_blocks", "_chained", "_events", "_head", "_lines", "count")

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._events: list[Event] = []
        self._lines: list[bytes] = []
        self._chained = 0
        self._head = START
        self.count = 0

    def append(self, event: Event) -> bytes:
        """Add an event and return its encoded line, without the line end."""
        line: bytes = encode(event)
        self._events.append(event)
        self._lines.append(line)
        self.count = count = self.count + 1
        if not count % BLOCK:
            self._blocks.append(_joined(self._lines))
            self._events, self._lines = [], []
        return line

    def since(self, seq: int) -> list[Event]:
        """Return the events from ``seq`` on."""
        kept = len(self._blocks) * BLOCK
        if seq >= kept:
            return self._events[seq - kept :]
        return [decode(line) for line in self._sealed_lines(seq)] + self._events

    def lines_since(self, seq: int) -> list[bytes]:
        """Return the encoded lines from ``seq`` on, without line ends."""
        kept = len(self._blocks) * BLOCK
        if seq >= kept:
            return self._lines[seq - kept :]
        return self._sealed_lines(seq) + self._lines

    def digest(self) -> str:
        """Return the hash of the log so far: 64 hexadecimal digits.

        The chain is ``h[k+1] = sha256(h[k] + block k)`` over blocks of 256 lines, each line ended by a newline; the
        digest is ``sha256(h[last] + rest)``.
        """
        for block in self._blocks[self._chained :]:
            self._head = sha256(self._head + block).digest()
        self._chained = len(self._blocks)
        return sha256(self._head + _joined(self._lines)).hexdigest()

    def jsonl(self) -> bytes:
        """Return the whole log as JSON lines."""
        return b"".join(self._blocks) + _joined(self._lines)

    def fork(self) -> EventLog:
        """Return an independent log with the same events, in time proportional to its blocks."""
        other = EventLog.__new__(EventLog)
        other._blocks = self._blocks.copy()
        other._events = self._events.copy()
        other._lines = self._lines.copy()
        other._chained = self._chained
        other._head = self._head
        other.count = self.count
        return other

    def _sealed_lines(self, seq: int) -> list[bytes]:
        block, offset = divmod(seq, BLOCK)
        return b"".join(self._blocks[block:]).split(b"\n")[offset:-1]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Event]:
        for block in self._blocks:
            yield from map(decode, block.split(b"\n")[:-1])
        yield from self._events

    def __getitem__(self, seq: int) -> Event:
        if seq < 0:
            seq += self.count
        if not 0 <= seq < self.count:
            raise IndexError(seq)
        block, offset = divmod(seq, BLOCK)
        if block < len(self._blocks):
            return decode(self._blocks[block].split(b"\n")[offset])
        return self._events[offset]


def chained(lines: Sequence[bytes]) -> str:
    """Return the hash of lines as :meth:`EventLog.digest` defines it, for lines that are in no log."""
    head, whole = START, len(lines) // BLOCK * BLOCK
    for start in range(0, whole, BLOCK):
        head = sha256(head + _joined(lines[start : start + BLOCK])).digest()
    return sha256(head + _joined(lines[whole:])).hexdigest()


def _joined(lines: Sequence[bytes]) -> bytes:
    return b"\n".join([*lines, b""])
