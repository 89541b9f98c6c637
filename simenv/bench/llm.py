"""``simenv bench llm``: what a call of a model costs here, beside the network and LiteLLM themselves.

The model is a server on this machine, in a process of its own. A call is one from the middle of an episode: the brief,
all tools, some turns. The ways of asking take turns call by call, so that a slow moment slows them all, and CPU is what
this process uses, its threads included.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from simenv.bench.bare import Send, bare_http, bare_litellm, body_of, litellm_timed
from simenv.bench.llm_episodes import EPISODES, LATENCY, MODEL, figures
from simenv.bench.measure import Figure
from simenv.bench.model_process import model_process
from simenv.llm.cassette import Recorder
from simenv.llm.choose import provider_for
from simenv.llm.client import Client, ClientSettings
from simenv.llm.data import CallPart, Message, Request, ToolSpec
from simenv.session import Session

TURNS: Final = 8
"""Turns that stand in the request."""

_WARM: Final = 5
_SETTLE: Final = 0.005
_BARE: Final = "bare aiohttp"
_DIRECT: Final = "direct provider"
_DIRECT_KEPT: Final = "client and record, direct"
_LITELLM: Final = "LiteLLM alone"
_LITELLM_KEPT: Final = "client and record, LiteLLM"


class Take(NamedTuple):
    """Milliseconds a call: of CPU, on the clock, and of CPU outside LiteLLM, where it was asked."""

    cpu: float
    wall: float
    ours: float | None


def run(
    calls: int = 200,
    episodes: int = EPISODES,
    latency: float = LATENCY,
    on_figure: Callable[[Figure], None] | None = None,
) -> list[Figure]:
    """Measure everything.

    Args:
        calls: Calls of each way of asking; the median counts.
        episodes: Episodes at once.
        latency: Seconds that the server takes over each answer in them.
        on_figure: Called with each figure as soon as it is there.
    """
    found = []
    for figure in chain(_all(calls), figures(episodes, latency)):
        found.append(figure)
        if on_figure is not None:
            on_figure(figure)
    return found


def _all(calls: int) -> Iterator[Figure]:
    request = sample()
    with tempfile.TemporaryDirectory() as folder, model_process() as api_base:
        takes = asyncio.run(_takes(request, api_base, Path(folder), calls))
    beside = f"{len(body_of(request)) / 1e3:.0f} kB of request, {len(request.tools)} tools, {TURNS} turns"
    for name, found in takes.items():
        cpu, wall = median(take.cpu for take in found), median(take.wall for take in found)
        yield Figure(name, cpu, "ms of CPU a call", None, "less", f"{wall:.2f} ms on the clock; {beside}")
    ours = median(take.ours for take in takes[_LITELLM_KEPT] if take.ours is not None)
    beside = "client and record, LiteLLM: all but what passes inside LiteLLM, call by call"
    yield Figure("ours beside LiteLLM's own", ours, "ms of CPU a call", 1.0, "less", beside)
    ours = median(a.cpu - b.cpu for a, b in zip(takes[_DIRECT_KEPT], takes[_BARE], strict=True))
    beside = f"{_DIRECT_KEPT}, less {_BARE}, call by call"
    yield Figure("ours beside bare aiohttp", ours, "ms of CPU a call", 1.0, "less", beside)


def sample() -> Request:
    """Return a request from the middle of an episode."""
    session = Session("summit_bridge", start="decision")
    session.reset(seed=1)
    messages = [Message("system", session.brief.text), Message("user", session.observation.text)]
    for turn in range(TURNS):
        id = f"call-{turn}"
        call = {"id": id, "name": "mail_list", "arguments": "{}"}
        messages.append(Message("assistant", "I look at my mail.", (CallPart(**call),)))
        messages.append(Message("tool", session.call("mail_list").text, call_id=id))
    tools = tuple(ToolSpec(**tool.spec) for tool in session.tools)
    return Request(MODEL, tuple(messages), tools, max_tokens=4096)


async def _takes(request: Request, api_base: str, folder: Path, calls: int) -> dict[str, list[Take]]:
    async with AsyncExitStack() as stack:
        ways: dict[str, Send] = {
            _BARE: await stack.enter_async_context(bare_http(request, api_base)),
            _DIRECT: await stack.enter_async_context(_provider(request, api_base)),
            _DIRECT_KEPT: await stack.enter_async_context(_kept(request, api_base, folder, "direct")),
            _LITELLM: await stack.enter_async_context(bare_litellm(request, api_base)),
            _LITELLM_KEPT: await stack.enter_async_context(_kept(request, api_base, folder, "litellm")),
        }
        inside = await stack.enter_async_context(litellm_timed())
        takes: dict[str, list[Take]] = {name: [] for name in ways}
        for number in range(_WARM + calls):
            names = [*ways][:: 1 if number % 2 else -1]  # whoever comes after another cleans up after it
            for name in names:
                take = await _take(ways[name], inside)
                if number >= _WARM:
                    takes[name].append(take)
    return takes


async def _take(send: Send, inside: list[float]) -> Take:
    """Call once; what a library still does after its answer counts as CPU, but is not ours."""
    inside.clear()
    cpu, start = time.process_time(), time.perf_counter()
    await send()
    wall, busy = time.perf_counter() - start, time.process_time() - cpu
    await asyncio.sleep(_SETTLE)
    ours = 1e3 * busy - inside[0] if inside else None
    return Take(1e3 * (time.process_time() - cpu), 1e3 * wall, ours)


@asynccontextmanager
async def _provider(request: Request, api_base: str) -> AsyncIterator[Send]:
    provider = provider_for(ClientSettings(model=MODEL, api_base=api_base, client="direct"))
    try:
        yield lambda: provider.complete(request)
    finally:
        await provider.close()


@asynccontextmanager
async def _kept(request: Request, api_base: str, folder: Path, way: str) -> AsyncIterator[Send]:
    """Give what an episode does to ask: limits, tries and budget of the client, and the line of the record."""
    client = Client(ClientSettings(model=MODEL, api_base=api_base, client=way))
    recorder = Recorder(client, folder / f"{way}.jsonl")
    try:
        yield lambda: recorder.ask(request, "act", turn=1)
    finally:
        recorder.close()
        await client.close()
