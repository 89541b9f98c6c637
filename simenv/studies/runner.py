"""Running a study: every cell once, each episode written down, whatever becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from simenv.core.errors import RecordingError, StudyError
from simenv.core.played import AGAIN
from simenv.policies.probes import Probe
from simenv.session import Seated
from simenv.staging import World, find_world
from simenv.studies.beside import arun_beside, run_beside
from simenv.studies.cell_run import CellRun, close
from simenv.studies.interrupt import Interrupts
from simenv.studies.job import Job, Progress, Report
from simenv.studies.playing import Ended, go_on
from simenv.studies.rates import CellResult, Table
from simenv.studies.spec import Cell, Spec
from simenv.studies.stop import KEYBOARD, Stop, Stops
from simenv.studies.store import Store

__all__ = ["Progress", "arun_study", "run_study"]


def run_study(
    spec: Spec,
    seeds: Iterable[int],
    out: str | Path,
    *,
    make_policy: Callable[[], Seated],
    repeats: int = 1,
    world: str | Path | World | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    concurrency: int = 1,
    probes: Sequence[Probe] = (),
) -> Table:
    """Run what is not there yet of a study and return what it has found.

    The same call on the same folder resumes; more seeds or repeats extend it. Ctrl-C closes the running episodes as
    ``interrupted`` and returns with ``stopped`` set. A policy's exception ends its episode as ``policy_error``, which
    stands; an exception of the engine ends it as ``engine_error``, and the cell is run again next time, as an
    interrupted one is. A policy that gives up (:class:`simenv.core.errors.EpisodeStopError`) ends its episode as it
    says, and the run where it says so; three episodes in a row without any reply end the run, too.

    Policies may be asynchronous. With a concurrency above 1 that many episodes are played at a time, all in the one
    event loop of :mod:`simenv.core.waiting`, where policies are made and asked; a policy that is not asynchronous holds
    the others up while it decides. What happens in an episode does not depend on how many are played at a time.

    Args:
        spec: The specification; its description of the policy must be that of what ``make_policy`` makes.
        seeds: Root seeds.
        out: The study's folder.
        make_policy: Makes a new policy for each episode. What it raises is raised here.
        repeats: Episodes for each seed and condition; they differ in the policy's own chance alone.
        world: Where the world lies, if it is not one that is found by its name.
        on_progress: Called after every cell and for every note.
        concurrency: Episodes at a time.
        probes: Questions from outside, each asked at its moment on a copy of the conversation; the answers lie beside
            the episode and in the table. They change nothing that happens and are not part of the specification.

    Raises:
        RecordingError: If an episode can no longer be written; what is finished stands.
        StudyError: If the folder is in use, holds something else, or the world is not the specification's.
    """
    job = _job(spec, seeds, out, make_policy, repeats, world, concurrency, probes)
    report = on_progress or _silent
    return _run_in_turn(job, report) if concurrency == 1 else run_beside(job, report)


async def arun_study(
    spec: Spec,
    seeds: Iterable[int],
    out: str | Path,
    *,
    make_policy: Callable[[], Seated],
    repeats: int = 1,
    world: str | Path | World | None = None,
    on_progress: Callable[[Progress], object] | None = None,
    concurrency: int = 8,
    probes: Sequence[Probe] = (),
) -> Table:
    """Run what is not there yet of a study, from any event loop: :func:`run_study` to be awaited.

    Arguments and errors are those of :func:`run_study`. ``on_progress`` is called in the caller's loop, the policies
    work in the loop of :mod:`simenv.core.waiting`. Cancelled, it closes the running episodes as ``interrupted`` before
    it lets the cancellation go on.
    """
    job = _job(spec, seeds, out, make_policy, repeats, world, concurrency, probes)
    return await arun_beside(job, on_progress or _silent)


def _job(
    spec: Spec,
    seeds: Iterable[int],
    out: str | Path,
    make_policy: Callable[[], Seated],
    repeats: int,
    world: str | Path | World | None,
    concurrency: int,
    probes: Sequence[Probe],
) -> Job:
    opened = find_world(spec.world if world is None else world)
    if opened.hash != spec.world_hash:
        raise StudyError(
            f"the specification is of the world {spec.world!r} with hash {spec.world_hash[:12]}; this one is "
            f"{opened.name!r} with hash {opened.hash[:12]}. Make the specification anew, for a new folder"
        )
    if concurrency < 1:
        raise StudyError(f"a study plays at least one episode at a time, not {concurrency}")
    return Job(spec, spec.cells(seeds, repeats), out, opened, make_policy, concurrency, tuple(probes))


def _run_in_turn(job: Job, report: Report) -> Table:
    """Play one episode after the other, in this thread."""
    stops = Stops()
    with Store(job.out, job.spec) as store, Interrupts() as interrupts:
        left = job.left(store)
        done = len(job.cells) - len(left)
        for note in store.notes:
            report(Progress(done, len(job.cells), None, note))
        for cell in left:
            if interrupts.asked:
                stops.stop = Stop(KEYBOARD)
                break
            result, ended = _play(cell, job, store, interrupts)
            store.add(result)
            done += result.outcome not in AGAIN
            report(Progress(done, len(job.cells), result))
            if stops.see(ended) is not None:
                break
        return store.table(stops.stop)


def _play(cell: Cell, job: Job, store: Store, interrupts: Interrupts) -> tuple[CellResult, Ended | None]:
    run = CellRun(cell, job.world, store, job.make_policy(), job.probes)
    try:
        run.open()
        ended = go_on(run.session, run.policy, interrupts, brief=run.brief, moment=run.moment)
        return run.finish(ended), ended
    except RecordingError:
        raise
    except Exception:  # noqa: BLE001 - the engine cannot even close: its trace is kept and the cell is run again
        return run.failed(), None
    finally:
        run.drop()
        close(run.policy)


def _silent(progress: Progress) -> None:
    """Tell nobody."""
