"""Many episodes at once against a server that takes its time: how far from what its latency alone would take."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from simenv.bench.measure import Figure
from simenv.bench.model_process import model_process
from simenv.core.errors import SimenvError
from simenv.core.waiting import settle
from simenv.llm.cassette import Recorder
from simenv.llm.client import Client, ClientSettings
from simenv.policies.llm.policy import LLMPolicy
from simenv.policies.llm.settings import LLMSettings
from simenv.staging import World, find_world
from simenv.studies import Progress, Spec, run_study

MODEL: Final = "openai/player"
LATENCY: Final = 0.2
"""Seconds that the server takes over each answer."""


EPISODES: Final = 64
"""Episodes at once."""

_NAMES: Final = {"direct": "direct", "litellm": "LiteLLM"}


def figures(episodes: int = EPISODES, latency: float = LATENCY) -> Iterator[Figure]:
    """Measure both ways to a model.

    Args:
        episodes: Episodes at once.
        latency: Seconds that the server takes over each answer.
    """
    world = find_world("summit_bridge")
    with tempfile.TemporaryDirectory() as folder, model_process(latency) as api_base:
        for way, name in _NAMES.items():
            play(world, api_base, way, 1, Path(folder, f"{way}-first"))  # loads what is loaded once
            took = play(world, api_base, way, episodes, Path(folder, way))
            bound = took.longest * latency
            each = 1e3 * took.cpu / took.requests
            beside = f"{took.requests} requests, {took.longest} an episode, {1e3 * latency:g} ms each"
            yield Figure(f"a call in an episode, {name}", each, "ms of CPU a call", None, "less",
                         "company, policy, client, record; opening and end of the episode included")  # fmt: skip
            yield Figure(f"{episodes} episodes at once, {name}", took.wall / bound, "times the latency", 1.5, "less",
                         f"{took.wall:.2f} s; {beside}")  # fmt: skip


class Played(NamedTuple):
    """What episodes took: requests in all, most of one episode, seconds on the clock and of CPU."""

    requests: int
    longest: int
    wall: float
    cpu: float


def play(world: World, api_base: str, way: str, episodes: int, out: Path) -> Played:
    """Run a study of episodes from the decision, all at once, as ``simenv run`` does.

    Args:
        world: The world.
        api_base: Address of the model server.
        way: ``direct`` or ``litellm``.
        episodes: How many.
        out: The study's folder.

    Raises:
        SimenvError: If an episode did not end by itself.
    """
    settings = LLMSettings(model=MODEL, api_base=api_base)
    client = Client(ClientSettings(model=MODEL, api_base=api_base, client=way, concurrency=episodes))
    requests: list[int] = []

    def note(progress: Progress) -> None:
        result = progress.result
        if result is not None:
            if result.played is None or result.outcome != "completed":
                raise SimenvError(f"an episode of the benchmark ended as {result.outcome}: {result.error}")
            requests.append(result.played.requests)

    spec = Spec.of(world, policy=settings.spec(), start="decision")
    cpu, start = time.process_time(), time.perf_counter()
    try:
        run_study(
            spec,
            range(episodes),
            out,
            make_policy=lambda: LLMPolicy(settings, lambda path: Recorder(client, path)),
            world=world,
            on_progress=note,
            concurrency=max(2, episodes),
        )
        return Played(sum(requests), max(requests), time.perf_counter() - start, time.process_time() - cpu)
    finally:
        closing: Any = client.close()
        settle(closing)
