"""Writing an episode down while it happens.

A step costs two writes at most: its events to ``hidden/log.jsonl`` and its entry to ``transcript.jsonl``. Steps that
follow one another faster than people or models act are written together, twenty times a second: a model's every step
is on disk before the next, and a script's steps do not wait for the disk. Everything else is written at the end, each
file whole or not at all, and the closing record of the full log last: an episode whose process was killed is known by
its absence, and what it had done until then (but for the last twentieth of a second) is there. Nothing is forced to
the platter: loss of power may tear the end of a file, which loading reports.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from simenv import layout
from simenv.core.errors import RecordingError
from simenv.core.log import chained
from simenv.core.played import Played
from simenv.core.projection import Projection
from simenv.core.versions import FORMAT, MEANING, RULES
from simenv.staging import base_json

if TYPE_CHECKING:
    from simenv.session import Session
    from simenv.simulation import Simulation

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
_REMEDY: Final = "The episode is whole in memory: EpisodeWriter(<another folder>).opened(session) writes all of it."


class EpisodeWriter:
    """Writes one episode into one folder (a :class:`simenv.session.Recorder`).

    Args:
        folder: Where to; made if need be. It must not hold an episode yet.
        policy: What holds the seat, for ``hidden/run.json``; plain data.
        study: What a study notes about the episode, for ``hidden/run.json``; plain data.
        pace: Seconds that must have passed before the next write; 0 writes at every step.
        played: Asked at the end how the policy fared, for ``hidden/run.json``.

    Attributes:
        folder: Where the episode lies.
        hidden: What stands in ``hidden/run.json``; there from the opening on.
        error: Text of an error that ends the episode; set it before the end to have it kept in ``hidden/run.json``.

    Example:
        >>> session = Session("summit_bridge", recorder=EpisodeWriter("runs/first"))
    """

    hidden: layout.HiddenRun

    def __init__(
        self,
        folder: str | Path,
        *,
        policy: Mapping[str, Any] | None = None,
        study: Mapping[str, Any] | None = None,
        pace: float = 0.05,
        played: Callable[[], Played | None] | None = None,
    ) -> None:
        self.folder = Path(folder)
        self._played = played
        self._pace, self._due = pace, 0.0
        self.error: str | None = None
        self._policy, self._study = dict(policy or {}), dict(study or {})
        self._simulation: Simulation | None = None
        self._streams: tuple[_Stream, _Stream] | None = None
        self._brief = b""
        self._events = self._entries = 0
        self._ending = False

    def opened(self, session: Session) -> None:
        """Begin the folder and write everything that has happened so far: the opening, or a fork's whole past.

        Raises:
            RecordingError: If the folder cannot be written, already holds an episode, or this writer already wrote one.
        """
        if self._simulation is not None:
            raise RecordingError(
                f"{self.folder} holds another episode already: one writer writes one episode. Give the session a new "
                f"EpisodeWriter before the next reset"
            )
        hidden = (self.folder / layout.LOG).parent
        try:
            hidden.mkdir(parents=True)
        except FileExistsError:
            raise RecordingError(f"{self.folder} already holds an episode; choose a folder that does not") from None
        except OSError as error:
            raise _failed(self.folder, error) from error
        simulation = self._simulation = session.simulation
        self.hidden = _hidden_run(session, self._policy, self._study)
        self._put(layout.HIDDEN_RUN, layout.encode(self.hidden))
        self._put(layout.BASE, base_json(simulation.scene))
        brief = session.brief
        self._brief = layout.encode(layout.BriefLine(layout.Opened(brief.seat, brief.text, brief.now, brief.budget)))
        transcript = _Stream(self.folder / layout.TRANSCRIPT)
        self._streams = _Stream(self.folder / layout.LOG), transcript
        transcript.hold(self._brief + b"\n")
        self._flush(session)
        if session.over:
            self.closed(session)

    def stepped(self, session: Session) -> None:
        """Write what has happened since the last write, unless that was a moment ago.

        Raises:
            RecordingError: If it cannot be written. What could not be written is kept and comes first the next time.
        """
        if session.simulation is not self._simulation or self._streams is None or monotonic() >= self._due:
            self._flush(session)

    def _flush(self, session: Session) -> None:
        """Write what has happened since the last write: one write for the events, one for the transcript."""
        simulation = session.simulation
        if simulation is not self._simulation or self._streams is None:
            raise RecordingError(
                f"{self.folder} is not where this episode is written (it was restored or reset, or has ended); give "
                f"the session a new EpisodeWriter and call its opened(session)"
            )
        log, transcript = self._streams
        lines = simulation.log.lines_since(self._events)
        self._events += len(lines)
        lines.append(b"")
        log.write(b"\n".join(lines))
        lines = [layout.encode(entry) for entry in session.transcript.since(self._entries)]
        self._entries += len(lines)
        lines.append(b"")
        transcript.write(b"\n".join(lines))
        self._due = monotonic() + self._pace

    def closed(self, session: Session) -> None:
        """Write the end; the full log's closing record comes last. What is closed stays as it is.

        Raises:
            RecordingError: If it cannot be written. It may be called again, once there is room.
        """
        if self._streams is None:
            return
        log, transcript = self._streams
        if not self._ending:
            self._flush(session)
            self._put_rest(session)
            entries = [self._brief, *map(layout.encode, session.transcript)]
            full = session.simulation.log
            transcript.hold(layout.closing("entries", len(entries) - 1, chained(entries)))
            log.hold(layout.closing("events", len(full), full.digest()))
            self._ending = True
        transcript.write(b"")
        log.write(b"")
        self.drop()

    def drop(self) -> None:
        """Let go of the open files. Before the end was written, this leaves a partial episode."""
        streams, self._streams = self._streams, None
        for stream in streams or ():
            stream.close()

    def __repr__(self) -> str:
        return f"EpisodeWriter({str(self.folder)!r})"

    def _put_rest(self, session: Session) -> None:
        """Write everything that is known only at the end."""
        simulation = session.simulation
        truth, projection = session.truth(), Projection(simulation.log)
        played = self._played() if self._played is not None else None
        self.hidden = replace(
            self.hidden,
            ended=_time_of_day(),
            outcome=session.outcome,
            ended_by=session.ended_by,
            calls=simulation.company.seats[simulation.scene.seat].calls,
            score=truth.score,
            opened=len(truth.funnel.opened),
            error=self.error,
            played=played,
            invalid=played.invalid if played is not None else None,
        )
        seen = projection.log
        self._put(layout.EVENTS, seen.jsonl() + layout.closing("events", len(seen), seen.digest()))
        self._put(layout.RUN, layout.encode(_run(session)))
        self._put(layout.TRUTH, layout.encode(truth))
        numbers = [projection.numbers.get(seq) for seq in range(len(simulation.log))]
        self._put(layout.NUMBERS, layout.encode(numbers))
        self._put(layout.HIDDEN_RUN, layout.encode(self.hidden))

    def _put(self, name: str, data: bytes) -> None:
        """Write a file whole or not at all."""
        path = self.folder / name
        draft = path.with_name(path.name + ".tmp")
        try:
            draft.write_bytes(data)
            draft.replace(path)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise _failed(path, error) from error


class _Stream:
    """A file that grows by one unbuffered write at a time and forgets nothing when a write fails."""

    __slots__ = ("_fd", "_path", "_rest")

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rest = b""
        try:
            self._fd = os.open(path, _FLAGS, 0o644)
        except OSError as error:
            raise _failed(path, error) from error

    def hold(self, data: bytes) -> None:
        """Keep data to be written at the next write."""
        self._rest += data

    def write(self, data: bytes) -> None:
        """Write what is kept and then ``data``; what cannot be written is kept."""
        if self._rest:
            data = self._rest + data
        done = 0
        try:
            while done < len(data):
                done += os.write(self._fd, data[done:])
        except OSError as error:
            self._rest = data[done:]
            raise _failed(self._path, error) from error
        self._rest = b""

    def close(self) -> None:
        """Close the file."""
        os.close(self._fd)


def _failed(path: Path, error: OSError) -> RecordingError:
    if error.errno in _FULL:
        what = f"there is no room for it ({error.strerror}). Free some and go on, or write elsewhere"
    elif error.errno == errno.ENOENT:
        what = "its folder is gone. Write elsewhere"
    else:
        what = f"{error.strerror}. Mend that and go on, or write elsewhere"
    return RecordingError(f"{path} cannot be written: {what}. {_REMEDY}")


def _run(session: Session) -> layout.Run:
    scene = session.simulation.scene
    return layout.Run(
        FORMAT, RULES, MEANING, scene.seat, scene.toolbox.infos, session.outcome or "", session.ended_by or ""
    )


def _hidden_run(session: Session, policy: dict[str, Any], study: dict[str, Any]) -> layout.HiddenRun:
    scene = session.simulation.scene
    tasks = [task for task in scene.opening.tasks if task.seat == scene.seat]
    return layout.HiddenRun(
        format=FORMAT,
        rules=RULES,
        meaning=MEANING,
        world=scene.opening.world,
        world_hash=scene.world_hash,
        scenario=scene.scenario,
        start=scene.start,
        condition=dict(sorted(scene.condition.items())),
        seed=session.seed,
        max_calls=session.max_calls,
        policy=policy,
        study=study,
        required=len({letter for task in tasks for letter in task.letters}),
        began=_time_of_day(),
    )


def _time_of_day() -> str:
    """The one place of a record where the wall clock is looked at; it lies in ``hidden/`` only."""
    return datetime.now(UTC).isoformat(timespec="seconds")
