"""The log of an episode: append-only, encoded once, chained by hash in blocks."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from simenv.core.event import Event, encode

BLOCK: Final = 256


class EventLog:
    """An append-only list of events with their encoded lines.

    Each event is encoded once, on ``append``. Full blocks of 256 are immutable and shared between forks. The hash chain is
    computed when asked for, a block at a time, so that stepping does not pay for it; ``digest`` is a function of the lines
    alone.

    Attributes:
        count: Number of events.
    """

    __slots__ = ("_blocks", "_chained", "_events", "_head", "_lines", "count")

    def __init__(self) -> None:
        self._blocks: list[tuple[tuple[Event, ...], tuple[bytes, ...]]] = []
        self._events: list[Event] = []
        self._lines: list[bytes] = []
        self._chained = 0
        self._head = b"\0" * 32
        self.count = 0

    def append(self, event: Event) -> bytes:
        """Add an event and return its encoded line, without the line end."""
        line: bytes = encode(event)
        self._events.append(event)
        self._lines.append(line)
        self.count = count = self.count + 1
        if not count % BLOCK:
            self._blocks.append((tuple(self._events), tuple(self._lines)))
            self._events, self._lines = [], []
        return line

    def since(self, seq: int) -> list[Event]:
        """Return the events from ``seq`` on."""
        block, offset = divmod(seq, BLOCK)
        found = [event for events, _ in self._blocks[block:] for event in events] + self._events
        return found[offset:] if block < len(self._blocks) else self._events[seq - len(self._blocks) * BLOCK :]

    def lines_since(self, seq: int) -> list[bytes]:
        """Return the encoded lines from ``seq`` on, without line ends."""
        block, offset = divmod(seq, BLOCK)
        if block >= len(self._blocks):
            return self._lines[seq - len(self._blocks) * BLOCK :]
        return ([line for _, lines in self._blocks[block:] for line in lines] + self._lines)[offset:]

    def digest(self) -> str:
        """Return the hash of the log so far: 64 hexadecimal digits.

        The chain is ``h[k+1] = sha256(h[k] + block k)`` over blocks of 256 lines, each line ended by a newline; the digest is
        ``sha256(h[last] + rest)``.
        """
        for _, lines in self._blocks[self._chained :]:
            self._head = sha256(self._head + b"\n".join(lines) + b"\n").digest()
        self._chained = len(self._blocks)
        rest = b"".join([line + b"\n" for line in self._lines])
        return sha256(self._head + rest).hexdigest()

    def jsonl(self) -> bytes:
        """Return the whole log as JSON lines."""
        return b"".join([line + b"\n" for line in self.lines_since(0)])

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

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Event]:
        for events, _ in self._blocks:
            yield from events
        yield from self._events

    def __getitem__(self, seq: int) -> Event:
        if seq < 0:
            seq += self.count
        block, offset = divmod(seq, BLOCK)
        if 0 <= block < len(self._blocks):
            return self._blocks[block][0][offset]
        if block != len(self._blocks):
            raise IndexError(seq)
        return self._events[offset]
