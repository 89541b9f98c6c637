"""``simenv bench week``: what a working week of the largest shipped world costs, beside CartPole-v1 in the same run.

Calls are taken fifty at a time from the first morning on, before a day's calls are spent, with everybody else at work;
nothing is recorded to disk. What is shown of a moment (a reset, a fork) is shown for the entry points of the world.
"""

from __future__ import annotations

import gc
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any, Final

from simenv.bench.calls import Mix
from simenv.bench.measure import Figure, Reference, milliseconds
from simenv.content import world_folder
from simenv.envs.company_env import CompanyEnv
from simenv.episode import Episode
from simenv.library import agent
from simenv.record import EpisodeWriter
from simenv.session import Session
from simenv.simulation import Simulation
from simenv.snapshot import from_bytes, to_bytes
from simenv.staging import TOOLS
from simenv.worldfile.load import load

WORLD: Final = "summit_bridge"
"""The world that is measured; its entry points are ``week``, ``day`` and ``decision``."""

AGENT: Final = "honest_colleague"
"""Who plays the week that is replayed."""

AT_ONCE: Final = 50
"""Calls from a fork of the opening; a day has sixty."""

BRANCHES: Final = (10, 9, 10)
"""Forks of each moment of the tree: 10, then 9 of each, then 10 of each of those, a thousand in all."""

Call = tuple[str, dict[str, Any]]


def run(
    rounds: int = 9, batches: int = 20, leaves: int = 900, on_figure: Callable[[Figure], None] | None = None
) -> list[Figure]:
    """Measure everything.

    Args:
        rounds: Takes of each rate; the median counts.
        batches: Batches of fifty calls a take.
        leaves: Leaves of the tree that are played to the end, at most.
        on_figure: Called with each figure as soon as it is there.
    """
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        reference = Reference(200 * batches)
        reference.take()
        for figure in _all(reference, Path(folder), rounds, batches, leaves):
            figures.append(figure)
            if on_figure is not None:
                on_figure(figure)
    return figures


def _all(reference: Reference, folder: Path, rounds: int, batches: int, leaves: int) -> Iterator[Figure]:
    yield _load(rounds)
    for start in ("week", "day", "decision"):
        yield _reset(start)
    yield _calls(reference, rounds, batches, "reading calls", 0.55, Mix.reading)
    yield _calls(reference, rounds, batches, "mail calls", 0.35, Mix.quarter_each)
    yield _calls(reference, rounds, batches, "waits", None, Mix.waiting)
    yield _env_step(reference, rounds, batches)
    micro = sorted(reference.takes)[len(reference.takes) // 2] * 1e6
    yield Figure("reference: CartPole-v1 through gymnasium.make", micro, "µs a step", None, "less", "in the same run")
    yield from _idle_week()
    yield from _tree(leaves)
    yield _replay(folder)
    yield _memory()


def _opened(start: str, seed: int = 1) -> Session:
    session = Session(WORLD, start=start)
    session.reset(seed)
    return session


def _load(rounds: int) -> Figure:
    folder = world_folder(WORLD)
    value = milliseconds(lambda: load(folder, TOOLS), min(rounds, 3))
    files = sum(1 for each in folder.rglob("*") if each.is_file())
    return Figure("load of the world", value, "ms", None, "less", f"{files} files, read and checked")


def _reset(start: str) -> Figure:
    session = _opened(start)
    seeds = count(2)
    value = milliseconds(lambda: session.reset(next(seeds)), 60)
    waiting = len(session.simulation.clock.waiting())
    beside = f"a new seed each time; {len(session.simulation.scene.opening.people)} people, {waiting:,} steps ahead"
    return Figure(f"warm reset, {start}", value, "ms", 2.0, "less", beside)


def _calls(
    reference: Reference,
    rounds: int,
    batches: int,
    name: str,
    aim: float | None,
    mixed: Callable[[Mix, int], Iterator[Call]],
) -> Figure:
    opening = _opened("week")
    mix, events = Mix(opening), 0

    def work() -> int:
        nonlocal events
        for _ in range(batches):
            session = opening.fork()
            before = session.simulation.log.count
            for tool, arguments in mixed(mix, AT_ONCE):
                session.call(tool, arguments)
            events += session.simulation.log.count - before
        return batches * AT_ONCE

    work()
    events = 0
    ratio, seconds = reference.ratio(work, rounds)
    each = events / (rounds * batches * AT_ONCE)
    beside = f"{SAID[name]}; {each:.2f} events a call, others' included; {seconds * 1e6:.1f} µs a call"
    return Figure(name, ratio, "of CartPole's rate", aim, "more", beside)


SAID: Final = {
    "reading calls": "mail, documents, tickets, calendar, channels in turn",
    "mail calls": "list, read, search, send a quarter each",
    "waits": "five minutes each",
}


def _env_step(reference: Reference, rounds: int, batches: int) -> Figure:
    env = CompanyEnv(WORLD, start="week")
    env.reset(seed=1)
    mix, events = Mix(env.session), 0

    def work() -> int:
        nonlocal events
        for _ in range(batches):
            env.reset(seed=1)
            for tool, arguments in mix.with_sends(AT_ONCE, 10):
                env.step({"name": tool, "arguments": arguments})
            events += env.session.simulation.log.count
        return batches * AT_ONCE

    work()
    events = 0
    ratio, seconds = reference.ratio(work, rounds)
    each = events / (rounds * batches * AT_ONCE)
    beside = f"a reset and fifty steps at a time; {each:.2f} events a step; {seconds * 1e6:.1f} µs a step"
    return Figure("env.step at 10 % sends", ratio, "of CartPole's rate", 0.30, "more", beside)


def _idle_week() -> Iterator[Figure]:
    sessions = [_opened("week", seed) for seed in range(3)]
    left = iter(sessions)
    value = milliseconds(lambda: _play_out(next(left)), len(sessions)) / 1e3
    simulation = sessions[0].simulation
    beside = f"{simulation.log.count:,} events"
    yield Figure("idle week", value, "s", 2.0, "less", beside)
    data = to_bytes(simulation)
    beside = f"after an idle week: {beside}, {len(data) / 1e6:.2f} MB"
    yield Figure("snapshot as bytes", milliseconds(lambda: to_bytes(simulation), 20), "ms", 10.0, "less", beside)
    back = milliseconds(lambda: from_bytes(data, simulation.scene), 5)
    yield Figure("restore from bytes", back, "ms", None, "less", beside)


def _play_out(session: Session) -> None:
    while not session.over:
        session.call("finish")


def _tree(leaves: int) -> Iterator[Figure]:
    session = _opened("decision")
    simulation = session.simulation
    snapshot, beside = simulation.snapshot(), "at the decision"
    yield Figure("snapshot", milliseconds(simulation.snapshot, 200), "ms", 0.1, "less", beside)
    yield Figure("restore", milliseconds(lambda: Simulation.restore(snapshot), 200), "ms", 0.1, "less", beside)
    yield Figure("fork", milliseconds(simulation.fork, 200), "ms", 0.1, "less", beside)
    start, ended = time.perf_counter(), 0
    for leaf in islice(_branches(session), leaves):
        _play_out(leaf)
        ended += 1
    value = time.perf_counter() - start
    beside = f"each another call, {ended:,} of them played to the end"
    yield Figure("tree of 1,000 forks at the decision", value, "s", 10.0, "less", beside)


def _branches(session: Session, depth: int = 0) -> Iterator[Session]:
    """Yield the leaves of the tree: every branch makes another mail call at each fork."""
    if depth == len(BRANCHES):
        yield session
        return
    for tool, arguments in Mix(session).quarter_each(BRANCHES[depth]):
        branch = session.fork()
        branch.call(tool, arguments)
        yield from _branches(branch, depth + 1)


def _replay(folder: Path) -> Figure:
    session = Session(WORLD, start="week", recorder=EpisodeWriter(folder / "week"))
    session.reset(1)
    session.play(agent(AGENT))
    calls, events = session.calls, session.simulation.log.count
    episode = Episode.load(folder / "week")
    value = milliseconds(lambda: episode.replay(session.world), 3)
    return Figure(
        "replay of a week", value, "ms", 150.0, "less", f"{calls} calls, {events:,} events, compared one by one"
    )


def _memory() -> Figure:
    first = CompanyEnv(WORLD)
    first.reset(seed=1)
    gc.collect()
    tracemalloc.start()
    start, _ = tracemalloc.get_traced_memory()
    second = CompanyEnv(WORLD)
    second.reset(seed=2)
    gc.collect()
    opened, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    value = (opened - start) / 1e6
    return Figure("memory of a further environment", value, "MB", 0.2, "less", "after reset, another seed")
