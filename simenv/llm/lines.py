"""The file of what was asked and answered: one line of JSON a request, and the request whole again from it.

The first line says which form the file has. A request is kept as what is new in it: messages are numbered in the order
in which they first stood in a request, and a line names those of its request by their numbers, in runs; so a
conversation that grows, is cut, or is left for a question and taken up again is written once. Ids of results in context
are kept the same way, settings where they change, tools once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import Final, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from simenv.core.errors import EpisodeError, VersionError
from simenv.llm.base import Purpose
from simenv.llm.data import Message, Reply, Request, ToolSpec
from simenv.llm.digests import Digest, Digests, unmarked
from simenv.llm.errors import Attempt
from simenv.llm.recorded import Failure, Recorded

FORM: Final = 1
"""Form of the file; a newer one is refused."""

T = TypeVar("T")
Runs = tuple[tuple[int, int], ...]
"""Numbers in runs: (first, how many)."""

_encode: Final = msgspec.json.Encoder().encode


class Form(Struct, frozen=True):
    """The first line."""

    replies: int


class Line(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One line; what is not said here is as in :class:`simenv.llm.recorded.Recorded`.

    Attributes:
        shown: Numbers of the request's messages.
        messages: Those that are new, without marks; they take the next numbers.
        marks: Places of the request's messages that carry a mark.
        context: Numbers of the ids in context.
        ids: Those that are new.
        settings: The request without messages and tools, where that is not as on the line before.
        tools: Digest of the tools, where it is not that of the line before; empty for none.
        specs: The tools themselves, where no line before has them.
    """

    index: int
    purpose: Purpose
    turn: int = 0
    note: str = ""
    context: Runs = ()
    ids: tuple[str, ...] = ()
    settings: Request | None = None
    tools: str | None = None
    specs: tuple[ToolSpec, ...] = ()
    shown: Runs
    messages: tuple[Message, ...] = ()
    marks: tuple[int, ...] = ()
    digest: str
    reply: Reply | None = None
    failure: Failure | None = None
    attempts: tuple[Attempt, ...] = ()
    seconds: float = 0.0


class LineWriter:
    """Turns one request after another into lines."""

    def __init__(self) -> None:
        self._messages, self._ids = _Numbers(), _Numbers()
        self._settings: Request | None = None
        self._tools = ""
        self._told: set[str] = {""}

    def head(self) -> bytes:
        """Return the first line."""
        return _encode(Form(FORM)) + b"\n"

    def line(self, entry: Recorded, digest: Digest) -> bytes:
        """Return the line of a request; ``digest`` is that of its request."""
        request = entry.request
        shown, messages = self._messages.runs(digest.messages, request.messages)
        context, ids = self._ids.runs(entry.in_context, entry.in_context)
        tools = digest.tools
        line = Line(
            index=entry.index,
            purpose=entry.purpose,
            turn=entry.turn,
            note=entry.note,
            context=context,
            ids=ids,
            settings=None if digest.settings == self._settings else digest.settings,
            tools=None if tools == self._tools else tools,
            specs=() if tools in self._told else request.tools,
            shown=shown,
            messages=tuple(map(unmarked, messages)),
            marks=digest.marks,
            digest=entry.digest,
            reply=entry.reply,
            failure=entry.failure,
            attempts=entry.attempts,
            seconds=entry.seconds,
        )
        self._settings, self._tools = digest.settings, tools
        self._told.add(tools)
        return _encode(line) + b"\n"


class Record(Struct, frozen=True):
    """What a file holds.

    Attributes:
        replies: The requests and what came of each, by their index.
        torn: What was cut off a last line that was not written whole, or None.
    """

    replies: tuple[Recorded, ...]
    torn: str | None = None


def read_replies(path: Path) -> list[Recorded]:
    """Return the requests of an episode, whole, and what came of each, by their index; see :func:`read_record`."""
    return list(read_record(path).replies)


def read_record(path: Path) -> Record:
    """Return what was asked and answered in an episode. A last line that a kill has torn is left out.

    Raises:
        EpisodeError: If the file is missing or damaged, naming the line.
        VersionError: If a newer simenv wrote it.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise EpisodeError(f"{path}: what was asked and answered cannot be read: {error.strerror}") from None
    tail = lines.pop()
    torn = f"line {len(lines) + 1} has no end; its {len(tail)} bytes were left out" if tail else None
    if not lines:
        return Record((), torn)
    reader = _LineReader()
    found: list[Recorded] = []
    for number, line in enumerate(lines, 1):
        try:
            if number == 1:
                _check(path, msgspec.json.decode(line, type=Form).replies)
            else:
                found.append(reader.entry(msgspec.json.decode(line, type=Line)))
                _abandon(found)
        except (msgspec.DecodeError, ValueError, IndexError) as error:
            raise EpisodeError(f"{path}:{number}: {error}") from None
    return Record(tuple(sorted(found, key=lambda entry: entry.index)), torn)


def _abandon(found: list[Recorded]) -> None:
    """Mark the last request as abandoned if it was cancelled, and with it what its turn had asked before."""
    last = found[-1]
    if last.failure is None or last.failure.kind != "cancelled":
        return
    for place, entry in enumerate(found):
        turn = entry.turn == last.turn and "probe" not in (entry.purpose, last.purpose)
        if turn or entry is last:
            found[place] = replace(entry, abandoned=True)


class _LineReader:
    """Turns one line after another into whole requests."""

    def __init__(self) -> None:
        self._messages: list[Message] = []
        self._ids: list[str] = []
        self._settings: Request | None = None
        self._tools = ""
        self._specs: dict[str, tuple[ToolSpec, ...]] = {"": ()}
        self._digests = Digests()

    def entry(self, line: Line) -> Recorded:
        """Return what a line tells.

        Raises:
            ValueError: If it refers to what no line has, or the request is not the one that was sent.
        """
        self._messages += line.messages
        self._ids += line.ids
        self._settings = settings = line.settings or self._settings
        self._tools = self._tools if line.tools is None else line.tools
        if line.specs:
            self._specs[self._tools] = line.specs
        tools = self._specs.get(self._tools)
        if settings is None or tools is None:
            raise ValueError("its settings or its tools stand on no line before it")
        messages = list(_listed(line.shown, self._messages))
        for place in line.marks:
            messages[place] = replace(messages[place], mark=True)
        request = replace(settings, messages=tuple(messages), tools=tools)
        if self._digests.of(request).whole != line.digest:
            raise ValueError("the request is not the one that was sent: the file was altered after it was written")
        return Recorded(
            index=line.index,
            purpose=line.purpose,
            request=request,
            digest=line.digest,
            turn=line.turn,
            note=line.note,
            in_context=_listed(line.context, self._ids),
            reply=line.reply,
            failure=line.failure,
            attempts=line.attempts,
            seconds=line.seconds,
        )


class _Numbers:
    """Numbers things in the order in which they first come."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def runs(self, keys: Iterable[Hashable], things: Sequence[T]) -> tuple[Runs, tuple[T, ...]]:
        """Return the numbers of some things, and those of them that are new; equal keys are equal things."""
        runs: list[tuple[int, int]] = []
        new = []
        for key, thing in zip(keys, things, strict=True):
            number = self._numbers.get(key)
            if number is None:
                number = self._numbers[key] = len(self._numbers)
                new.append(thing)
            if runs and sum(runs[-1]) == number:
                runs[-1] = (runs[-1][0], runs[-1][1] + 1)
            else:
                runs.append((number, 1))
        return tuple(runs), tuple(new)


def _listed(runs: Runs, things: Sequence[T]) -> tuple[T, ...]:
    if any(first < 0 or count < 1 or first + count > len(things) for first, count in runs):
        raise ValueError("it refers to what stands on no line")
    return tuple(thing for first, count in runs for thing in things[first : first + count])


def _check(path: Path, form: int) -> None:
    if form > FORM:
        raise VersionError(f"{path} has form {form}; this simenv reads forms up to {FORM}. Use a newer simenv")
