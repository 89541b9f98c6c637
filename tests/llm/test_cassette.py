"""Every reply is written down before it is used, and an episode can be asked again without a provider."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from simenv.core.errors import RecordingError, ReplayError
from simenv.llm.base import Asks, Sent
from simenv.llm.cassette import Recorder, Replayer, read_replies
from simenv.llm.data import Message, Request, ToolSpec
from simenv.llm.errors import Attempt, BudgetSpentError, ProviderError
from simenv.llm.tally import tally

from .talks import ODD, OPENING, TOOLS, Scripted, record, said, talk


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


def test_every_part_of_a_request_decides_about_it(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    request = Request("m", OPENING, TOOLS, temperature=0.5)
    asyncio.run(Recorder(Scripted([said(1)]), path).ask(request, "act", turn=1))
    changes: list[tuple[dict[str, Any], str]] = [
        ({"model": "other"}, "its model was 'm' and is now 'other'"),
        ({"tool_choice": "none"}, "its tool_choice was 'auto' and is now 'none'"),
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
    assert {name for change, _ in changes for name in change} == set(Request.__struct_fields__)
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


def test_a_turn_that_was_cancelled_and_taken_again_is_replayed_once(tmp_path: Path) -> None:
    path, again = tmp_path / "replies.jsonl", tmp_path / "again.jsonl"

    class Stalling(Scripted):
        async def send(self, request: Request) -> Sent:
            sent = await super().send(request)
            if sent.reply.text == "reply 3":
                await asyncio.Event().wait()
            return sent

    async def turn(asks: Asks, number: int) -> list[str]:
        draft = await asks.ask(Request("m", OPENING), "draft", turn=number)
        return [draft.text, (await asks.ask(Request("m", OPENING), "revise", turn=number)).text]

    async def interrupted(asks: Asks) -> list[str]:
        heard = await turn(asks, 1)
        await asks.ask(Request("m", OPENING[:1]), "probe", turn=2)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await turn(asks, 2)
        return heard + await turn(asks, 2)

    async def plain(asks: Asks) -> list[str]:
        heard = await turn(asks, 1)
        await asks.ask(Request("m", OPENING[:1]), "probe", turn=2)
        return heard + await turn(asks, 2)

    async def stopped() -> list[str]:
        recorder = Recorder(Stalling(map(said, (1, 2, 0, 9, 3, 4, 5))), path)
        return await interrupted(recorder)

    heard = asyncio.run(stopped())
    assert [entry.abandoned for entry in read_replies(path)] == [False] * 3 + [True] * 2 + [False] * 2
    replayer = Replayer(path)
    assert asyncio.run(plain(replayer)) == heard == ["reply 1", "reply 2", "reply 4", "reply 5"]
    assert replayer.left == 0
    resumed = Recorder(Scripted([]), again, past=read_replies(path))
    assert asyncio.run(plain(resumed)) == heard
    assert [entry.index for entry in read_replies(again)] == [0, 1, 2, 3, 4]
