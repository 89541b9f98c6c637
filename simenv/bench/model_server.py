"""A small model server of one's own: it speaks the OpenAI protocol, needs no network, and can also misbehave.

Tests and benchmarks talk to it over real HTTP; so can anybody who wants to try a run without a model:

    python -m simenv.bench.model_server --port 8000
    simenv run summit_bridge --model openai/player --api-base http://127.0.0.1:8000/v1

Example:
    >>> from simenv.bench.model_server import ModelServer
    >>> with ModelServer() as server:
    ...     server.url.startswith("http://127.0.0.1:")
    True
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

import msgspec

from simenv.bench.model_answers import Answer, Fault, Told, completion, player

if TYPE_CHECKING:
    from aiohttp import web

Answers = Callable[[dict[str, Any]], Answer | Awaitable[Answer]]
"""From the parsed body of a request to what is answered; asynchronous where it wants to wait for something."""

_BIGGEST: Final = 64 * 2**20
_KEPT: Final = 1000
_PATIENCE: Final = 10.0


class ModelServer:
    """A server in a thread of its own. It is a context manager; leaving it ends the thread.

    Args:
        answers: What is answered. By default a player that reads its mail and goes home.
        port: 0 takes any free one.
        latency: Seconds from a request's arrival to its answer; for benchmarks.
        key: The key that requests must carry, or None if none is asked for.
        models: Names of the models it has; empty means that it has every model asked for.
        tools: Whether it takes tools.
        keep: How many requests it keeps, for whoever looks at them.

    Attributes:
        asked: Requests so far.
        in_flight: Requests under way.
        most: Most requests that were under way at the same time.
        bodies: Parsed bodies of the last requests.
        headers: Their headers, names in lower case.
    """

    def __init__(
        self,
        answers: Answers = player,
        *,
        port: int = 0,
        latency: float = 0.0,
        key: str | None = None,
        models: tuple[str, ...] = (),
        tools: bool = True,
        keep: int = _KEPT,
    ) -> None:
        self._answers, self._port, self._latency = answers, port, latency
        self._key, self._models, self._tools = key, models, tools
        self.asked = self.in_flight = self.most = 0
        self.bodies: deque[dict[str, Any]] = deque(maxlen=keep)
        self.headers: deque[dict[str, str]] = deque(maxlen=keep)
        self._up = threading.Event()
        self._failed: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, name="simenv-model-server", daemon=True)

    @property
    def url(self) -> str:
        """Address that clients take as ``api_base``."""
        return f"http://127.0.0.1:{self._port}/v1"

    def __enter__(self) -> ModelServer:
        self._thread.start()
        self._up.wait(_PATIENCE)
        if self._failed is not None:
            raise self._failed
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop serving; may be called again."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(_PATIENCE)

    def wait(self) -> None:
        """Wait until somebody stops it."""
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except OSError as error:  # the port is taken
            self._failed = error
        finally:
            self._up.set()

    async def _serve(self) -> None:
        from aiohttp import web

        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application(client_max_size=_BIGGEST)
        app.router.add_post("/v1/chat/completions", self._chat)
        app.router.add_post("/v1/messages", self._chat)  # Anthropic's protocol; only raw answers fit it
        app.router.add_get("/v1/models", self._list)
        app.router.add_route("*", "/{anything:.*}", self._nowhere)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", self._port, backlog=1024)
            await site.start()
            self._port = runner.addresses[0][1]
            self._up.set()
            await self._over.wait()
        finally:
            await runner.cleanup()

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        due = asyncio.get_running_loop().time() + self._latency
        self.asked += 1
        self.in_flight += 1
        self.most = max(self.most, self.in_flight)
        try:
            body = msgspec.json.decode(await request.read())
            self.bodies.append(body)
            self.headers.append({name.lower(): value for name, value in request.headers.items()})
            answer = self._refusal(request.headers.get("Authorization", ""), body) or self._answers(body)
            if isinstance(answer, Awaitable):
                answer = await answer
            if self._latency:
                await asyncio.sleep(due - asyncio.get_running_loop().time())
            return await self._send(request, answer, body)
        finally:
            self.in_flight -= 1

    def _refusal(self, said: str, body: dict[str, Any]) -> Fault | None:
        if self._key is not None and said != f"Bearer {self._key}":
            given = said.removeprefix("Bearer ")
            return Fault.error(401, f"Incorrect API key provided: {given}.", code="invalid_api_key")
        if self._models and body.get("model") not in self._models:
            return Fault.error(404, f"The model `{body.get('model')}` does not exist.", code="model_not_found")
        if not self._tools and body.get("tools"):
            return Fault.error(400, f"{body.get('model')} does not support tools")
        return None

    async def _send(self, request: web.Request, answer: Answer, body: dict[str, Any]) -> web.StreamResponse:
        from aiohttp import web

        if isinstance(answer, Told):
            return web.Response(body=completion(answer, body), content_type="application/json")
        if answer.does == "stall":
            await self._over.wait()
        if answer.does == "answer":
            headers = {"Content-Type": "application/json", **answer.headers}
            return web.Response(body=answer.body, status=answer.status, headers=headers)
        if answer.body:  # a part of what was promised
            begun = web.StreamResponse(headers={"Content-Length": str(2 * len(answer.body)), **answer.headers})
            await begun.prepare(request)
            await begun.write(answer.body)
        if request.transport is not None:
            request.transport.close()
        return web.Response()

    async def _list(self, _request: web.Request) -> web.Response:
        from aiohttp import web

        data = [{"id": name, "object": "model"} for name in self._models or ("player",)]
        return web.Response(body=msgspec.json.encode({"object": "list", "data": data}), content_type="application/json")

    async def _nowhere(self, _request: web.Request) -> web.Response:
        from aiohttp import web

        return web.Response(body=b'{"detail":"Not Found"}', status=404, content_type="application/json")


def main(arguments: list[str] | None = None) -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(
        prog="python -m simenv.bench.model_server", description="Serve a model that plays."
    )
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS", help="time taken over each answer")
    parser.add_argument("--key", help="the key that requests must carry")
    parser.add_argument(
        "--has", action="append", default=[], metavar="MODEL", help="a model it has; default: every one"
    )
    parser.add_argument("--no-tools", action="store_true", help="refuse requests with tools")
    given = parser.parse_args(arguments)
    options = {"port": given.port, "latency": given.latency, "key": given.key}
    try:
        with ModelServer(models=tuple(given.has), tools=not given.no_tools, keep=0, **options) as server:
            print(f"A model that plays answers at {server.url} until Ctrl-C.", flush=True)  # noqa: T201 - a command
            with contextlib.suppress(KeyboardInterrupt):
                server.wait()
    except OSError as error:
        parser.exit(1, f"Port {given.port} cannot be used ({error.strerror}). Choose another with --port.\n")


if __name__ == "__main__":
    main()
