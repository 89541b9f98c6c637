"""Episodes side by side: one event loop plays them all, so that many wait for their models at the same time.

The engine never waits, so it never runs beside itself: between two moments at which a policy decides, an episode has
the loop to itself. What happens in an episode depends on its cell and its policy's decisions alone, hence neither on
how many are played at a time nor on the order in which replies arrive.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import nullcontext
from queue import Empty, SimpleQueue
from typing import Final

from simenv.core.errors import RecordingError
from simenv.core.played import AGAIN
from simenv.core.waiting import inside, loop
from simenv.studies.cell_run import CellRun, close_beside
from simenv.studies.interrupt import Interrupts
from simenv.studies.job import Job, Progress, Report
from simenv.studies.playing import go_on_beside
from simenv.studies.rates import Table
from simenv.studies.spec import Cell
from simenv.studies.stop import CALLER, KEYBOARD, Stop, Stops
from simenv.studies.store import Store
from simenv.studies.waits import Waits

_GLANCE: Final = 0.2
"""Seconds between two looks for Ctrl-C: not everywhere does it interrupt a wait."""


def run_beside(job: Job, report: Report) -> Table:
    """Run a study in the loop of :mod:`simenv.core.waiting` and wait for it; Ctrl-C arrives here, not in the engine.

    Raises:
        RuntimeError: If it is called from that very loop.
    """
    if inside():
        raise RuntimeError("run_study() was called from the loop it would wait for; there, await arun_study()")
    steps: SimpleQueue[Progress | None] = SimpleQueue()
    beside = Beside(job, steps.put)
    with Interrupts() as interrupts:
        future = beside.begin(lambda: steps.put(None))
        stopping = False
        try:
            while not (future.done() and steps.empty()):
                try:
                    with nullcontext() if stopping else interrupts.let_through():
                        step = steps.get(timeout=_GLANCE)
                except Empty:
                    continue
                except KeyboardInterrupt:
                    if stopping:  # a second one does not wait
                        raise
                    stopping = interrupts.asked = True
                    beside.stop(KEYBOARD)
                    continue
                if step is not None:
                    report(step)
        except BaseException as error:
            beside.stop(CALLER)
            if not isinstance(error, KeyboardInterrupt):
                wait([future])
            raise
        return future.result()


async def arun_beside(job: Job, report: Report) -> Table:
    """Run a study in the loop of :mod:`simenv.core.waiting`, from any loop; cancelled, it closes what is under way."""
    here = asyncio.get_running_loop()
    steps: asyncio.Queue[Progress | None] = asyncio.Queue()
    beside = Beside(job, lambda step: _tell(here, steps, step))
    future = beside.begin(lambda: _tell(here, steps, None))
    try:
        while (step := await steps.get()) is not None:
            report(step)
    except BaseException:
        beside.stop(CALLER)
        await asyncio.wait([asyncio.wrap_future(future)])
        raise
    return future.result()


def _tell(there: asyncio.AbstractEventLoop, steps: asyncio.Queue[Progress | None], step: Progress | None) -> None:
    there.call_soon_threadsafe(steps.put_nowait, step)


class Beside:
    """A study that plays several episodes at a time.

    Args:
        job: What is to be run.
        report: Called in the loop's thread after every cell and for every note.
    """

    def __init__(self, job: Job, report: Report) -> None:
        self._job, self._report = job, report
        self._waits, self._stops = Waits(), Stops()
        self._done = 0

    def begin(self, at_end: Callable[[], None]) -> Future[Table]:
        """Begin in the loop of :mod:`simenv.core.waiting`; ``at_end`` is called in its thread at the end."""
        future = asyncio.run_coroutine_threadsafe(self._run(), loop())
        future.add_done_callback(lambda _: at_end())
        return future

    def stop(self, by: str) -> None:
        """Cancel what is waited for, close the episodes under way, begin none; from any thread."""
        loop().call_soon_threadsafe(self._stop, Stop(by))

    def _stop(self, stop: Stop) -> None:
        self._stops.stop = self._stops.stop or stop
        self._waits.stop(stop.by)

    async def _run(self) -> Table:
        job = self._job
        with Store(job.out, job.spec) as store:  # the folder's lock and index belong to the thread that opens them
            left = job.left(store)
            self._done = len(job.cells) - len(left)
            for note in store.notes:
                self._report(Progress(self._done, len(job.cells), None, note))
            cells = iter(left)
            workers = [asyncio.create_task(self._work(cells, store)) for _ in range(min(job.concurrency, len(left)))]
            for error in await asyncio.gather(*workers, return_exceptions=True):
                if error is not None:
                    raise error
            return store.table(self._stops.stop)

    async def _work(self, cells: Iterator[Cell], store: Store) -> None:
        try:
            for cell in cells:
                if self._waits.stopped is not None:
                    return
                await self._play(cell, store)
        except BaseException:
            self._waits.stop(CALLER)  # the others close what they play; then this error is raised
            raise

    async def _play(self, cell: Cell, store: Store) -> None:
        run = CellRun(cell, self._job.world, store, self._job.make_policy(), self._job.probes)
        ended = None
        try:
            run.open()
            ended = await go_on_beside(run.session, run.policy, self._waits, brief=run.brief, moment=run.moment)
            result = run.finish(ended)
        except RecordingError:
            raise
        except Exception:  # noqa: BLE001 - the engine cannot even close: its trace is kept and the cell is run again
            result = run.failed()
        finally:
            run.drop()
            await close_beside(run.policy)
        store.add(result)
        self._done += result.outcome not in AGAIN
        self._report(Progress(self._done, len(self._job.cells), result))
        stop = self._stops.see(ended)
        if stop is not None:
            self._waits.stop(stop.by)
