"""Running a study: every cell once, each episode written down, whatever becomes of it."""

from __future__ import annotations

import traceback
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from simenv.core.errors import RecordingError, StudyError
from simenv.core.streams import Streams
from simenv.core.turns import Brief
from simenv.record import EpisodeWriter
from simenv.session import Seated, Session
from simenv.staging import World, find_world
from simenv.studies.interrupt import Interrupts
from simenv.studies.playing import end, go_on
from simenv.studies.rates import CellResult, Table
from simenv.studies.spec import Cell, Spec
from simenv.studies.store import Store, result_of

_ENGINE: Final = ("engine_error", "engine")


class Progress(Struct, frozen=True):
    """How far a study is.

    Attributes:
        done: Cells done, those of earlier runs included.
        total: Cells asked for.
        result: What came of the cell just run, or None for a note.
        note: Something people should know, or empty.
    """

    done: int
    total: int
    result: CellResult | None = None
    note: str = ""


def run_study(
    spec: Spec,
    seeds: Iterable[int],
    out: str | Path,
    *,
    make_policy: Callable[[], Seated],
    repeats: int = 1,
    world: str | Path | World | None = None,
    on_progress: Callable[[Progress], object] | None = None,
) -> Table:
    """Run what is not there yet of a study and return what it has found.

    The same call on the same folder resumes; more seeds or repeats extend it. Ctrl-C closes the running episode as
    ``interrupted`` and returns with ``stopped`` set. A policy's exception ends its episode as ``policy_error``, which
    stands; an exception of the engine ends it as ``engine_error``, and the cell is run again next time, as an
    interrupted one is.

    Args:
        spec: The specification; its description of the policy must be that of what ``make_policy`` makes.
        seeds: Root seeds.
        out: The study's folder.
        make_policy: Makes a new policy for each episode. What it raises is raised here.
        repeats: Episodes for each seed and condition; they differ in the policy's own chance alone.
        world: Where the world lies, if it is not one that is found by its name.
        on_progress: Called after every cell and for every note.

    Raises:
        RecordingError: If an episode can no longer be written; what is finished stands.
        StudyError: If the folder is in use, holds something else, or the world is not the specification's.
    """
    opened = find_world(spec.world if world is None else world)
    if opened.hash != spec.world_hash:
        raise StudyError(
            f"the specification is of the world {spec.world!r} with hash {spec.world_hash[:12]}; this one is "
            f"{opened.name!r} with hash {opened.hash[:12]}. Make the specification anew, for a new folder"
        )
    cells = spec.cells(seeds, repeats)
    report = on_progress or (lambda progress: None)
    stopped = False
    with Store(out, spec) as store, Interrupts() as interrupts:
        waiting = [cell for cell in cells if not store.stands(cell.digest())]
        done = len(cells) - len(waiting)
        for note in store.notes:
            report(Progress(done, len(cells), None, note))
        for cell in waiting:
            if interrupts.asked:
                stopped = True
                break
            result = _run(cell, opened, store, make_policy(), interrupts)
            store.add(result)
            stopped = result.outcome == "interrupted"
            done += result.outcome not in ("interrupted", "engine_error")
            report(Progress(done, len(cells), result))
            if stopped:
                break
        return store.table(stopped)


def _run(cell: Cell, world: World, store: Store, policy: Seated, interrupts: Interrupts) -> CellResult:
    digest = cell.digest()
    id, folder = store.begin(cell)
    writer = EpisodeWriter(
        folder, policy=cell.policies, study={"cell": digest, "repeat": cell.repeat, "mode": cell.mode}
    )
    session = Session(
        world,
        scenario=cell.scenario,
        start=cell.start,
        condition=cell.condition,
        max_calls=cell.max_calls,
        recorder=writer,
    )
    try:
        session.reset(cell.seed)
        end(session, writer, go_on(session, policy, interrupts, brief=_brief(session, cell)))
        return result_of(writer.hidden, session.truth(), id)
    except RecordingError:
        raise
    except Exception:  # noqa: BLE001 - the engine cannot even close: its trace is kept and the cell is run again
        writer.drop()
        store.put_aside(id)
        error = "".join(filter(None, (writer.error, traceback.format_exc())))
        return CellResult(digest, cell.condition, cell.seed, cell.repeat, None, *_ENGINE, error=error)
    finally:
        writer.drop()
        _close(policy)


def _brief(session: Session, cell: Cell) -> Brief:
    """Return what the policy is told; repeats of a cell differ in the policy's own chance alone."""
    if not cell.repeat:
        return session.brief
    chance = Streams(cell.seed).u64("policy", session.simulation.scene.seat, str(cell.repeat))
    return replace(session.brief, seed=chance)


def _close(policy: Seated) -> None:
    close = getattr(policy, "close", None)
    if close is None:
        return
    try:
        close()
    except Exception as error:  # noqa: BLE001 - the episode is written; a policy that cannot close must not undo it
        warnings.warn(f"the policy's close() failed: {type(error).__name__}: {error}", RuntimeWarning, stacklevel=2)
