"""A request sent without any of simenv's own code: what HTTP alone costs, and what LiteLLM alone costs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import msgspec

from simenv.llm.data import Request
from simenv.llm.litellm_provider import load
from simenv.llm.wire import messages, options, tools

Send = Callable[[], Awaitable[object]]


def body_of(request: Request) -> bytes:
    """Return the bytes of a request as the direct provider sends them."""
    name = request.model.removeprefix("openai/")
    return msgspec.json.encode(
        {"model": name, "messages": messages(request), "tools": tools(request), **options(request)}
    )


@asynccontextmanager
async def bare_http(request: Request, api_base: str) -> AsyncIterator[Send]:
    """Give what posts a request's bytes and reads the answer's, over one open connection."""
    import aiohttp

    body, headers = body_of(request), {"Content-Type": "application/json"}

    async def send() -> object:
        async with session.post(f"{api_base}/chat/completions", data=body, headers=headers) as response:
            return await response.read()

    async with aiohttp.ClientSession() as session:
        yield send


@asynccontextmanager
async def bare_litellm(request: Request, api_base: str) -> AsyncIterator[Send]:
    """Give what sends a request through LiteLLM with the arguments that simenv gives it, and nothing else."""
    litellm = await asyncio.to_thread(load)
    said, chosen = messages(request), {"tools": tools(request), **options(request)}

    async def send() -> object:
        response: object = await litellm.acompletion(
            model=request.model,
            messages=said,
            api_base=api_base,
            api_key="none",
            timeout=180.0,
            num_retries=0,
            max_retries=0,
            drop_params=True,
            _skip_mcp_handler=True,
            **chosen,
        )
        return response

    yield send


@asynccontextmanager
async def litellm_timed() -> AsyncIterator[list[float]]:
    """Give the milliseconds of CPU that pass inside LiteLLM, call after call, whoever calls it."""
    litellm = await asyncio.to_thread(load)
    asked, spent = litellm.acompletion, []

    async def timed(**arguments: object) -> object:
        start = time.process_time()
        try:
            return await asked(**arguments)
        finally:
            spent.append(1e3 * (time.process_time() - start))

    litellm.acompletion = timed  # type: ignore[attr-defined]
    try:
        yield spent
    finally:
        litellm.acompletion = asked  # type: ignore[attr-defined]
