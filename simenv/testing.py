"""For those who write agents and worlds: a fuzzer that knows its way about, and checks of what the engine relies on.

Every check raises :class:`ConformanceError`, whose text says what was seen, what was expected, and how to see it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import numpy as np

from simenv.company.view import CompanyView
from simenv.core.calls import ToolCall
from simenv.core.errors import SimenvError
from simenv.core.turns import Action, ToolInfo
from simenv.policies import Policy
from simenv.session import Session, Turn
from simenv.snapshot import refold
from simenv.staging import TOOLS, World, find_world
from simenv.tools.sampling import sample_arguments
from simenv.tools.visible import visible

_RARELY: Final = frozenset({"finish"})  # ends the day: drawn as often as the others, episodes would be a few calls long
_ONE_IN: Final = 10


class ConformanceError(SimenvError, AssertionError):
    """Raised when an agent or a world does not do what the engine relies on."""


def random_call(seat: Session | CompanyView, rng: np.random.Generator) -> ToolCall:
    """Return a random call that is about something real: ids, addresses, threads and words that the seat can see.

    Args:
        seat: A session that was reset, whose tools are drawn from; or a view, for which all tools there are, are.
        rng: The generator drawn from.
    """
    tools: tuple[ToolInfo, ...]
    if isinstance(seat, Session):
        view, tools = seat.simulation.view, seat.tools
    else:
        view, tools = seat, tuple(tool.info for tool in TOOLS.values())
    tool = tools[int(rng.integers(0, len(tools)))]
    while tool.name in _RARELY and len(tools) > 1 and rng.integers(0, _ONE_IN):
        tool = tools[int(rng.integers(0, len(tools)))]
    return ToolCall(tool.name, sample_arguments(tool, rng, visible(view)))


def check_policy(
    make: Callable[[], Policy],
    world: str | Path | World = "summit_bridge",
    *,
    scenario: str = "default",
    seed: int = 0,
    deterministic: bool = True,
) -> None:
    """Check that a policy keeps to its protocol, by letting it play one episode.

    It has every method; ``act`` returns an :class:`~simenv.core.turns.Action` of calls; a policy that takes the seat
    over is shown the past; and, for a deterministic one, a policy loaded with another's ``state`` decides as that one
    does, which a question put to it in between must not change.

    Args:
        make: Returns a new policy.
        world: The world to play in.
        scenario: Its scenario.
        seed: The episode's seed.
        deterministic: Whether the same observations lead to the same decisions.

    Raises:
        ConformanceError: If it does not.
    """
    policy = make()
    if not isinstance(policy, Policy):
        raise ConformanceError(f"{type(policy).__name__} lacks one of: reset, act, state, load, answer")
    session = Session(world, scenario=scenario)
    session.reset(seed)
    policy.reset(session.brief)
    number = 0
    while not session.over:
        twin = _twin(make, policy, session) if deterministic else None
        action = _decide(policy, session, number)
        if twin is not None and _decide(twin, session, number) != action:
            raise ConformanceError(
                f"after load(state()) and answer(...), {type(policy).__name__} decides otherwise at call {number} of "
                f"seed {seed}: everything that decides must be in state(), and answer() must not change it"
            )
        session.act(action)
        number += 1
    late = make()
    second = Session(world, scenario=scenario)
    second.reset(seed)
    late.reset(second.brief, session.past[: number // 2])
    _decide(late, second, 0)


def check_world(
    world: str | Path | World, *, seeds: Iterable[int] = range(3), calls: int = 60, scenario: str | None = None
) -> None:
    """Check that a world keeps what the engine promises, by random calls at every entry point.

    The same seed and calls make the same log; a fork, and a session restored from its bytes, go on exactly as the one
    that was never forked; judges that saw events one by one stand where judges that see the whole log at once do.

    Args:
        world: The world.
        seeds: Seeds to play.
        calls: Calls to make in each episode, at most.
        scenario: One of its scenarios, or None for all.

    Raises:
        ConformanceError: If it does not.
        WorldError: If the world cannot be loaded.
    """
    loaded = find_world(world)
    for name in [scenario] if scenario is not None else loaded.scenarios:
        for start in loaded.scenario(name).starts:
            for seed in seeds:
                _check_episode(loaded, name, start, seed, calls)


def _check_episode(world: World, scenario: str, start: str, seed: int, calls: int) -> None:
    where = f"{world.name}, scenario {scenario}, start {start}, seed {seed}"

    def new() -> Session:
        session = Session(world, scenario=scenario, start=start)
        session.reset(seed)
        return session

    rng = np.random.default_rng(seed)
    first, made = new(), list[ToolCall]()
    while not first.over and len(made) < calls:
        made.append(random_call(first, rng))
        _same(first.step(made[-1]), None, where, "")
    middle = len(made) // 2
    again, parent, restored = new(), new(), new()
    for call in made[:middle]:
        again.step(call)
        parent.step(call)
    restored.restore(parent.export())
    others = {"a fork": parent.fork(), "a session that was forked": parent, "a session restored from bytes": restored}
    for call in made[middle:]:
        expected = again.step(call)  # by a session never forked: two forks can be wrong in the same way
        for what, other in others.items():
            _same(other.step(call), expected, where, what)
    for what, session in {"a second play": again, **others}.items():
        if session.simulation.log.digest() != first.simulation.log.digest():
            raise ConformanceError(f"{where}: {what} made another log than the first play")
    simulation = first.simulation
    if refold(simulation.scene, list(simulation.log))[1] != simulation.states:
        raise ConformanceError(f"{where}: judges that see the whole log at once find something else than step by step")


def _same(turn: Turn, expected: Turn | None, where: str, what: str) -> None:
    if expected is not None and turn != expected:
        there, here = turn.text[:200], expected.text[:200]
        raise ConformanceError(f"{where}: {what} went on with {there!r}, the original with {here!r}")
    if any(result.code == "bad_arguments" for result in turn.results):
        raise ConformanceError(f"{where}: a call drawn from its tool's schema was refused: {turn.text[:200]}")


def _decide(policy: Policy, session: Session, number: int) -> Action:
    action: object = policy.act(session.observation)
    if not isinstance(action, Action) or not all(isinstance(call, ToolCall) for call in action.calls):
        name, got = type(policy).__name__, type(action).__name__
        raise ConformanceError(f"{name}.act() returned {got} at call {number}, not an Action of tool calls")
    return action


def _twin(make: Callable[[], Policy], policy: Policy, session: Session) -> Policy:
    twin = make()
    twin.reset(session.brief)
    twin.load(policy.state())
    if not isinstance(policy.answer("What are you doing, and why?"), str):
        raise ConformanceError(f"{type(policy).__name__}.answer() did not return text")
    return twin
