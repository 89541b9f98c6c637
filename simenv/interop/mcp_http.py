"""The same seat over HTTP, on this machine only. One client holds it; others are told that it is taken."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from simenv.interop.mcp_seat import ServedSeat
from simenv.interop.mcp_server import SESSION, make_server

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK: Final = "127.0.0.1"
PATH: Final = "/mcp"
IDLE: Final = 1800.0
"""Seconds after which a client that holds the seat and has no request under way counts as gone."""

_LINGER: Final = 1
"""Seconds that requests of others may take when the server ends."""


def listen(port: int) -> socket.socket:
    """Return a socket of this machine that other machines cannot reach.

    Args:
        port: Its port; 0 takes a free one.

    Raises:
        OSError: If the port cannot be had.
    """
    listening = socket.socket()
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((LOOPBACK, port))
        listening.listen()  # whoever calls before the server is up waits for it
    except OSError:
        listening.close()
        raise
    return listening


def address(listening: socket.socket) -> str:
    """Return the address that clients are given."""
    return f"http://{LOOPBACK}:{listening.getsockname()[1]}{PATH}"


async def over_http(seat: ServedSeat, listening: socket.socket, idle: float = IDLE) -> None:
    """Serve until the client that holds the seat has left.

    Args:
        seat: The seat.
        listening: Where to.
        idle: Seconds after which a silent client counts as gone.
    """
    import uvicorn
    from mcp import types
    from mcp.types.version import HANDSHAKE_PROTOCOL_VERSIONS

    server = make_server(seat)

    async def discover(context: object, params: types.RequestParams) -> types.DiscoverResult:
        """Tell newer clients that there is a session to be opened here."""
        return types.DiscoverResult(
            supported_versions=list(HANDSHAKE_PROTOCOL_VERSIONS), capabilities=server.get_capabilities()
        )

    server.add_request_handler("server/discover", types.RequestParams, discover)
    app = server.streamable_http_app(streamable_http_path=PATH, host=LOOPBACK, session_idle_timeout=None)
    door = _Door(app, seat, idle)
    config = uvicorn.Config(
        door, log_config=None, log_level="critical", access_log=False, ws="none", timeout_graceful_shutdown=_LINGER
    )
    http = uvicorn.Server(config)

    def end() -> None:
        http.should_exit = True

    door.gone = end
    await http.serve(sockets=[listening])


class _Door:
    """Notices when the client that holds the seat leaves: it says so, or has had no request under way for long."""

    gone: Callable[[], None]

    def __init__(self, app: ASGIApp, seat: ServedSeat, idle: float) -> None:
        self._app, self._seat, self._idle = app, seat, idle
        self._under_way: dict[str, int] = {}
        self._silence: asyncio.TimerHandle | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and look at who made it."""
        client = _session(scope)
        if client is None:
            await self._app(scope, receive, send)
            return
        self._under_way[client] = self._under_way.get(client, 0) + 1
        if self._silence is not None and client == self._seat.holder:
            self._silence.cancel()
        try:
            await self._app(scope, receive, send)
        finally:
            self._under_way[client] -= 1
            if client == self._seat.holder:
                self._after(client, scope["method"])

    def _after(self, client: str, method: str) -> None:
        if method == "DELETE":
            self.gone()
        elif not self._under_way[client]:
            self._silence = asyncio.get_running_loop().call_later(self._idle, self.gone)


def _session(scope: Any) -> str | None:
    if scope["type"] != "http":
        return None
    found = (value for name, value in scope["headers"] if name == SESSION.encode())
    session = next(found, None)
    return None if session is None else session.decode("latin-1")
