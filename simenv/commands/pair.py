"""No agent named: two scripted ones share a morning and part at the decision, to show what the instrument sees."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from simenv.commands import exits
from simenv.commands.one import BAD, Watcher, close, summary, write_json
from simenv.commands.plan import FIRST, SCRIPTED, SECOND, Plan
from simenv.commands.play import Ended, Watched, go_on
from simenv.company.people import DAY
from simenv.content import agent_file
from simenv.policies import Policy
from simenv.policies.load import AgentFile, load_agent
from simenv.record import EpisodeWriter
from simenv.session import Session
from simenv.studies.interrupt import Interrupts
from simenv.viewer.terminal import WIDE, Row
from simenv.viewer.terminal_day import Line, Narrator, Words
from simenv.viewer.terminal_fork import two_days, two_verdicts
from simenv.viewer.terminal_verdict import Verdict


class Branch:
    """One of the two ways a day goes on.

    Args:
        session: The session, forked.
        agent: Who plays on.
        policy: It, ready to go on or to take the seat.
        writer: Who writes the branch down.
        takes_seat: Whether the policy takes the seat at the fork.
    """

    def __init__(
        self, session: Session, agent: AgentFile, policy: Policy, writer: EpisodeWriter, takes_seat: bool
    ) -> None:
        self.session, self.agent, self.policy, self.writer = session, agent, policy, writer
        self.takes_seat = takes_seat
        self.began = len(session.simulation.log)
        self.ended: Ended | None = None

    def play(self, interrupts: Interrupts) -> None:
        """Go on to the end."""
        self.ended = go_on(self.session, self.policy, interrupts, takes_seat=self.takes_seat)
        close(self.session, self.writer, self.ended)

    def lines(self) -> list[Line]:
        """Return the lines of the day since the fork."""
        simulation = self.session.simulation
        words = Words(simulation.company, simulation.scene.seat)
        return list(Narrator(words).lines(simulation.log.since(self.began)))

    def verdict(self) -> Verdict:
        """Return the verdict on the branch."""
        return Verdict(self.session, self.writer.folder, self.ended.error if self.ended is not None else None)


def run_pair(plan: Plan, console: Console) -> int:
    """Play one seed up to the decision and on from there in two ways; return the exit code."""
    first, second = load_agent(agent_file(FIRST)), load_agent(agent_file(SECOND))
    watch = (lambda session: None) if plan.json else Watcher(console, first)
    session = Session(
        plan.world,
        scenario=plan.scenario,
        start=plan.start,
        condition=plan.condition,
        max_calls=plan.max_calls,
        recorder=Watched(None, watch),
    )
    policy = first.new()
    folder = plan.folder()
    with Interrupts() as interrupts:
        session.reset(plan.seeds[0])
        ended = go_on(session, policy, interrupts, until=session.simulation.scene.opening.decision_time)
        branches = _fork(session, policy, first, second, folder)
        for branch in branches:
            if ended is None:
                branch.play(interrupts)
            else:
                branch.ended = ended
                close(branch.session, branch.writer, ended)
            ended = branch.ended if branch.session.outcome == "interrupted" else ended
    if plan.json:
        _json(branches, console)
    else:
        _show(branches, session, console)
    outcomes = {branch.session.outcome for branch in branches}
    if "interrupted" in outcomes:
        exits.complain("\nStopped. What was played so far lies in the folder; the same command begins anew.", "note")
        return exits.INTERRUPTED
    return exits.FOUND if outcomes & BAD else exits.DONE


def _fork(session: Session, policy: Policy, first: AgentFile, second: AgentFile, folder: Path) -> tuple[Branch, Branch]:
    """Part the day: the first agent goes on as a fork of itself, the second takes the seat with the same past."""
    state, turns = policy.state(), session.calls
    branches = []
    for agent, takes_seat in ((first, False), (second, True)):
        description = {"seat": {**agent.spec(), "prefix": {"calls": turns, **first.spec()}}}
        writer = EpisodeWriter(folder / agent.name, policy=description)
        forked = agent.new()
        if not takes_seat:
            forked.load(state)
        branches.append(Branch(session.fork(recorder=writer), agent, forked, writer, takes_seat))
    return branches[0], branches[1]


def _show(branches: tuple[Branch, Branch], session: Session, console: Console) -> None:
    console.print()
    time = Words(session.simulation.company, session.simulation.scene.seat).stamp(session.observation.time)
    console.print(Row("", Text(f"Here, at {time}, the day parts: two agents go on from the same moment.", "head"), 0))
    console.print(Row("", Text(SCRIPTED, "note"), 0))
    left, right = branches
    if console.is_terminal and console.width >= WIDE:
        console.print()
        dates, today = session.simulation.company.opening.dates, session.observation.time // DAY
        console.print(two_days(left.lines(), right.lines(), (left.agent.name, right.agent.name), dates, today))
        console.print()
        console.print(two_verdicts(left.verdict().rows(), right.verdict().rows()))
        return
    for branch in branches:
        console.print()
        console.print(Text(branch.agent.name, "title"))
        console.print()
        Watcher(console, None, branch.began)(branch.session)
        console.print()
        for row in branch.verdict().rows():
            console.print(row)


def _json(branches: tuple[Branch, Branch], console: Console) -> None:
    write_json(
        {
            "note": SCRIPTED,
            "branches": [
                summary(b.session, b.agent.name, b.writer.folder, b.ended.error if b.ended is not None else None)
                for b in branches
            ],
        },
        console,
    )
