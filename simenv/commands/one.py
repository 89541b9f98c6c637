"""One agent, one seed: the day passes before one's eyes, then the verdict. It lies in a study's folder as any other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console

from simenv.commands import exits
from simenv.commands.plan import Plan
from simenv.commands.play import Ended, Watched, go_on
from simenv.company.people import DAY
from simenv.content import agent_file
from simenv.episode import Episode
from simenv.policies.load import AgentFile, load_agent
from simenv.record import EpisodeWriter
from simenv.session import Session
from simenv.studies.interrupt import Interrupts
from simenv.studies.spec import Cell, Spec
from simenv.studies.store import Store, result_of
from simenv.viewer.terminal import DayPrinter
from simenv.viewer.terminal_card import opening_rows
from simenv.viewer.terminal_day import Narrator, Words
from simenv.viewer.terminal_verdict import Verdict

BAD = frozenset({"policy_error", "engine_error", "invalid"})
"""Outcomes that make the exit code 1."""


class Watcher:
    """Prints a session's day as it passes.

    Args:
        console: Where to.
        agent: The agent, to be introduced; None for a session that is not introduced.
        told: Events that are not told, because they were told before.
    """

    def __init__(self, console: Console, agent: AgentFile | None, told: int = 0) -> None:
        self._console, self._agent, self._told = console, agent, told
        self._printer: DayPrinter | None = None
        self._narrator: Narrator | None = None

    def __call__(self, session: Session) -> None:
        """Print what has happened since the last time."""
        simulation = session.simulation
        if self._printer is None or self._narrator is None:
            today = simulation.log[self._told].time // DAY if self._told else None
            self._printer = DayPrinter(self._console, simulation.company.opening.dates, today)
            self._narrator = Narrator(Words(simulation.company, simulation.scene.seat))
            if self._agent is not None:
                for row in opening_rows(session, self._agent.name, self._agent.doc):
                    self._console.print(row)
                self._console.print()
        self._printer.print(self._narrator.lines(simulation.log.since(self._told)))
        self._told = len(simulation.log)


def run_one(plan: Plan, agent_name: str, console: Console) -> int:
    """Run one episode, or show it if it was run before; return the exit code."""
    agent = load_agent(agent_file(agent_name))
    spec = Spec.of(
        plan.world,
        policy=agent.spec(),
        scenario=plan.scenario,
        start=plan.start,
        conditions=[plan.condition],
        max_calls=plan.max_calls,
    )
    folder = plan.folder()
    (cell,) = spec.cells(plan.seeds, 1)
    with Store(folder, spec) as store, Interrupts() as interrupts:
        for note in store.notes:
            exits.complain(note, "note")
        if store.stands(cell.digest()):
            return _again(plan, folder, cell, console)
        session, episode, ended = _play(plan, agent, cell, store, interrupts, console)
    error = ended.error if ended is not None else None
    if plan.json:
        write_json(summary(session, agent.name, episode, error), console)
    else:
        console.print()
        for row in Verdict(session, episode, error).rows():
            console.print(row)
    if session.outcome == "interrupted":
        exits.complain(f"\nStopped. The same seed is played anew with:\n  {plan.command(folder)}", "note")
        return exits.INTERRUPTED
    return exits.FOUND if session.outcome in BAD else exits.DONE


def _play(
    plan: Plan, agent: AgentFile, cell: Cell, store: Store, interrupts: Interrupts, console: Console
) -> tuple[Session, Path, Ended | None]:
    policy = agent.new()
    name, episode = store.begin(cell)
    study = {"cell": cell.digest(), "repeat": cell.repeat, "mode": cell.mode}
    writer = EpisodeWriter(episode, policy=cell.policies, study=study)
    watch = (lambda session: None) if plan.json else Watcher(console, agent)
    session = Session(
        plan.world,
        scenario=plan.scenario,
        start=plan.start,
        condition=plan.condition,
        max_calls=plan.max_calls,
        recorder=Watched(writer, watch),
    )
    try:
        session.reset(cell.seed)
        ended = go_on(session, policy, interrupts)
        close(session, writer, ended)
        store.add(result_of(writer.hidden, session.truth(), name))
    finally:
        writer.drop()
    return session, episode, ended


def close(session: Session, writer: EpisodeWriter, ended: Ended | None) -> None:
    """End an episode that did not end by itself, and keep why."""
    if ended is not None:
        writer.error = ended.error
        session.close(ended.outcome, ended.ended_by)


def _again(plan: Plan, folder: Path, cell: Cell, console: Console) -> int:
    """Show an episode that was run before."""
    for path in sorted((folder / "episodes").iterdir()):
        episode = Episode.load(path)
        if episode.hidden.study.get("cell") == cell.digest():
            session = episode.at(-1, world=plan.world)
            if plan.json:
                write_json(summary(session, episode_agent(episode), path, episode.hidden.error), console)
            else:
                console.print(f"Seed {cell.seed} was played before; this is what came of it.", style="note")
                for row in Verdict(session, path, episode.hidden.error).rows():
                    console.print(row)
            return exits.FOUND if session.outcome in BAD else exits.DONE
    raise AssertionError("the index of the study named an episode that is not there, and was not mended on opening")


def episode_agent(episode: Episode) -> str:
    """Return the name of the agent that played a recorded episode."""
    return ", ".join(
        str(each["agent"]) for each in episode.policy.values() if isinstance(each, dict) and "agent" in each
    )


def summary(session: Session, agent: str, folder: Path | None, error: str | None) -> dict[str, Any]:
    """Return what came of an episode, as plain data."""
    return {
        "agent": agent,
        "world": session.world.name,
        "scenario": session.scenario,
        "start": session.world.scenario(session.scenario).entry(session.start),
        "condition": session.condition,
        "seed": session.seed,
        "outcome": session.outcome,
        "ended_by": session.ended_by,
        "calls": session.calls,
        "error": error,
        "episode": None if folder is None else str(folder),
        "truth": msgspec.to_builtins(session.truth()),
    }


def write_json(document: dict[str, Any], console: Console) -> None:
    """Write one JSON document to where the console writes, in ASCII: no terminal acts upon it."""
    import json

    console.file.write(json.dumps(document, indent=2) + "\n")
