"""No agent named: two scripted ones share a morning and part at the decision, to show what the instrument sees."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from simenv.commands import exits
from simenv.commands.plan import FIRST, SCRIPTED, SECOND, Plan
from simenv.commands.results import FAILED, summary, write_json
from simenv.commands.watch import Watched, Watcher
from simenv.company.people import DAY
from simenv.content import agent_file
from simenv.core.errors import RecordingError
from simenv.policies import Policy
from simenv.policies.load import AgentFile, load_agent
from simenv.record import EpisodeWriter
from simenv.session import Session
from simenv.studies.interrupt import Interrupts
from simenv.studies.playing import Ended, end, go_on
from simenv.viewer.terminal import WIDE, Row
from simenv.viewer.terminal_day import Narrator
from simenv.viewer.terminal_events import Line
from simenv.viewer.terminal_fork import two_days, two_verdicts
from simenv.viewer.terminal_names import Names
from simenv.viewer.terminal_verdict import Verdict


class Branch:
    """One of the ways a day goes on.

    Args:
        session: The session before it parts; the branch forks it.
        agent: Who plays on.
        writer: Who writes the branch down.
    """

    def __init__(self, session: Session, agent: AgentFile, writer: EpisodeWriter) -> None:
        self.agent, self.writer = agent, writer
        self.began = len(session.simulation.log)
        self.session = session.fork(recorder=writer)
        self.ended: Ended | None = None

    @property
    def error(self) -> str | None:
        """Text of the error that ended it, if one did."""
        return self.ended.error if self.ended is not None else None

    def end(self, ended: Ended | None) -> None:
        """Take in how it ended."""
        self.ended = ended
        end(self.session, self.writer, ended)

    def lines(self) -> list[Line]:
        """Return the lines of the day since it parted."""
        simulation = self.session.simulation
        names = Names(simulation.company, simulation.scene.seat)
        return list(Narrator(names).lines(simulation.log.since(self.began)))

    def verdict(self) -> Verdict:
        """Return the verdict on the branch."""
        return Verdict(self.session, self.writer.folder, self.error)


def run_pair(plan: Plan, console: Console) -> int:
    """Play one seed up to the decision and on from there in two ways; return the exit code."""
    first, second = load_agent(agent_file(FIRST)), load_agent(agent_file(SECOND))
    policy, folder = first.new(), plan.folder()
    for name in (FIRST, SECOND):
        if (folder / name).exists():
            raise RecordingError(f"{folder} holds such a run already ({name}); choose another folder")
    folder.mkdir(parents=True, exist_ok=True)
    session = plan.session(Watched(None, None if plan.json else Watcher(console, first)))
    with Interrupts() as interrupts:
        session.reset(plan.seeds[0])
        ended = go_on(session, policy, interrupts, until=session.simulation.scene.opening.decision_time)
        branches = [_branch(session, first, first, folder)]
        if ended is not None or session.over:
            branches[0].end(ended)
        else:
            branches.append(_branch(session, first, second, folder))
            _part(branches, policy, interrupts)
    _show(plan, branches, session, console)
    for branch in branches:
        if branch.error is not None:
            exits.complain(f"\n{branch.error.rstrip()}", "muted")
    outcomes = {branch.session.outcome for branch in branches}
    if "interrupted" in outcomes:
        again = plan.command(None)
        exits.complain(f"\nStopped. What was played lies in {folder}. Play it anew with:\n  {again}", "note")
        return exits.INTERRUPTED
    return exits.FOUND if outcomes & FAILED else exits.DONE


def _branch(session: Session, first: AgentFile, agent: AgentFile, folder: Path) -> Branch:
    seat = session.world.scenario(session.scenario).file.seat
    described = {seat: {**agent.spec(), "prefix": {"calls": session.calls, **first.spec()}}}
    return Branch(session, agent, EpisodeWriter(folder / agent.name, policy=described))


def _part(branches: list[Branch], policy: Policy, interrupts: Interrupts) -> None:
    """Play both branches: in one the first agent goes on, in the other the second takes the seat with the same past."""
    one, other = branches
    copy = one.agent.new()
    copy.load(policy.state())
    one.end(go_on(one.session, copy, interrupts, takes_seat=False))
    if one.session.outcome == "interrupted":
        other.end(one.ended)
    else:
        other.end(go_on(other.session, other.agent.new(), interrupts))


def _show(plan: Plan, branches: list[Branch], session: Session, console: Console) -> None:
    if plan.json:
        each = [summary(branch.session, branch.agent.name, branch.writer.folder, branch.error) for branch in branches]
        write_json({"note": SCRIPTED, "branches": each}, console)
        return
    console.print()
    if len(branches) == 1:
        console.print(Row("", Text("The day ended before the decision; there is nothing to compare.", "note"), 0))
    else:
        time = Names(session.simulation.company, session.simulation.scene.seat).stamp(session.observation.time)
        text = f"Here, at {time}, the day parts: two agents go on from the same moment."
        console.print(Row("", Text(text, "head"), 0))
        console.print(Row("", Text(SCRIPTED, "note"), 0))
        if console.is_terminal and console.width >= WIDE:
            _side_by_side(branches, session, console)
            return
    for branch in branches:
        console.print()
        if len(branches) == 2:
            console.print(Text(branch.agent.name, "title"))
            console.print()
            Watcher(console, told=branch.began)(branch.session)
            console.print()
        for row in branch.verdict().rows():
            console.print(row)


def _side_by_side(branches: list[Branch], session: Session, console: Console) -> None:
    left, right = branches
    names = (left.agent.name, right.agent.name)
    dates, today = session.simulation.company.opening.dates, session.observation.time // DAY
    console.print()
    console.print(two_days(left.lines(), right.lines(), names, dates, today))
    console.print()
    console.print(two_verdicts(left.verdict().rows(), right.verdict().rows()))
