"""What can be handed to a detector: the part of an episode's folder outside ``hidden/`` (DESIGN rule 6)."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from simenv import layout
from simenv.core.errors import EpisodeError
from simenv.core.event import Event, decode
from simenv.core.kinds.opening import CompanyOpened
from simenv.layout import Lines, Opened, Run
from simenv.transcript import Entry

_brief: Final = msgspec.json.Decoder(layout.BriefLine).decode
_entry: Final = msgspec.json.Decoder(Entry).decode


class Transcript(Struct, frozen=True):
    """What stands in ``transcript.jsonl``.

    Attributes:
        brief: What the policy was told at the start, or None if not even that was written.
        entries: One for the opening and one for every turn.
        torn: What was cut off a last line that was not written whole, or None.
    """

    brief: Opened | None
    entries: tuple[Entry, ...]
    torn: str | None


class Handout:
    """The observable side of an episode. It holds nothing of ``hidden/`` and never looks there.

    Args:
        folder: The episode's folder, or a copy of it without ``hidden/``.

    Attributes:
        folder: Where it lies.
        run: What was run.
        base: The opening state as anybody may see it, as bytes of JSON.
        transcript: What the seat saw and did.

    Raises:
        EpisodeError: If a file is missing, damaged, or does not belong to the others.
        VersionError: If a newer simenv wrote it.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.run = layout.read_json(self.folder, layout.RUN, Run)
        layout.check_format(self.folder, layout.RUN, self.run.format)
        self._lines = layout.read_lines(self.folder, layout.EVENTS, read_event)
        self.transcript, whole = read_transcript(self.folder)
        for name, closed in ((layout.EVENTS, self._lines.closed), (layout.TRANSCRIPT, whole)):
            if not closed:
                raise EpisodeError(f"{self.folder}: {name} lacks its closing record: the file was cut")
        self.base = layout.read_bytes(self.folder, layout.BASE)
        check_base(self.folder, self.base, self.events)

    @classmethod
    def load(cls, folder: str | Path) -> Handout:
        """Return the observable side of the episode in a folder."""
        return cls(folder)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The observable events, numbered on their own."""
        return events_of(self.folder, layout.EVENTS, self._lines)

    @property
    def digest(self) -> str:
        """Chained hash of the observable events."""
        return self._lines.digest

    @cached_property
    def opening(self) -> dict[str, Any]:
        """The opening state as anybody may see it, as plain data."""
        return msgspec.json.decode(self.base, type=dict[str, Any])


def read_event(index: int, line: bytes) -> Event:
    """Return the event on a line that should be the ``index``-th of its file.

    Raises:
        EpisodeError: If it is none, or another one.
    """
    event = decode(line)
    if event.seq != index:
        raise EpisodeError(f"event {event.seq} stands where event {index} should")
    return event


def events_of(folder: Path, name: str, lines: Lines) -> tuple[Event, ...]:
    """Return the events on the lines of a file.

    Raises:
        EpisodeError: If a line holds none, naming file and line.
    """
    return tuple(layout.decode_line(folder, name, read_event, index, line) for index, line in enumerate(lines.lines))


def read_transcript(folder: Path) -> tuple[Transcript, bool]:
    """Return what stands in ``transcript.jsonl``, and whether it is whole.

    Raises:
        EpisodeError: If it is missing or damaged before its end, naming the line.
    """
    name = layout.TRANSCRIPT
    lines = layout.read_lines(folder, name, _read_entry)
    if not lines.lines:
        return Transcript(None, (), lines.torn), lines.closed
    brief = layout.decode_line(folder, name, lambda _, line: _brief(line), 0, lines.lines[0]).brief
    entries = tuple(
        layout.decode_line(folder, name, _as_entry, index, line) for index, line in enumerate(lines.lines[1:], 1)
    )
    return Transcript(brief, entries, lines.torn), lines.closed


def check_base(folder: Path, base: bytes, events: tuple[Event, ...]) -> None:
    """Check that an opening state is the one the events name.

    Raises:
        EpisodeError: If it is another.
    """
    opened = next((event.data for event in events if isinstance(event.data, CompanyOpened)), None)
    if opened is None:
        raise EpisodeError(f"{folder}: the events do not begin with the opening of a company")
    if opened.base != sha256(base).hexdigest():
        raise EpisodeError(f"{folder}: {layout.BASE} is not the opening state that the events name; it was altered")


def _read_entry(index: int, line: bytes) -> object:
    return _as_entry(index, line) if index else _brief(line)


def _as_entry(index: int, line: bytes) -> Entry:
    return _entry(line)
