"""The server that stands in for a model holds a seat, and can be started by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from simenv import Session
from simenv.bench.model_server import ModelServer, main
from simenv.llm.client import Client
from simenv.llm.data import Message, Request, ToolSpec
from simenv.llm.replies import said

from .desk import HELLO, Desk


def test_the_player_reads_its_mail_and_goes_home(desk: Desk) -> None:
    session = Session("summit_bridge")
    text = session.reset(seed=1)
    tools = tuple(ToolSpec(tool.name, tool.description, tool.spec["parameters"]) for tool in session.tools)

    async def play(client: Client) -> list[str]:
        messages, made = [Message("user", text)], []
        while "finish" not in made:
            reply = (await client.send(Request("openai/player", tuple(messages), tools))).reply
            messages.append(said(reply))
            for call in reply.calls:
                made.append(call.name)
                result = session.call(call.name, msgspec.json.decode(call.arguments))
                assert result.ok
                messages.append(Message("tool", result.text, call_id=call.id))
        return made

    with ModelServer() as server:
        made = desk.run(desk.client(server.url), play)
        assert server.asked == len(made)
    assert made == ["mail_list", *["mail_read"] * 10, "finish"]


def test_it_can_be_started_by_hand(desk: Desk, package: Path) -> None:
    command = [sys.executable, "-m", "simenv.bench.model_server", "--port", "0", "--has", "player"]
    with subprocess.Popen(command, cwd=package.parent, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            url = next(word for word in line.split() if word.startswith("http"))
            reply = desk.run(desk.client(url), lambda each: each.send(HELLO)).reply
        finally:
            process.terminate()
    assert line == f"A model that plays answers at {url} until Ctrl-C.\n"
    assert [call.name for call in reply.calls] == ["mail_list"]


def test_a_taken_port_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with ModelServer() as server:
        port = server.url.split(":")[2].removesuffix("/v1")
        with pytest.raises(SystemExit, match="1"):
            main(["--port", port])
    assert capsys.readouterr().err.startswith(f"Port {port} cannot be used (")
