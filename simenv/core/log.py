"""The log of an episode: append-only, encoded once, chained by hash in blocks."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from simenv.core.chunks import BLOCK, Chunks
from simenv.core.event import Event, encode


class EventLog:
    """An append-only list of events with their encoded lines.

    Each event is encoded once, on ``append``. The hash chain is computed when asked for, a block of 256 lines at a
    time, so that stepping does not pay for it; ``digest`` is a function of the lines alone.
    """

    __slots__ = ("_chained", "_events", "_head", "_lines", "count")

    def __init__(self) -> None:
        self._events: Chunks[Event] = Chunks()
        self._lines: Chunks[bytes] = Chunks()
        self._chained = 0
        self._head = b"\0" * 32
        self.count = 0

    def append(self, event: Event) -> bytes:
        """Add an event and return its encoded line, without the line end."""
        line = encode(event)
        self._events.append(event)
        self._lines.append(line)
        self.count += 1
        return line

    def since(self, seq: int) -> list[Event]:
        """Return the events from ``seq`` on."""
        return self._events.since(seq)

    def lines_since(self, seq: int) -> list[bytes]:
        """Return the encoded lines from ``seq`` on, without line ends."""
        return self._lines.since(seq)

    def digest(self) -> str:
        """Return the hash of the log so far: 64 hexadecimal digits.

        The chain is ``h[k+1] = sha256(h[k] + block k)`` over blocks of 256 lines, each line ended by a newline; the
        digest is ``sha256(h[last] + rest)``.
        """
        whole = len(self._lines) // BLOCK * BLOCK
        while self._chained < whole:
            block = self._lines.since(self._chained)[:BLOCK]
            self._head = sha256(self._head + b"\n".join(block) + b"\n").digest()
            self._chained += BLOCK
        rest = b"".join(line + b"\n" for line in self._lines.since(whole))
        return sha256(self._head + rest).hexdigest()

    def jsonl(self) -> bytes:
        """Return the whole log as JSON lines."""
        return b"".join(line + b"\n" for line in self._lines)

    def fork(self) -> EventLog:
        """Return an independent log with the same events, in time proportional to its blocks."""
        other = EventLog.__new__(EventLog)
        other._events = self._events.fork()
        other._lines = self._lines.fork()
        other._chained = self._chained
        other._head = self._head
        other.count = self.count
        return other

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Event]:
        return iter(self._events)

    def __getitem__(self, seq: int) -> Event:
        return self._events[seq]
