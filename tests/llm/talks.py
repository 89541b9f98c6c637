"""Conversations with a client that sends nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from simenv.llm.base import Asks, Purpose, Sent
from simenv.llm.cassette import Recorder
from simenv.llm.data import CallPart, Message, Reply, Request, ToolSpec, Usage
from simenv.llm.errors import ProviderError

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
