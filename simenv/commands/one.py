"""One seed: the day as it passes, then the verdict. It lies in a study's folder as any other episode."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from simenv import layout
from simenv.commands import exits
from simenv.commands.holder import Holder
from simenv.commands.plan import Plan
from simenv.commands.results import FAILED, agent_of, summary, write_json
from simenv.commands.stopped import told_why
from simenv.commands.watch import Watched, Watcher
from simenv.core.errors import StudyError
from simenv.core.played import counts_as
from simenv.episode import Episode
from simenv.layout import HiddenRun
from simenv.session import Session
from simenv.studies.cell_run import CellRun, close
from simenv.studies.interrupt import Interrupts
from simenv.studies.playing import Ended, go_on
from simenv.studies.spec import Cell
from simenv.studies.stop import PROVIDER, Stop, Stops
from simenv.studies.store import Store
from simenv.studies.totals import totals
from simenv.viewer.terminal_models import totals_rows
from simenv.viewer.terminal_verdict import Verdict


def run_one(plan: Plan, holder: Holder, console: Console) -> int:
    """Run one episode, or show it if it was run before; return the exit code."""
    policy, spec = holder.new(), plan.spec(holder.spec)
    folder = plan.folder()
    (cell,) = spec.cells(plan.seeds, 1)
    with Store(folder, spec) as store, Interrupts() as interrupts:
        for note in store.notes:
            exits.complain(note, "note")
        if store.stands(cell.digest()):
            return _again(plan, folder, store.episode_of(cell.digest()), cell, console)
        watch = None if plan.json else Watcher(console, holder)
        run = CellRun(cell, plan.world, store, policy, plan.probes, lambda writer: Watched(writer, watch))
        try:
            run.open()
            ended = go_on(run.session, policy, interrupts, moment=run.moment)
            store.add(run.finish(ended))
        finally:
            run.drop()
            close(policy)
    return _told(plan, run, ended, holder, console)


def _told(plan: Plan, run: CellRun, ended: Ended | None, holder: Holder, console: Console) -> int:
    """Show what came of the episode, and why it was stopped if it was."""
    session, stop = run.session, _stop(ended)
    error = ended.error if ended is not None and stop is None else None
    code = exits.DONE
    if stop is None or not stop.message or session.calls or plan.json:
        code = _show(plan, session, holder.name, run.folder, run.writer.hidden, error, console)
    if ended is not None and ended.outcome in ("policy_error", "engine_error") and error is not None:
        exits.complain(f"\n{error.rstrip()}", "muted")
    if stop is None:
        return code
    return told_why(stop, f"Play the seed anew with:\n  {plan.command(run.folder.parent.parent)}", holder.answered)


def _stop(ended: Ended | None) -> Stop | None:
    """Return why the episode must be played anew, or None if it stands."""
    if ended is None or (ended.outcome != "interrupted" and not ended.stops_run):
        return None
    return Stops().see(ended) or Stop(PROVIDER if ended.ended_by == PROVIDER else ended.ended_by, ended.error or "")


def _again(plan: Plan, folder: Path, path: Path | None, cell: Cell, console: Console) -> int:
    """Show an episode that was run before."""
    if path is None or not path.is_dir():
        raise StudyError(
            f"{folder}: the episode of seed {cell.seed} is in the index and not in the folder. Run it again"
        )
    run = layout.read_json(path, layout.HIDDEN_RUN, HiddenRun)
    if not plan.json:
        console.print(f"Seed {cell.seed} was played before; this is what came of it.", style="note")
    episode = Episode.load(path)
    return _show(plan, episode.at(-1, world=plan.world), agent_of(episode), path, run, run.error, console)


def _show(
    plan: Plan, session: Session, agent: str, folder: Path, run: HiddenRun, error: str | None, console: Console
) -> int:
    if plan.json:
        write_json(summary(session, agent, folder, error, run.invalid, run.played), console)
    else:
        console.print()
        for row in Verdict(session, folder, error, run.invalid).rows():
            console.print(row)
        sums = totals([run.played])
        for each in totals_rows(sums) if sums is not None else ():
            console.print(each)
    return exits.FOUND if counts_as(session.outcome or "", run.invalid) in FAILED else exits.DONE
