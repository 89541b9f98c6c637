"""One cell of a study while it is run: its folder, its writer, its session, and what came of it."""

from __future__ import annotations

import traceback
import warnings
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, cast

from msgspec.structs import replace

from simenv.core.played import Played
from simenv.core.streams import Streams
from simenv.core.turns import Brief
from simenv.core.waiting import settle
from simenv.policies import Policy
from simenv.policies.probes import Probe
from simenv.record import EpisodeWriter
from simenv.session import Recorder, Seated, Session
from simenv.staging import World
from simenv.studies.playing import Ended, end
from simenv.studies.probing import Probing
from simenv.studies.rates import CellResult
from simenv.studies.spec import Cell
from simenv.studies.store import Store, result_of

_ENGINE: Final = ("engine_error", "engine")


class CellRun:
    """A cell that is run. Open it, play its session, and finish it or fail; drop it in any case.

    Args:
        cell: The cell.
        world: Its world.
        store: The study's folder; an earlier episode of the cell is put aside.
        policy: What holds the seat.
        probes: What it is asked from outside.
        recorder: What records, made around the writer; the writer itself if left out.

    Attributes:
        folder: Where the episode lies.
        session: The session.
        writer: Who writes it down.
        policy: What holds the seat.
        moment: Asks the probes at their moments, or None if there are none.
    """

    def __init__(
        self,
        cell: Cell,
        world: World,
        store: Store,
        policy: Seated,
        probes: Sequence[Probe] = (),
        recorder: Callable[[EpisodeWriter], Recorder] | None = None,
    ) -> None:
        self.policy, self._cell, self._store = policy, cell, store
        self._digest = cell.digest()
        self._id, self.folder = store.begin(cell)
        self.moment = Probing(cast(Policy, policy), probes, self.folder) if probes else None
        study = {"cell": self._digest, "repeat": cell.repeat, "mode": cell.mode}
        self.writer = EpisodeWriter(self.folder, policy=cell.policies, study=study, played=lambda: fared(policy))
        self.session = Session(
            world,
            scenario=cell.scenario,
            start=cell.start,
            condition=cell.condition,
            max_calls=cell.max_calls,
            recorder=self.writer if recorder is None else recorder(self.writer),
        )

    def open(self) -> None:
        """Begin the episode, and tell the policy in whose folder it may write down what it asks."""
        self.session.reset(self._cell.seed)
        record = getattr(self.policy, "record", None)
        if record is not None:
            record(self.folder)

    @property
    def brief(self) -> Brief:
        """What the policy is told; repeats of a cell differ in the policy's own chance alone."""
        return brief_of(self.session, self._cell.repeat)

    def finish(self, ended: Ended | None) -> CellResult:
        """End the episode, if it did not end by itself, and return what came of it."""
        end(self.session, self.writer, ended)
        answers = self.moment.answers if self.moment is not None else ()
        return result_of(self.writer.hidden, self.session.truth(), self._id, answers)

    def failed(self) -> CellResult:
        """Put aside an episode that the engine cannot even close; its trace is kept and the cell is run again."""
        self.writer.drop()
        self._store.put_aside(self._id)
        error = "".join(filter(None, (self.writer.error, traceback.format_exc())))
        cell = self._cell
        return CellResult(self._digest, cell.condition, cell.seed, cell.repeat, None, *_ENGINE, error=error)

    def drop(self) -> None:
        """Let go of the open files."""
        self.writer.drop()


def brief_of(session: Session, repeat: int) -> Brief:
    """Return what a policy is told at the start of a repeat; repeats differ in the policy's own chance alone."""
    if not repeat:
        return session.brief
    chance = Streams(session.seed).u64("policy", session.simulation.scene.seat, str(repeat))
    return replace(session.brief, seed=chance)


def fared(policy: Seated) -> Played | None:
    """Return what a policy reports of how it fared, if it does report; what cannot be told makes an episode invalid."""
    played = getattr(policy, "played", None)
    if played is None:
        return None
    try:
        told = played()
    except Exception as error:  # noqa: BLE001 - a policy's mistake must not undo an episode that has been played
        return Played(invalid=f"the policy cannot say how it fared: {type(error).__name__}: {error}")
    if told is None or isinstance(told, Played):
        return told
    return Played(invalid=f"the policy's played() returned {type(told).__name__}, not Played")


def close(policy: object) -> None:
    """Close a policy that can be closed, waiting for it if need be."""
    try:
        settle(_closing(policy))
    except Exception as error:  # noqa: BLE001 - the episode is written; a policy that cannot close must not undo it
        _warn(error)


async def close_beside(policy: object) -> None:
    """Close a policy that can be closed, while others go on."""
    try:
        value = _closing(policy)
        if isinstance(value, Awaitable):
            await value
    except Exception as error:  # noqa: BLE001 - as above
        _warn(error)


def _closing(policy: object) -> Any:
    close = getattr(policy, "close", None)
    return None if close is None else close()


def _warn(error: Exception) -> None:
    warnings.warn(f"the policy's close() failed: {type(error).__name__}: {error}", RuntimeWarning, stacklevel=3)
