"""The wiring: calls in, events out, time in between. It decides nothing itself (DESIGN, The seven rules).

    act -> tool.called -> Toolbox -> tool emits -> fold -> judges -> reactions schedule wake-ups
    advance -> wake-ups fire and emit the same way, until a seat is due

The engine never waits and does no I/O. A driver asks :meth:`Simulation.advance` what is next and acts on it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from simenv.colleagues.base import WORLD
from simenv.colleagues.table import HANDLERS, noticed_by
from simenv.colleagues.work import carry_out, open_agenda
from simenv.company.fold import WRITERS
from simenv.company.state import Company
from simenv.company.view import CompanyView
from simenv.core.bounds import Malformed, read_call
from simenv.core.calls import Code, ToolCall, ToolResult, refused
from simenv.core.clock import LATE, NEVER, Clock, Wakeup
from simenv.core.event import Event
from simenv.core.kinds import KINDS
from simenv.core.kinds.agent import SeatOpened, ToolCalled, ToolMalformed, ToolRefused, TurnEmpty
from simenv.core.kinds.base import EventData
from simenv.core.kinds.opening import CastMember, CompanyOpened, EpisodeEnded, WorldOpened
from simenv.core.log import EventLog
from simenv.core.streams import Streams
from simenv.core.turns import Observation
from simenv.core.versions import MEANING, RULES
from simenv.scene import Due, Idle, Pending, Scene
from simenv.seats import FRESHENING, Desk, give_back, interrupt, on_morning, perceive, settle, withheld
from simenv.truth import JUDGES

_canonical: Final = msgspec.json.Encoder(order="sorted").encode


def _noticed_by(kind: str) -> tuple[Callable[[Any, Event], None], ...]:
    """Return who takes notice of events of a kind: colleagues first, then the seats."""
    colleagues = noticed_by(kind)
    if kind in FRESHENING:
        return (*colleagues, interrupt)
    return (*colleagues, give_back) if kind == "seat.restored" else colleagues


_ROUTES: Final = {
    kind: (
        WRITERS.get(kind),
        tuple((n, judge.see) for n, judge in enumerate(JUDGES) if kind in judge.kinds),
        _noticed_by(kind),
    )
    for kind in KINDS
}
"""Kind of event -> who writes it into the company, which judges want to see it, and who takes notice of it."""


class Simulation:
    """One company in simulated time.

    Args:
        scene: What is fixed.
        seed: The root seed, in [0, 2**64).

    Attributes:
        log: What has happened.
        company: The state.
        clock: Simulated time and what waits in it.
        states: Judge states, in the order of :data:`simenv.truth.JUDGES`.
        due: When the seat may act next.
        made: The last call as it was recorded, or None if the last turn had none.
    """

    __slots__ = ("_call", "clock", "company", "due", "log", "made", "scene", "states", "streams", "view")

    def __init__(self, scene: Scene, seed: int) -> None:
        opening = scene.opening
        self.scene = scene
        self.streams = Streams(seed)
        self.clock = Clock(opening.now)
        self.log = EventLog()
        self.company = Company(opening)
        self.view = CompanyView(self.company, scene.seat)
        self.states: list[Any] = [judge.start(opening) for judge in JUDGES]
        self.due = opening.now
        self._call: str | None = None
        self.made: ToolCalled | None = None
        condition = dict(sorted(scene.condition.items()))
        self.emit(
            WorldOpened(opening.world, scene.world_hash, scene.scenario, scene.start, condition, seed, RULES, MEANING),
            WORLD,
        )
        cast = tuple(
            CastMember(p.id, p.name, p.address, p.title, p.department, p.manager, not p.inside)
            for p in opening.people.values()
        )
        self.emit(
            CompanyOpened(
                opening.firm, opening.dates.start.isoformat(), opening.utc_offset, opening.now, cast, scene.base
            ),
            WORLD,
        )
        self.emit(SeatOpened(scene.calls), scene.seat)
        open_agenda(self)
        if opening.ends is not None:
            self.schedule(Wakeup(opening.ends, "scenario.end", WORLD, (), None, LATE + 1))

    # What colleagues and tools use.

    @property
    def now(self) -> int:
        """The present simulated second."""
        return self.clock.now

    def schedule(self, wakeup: Wakeup) -> None:
        """Put a wake-up into the clock."""
        self.clock.schedule(wakeup)

    def emit(self, data: EventData, actor: str, cause: int | None = None) -> Event:
        """Make an event happen: log it, fold it, show it to the judges, let people notice it."""
        log, kind, company = self.log, data.kind, self.company
        event = Event(log.count, self.clock.now, kind, actor, data, cause, self._call)
        log.append(event)
        write, watchers, noticed = _ROUTES[kind]
        if write is not None:
            write(company, event, data)
        states = self.states
        for place, see in watchers:
            states[place] = see(states[place], event, company)
        for notice in noticed:
            notice(self, event)
        return event

    # What a driver uses.

    def act(self, raw: object) -> ToolResult:
        """Let the seat make one call; it takes effect now, and the seat is busy for its cost.

        Args:
            raw: Anything; what is no call becomes one ``malformed`` or ``too_large`` result.
        """
        call = read_call(raw)
        if isinstance(call, Malformed):
            return self.act_malformed(ToolMalformed(call.code, call.size, call.sha256, call.head), call.why)
        seat = self.scene.seat
        made = ToolCalled(call.name, _canonical(call.arguments).decode())
        called = self._begin_turn(made, made)
        result = withheld(self, call) or self.scene.toolbox.run(call, Desk(self, seat, called.seq))
        if not result.ok:
            self.emit(ToolRefused(result.code, _target(call)), seat, called.seq)
        settle(self, result.cost)
        return result

    def act_malformed(self, data: ToolMalformed, why: str) -> ToolResult:
        """Record that what came was no call; in a replay, with the recorded code."""
        self._begin_turn(data, None)
        result = refused(_code(data.code), f"That was no tool call: {why}.")
        settle(self, result.cost)
        return result

    def say_nothing(self, size: int) -> ToolResult:
        """Record a turn without a call: one reminder, then time passes until something arrives for the seat."""
        self._begin_turn(TurnEmpty(size), None)
        state = self.company.seats[self.scene.seat]
        if state.silent == 1:
            settle(self, 30)
            return ToolResult(True, "ok", "Nobody hears you. To do something, call one of your tools.", None, 30)
        settle(self, 0)
        if self.due < NEVER:
            self.due = self.scene.opening.ends or self.clock.now + 3600
        return ToolResult(True, "ok", "", None, 0)

    def advance(self) -> Due | Idle | Pending:
        """Go on until the seat may act or nothing will happen any more."""
        clock, company = self.clock, self.company
        self._call = None
        while not company.ended:
            if clock.next_due <= self.due:
                if clock.next_due >= NEVER:
                    self._end("completed", "nothing_left")
                    break
                _HANDLERS[(wakeup := clock.pop()).kind](self, wakeup)
            else:
                clock.now = self.due
                return Due(self.scene.seat)
        return Idle(_ended_by(self))

    def observe(self, result: ToolResult | None) -> Observation:
        """Return what the seat perceives now; tells it of what has come for it.

        Args:
            result: What came of its last call, or None at the start.
        """
        return perceive(self, result)

    def close(self, outcome: str, ended_by: str) -> None:
        """End the episode from outside (a caller's limit, an interruption, a failing policy)."""
        if not self.company.ended:
            self._call = None
            self._end(outcome, ended_by)

    def snapshot(self) -> Snapshot:
        """Return this moment, to be restored any number of times."""
        return Snapshot(self.fork())

    @staticmethod
    def restore(snapshot: Snapshot) -> Simulation:
        """Return a simulation at the moment of a snapshot, independent of it."""
        return snapshot.simulation.fork()

    def fork(self) -> Simulation:
        """Return an independent simulation in the same state, that would go on in the same way."""
        other = Simulation.__new__(Simulation)
        other.scene, other.streams = self.scene, self.streams
        other.clock = self.clock.fork()
        other.log = self.log.fork()
        other.company = self.company.fork()
        other.view = CompanyView(other.company, self.scene.seat)
        other.states = self.states.copy()
        other.due = self.due
        other._call, other.made = self._call, self.made
        return other

    # Inside.

    def _begin_turn(self, data: EventData, made: ToolCalled | None) -> Event:
        """Open the seat's next turn: from here on, what happens belongs to its call."""
        seat = self.scene.seat
        self._call, self.made = f"call-{self.company.seats[seat].calls + 1}", made
        return self.emit(data, seat)

    def _end(self, outcome: str, ended_by: str) -> None:
        self.emit(EpisodeEnded(outcome, ended_by), WORLD)

    def _on_end(self, wakeup: Wakeup) -> None:
        spent = self.company.seats[self.scene.seat].ended_by == "budget"
        self._end("completed", "budget" if spent else "scenario_end")

    def _on_decision(self, wakeup: Wakeup) -> None:
        carry_out(self, wakeup)
        seat = self.company.seats[self.scene.seat]
        if seat.removed:
            self._end("completed", seat.ended_by)


class Snapshot:
    """One moment of a simulation, in memory.

    Attributes:
        simulation: Never advanced; :meth:`Simulation.restore` forks it.
    """

    __slots__ = ("simulation",)

    def __init__(self, simulation: Simulation) -> None:
        self.simulation = simulation


_HANDLERS: Final[dict[str, Callable[[Simulation, Wakeup], None]]] = {
    **HANDLERS,
    "decision.due": Simulation._on_decision,
    "seat.morning": on_morning,
    "scenario.end": Simulation._on_end,
}
"""The one dispatcher: kind of wake-up -> what interprets it."""


_TARGETS: Final = ("id", "ticket", "system", "channel", "document", "message", "title")


def _target(call: ToolCall) -> str:
    """Return what a refused call was about, bounded."""
    arguments = call.arguments if isinstance(call.arguments, dict) else {}
    named = [arguments[name] for name in _TARGETS if isinstance(arguments.get(name), str)]
    return str(named[0])[:80] if named else ""


def _code(code: str) -> Code:
    return "too_large" if code == "too_large" else "malformed"


def _ended_by(simulation: Simulation) -> str:
    last = simulation.log[-1].data
    return last.ended_by if isinstance(last, EpisodeEnded) else ""
