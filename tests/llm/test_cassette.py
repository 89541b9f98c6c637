"""Every reply is written down before it is used, and an episode can be asked again without a provider."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from simenv.core.errors import EpisodeError, RecordingError, ReplayError, VersionError
from simenv.llm.base import Asks, Purpose, Sent
from simenv.llm.cassette import Recorder, Replayer, read_record, read_replies
from simenv.llm.data import CallPart, Message, Reply, Request, ToolSpec, Usage
from simenv.llm.errors import Attempt, BudgetSpentError, ProviderError
from simenv.llm.lines import Line
from simenv.llm.tally import tally

TOOLS = (ToolSpec("mail_list", "List mail.", {"type": "object"}), ToolSpec("finish", "End the day.", {}))
OPENING = (Message("system", "You are Kim."), Message("user", "It is nine."))
ODD = "a\u2028b \x1b[31m 'q' \"q\" \\ é 🙂 \x00"


class Scripted:
    """A client that sends nothing: it has its answers, and the requests it got."""

    def __init__(self, answers: Iterable[Reply | Sent | Exception]) -> None:
        self.answers = iter(answers)
        self.requests: list[Request] = []

    async def send(self, request: Request) -> Sent:
        """Return the next answer."""
        self.requests.append(request)
        answer = next(self.answers)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Sent) else Sent(answer)


def said(number: int, **more: Any) -> Reply:
    """Return a reply that calls a tool."""
    more = {"usage": Usage(100, 10, cached=number), "cost": 0.25, "served": "m-1", **more}
    return Reply(f"reply {number}", (CallPart(f"c{number}", "mail_list", "{}"),), "calls", **more)


def talk(asks: Asks, turns: int, *, brief: str = "It is nine.", tools: tuple[ToolSpec, ...] = TOOLS) -> list[str]:
    """Hold a conversation as a policy would, with a probe on a copy of it in every second turn."""

    async def hold() -> list[str]:
        messages: tuple[Message, ...] = (OPENING[0], Message("user", brief))
        shown: tuple[str, ...] = ()
        heard = []
        for turn in range(1, turns + 1):
            request = Request("openai/m", messages, tools, temperature=1, seed=7)
            purpose: Purpose = "act"
            if turn % 2 == 0:
                copy = (Message("system", "Somebody asks."), *messages[1:], Message("user", "Is this real?"))
                reply = await asks.ask(Request("openai/m", copy), "probe", turn=turn, note="belief")
                heard.append(reply.text)
            try:
                reply = await asks.ask(request, purpose, turn=turn, in_context=shown)
            except ProviderError as error:
                heard.append(f"{error.kind}: {error} {len(error.attempts)}")
                continue
            heard.append(reply.text)
            calls = [Message("tool", f"result of {part.id}", call_id=part.id) for part in reply.calls]
            messages = (*messages, Message("assistant", reply.text, reply.calls, reasoning=reply.reasoning), *calls)
            if turn == 4:  # what is oldest is dropped, as a context strategy would
                messages, shown = (*messages[:2], *messages[-2:]), shown[-1:]
            shown = (*shown, *(part.id for part in reply.calls))
        return heard

    return asyncio.run(hold())


def record(path: Path, answers: Iterable[Reply | Sent | Exception], turns: int) -> tuple[list[str], Scripted, Recorder]:
    """Record a conversation."""
    client = Scripted(answers)
    recorder = Recorder(client, path)
    try:
        return talk(recorder, turns), client, recorder
    finally:
        recorder.close()


def test_an_episode_is_asked_again_without_a_provider(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    tried = (Attempt("rate_limit", 429, 1.5), Attempt("server", 500))
    answers = [
        said(1, reasoning=ODD, opaque=[{"signature": "x", "n": 1.0}], fingerprint="f1"),
        said(2),
        Sent(said(3), tried),
        said(4, served="m-2"),
    ]
    heard, client, recorder = record(path, [*answers, *map(said, range(5, 9))], 5)
    replayer = Replayer(path)
    assert talk(replayer, 5) == heard
    assert (replayer.left, replayer.torn, replayer.asked) == (0, None, 7)
    replies = read_replies(path)
    assert [entry.request for entry in replies] == client.requests
    assert [entry.index for entry in replies] == list(range(7))
    assert [(entry.purpose, entry.turn, entry.note) for entry in replies[:3]] == [
        ("act", 1, ""),
        ("probe", 2, "belief"),
        ("act", 2, ""),
    ]
    assert replies[2].attempts == tried
    assert replies[0].reply == answers[0]
    assert replies[6].in_context == ("c4", "c6"), "what was dropped is no longer in context"
    assert recorder.tally == replayer.tally == tally(replies)


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


def test_every_part_of_a_request_decides_about_it(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    request = Request("m", OPENING, TOOLS, temperature=0.5)
    asyncio.run(Recorder(Scripted([said(1)]), path).ask(request, "act", turn=1))
    changes: list[tuple[dict[str, Any], str]] = [
        ({"model": "other"}, "its model was 'm' and is now 'other'"),
        ({"temperature": 0.6}, "its temperature was 0.5 and is now 0.6"),
        ({"max_tokens": 9}, "its max_tokens was None and is now 9"),
        ({"seed": 9}, "its seed was None and is now 9"),
        ({"reasoning_effort": "low"}, "its reasoning_effort was None and is now 'low'"),
        ({"schema": {"a": 1}}, "its schema was None and is now {'a': 1}"),
        ({"tools": TOOLS[:1]}, "the tool finish was offered and is no longer"),
        ({"tools": (*TOOLS, ToolSpec("wait", "", {}))}, "the tool wait was not offered and is now"),
        ({"tools": (replace(TOOLS[0], description="?"), TOOLS[1])}, "the tool mail_list was described in other words"),
        ({"tools": TOOLS[::-1]}, "its tools came in another order"),
        ({"messages": OPENING[:1]}, "message 2 (user: 'It is nine.') is missing"),
        ({"messages": (*OPENING, OPENING[0])}, "message 3 (system: 'You are Kim.') is new"),
        (
            {"messages": (OPENING[0], Message("user", "It is ten."))},
            "message 2 of 2 (user): its text differs from character 7 on: 'It is nine.' then, 'It is ten.' now",
        ),
        ({"messages": (OPENING[0], replace(OPENING[1], mark=True))}, "its mark was False and is now True"),
    ]
    for change, words in changes:
        with pytest.raises(ReplayError) as raised:
            asyncio.run(Replayer(path).ask(replace(request, **change), "act", turn=1))
        assert "request 0 (act, turn 1) is not the one that was recorded" in str(raised.value)
        assert words in str(raised.value)


def test_beyond_its_end_a_record_answers_nothing(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    record(path, map(said, range(1, 9)), 3)
    with pytest.raises(ReplayError, match=r"the record ends here: nothing is recorded for request 4 \(probe, turn 4\)"):
        talk(Replayer(path), 4)


def test_failures_are_recorded_and_raised_again(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    failed = ProviderError("too_long", "The conversation is too long. Use another context strategy.", status=400)
    failed.attempts = (Attempt("server", 503, 2.0), Attempt("too_long", 400))
    heard, _, _ = record(path, [said(1), said(2), failed, said(3)], 3)
    assert heard[2] == f"too_long: {failed} 2"
    assert talk(Replayer(path), 3) == heard
    entry = read_replies(path)[2]
    assert (entry.reply, entry.attempts) == (None, failed.attempts)
    assert entry.failure is not None
    assert (entry.failure.kind, entry.failure.status) == ("too_long", 400)


def test_a_spent_budget_is_recorded_too(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    with pytest.raises(BudgetSpentError, match="max-cost"):
        record(path, [said(1), BudgetSpentError("--max-cost is spent")], 3)
    with pytest.raises(BudgetSpentError, match="--max-cost is spent"):
        talk(Replayer(path), 3)


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


def test_a_killed_run_goes_on_from_what_was_answered(tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    record(first, [*map(said, range(1, 6)), ProviderError("server", "down")], 4)
    client = Scripted(map(said, range(6, 20)))
    recorder = Recorder(client, second, past=read_replies(first))
    heard = talk(recorder, 6)
    assert [request.messages[0].text for request in client.requests][:1] == ["You are Kim."]
    assert len(client.requests) == 9 - 5, "what was answered is not asked again; what failed at the end is"
    assert talk(Replayer(second), 6) == heard
    assert read_replies(second)[:5] == read_replies(first)[:5]
    assert recorder.tally == tally(read_replies(second))


def test_a_past_serves_no_other_episode(tmp_path: Path) -> None:
    first = tmp_path / "first.jsonl"
    record(first, map(said, range(1, 9)), 3)
    client = Scripted(map(said, range(11, 19)))
    heard = talk(Recorder(client, None, past=read_replies(first)), 3, brief="It is ten.")
    assert heard == ["reply 11", "reply 12", "reply 13", "reply 14"]


def test_a_fork_has_the_whole_past(tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    recorder = Recorder(Scripted(map(said, range(1, 9))), first)
    heard = talk(recorder, 2)
    fork = recorder.fork(second)
    reply = asyncio.run(fork.ask(Request("m", OPENING), "act", turn=3))
    asyncio.run(recorder.ask(Request("m", OPENING[:1]), "act", turn=3))
    assert [entry.index for entry in read_replies(second)] == [0, 1, 2, 3]
    assert read_replies(second)[:3] == read_replies(first)[:3]
    assert read_replies(second)[3].reply == reply != read_replies(first)[3].reply
    assert talk(Replayer(second), 2) == heard
    unrecorded = Recorder(Scripted([said(1)]), None)
    talk(unrecorded, 1)
    with pytest.raises(RecordingError, match="was not written down"):
        unrecorded.fork(tmp_path / "third.jsonl")


def test_samples_drawn_side_by_side_keep_their_places(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"

    class Slow(Scripted):
        async def send(self, request: Request) -> Sent:
            answer = await super().send(request)
            for _ in range(5 - len(self.requests)):  # those asked first are answered last
                await asyncio.sleep(0)
            return answer

    async def draw(asks: Asks) -> list[str]:
        requests = [asks.ask(Request("m", OPENING), "sample", turn=1) for _ in range(4)]
        return [reply.text for reply in await asyncio.gather(*requests)]

    heard = asyncio.run(draw(Recorder(Slow(map(said, range(1, 5))), path)))
    written = [json.loads(line)["index"] for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert written != sorted(written)
    assert asyncio.run(draw(Replayer(path))) == heard == ["reply 1", "reply 2", "reply 3", "reply 4"]


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
