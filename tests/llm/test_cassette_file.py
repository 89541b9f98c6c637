"""The file of replies: what stands in it, what a kill leaves of it, what damage is told of."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from simenv.bench.model_server import ModelServer
from simenv.core.errors import EpisodeError, RecordingError, ReplayError, VersionError
from simenv.llm.base import Asks
from simenv.llm.cassette import Recorder, Replayer, read_record, read_replies
from simenv.llm.client import Client, ClientSettings
from simenv.llm.data import CallPart, Message, Reply, Request
from simenv.llm.errors import ProviderError
from simenv.llm.lines import Line

from .talks import OPENING, TOOLS, Scripted, record, said, talk


def test_what_is_new_is_written_and_nothing_twice(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    record(path, map(said, range(1, 40)), 20)
    text = path.read_text(encoding="utf-8")
    for once in ("You are Kim.", "It is nine.", "List mail.", "Is this real?", '"text":"result of c1"'):
        assert text.count(once) == 1
    lines = [json.loads(line) for line in text.splitlines()]
    assert lines[0] == {"replies": 1}
    assert max(len(line.get("messages", ())) for line in lines[2:]) <= 4
    assert sum(len(line["shown"]) for line in lines[1:]) < 4 * len(lines)
    assert all(set(line) <= set(Line.__struct_fields__) for line in lines[1:])


def test_a_mark_that_moves_on_leaves_the_messages_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    messages = [Message("user", f"message {number}") for number in range(4)]
    requests = []
    for number in range(1, 5):
        sent = [*messages[: number - 1], replace(messages[number - 1], mark=True)]
        requests.append(Request("m", tuple(sent)))

    async def ask(asks: Asks) -> list[Reply]:
        return [await asks.ask(request, "act") for request in requests]

    heard = asyncio.run(ask(Recorder(Scripted(map(said, range(4))), path)))
    assert path.read_text(encoding="utf-8").count('"text":"message') == 4
    assert [entry.request for entry in read_replies(path)] == requests
    assert asyncio.run(ask(Replayer(path))) == heard


def test_a_torn_last_line_is_left_out(tmp_path: Path) -> None:
    whole = tmp_path / "replies.jsonl"
    record(whole, map(said, range(1, 9)), 3)
    data = whole.read_bytes()
    ends = [place + 1 for place, byte in enumerate(data) if byte == ord("\n")]
    torn = tmp_path / "torn.jsonl"
    for cut in (0, 1, ends[0], ends[0] + 1, ends[2] - 1, ends[2], ends[-1] - 1):
        torn.write_bytes(data[:cut])
        found = read_record(torn)
        assert len(found.replies) == max(0, sum(end <= cut for end in ends) - 1)
        assert (found.torn is None) == (cut in (0, *ends))
        if found.torn:
            assert "has no end" in found.torn
            with pytest.raises(ReplayError, match=r"ends here \(line .* has no end"):
                talk(Replayer(torn), 3)


def test_damage_is_named(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    record(path, map(said, range(1, 9)), 3)
    lines = path.read_bytes().splitlines(keepends=True)
    for number, old, new, words in (
        (1, b'"replies":1', b'"replies":2', "reads forms up to 1"),
        (2, b"Kim", b"Tim", ":2: the request is not the one that was sent"),
        (2, b'"shown":[[0,2]]', b'"shown":[[0,9]]', ":2: it refers to what stands on no line"),
        (3, b'"index"', b'"inbox"', ":3: "),
    ):
        assert old in lines[number - 1]
        path.write_bytes(b"".join([*lines[: number - 1], lines[number - 1].replace(old, new), *lines[number:]]))
        with pytest.raises((EpisodeError, VersionError), match=words):
            read_replies(path)
    with pytest.raises(EpisodeError, match="No such file"):
        read_replies(tmp_path / "nowhere.jsonl")


def test_what_is_handed_on_is_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    half = Reply("half \ud83d a character", (CallPart("c", "x", '{"a":"\udc00"}'),), opaque=({"\ud800": (1, 2)},))
    reply = asyncio.run(Recorder(Scripted([half]), path).ask(Request("m", OPENING), "act"))
    assert reply == read_replies(path)[0].reply
    assert reply.text == "half \ufffd a character"
    assert reply.opaque == [{"\ufffd": [1, 2]}]


def test_nothing_is_asked_that_could_not_be_written(tmp_path: Path) -> None:
    there = tmp_path / "there.jsonl"
    there.write_bytes(b"")
    for path, words in ((there, "is there already"), (tmp_path / "no" / "folder.jsonl", "there is no such folder")):
        client = Scripted([said(1)])
        with pytest.raises(RecordingError, match=words):
            talk(Recorder(client, path), 1)
        assert client.requests == []
    recorder = Recorder(Scripted([said(1)]), tmp_path / "closed.jsonl")
    recorder.close()
    with pytest.raises(RecordingError, match="its episode is over"):
        talk(recorder, 1)


KILLED = """
import asyncio, os, sys
from pathlib import Path
from simenv.llm import Message, Reply, Request
from simenv.llm.base import Sent
from simenv.llm.cassette import Recorder

class Client:
    async def send(self, request):
        return Sent(Reply(f"answer {len(request.messages)}"))

async def main():
    recorder, messages = Recorder(Client(), Path(sys.argv[1])), ()
    while True:
        messages += (Message("user", f"question {len(messages)}"),)
        reply = await recorder.ask(Request("m", messages), "act", turn=len(messages))
        print(reply.text, flush=True)

asyncio.run(main())
"""


def test_a_killed_process_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    command = [sys.executable, "-c", KILLED, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        used = [process.stdout.readline().strip() for _ in range(50)]
        process.kill()
        used += [line.strip() for line in process.stdout if line.endswith("\n")]
    found = [entry.reply.text for entry in read_replies(path) if entry.reply is not None]
    assert found[: len(used)] == used


def test_a_file_of_another_kind_is_none(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    path.write_bytes(msgspec.json.encode({"other": 1}) + b"\n")
    with pytest.raises(EpisodeError, match=":1: "):
        read_replies(path)


def test_no_key_ever_stands_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    planted = "sk-planted-0123456789abcdef"
    monkeypatch.setenv("PLANTED_KEY", planted)

    async def ask(api_base: str, path: Path) -> None:
        settings = ClientSettings(model="openai/m", api_base=api_base, client=way, api_key_env="PLANTED_KEY")
        client = Client(settings)
        recorder = Recorder(client, path)
        try:
            await recorder.ask(Request("openai/m", OPENING, TOOLS), "act", turn=1)
        finally:
            recorder.close()
            await client.close()

    with ModelServer(key="another") as server, pytest.raises(ProviderError, match="key"):  # it repeats the wrong key
        asyncio.run(ask(server.url, tmp_path / "refused.jsonl"))
    with ModelServer(key=planted) as server:
        asyncio.run(ask(server.url, tmp_path / "answered.jsonl"))
    refused, answered = (read_replies(tmp_path / f"{name}.jsonl")[0] for name in ("refused", "answered"))
    assert refused.failure is not None
    assert refused.failure.kind == "auth"
    assert answered.reply is not None
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert len(written) > 1_000
    assert planted.encode() not in written
    assert planted[8:].encode() not in written
