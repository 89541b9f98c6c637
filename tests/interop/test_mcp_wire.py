"""What passes on the wire, byte by byte, and how the server ends: by disconnection, by a signal, by silence."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simenv.episode import Episode
from simenv.interop.mcp_seat import ENDED, ServedSeat
from simenv.session import Session

pytestmark = pytest.mark.mcp

HELLO = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "by\u202e hand", "version": "0"},
}
READY = {"jsonrpc": "2.0", "method": "notifications/initialized"}
TELLING = (b"simenv", b"simulat", b"episode", b"scenario", b"benchmark", b"policy_error", b"sandbox")


def ask(number: int, method: str, **params: Any) -> dict[str, Any]:
    """Return a request."""
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


def line(message: object) -> bytes:
    """Return a message as it stands on a line of its own."""
    return json.dumps(message).encode() + b"\n"


async def begin(served: Any, *messages: object) -> list[bytes]:
    """Shake hands, send the messages, and return the answers, one a line."""
    reading, writing = served.process.stdout, served.process.stdin
    requests = [ask(0, "initialize", **HELLO), *messages]
    writing.write(line(requests[0]))
    answers = [await reading.readline()]
    writing.write(line(READY) + b"".join(map(line, requests[1:])))
    return [*answers, *[await reading.readline() for _ in messages]]


def test_nothing_but_the_protocol_and_nothing_that_tells(
    serving: Callable[..., Any], recorded: Callable[[], Episode]
) -> None:
    messages = [
        ask(1, "tools/list"),
        ask(2, "prompts/list"),
        ask(3, "prompts/get", name="brief"),
        ask(4, "resources/list"),
        ask(5, "resources/read", uri="desk://brief"),
        ask(6, "tools/call", name="mail_list", arguments={"folder": "\x00\u202e"}),
        ask(7, "tools/call", name="nothing", arguments={}),
        ask(8, "tools/call", name="mail_list", arguments="no object"),
        ask(9, "nothing/such"),
        ask(10, "tools/call", name="note_list"),
        ask(11, "tools/call", name="mail_list", arguments={}),
    ]

    async def main() -> tuple[Any, list[bytes]]:
        async with serving("--max-calls", "3") as served:
            answers = await begin(served, *messages)
            served.process.stdin.close()
        return served, answers

    served, answers = asyncio.run(main())
    assert served.printed == b""  # what is left when all answers have been read
    decoded = [json.loads(answer) for answer in answers]
    assert sorted(each["id"] for each in decoded) == list(range(12))
    assert [each["id"] for each in decoded if "error" in each] == [8, 9]
    assert [word for word in TELLING if word in b"".join(answers).lower()] == []
    assert ENDED in decoded[-1]["result"]["content"][0]["text"]
    assert (served.code, recorded().run.outcome) == (0, "limit")
    assert recorded().policy["mcp"] == {"name": "by\u202e hand", "version": "0"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_is_told_to_end_closes_the_episode(
    number: signal.Signals, serving: Callable[..., Any], recorded: Callable[[], Episode]
) -> None:
    """Although its standard input stays open."""

    async def main() -> Any:
        async with serving() as served:
            await begin(served, ask(1, "tools/call", name="mail_list", arguments={}))
            served.process.send_signal(number)
            await served.process.wait()
        return served

    assert asyncio.run(main()).code == 130
    assert (recorded().run.outcome, recorded().run.ended_by) == ("interrupted", "disconnected")


def test_nobody_took_the_seat(serving: Callable[..., Any], folder: Path) -> None:
    async def main() -> Any:
        async with serving() as served:
            await begin(served, ask(1, "tools/list"))
            served.process.stdin.close()
        return served

    served = asyncio.run(main())
    assert served.code == 130
    assert served.said == "No client called a tool; nothing was recorded.\n"
    assert not folder.exists()


async def post(url: str, message: object, **headers: str) -> tuple[int, str, Any]:
    """Send a message over HTTP as a client of one's own would; return status, session and body."""
    import aiohttp

    accept = {"Accept": "application/json, text/event-stream", **headers}
    async with aiohttp.ClientSession() as session, session.post(url, json=message, headers=accept) as answer:
        return answer.status, answer.headers.get("mcp-session-id", ""), await answer.text()


def test_a_client_that_falls_silent_is_gone(tmp_path: Path) -> None:
    from simenv.interop.mcp_http import address, listen, over_http

    seat = ServedSeat(Session("summit_bridge", start="decision"), 7, lambda: tmp_path / "episode")

    async def main() -> None:
        with listen(0) as listening:
            serving = asyncio.create_task(over_http(seat, listening, idle=0))
            url = address(listening)
            _, session, _ = await post(url, ask(0, "initialize", **HELLO))
            headers = {"mcp-session-id": session}
            await post(url, READY, **headers)
            status, _, text = await post(url, ask(1, "tools/call", name="mail_list", arguments={}), **headers)
            assert (status, "mail-" in text) == (200, True)
            await serving

    asyncio.run(main())
    assert seat.holder is not None


def test_other_machines_and_other_pages_stay_outside(tmp_path: Path) -> None:
    from simenv.interop.mcp_http import address, listen, over_http

    seat = ServedSeat(Session("summit_bridge", start="decision"), 7, lambda: tmp_path / "episode")

    async def main() -> list[int]:
        with listen(0) as listening:
            assert listening.getsockname()[0] == "127.0.0.1"
            serving = asyncio.create_task(over_http(seat, listening))
            url, hello = address(listening), ask(0, "initialize", **HELLO)
            page = await post(url, hello, Origin="http://elsewhere.example")
            name = await post(url, hello, Host="elsewhere.example")
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
        return [page[0], name[0]]

    assert asyncio.run(main()) == [403, 421]


def test_a_port_that_is_taken_is_named(simenv_command: Callable[..., str]) -> None:
    from simenv.interop.mcp_http import listen

    with listen(0) as listening:
        port = listening.getsockname()[1]
        said = simenv_command("serve", "summit_bridge", "--mcp", "--http", port, code=2)
    assert said == f"Error: --http {port}: Address already in use; name another port, or 0\n"
