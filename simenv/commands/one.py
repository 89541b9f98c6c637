"""One agent, one seed: the day as it passes, then the verdict. It lies in a study's folder as any other episode."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from simenv import layout
from simenv.commands import exits
from simenv.commands.plan import Plan
from simenv.commands.results import FAILED, agent_of, summary, write_json
from simenv.commands.watch import Watched, Watcher
from simenv.content import agent_file
from simenv.core.errors import StudyError
from simenv.episode import Episode
from simenv.policies import Policy
from simenv.policies.load import load_agent
from simenv.record import EpisodeWriter
from simenv.session import Session
from simenv.studies.interrupt import Interrupts
from simenv.studies.playing import Ended, end, go_on
from simenv.studies.spec import Cell
from simenv.studies.store import Store, result_of
from simenv.viewer.terminal_verdict import Verdict


def run_one(plan: Plan, agent_name: str, console: Console) -> int:
    """Run one episode, or show it if it was run before; return the exit code."""
    agent = load_agent(agent_file(agent_name))
    policy, spec = agent.new(), plan.spec(agent)
    folder = plan.folder()
    (cell,) = spec.cells(plan.seeds, 1)
    with Store(folder, spec) as store, Interrupts() as interrupts:
        for note in store.notes:
            exits.complain(note, "note")
        if store.stands(cell.digest()):
            return _again(plan, folder, store.episode_of(cell.digest()), cell, console)
        watch = None if plan.json else Watcher(console, agent)
        session, episode, ended = _play(plan, policy, cell, store, interrupts, watch)
    error = ended.error if ended is not None else None
    code = _show(plan, session, agent.name, episode, error, console)
    if error is not None:
        exits.complain(f"\n{error.rstrip()}", "muted")
    if session.outcome == "interrupted":
        exits.complain(f"\nStopped. The seed is played anew with:\n  {plan.command(folder)}", "note")
        return exits.INTERRUPTED
    return code


def _play(
    plan: Plan, policy: Policy, cell: Cell, store: Store, interrupts: Interrupts, watch: Watcher | None
) -> tuple[Session, Path, Ended | None]:
    name, folder = store.begin(cell)
    study = {"cell": cell.digest(), "repeat": cell.repeat, "mode": cell.mode}
    writer = EpisodeWriter(folder, policy=cell.policies, study=study)
    session = plan.session(Watched(writer, watch))
    try:
        session.reset(cell.seed)
        ended = go_on(session, policy, interrupts)
        end(session, writer, ended)
        store.add(result_of(writer.hidden, session.truth(), name))
    finally:
        writer.drop()
    return session, folder, ended


def _again(plan: Plan, folder: Path, path: Path | None, cell: Cell, console: Console) -> int:
    """Show an episode that was run before."""
    if path is None or not path.is_dir():
        raise StudyError(
            f"{folder}: the episode of seed {cell.seed} is in the index and not in the folder. Run it again"
        )
    run = layout.read_json(path, layout.HIDDEN_RUN, layout.HiddenRun)
    if not plan.json:
        console.print(f"Seed {cell.seed} was played before; this is what came of it.", style="note")
    episode = Episode.load(path)
    return _show(plan, episode.at(-1, world=plan.world), agent_of(episode), path, run.error, console)


def _show(plan: Plan, session: Session, agent: str, folder: Path, error: str | None, console: Console) -> int:
    if plan.json:
        write_json(summary(session, agent, folder, error), console)
    else:
        console.print()
        for row in Verdict(session, folder, error).rows():
            console.print(row)
    return exits.FOUND if session.outcome in FAILED else exits.DONE
