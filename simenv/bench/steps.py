"""``simenv bench steps``: how fast calls, steps, resets, forks and replays are, beside CartPole-v1 in the same run.

Everything is on while it is measured: argument checks, log, delivery, truth, recording to disk.
"""

from __future__ import annotations

import gc
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import gymnasium as gym

import simenv.envs  # noqa: F401 - registers the environments
from simenv.bench.calls import Mix
from simenv.bench.measure import Figure, Reference, milliseconds
from simenv.episode import Episode
from simenv.record import EpisodeWriter
from simenv.session import Session
from simenv.simulation import Simulation
from simenv.snapshot import from_bytes, to_bytes

ENV = "simenv/SummitBridge-v0"


def run(rounds: int = 9, calls: int = 2_000, on_figure: Callable[[Figure], None] | None = None) -> list[Figure]:
    """Measure everything.

    Args:
        rounds: Takes of each rate; the median counts.
        calls: Calls a take.
        on_figure: Called with each figure as soon as it is there.
    """
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        reference = Reference(5 * calls)
        reference.take()
        for figure in _all(reference, Path(folder), rounds, calls):
            figures.append(figure)
            if on_figure is not None:
                on_figure(figure)
    return figures


def _all(reference: Reference, folder: Path, rounds: int, calls: int) -> Iterator[Figure]:
    yield _mail_calls(reference, folder, "bench_quiet", rounds, calls, "while nobody reacts", 0.55)
    yield _mail_calls(reference, folder, "bench", rounds, calls, "with reactions", 0.35)
    for percent, aim in ((0, None), (10, 0.30), (25, None)):
        yield _env_step(reference, rounds, calls, percent, aim)
    micro = sorted(reference.takes)[len(reference.takes) // 2] * 1e6
    yield Figure("reference: CartPole-v1 through gymnasium.make", micro, "µs a step", None, "less", "in the same run")
    yield _reset()
    yield from _moments("", 0, 0.1)
    yield from _bytes()
    yield _replay(folder)
    yield from _memory()
    yield _long_run()
    yield from _moments(" after 20,000 calls", 20_000, 0.5)


@contextmanager
def _session(scenario: str, folder: Path | None = None) -> Iterator[Session]:
    session = Session("summit_bridge", scenario=scenario)
    if folder is not None:
        session.recorder = EpisodeWriter(folder)
    session.reset(seed=1)
    yield session
    session.close()


def _mail_calls(
    reference: Reference, folder: Path, scenario: str, rounds: int, calls: int, how: str, aim: float
) -> Figure:
    with _session(scenario, folder / scenario) as session:
        mix = Mix(session)

        def work() -> int:
            for name, arguments in mix.quarter_each(calls):
                session.call(name, arguments)
            return calls

        work()
        before = session.simulation.log.count
        ratio, seconds = reference.ratio(work, rounds)
        events = (session.simulation.log.count - before) / (rounds * calls)
    beside = f"list, read, search, send a quarter each; {events:.2f} events a call; {seconds * 1e6:.1f} µs a call"
    return Figure(f"mail calls {how}", ratio, "of CartPole's rate", aim, "more", beside)


def _env_step(reference: Reference, rounds: int, calls: int, percent: int, aim: float | None) -> Figure:
    env = gym.make(ENV, scenario="bench")
    env.reset(seed=1)
    session: Session = env.unwrapped.session  # type: ignore[attr-defined]
    mix = Mix(session)

    def work() -> int:
        for name, arguments in mix.with_sends(calls, percent):
            env.step({"name": name, "arguments": arguments})
        return calls

    work()
    before = session.simulation.log.count
    ratio, seconds = reference.ratio(work, rounds)
    events = (session.simulation.log.count - before) / (rounds * calls)
    env.close()
    beside = f"list, read, search, {percent} % send; {events:.2f} events a step; {seconds * 1e6:.1f} µs a step"
    return Figure(f"env.step at {percent} % sends", ratio, "of CartPole's rate", aim, "more", beside)


def _reset() -> Figure:
    session = Session("summit_bridge", scenario="bench")
    session.reset(seed=0)
    seeds = count(1)
    value = milliseconds(lambda: session.reset(seed=next(seeds)), 60)
    return Figure("warm reset", value, "ms", 2.0, "less", "a new seed each time, 100 messages in the inbox")


def _moments(when: str, calls: int, aim: float) -> Iterator[Figure]:
    with _session("bench") as session:
        for name, arguments in Mix(session).quarter_each(calls or 40):
            session.call(name, arguments)
        simulation = session.simulation
        beside = f"{simulation.log.count:,} events"
        snapshot = simulation.snapshot()
        yield Figure(f"snapshot{when}", milliseconds(simulation.snapshot, 200), "ms", aim, "less", beside)
        restore = milliseconds(lambda: Simulation.restore(snapshot), 200)
        yield Figure(f"restore{when}", restore, "ms", aim, "less", beside)
        yield Figure(f"fork{when}", milliseconds(simulation.fork, 200), "ms", aim, "less", beside)


def _bytes() -> Iterator[Figure]:
    with _session("bench") as session:
        mix = Mix(session)
        while session.simulation.log.count < 4_000:
            for name, arguments in mix.quarter_each(40):
                session.call(name, arguments)
        simulation = session.simulation
        data = to_bytes(simulation)
        beside = f"{simulation.log.count:,} events, {len(data) / 1e6:.2f} MB"
        yield Figure("snapshot as bytes", milliseconds(lambda: to_bytes(simulation), 20), "ms", 10.0, "less", beside)
        back = milliseconds(lambda: from_bytes(data, simulation.scene), 10)
        yield Figure("restore from bytes", back, "ms", None, "less", beside)


def _replay(folder: Path) -> Figure:
    path = folder / "replay"
    with _session("bench", path) as session:
        for name, arguments in Mix(session).with_sends(4_000, 10):
            session.call(name, arguments)
        events = session.simulation.log.count
    episode = Episode.load(path)
    value = milliseconds(episode.replay, 5)
    return Figure(
        "replay of 4,000 actions", value, "ms", 150.0, "less", f"10 % sends, {events:,} events, compared one by one"
    )


def _memory() -> Iterator[Figure]:
    first = gym.make(ENV, scenario="bench")
    first.reset(seed=1)
    gc.collect()
    tracemalloc.start()
    start, _ = tracemalloc.get_traced_memory()
    second = gym.make(ENV, scenario="bench")
    second.reset(seed=2)
    gc.collect()
    opened, _ = tracemalloc.get_traced_memory()
    yield Figure(
        "memory of a further environment", (opened - start) / 1e6, "MB", 0.2, "less", "after reset, another seed"
    )
    session: Session = second.unwrapped.session  # type: ignore[attr-defined]
    before = session.simulation.log.count
    for name, arguments in Mix(session).quarter_each(2_000):
        second.step({"name": name, "arguments": arguments})
    gc.collect()
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    events = session.simulation.log.count - before
    beside = f"2,000 steps, a quarter each, {events:,} events; transcript and search index included"
    yield Figure("memory an event", (grown - opened) / events / 1e3, "kB", 1.0, "less", beside)


def _long_run() -> Figure:
    with _session(
        "bench_quiet"
    ) as session:  # colleagues keep working hours, so their share differs from fifth to fifth
        mix, parts = Mix(session), []
        for _ in range(5):

            def work() -> None:
                for name, arguments in mix.quarter_each(4_000):
                    session.call(name, arguments)

            parts.append(milliseconds(work, 1))
    beside = "a quarter each; fifths took " + ", ".join(f"{part / 4:.1f}" for part in parts) + " µs a call"
    return Figure("last fifth of 20,000 calls", parts[-1] / parts[0], "times the first", 1.1, "less", beside)
