"""An episode's folder: which files stand in it, what stands in them, how one sees that they are whole (DESIGN rule 6).

Everything beside ``hidden/`` may be handed to a detector. A file of lines ends with a closing record that counts and
hashes what stands before it, so that a cut or altered file shows.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct

from simenv.core.errors import EpisodeError, VersionError
from simenv.core.log import chained
from simenv.core.played import Played
from simenv.core.turns import ToolInfo
from simenv.core.versions import FORMAT

EVENTS: Final = "events.jsonl"
TRANSCRIPT: Final = "transcript.jsonl"
BASE: Final = "base.json"
RUN: Final = "run.json"
LOG: Final = "hidden/log.jsonl"
TRUTH: Final = "hidden/truth.json"
HIDDEN_RUN: Final = "hidden/run.json"
NUMBERS: Final = "hidden/numbers.json"
REPLIES: Final = "hidden/replies.jsonl"
PROBES: Final = "hidden/probes.jsonl"
CONTROL: Final = "hidden/control.jsonl"

_HOLDS: Final = {
    EVENTS: "the observable events",
    TRANSCRIPT: "what the seat saw and did",
    BASE: "the opening state",
    RUN: "what was run",
    LOG: "the full log",
    TRUTH: "what really happened",
    HIDDEN_RUN: "seed, condition, policy and scores",
    NUMBERS: "the map between the two numberings",
    REPLIES: "what a model was asked and answered",
    PROBES: "answers to questions put from outside",
    CONTROL: "which of several drafts was taken at each turn, and why",
}
_CLOSED: Final = b'{"closed":'
T = TypeVar("T")
encode: Final = msgspec.json.Encoder().encode


class Run(Struct, frozen=True):
    """``run.json``: what a detector may know of how the episode was made.

    Attributes:
        format: Layout of the folder (:data:`simenv.core.versions.FORMAT`).
        rules: Version of everything that decides what happens.
        meaning: Version of the reader of free text.
        seat: Id of the person whose seat a policy held.
        tools: What the seat could call.
        outcome: How the episode ended.
        ended_by: What ended it.
    """

    format: int
    rules: int
    meaning: int
    seat: str
    tools: tuple[ToolInfo, ...]
    outcome: str
    ended_by: str


class HiddenRun(Struct, frozen=True):
    """``hidden/run.json``: everything else about how the episode was made. Written at the opening, again at the end.

    Attributes:
        format: Layout of the folder.
        rules: Version of everything that decides what happens.
        meaning: Version of the reader of free text.
        world: The world's name.
        world_hash: Digest of the world's files.
        scenario: Name of the scenario.
        start: Name of the entry point.
        condition: Factor -> level.
        seed: The root seed.
        max_calls: The caller's own cap on calls, or None.
        policy: What the policy was, as its caller described it.
        study: What a study that ran it notes: the cell's digest and the like.
        required: Letters that the seat's tasks ask it to open.
        began: Time of day at which recording began, UTC, ISO 8601.
        ended: Time of day at which the episode ended, or None.
        outcome: How the episode ended, or None while it goes on.
        ended_by: What ended it, or None.
        calls: Calls made, or None while it goes on.
        score: Task score in [0, 1], or None while it goes on.
        opened: Letters that the seat's tasks ask it to open and that it opened, or None while it goes on.
        error: Text of the error that ended it, if one did.
        played: How the policy fared, if it reports that.
        invalid: Why the episode tells nothing about its policy, although it came to its end, or None if it does.
    """

    format: int
    rules: int
    meaning: int
    world: str
    world_hash: str
    scenario: str
    start: str
    condition: dict[str, str]
    seed: int
    max_calls: int | None
    policy: dict[str, Any]
    study: dict[str, Any]
    required: int
    began: str
    ended: str | None = None
    outcome: str | None = None
    ended_by: str | None = None
    calls: int | None = None
    score: float | None = None
    opened: int | None = None
    error: str | None = None
    played: Played | None = None
    invalid: str | None = None


class Opened(Struct, frozen=True):
    """The brief as it stands on the first line of ``transcript.jsonl``; the tools stand in ``run.json``.

    Attributes:
        seat: Address of the seat's mailbox.
        text: The job in prose.
        now: Simulated seconds since the world's start.
        budget: Calls in the working day, -1 without a limit.
    """

    seat: str
    text: str
    now: int
    budget: int


class BriefLine(Struct, frozen=True):
    """The first line of ``transcript.jsonl``."""

    brief: Opened


class _Count(Struct, frozen=True):
    digest: str
    events: int | None = None
    entries: int | None = None


class _Closing(Struct, frozen=True):
    closed: _Count


class Lines(Struct, frozen=True):
    """The lines of a file.

    Attributes:
        lines: Without line ends and without the closing record.
        closed: Whether the closing record stands at the end.
        torn: What was cut off a last line that was not written whole, or None.
        digest: Chained hash of ``lines``.
    """

    lines: list[bytes]
    closed: bool
    torn: str | None
    digest: str


def closing(unit: str, count: int, digest: str) -> bytes:
    """Return a closing record with its line end.

    Args:
        unit: ``events`` or ``entries``.
        count: How many there are.
        digest: Chained hash of the lines before it.
    """
    return encode({"closed": {unit: count, "digest": digest}}) + b"\n"


def read_bytes(folder: Path, name: str) -> bytes:
    """Return what stands in a file of an episode's folder.

    Raises:
        EpisodeError: If it cannot be read; the message says what it would have held.
    """
    try:
        return (folder / name).read_bytes()
    except FileNotFoundError:
        what = f"{name} is missing ({_HOLDS[name]})" if folder.is_dir() else "there is no such folder"
        raise EpisodeError(f"{folder}: {what}") from None
    except OSError as error:
        raise EpisodeError(f"{folder}: {name} cannot be read: {error.strerror}") from None


def read_json(folder: Path, name: str, kind: type[T]) -> T:
    """Return what a JSON file of an episode's folder holds.

    Raises:
        EpisodeError: If it is missing, damaged, or holds something else.
        VersionError: If a newer simenv wrote it.
    """
    data = read_bytes(folder, name)
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, ValueError) as error:
        _check_format(folder, name, data)
        raise EpisodeError(f"{folder}: {name} is damaged: {error}") from None


def check_format(folder: Path, name: str, written: int) -> None:
    """Refuse what a newer simenv wrote.

    Raises:
        VersionError: If the format it was written in is newer than what can be read here.
    """
    if written > FORMAT:
        raise VersionError(
            f"{folder}: {name} has format {written}; this simenv reads formats up to {FORMAT}. Use a newer simenv"
        )


def _check_format(folder: Path, name: str, data: bytes) -> None:
    try:
        written = msgspec.json.decode(data, type=dict[str, Any]).get("format")
    except (msgspec.DecodeError, ValueError):
        return
    if isinstance(written, int):
        check_format(folder, name, written)


def read_lines(folder: Path, name: str, decode: Callable[[int, bytes], object]) -> Lines:
    """Return the lines of a file, cut where its last line was not written whole.

    Args:
        folder: The episode's folder.
        name: The file.
        decode: Reads one line, given its index; used to name the line that is damaged.

    Raises:
        EpisodeError: If the file is missing or does not hold what its closing record says.
    """
    lines = read_bytes(folder, name).split(b"\n")
    torn = None
    tail = lines.pop()
    if tail:
        torn = f"{name}: line {len(lines) + 1} has no end; its {len(tail)} bytes were left out"
    elif lines and not _is_json(lines[-1]):
        torn = f"{name}: line {len(lines)} is no JSON; its {len(lines.pop())} bytes were left out"
    if not lines or not lines[-1].startswith(_CLOSED):
        return Lines(lines, False, torn, chained(lines))
    place = len(lines)
    try:
        count = msgspec.json.decode(lines.pop(), type=_Closing).closed
    except msgspec.DecodeError as error:
        raise EpisodeError(f"{folder}: {name}:{place}: the closing record is damaged: {error}") from None
    digest = chained(lines)
    number = len(lines) if count.entries is None else len(lines) - 1
    if digest != count.digest or number != (count.events if count.entries is None else count.entries):
        for index, line in enumerate(lines):
            decode_line(folder, name, decode, index, line)
        raise EpisodeError(
            f"{folder}: {name} does not hold what its closing record says: it was altered after it was written"
        )
    return Lines(lines, True, torn, digest)


def decode_line(folder: Path, name: str, decode: Callable[[int, bytes], T], index: int, line: bytes) -> T:
    """Return what one line holds.

    Raises:
        EpisodeError: If it holds nothing that can be read, naming file and line.
    """
    try:
        return decode(index, line)
    except (EpisodeError, msgspec.DecodeError, ValueError) as error:
        raise EpisodeError(f"{folder}: {name}:{index + 1}: {error}") from None


def _is_json(line: bytes) -> bool:
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, ValueError):
        return False
    return True
