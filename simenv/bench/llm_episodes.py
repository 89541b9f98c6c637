"""Many episodes at once against a server that takes its time: how far from what its latency alone would take."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from simenv.bench.measure import Figure
from simenv.bench.model_process import model_process
from simenv.llm.cassette import Recorder
from simenv.llm.client import Client, ClientSettings
from simenv.policies.llm.policy import LLMPolicy
from simenv.policies.llm.settings import LLMSettings
from simenv.record import EpisodeWriter
from simenv.session import Session
from simenv.staging import World, find_world

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
            asyncio.run(play(world, api_base, way, 1, Path(folder, f"{way}-first")))  # loads what is loaded once
            took = asyncio.run(play(world, api_base, way, episodes, Path(folder, way)))
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


async def play(world: World, api_base: str, way: str, episodes: int, folder: Path) -> Played:
    """Play episodes from the decision, all at once, everything written down.

    Args:
        world: The world.
        api_base: Address of the model server.
        way: ``direct`` or ``litellm``.
        episodes: How many.
        folder: Where they are written.
    """
    client = Client(ClientSettings(model=MODEL, api_base=api_base, client=way, concurrency=episodes))
    cpu, start = time.process_time(), time.perf_counter()
    try:
        counts = await asyncio.gather(*(_episode(world, client, folder / str(seed), seed) for seed in range(episodes)))
        return Played(sum(counts), max(counts), time.perf_counter() - start, time.process_time() - cpu)
    finally:
        await client.close()


async def _episode(world: World, client: Client, folder: Path, seed: int) -> int:
    writer = EpisodeWriter(folder, policy=LLMSettings(model=MODEL).spec())
    session = Session(world, start="decision", recorder=writer)
    session.reset(seed)
    policy = LLMPolicy(LLMSettings(model=MODEL), lambda path: Recorder(client, path))
    policy.record(folder)
    await policy.reset(session.brief)
    while not session.over:
        session.act(await policy.act(session.observation))
    policy.close()
    return policy.played().requests
