"""One seat without any framework: the base of environments and of every adapter.

Example:
    >>> from simenv import Session
    >>> session = Session("summit_bridge")
    >>> text = session.reset(seed=7)
    >>> turn = session.call("mail_list", unread_only=True)
    >>> turn.ok
    True
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from simenv.company.org import OrgGraph
from simenv.core.bounds import clean_text
from simenv.core.calls import ToolCall, ToolResult, refused
from simenv.core.chunks import Chunks
from simenv.core.errors import SessionStateError
from simenv.core.turns import Action, Brief, Observation, Outcome, Past, ToolInfo, check_action
from simenv.core.waiting import settle
from simenv.scene import Due
from simenv.simulation import Simulation
from simenv.snapshot import from_bytes, seed_of, to_bytes
from simenv.staging import World, brief_of, find_world, stage
from simenv.transcript import Entry, kept
from simenv.truth import JUDGES
from simenv.truth.report import TruthReport, report

_TASKS = next(place for place, judge in enumerate(JUDGES) if judge.name == "tasks")
_SAY = 64_000


class Turn(Struct, frozen=True, gc=False):
    """What came of one turn.

    Attributes:
        observation: What the seat perceives after it.
        results: One result for each call of the turn, in order.
        reward: Change of the task score.
        terminated: Whether the world ended the episode.
        truncated: Whether a caller's limit ended it.
    """

    observation: Observation
    results: tuple[ToolResult, ...]
    reward: float
    terminated: bool
    truncated: bool

    @property
    def text(self) -> str:
        """What the seat is told."""
        return self.observation.text

    @property
    def ok(self) -> bool:
        """Whether every call of the turn ran."""
        return all(result.ok for result in self.results)


class Seated(Protocol):
    """Whoever can hold a seat (:class:`simenv.policies.Policy` says more). Either method may be asynchronous."""

    def reset(self, brief: Brief, past: Past = ()) -> Awaitable[None] | None:
        """Take the seat."""

    def act(self, observation: Observation) -> Action | Awaitable[Action]:
        """Decide what to do now."""


class Recorder(Protocol):
    """Writes an episode down while it happens (:class:`simenv.record.EpisodeWriter`)."""

    def opened(self, session: Session) -> None:
        """Write what is known at the opening."""

    def stepped(self, session: Session) -> None:
        """Write what has happened since."""

    def closed(self, session: Session) -> None:
        """Write the end."""


class Session:
    """One seat in one company.

    Args:
        world: Name or folder of a world, or a loaded one.
        scenario: Name of a scenario of that world.
        start: Name of an entry point of the scenario, or None for its first.
        condition: Factor -> level; factors left out take their first level.
        max_calls: A cap of the caller's own; reaching it truncates the episode.
        recorder: Who writes the episode down, if anybody.

    Raises:
        UnknownNameError: If there is no such world, scenario, entry point, factor or level.
        WorldError: If the world has mistakes.
    """

    def __init__(
        self,
        world: str | Path | World = "summit_bridge",
        *,
        scenario: str = "default",
        start: str | None = None,
        condition: dict[str, str] | None = None,
        max_calls: int | None = None,
        recorder: Recorder | None = None,
    ) -> None:
        self.world = find_world(world)
        self.scenario, self.start = scenario, start
        self.condition = self.world.condition(condition or {})
        self.max_calls = max_calls
        self.recorder = recorder
        self._sim: Simulation | None = None
        self.world.scenario(scenario).entry(start)

    # Before and at the start.

    @property
    def tools(self) -> tuple[ToolInfo, ...]:
        """What the seat may call."""
        return self.world.toolbox(self.scenario).infos

    def reset(self, seed: int = 0) -> str:
        """Begin an episode and return the first text: the brief, then what the seat perceives.

        Args:
            seed: The episode's root seed, in [0, 2**64).
        """
        scene = stage(self.world, self.scenario, self.start, self.condition, seed)
        self._begin(Simulation(scene, seed))
        self.transcript: Chunks[Entry] = Chunks()
        self.reward = self.total = 0.0
        self.truncated = False
        self._go_on()
        self.observation = self.simulation.observe(None)
        self.transcript.append(Entry(self.observation))
        if self.recorder is not None:
            self.recorder.opened(self)
        return f"{self.brief.text}\n\n{self.observation.text}"

    def _begin(self, simulation: Simulation) -> None:
        self._sim = simulation
        self.seed = simulation.streams.seed
        self._tasks = simulation.states[_TASKS]
        self.brief: Brief = brief_of(self.world, simulation.scene, simulation.streams)

    # Acting.

    def call(self, name: str, arguments: dict[str, Any] | str | None = None, **more: Any) -> Turn:
        """Call one tool.

        Args:
            name: The tool's name.
            arguments: Arguments by name, or the JSON text of them.
            **more: Arguments by name, for those who type by hand.
        """
        return self.step(ToolCall(name, more if arguments is None else arguments))

    def step(
        self, raw: object, reasoning: str | None = None, say: str | None = None, drafted: Sequence[ToolCall] = ()
    ) -> Turn:
        """Make one call of whatever ``raw`` is; what is no call becomes one ``malformed`` result."""
        simulation = self._acting()
        return self.taken(simulation.act(raw), reasoning, say, drafted)

    def say(self, text: str, reasoning: str | None = None, drafted: Sequence[ToolCall] = ()) -> Turn:
        """Take a turn without a call. Nobody hears the text; it stays in the transcript."""
        simulation = self._acting()
        return self.taken(simulation.say_nothing(len(text.encode("utf-8", "replace"))), reasoning, text, drafted)

    def act(self, action: Action) -> Turn:
        """Take a policy's action: its calls in order, each its own step, stopping at the first failure.

        Raises:
            PolicyError: If it is no action.
        """
        check_action(action)
        if not action.calls:
            return self.say(action.say or "", action.reasoning, action.drafted)
        turns: list[Turn] = []
        for number, call in enumerate(action.calls):
            beside = (action.reasoning, action.say, action.drafted) if number == 0 else ()
            turns.append(turn := self.step(call, *beside))
            if not turn.ok or self.over:
                break
        if len(action.calls) == 1:
            return turns[0]
        left = len(action.calls) - len(turns)
        withheld = (refused("withheld", "Not run: an earlier call of this turn failed or ended it.", 0),) * left
        last = turns[-1]
        texts = [turn.text for turn in turns] + ([f"{left} further calls were not run."] if left else [])
        seen = last.observation
        parts = (*(turn.text for turn in turns), *(result.text for result in withheld))
        ran = tuple(str(turn.observation.reply_to_call) for turn in turns)
        self.observation = replace(seen, text="\n\n".join(texts), parts=parts, ran=ran)
        results = tuple(result for turn in turns for result in turn.results) + withheld
        reward = sum(turn.reward for turn in turns)
        return Turn(self.observation, results, reward, last.terminated, last.truncated)

    def play(self, policy: Seated, until: int | None = None) -> None:
        """Let a policy take the seat where the session stands and play on.

        Args:
            policy: Who decides; it is shown the brief and what has happened so far as its past.
            until: Stop when the seat is due at or after this simulated second; None for the end of the episode.

        Raises:
            PolicyError: If it returns what is no action.
        """
        settle(policy.reset(self.brief, self.past))
        while not self.over and (until is None or self.observation.time < until):
            self.act(settle(policy.act(self.observation)))

    def taken(
        self,
        result: ToolResult,
        reasoning: str | None = None,
        say: str | None = None,
        drafted: Sequence[ToolCall] = (),
    ) -> Turn:
        """Finish a turn that the simulation has taken: go on until the seat is due, perceive, record.

        Args:
            result: What came of the turn's call.
            reasoning: Private reasoning that came with it.
            say: Text that came with it.
            drafted: Calls that were drafted for it and not made.
        """
        simulation = self._acting()
        company = simulation.company
        made = simulation.made
        self._go_on()
        if self.max_calls is not None and self.calls >= self.max_calls and not company.ended:
            simulation.close("limit", "max_calls")
            self.truncated = True
        observation = self.observation = simulation.observe(result)
        tasks = simulation.states[_TASKS]
        if tasks is self._tasks:  # judges' states are replaced when they change
            self.reward = 0.0
        else:
            self._tasks = tasks
            self.reward, self.total = tasks.score - self.total, tasks.score
        name, arguments = (made.tool, made.arguments) if made is not None else (None, None)
        if reasoning is not None:
            reasoning = clean_text(reasoning[:_SAY])
        if say is not None:
            say = clean_text(say[:_SAY])
        self.transcript.append(
            Entry(observation, observation.reply_to_call, name, arguments, result.code, reasoning, say, kept(drafted))
        )
        ended = company.ended
        if self.recorder is not None:
            self.recorder.stepped(self)
            if ended:
                self.recorder.closed(self)
        return Turn(observation, (result,), self.reward, ended and not self.truncated, self.truncated)

    def _go_on(self) -> None:
        while not isinstance(self.simulation.advance(), Due):
            if self.simulation.company.ended:
                return

    def _acting(self) -> Simulation:
        simulation = self._sim
        if simulation is None or simulation.company.ended:
            raise SessionStateError("call reset() first" if simulation is None else "the episode is over; call reset()")
        return simulation

    def close(self, outcome: Outcome = "interrupted", ended_by: str = "caller") -> None:
        """End the episode from outside, if it is not over; a recorder writes the end."""
        if self._sim is not None and not self._sim.company.ended:
            self._sim.close(outcome, ended_by)
            if self.recorder is not None:
                self.recorder.stepped(self)
                self.recorder.closed(self)

    # What can be asked.

    @property
    def simulation(self) -> Simulation:
        """The simulation behind the seat; for monitors' and adapters' authors, never for policies.

        Raises:
            SessionStateError: Before the first ``reset``.
        """
        if self._sim is None:
            raise SessionStateError("call reset() first")
        return self._sim

    @property
    def org(self) -> OrgGraph:
        """The company's org chart, as a graph to be asked or drawn."""
        return OrgGraph(self.simulation.scene.opening.people.values())

    @property
    def calls(self) -> int:
        """Turns taken so far, those without a call and the malformed ones included."""
        return self.simulation.company.seats[self.simulation.scene.seat].calls

    @property
    def over(self) -> bool:
        """Whether the episode has ended."""
        return self.simulation.company.ended

    @property
    def terminated(self) -> bool:
        """Whether the world ended the episode."""
        return self.over and not self.truncated

    @property
    def outcome(self) -> str | None:
        """How the episode ended, or None while it goes on."""
        return self.simulation.log[-1].data.outcome if self.over else None  # type: ignore[attr-defined]

    @property
    def ended_by(self) -> str | None:
        """What ended the episode, or None while it goes on."""
        return self.simulation.log[-1].data.ended_by if self.over else None  # type: ignore[attr-defined]

    @property
    def past(self) -> Past:
        """Observation-action pairs so far, as another policy taking the seat over would be shown them."""
        entries = list(self.transcript)
        return tuple((before.observation, _action(after)) for before, after in pairwise(entries))

    def truth(self) -> TruthReport:
        """Return what really happened so far."""
        simulation = self.simulation
        states = {judge.name: state for judge, state in zip(JUDGES, simulation.states, strict=True)}
        tasks = tuple(task.key for task in simulation.scene.opening.tasks)
        return report(states, tasks, self.outcome)

    # Moments.

    def fork(self, recorder: Recorder | None = None) -> Session:
        """Return an independent session at the same moment."""
        other = Session.__new__(Session)
        other.__dict__.update(self.__dict__)
        other._sim = self.simulation.fork()
        other.transcript = self.transcript.fork()
        other.recorder = recorder
        if recorder is not None:
            recorder.opened(other)
        return other

    def export(self) -> bytes:
        """Return the present moment as bytes of JSON."""
        return to_bytes(self.simulation)

    def restore(self, data: bytes) -> None:
        """Go on from a moment that :meth:`export` returned, in the same world, scenario, entry point and condition.

        Raises:
            VersionError: If it was saved in another world or under other rules.
        """
        seed = seed_of(data)
        scene = stage(self.world, self.scenario, self.start, self.condition, seed)
        self._begin(from_bytes(data, scene))
        self.transcript = Chunks()
        self.reward, self.total = 0.0, self.simulation.states[_TASKS].score
        self.truncated = self.outcome == "limit"
        self.observation = self.simulation.observe(None)
        self.transcript.append(Entry(self.observation))


def _action(entry: Entry) -> Action:
    calls = () if entry.name is None else (ToolCall(entry.name, entry.arguments or "{}"),)
    drafted = tuple(ToolCall(each.name, each.arguments) for each in entry.drafted)
    return Action(calls, entry.reasoning, entry.say, drafted)
