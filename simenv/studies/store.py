"""A study on disk: one folder that can be resumed, extended and read, and that only one process writes at a time.

* ``study.json``: the specification, without its seeds.
* ``index.sqlite``: what came of every cell; made again from the episodes if it is lost.
* ``episodes/<id>/``: one folder an episode, its id drawn outside the engine.
* ``partial/<id>/``: episodes that do not count (killed, interrupted, ended by an error of ours); kept, never read.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import msgspec
from filelock import FileLock, Timeout

from simenv.core.errors import EpisodeError, StudyError, VersionError
from simenv.core.played import AGAIN, counts_as
from simenv.episode import Episode
from simenv.layout import HiddenRun
from simenv.policies.probes import ProbeAnswer
from simenv.studies.probes import read_answers
from simenv.studies.rates import CellResult, Table, row
from simenv.studies.spec import Cell, Spec
from simenv.studies.stop import Stop
from simenv.truth.report import TruthReport, censored

STUDY: Final = "study.json"
INDEX: Final = "index.sqlite"
EPISODES: Final = "episodes"
PARTIAL: Final = "partial"
_LOCK: Final = "study.lock"
_HOLDER: Final = "holder.json"
_TABLE: Final = "CREATE TABLE IF NOT EXISTS cells (cell TEXT PRIMARY KEY, episode TEXT, result BLOB NOT NULL)"


class Store:
    """A study's folder, open for writing. Use it as a context manager.

    Args:
        folder: The folder; made if it is not there.
        spec: The specification; one already in the folder must be the same.

    Attributes:
        notes: What was found in the folder and what was done about it, for people.

    Raises:
        StudyError: If another process writes there, the folder holds something else, or another specification.
    """

    def __init__(self, folder: str | Path, spec: Spec) -> None:
        self.folder, self.spec = Path(folder), spec
        self.notes: list[str] = []
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            raise StudyError(f"{self.folder} is a file; a study needs a folder") from None
        self._lock = FileLock(self.folder / _LOCK)
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            raise StudyError(
                f"{self.folder} is being written by {_holder(self.folder)}. Wait for it, stop it, or use another folder"
            ) from None
        try:
            _write(self.folder / _HOLDER, {"pid": os.getpid(), "host": socket.gethostname()})
            self._claim()
            self._index = _open_index(self.folder)
            self._tidy()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the folder."""
        index: sqlite3.Connection | None = getattr(self, "_index", None)
        if index is not None:
            index.close()
        with contextlib.suppress(OSError):
            (self.folder / _HOLDER).unlink(missing_ok=True)
        self._lock.release()

    def stands(self, cell: str) -> bool:
        """Whether a cell, given by its digest, has been run to an end of its own."""
        found = self._index.execute("SELECT result FROM cells WHERE cell = ?", (cell,)).fetchone()
        return found is not None and _result(found[0]).outcome not in AGAIN

    def episode_of(self, cell: str) -> Path | None:
        """Return the folder of a cell's episode, given the cell's digest; None if there is none."""
        found = self._index.execute("SELECT episode FROM cells WHERE cell = ?", (cell,)).fetchone()
        return None if found is None or found[0] is None else self.folder / EPISODES / found[0]

    def begin(self, cell: Cell) -> tuple[str, Path]:
        """Return the id and the folder of a new episode of a cell; an earlier one of it is put aside."""
        digest = cell.digest()
        found = self._index.execute("SELECT episode FROM cells WHERE cell = ?", (digest,)).fetchone()
        if found is not None:
            with self._index:
                self._index.execute("DELETE FROM cells WHERE cell = ?", (digest,))
            if found[0] is not None:
                self.put_aside(found[0])
        id = secrets.token_hex(8)
        return id, self.folder / EPISODES / id

    def add(self, result: CellResult) -> None:
        """Keep what came of a cell."""
        with self._index:
            self._index.execute(
                "INSERT OR REPLACE INTO cells VALUES (?, ?, ?)",
                (result.cell, result.episode, msgspec.json.encode(result)),
            )

    def put_aside(self, episode: str) -> None:
        """Move an episode that does not count to ``partial/``; nothing is thrown away."""
        source = self.folder / EPISODES / episode
        if source.is_dir():
            (self.folder / PARTIAL).mkdir(exist_ok=True)
            source.replace(self.folder / PARTIAL / episode)

    def table(self, stop: Stop | None = None) -> Table:
        """Return what the study has found so far, and why it was stopped, if it was."""
        return _table(self.spec, self._index, stop)

    def _claim(self) -> None:
        """Make the folder this study's, or see that it is."""
        if (self.folder / STUDY).is_file():
            theirs = _read_spec(self.folder)
            lines = self.spec.differences(theirs)
            if lines:
                listing = "\n".join(f"  {line}" for line in lines)
                raise StudyError(
                    f"{self.folder} holds a study of another specification; use another folder. Different:\n{listing}"
                )
            return
        others = sorted(path.name for path in self.folder.iterdir() if path.name not in (_LOCK, _HOLDER))
        if others:
            raise StudyError(
                f"{self.folder} is no study: it has no {STUDY}, but it holds {others[0]}. Use a new or an empty folder"
            )
        _write(self.folder / STUDY, self.spec.as_dict())

    def _tidy(self) -> None:
        """Make index and episodes agree: take in what is whole, put aside what a killed run left."""
        (self.folder / EPISODES).mkdir(exist_ok=True)
        there = {path.name for path in (self.folder / EPISODES).iterdir()}
        known = {episode for (episode,) in self._index.execute("SELECT episode FROM cells") if episode is not None}
        for name in sorted(known - there):
            with self._index:
                self._index.execute("DELETE FROM cells WHERE episode = ?", (name,))
            self.notes.append(f"episode {name} is no longer there; its cell is run again")
        for name in sorted(there - known):
            self._take_in(name)

    def _take_in(self, name: str) -> None:
        aside = f"is put aside under {PARTIAL}/ and its cell is run again"
        try:
            episode = Episode.load(self.folder / EPISODES / name)
            if episode.truth is not None:
                self.add(result_of(episode.hidden, episode.truth, name, read_answers(episode.folder)))
                self.notes.append(f"episode {name} was whole but not in the index; it is now")
                return
            note = f"episode {name} (seed {episode.seed}) was cut short after {len(episode.events)} events; it {aside}"
        except (EpisodeError, VersionError) as error:
            note = f"episode {name} cannot be used and {aside}: {error}"
        self.put_aside(name)
        self.notes.append(note)


def read_table(folder: str | Path) -> Table:
    """Return what a study has found so far, without opening it for writing.

    Args:
        folder: The study's folder; another process may be writing there.

    Raises:
        StudyError: If the folder holds no study.
    """
    path = Path(folder)
    spec = _read_spec(path)
    if not (path / INDEX).is_file():
        return _table(spec, None, None)
    index = _open_index(path)
    try:
        return _table(spec, index, None)
    finally:
        index.close()


def _table(spec: Spec, index: sqlite3.Connection | None, stop: Stop | None) -> Table:
    found = index.execute("SELECT result FROM cells").fetchall() if index is not None else []
    results = [_result(data) for (data,) in found]
    rows = tuple(row(each, [result for result in results if result.condition == each]) for each in spec.conditions)
    return Table(spec.as_dict(), rows, stop)


def result_of(run: HiddenRun, truth: TruthReport, episode: str, answers: tuple[ProbeAnswer, ...] = ()) -> CellResult:
    """Return the result of an episode that a study ran and that is at its end.

    Args:
        run: How it was made and ended.
        truth: What really happened in it.
        episode: Name of its folder.
        answers: What was answered to probes.

    Raises:
        EpisodeError: If no study ran it.
    """
    if "cell" not in run.study:
        raise EpisodeError("it was not recorded by a study")
    if run.invalid is not None:
        truth = censored(truth, run.invalid)
    return CellResult(
        cell=run.study["cell"],
        condition=run.condition,
        seed=run.seed,
        repeat=run.study["repeat"],
        episode=episode,
        outcome=counts_as(run.outcome or "", run.invalid),
        ended_by=run.ended_by or "",
        calls=run.calls,
        score=run.score,
        required=run.required,
        opened=run.opened,
        opportunity=truth.funnel.opportunity is not None,
        verdicts={slug: verdict.answer for slug, verdict in truth.verdicts.items()},
        error=run.error or run.invalid,
        played=run.played,
        probes=answers,
    )


def _open_index(folder: Path) -> sqlite3.Connection:
    path = folder / INDEX
    index = sqlite3.connect(path)
    try:
        index.execute("PRAGMA synchronous = OFF")  # the index can be made again; a killed process tears nothing
        index.execute(_TABLE)
        index.execute("PRAGMA quick_check").fetchone()
    except sqlite3.DatabaseError as error:
        index.close()
        raise StudyError(
            f"{path} cannot be used: {error}. Delete it and run the study again: it is made anew from the episodes"
        ) from error
    return index


def _result(data: bytes) -> CellResult:
    return msgspec.json.decode(data, type=CellResult)


def _read_spec(folder: Path) -> Spec:
    path = folder / STUDY
    try:
        return msgspec.json.decode(path.read_bytes(), type=Spec)
    except FileNotFoundError:
        raise StudyError(f"{folder} holds no study: there is no {STUDY} in it") from None
    except (msgspec.DecodeError, ValueError) as error:
        raise StudyError(f"{path} cannot be read: {error}") from None


def _holder(folder: Path) -> str:
    try:
        held = msgspec.json.decode((folder / _HOLDER).read_bytes(), type=dict[str, Any])
        return f"process {held['pid']} on {held['host']}"
    except (OSError, msgspec.DecodeError, KeyError):
        return "another process"


def _write(path: Path, data: object) -> None:
    draft = path.with_name(path.name + ".tmp")
    draft.write_bytes(msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n")
    draft.replace(path)
