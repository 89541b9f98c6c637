"""How a model's conversation would grow, measured in tokens: the model's own policy holds it, and no model is there."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Final

import msgspec
from msgspec import Struct

from simenv.core.bounds import clean_text
from simenv.core.calls import ToolCall
from simenv.core.turns import Action, Brief, Observation
from simenv.core.waiting import settle
from simenv.llm.base import Purpose
from simenv.llm.data import CallPart, Message, Reply, Request, ToolSpec, Usage
from simenv.llm.digests import unmarked
from simenv.policies.llm.policy import LLMPolicy
from simenv.policies.llm.settings import LLMSettings

_CALLING: Final = frozenset({"act", "draft", "revise"})
_encode: Final = msgspec.json.Encoder(order="sorted").encode


class Assumed(Struct, frozen=True):
    """What nobody can measure beforehand.

    Attributes:
        characters: Characters of a token.
        output: Tokens of a reply, its reasoning included; a call that is longer counts by its own length.
        summary: Tokens of a summary of what no longer fits.
        seconds: Seconds from a request to its reply.
    """

    characters: float = 4.0
    output: int = 250
    summary: int = 1_000
    seconds: float = 10.0

    def tokens(self, characters: int) -> int:
        """Return how many tokens a text of so many characters is taken to have."""
        return ceil(characters / self.characters)


def conversation(
    brief: Brief, turns: Iterable[tuple[Observation, Action]], settings: LLMSettings, assumed: Assumed
) -> list[Usage]:
    """Return the tokens of every request of an episode, in order.

    What a cache could have kept is what the request before began with.

    Args:
        brief: What the seat is told.
        turns: What the seat perceives, and what the model is taken to do then.
        settings: How the model holds the seat.
        assumed: What cannot be measured.
    """
    return settle(_held(brief, turns, settings, _Line(assumed)))


async def _held(
    brief: Brief, turns: Iterable[tuple[Observation, Action]], settings: LLMSettings, line: _Line
) -> list[Usage]:
    policy = LLMPolicy(settings, lambda path: line)
    await policy.reset(brief)
    for observation, action in turns:
        line.calls = action.calls
        await policy.act(observation)
        if settings.one_shot:
            break
    return line.requests


class _Line:
    """Answers every request with the calls it was given and words to fill, and measures the request."""

    def __init__(self, assumed: Assumed) -> None:
        self.requests: list[Usage] = []
        self.calls: tuple[ToolCall, ...] = ()
        self._assumed = assumed
        self._made = 0
        self._before: tuple[tuple[ToolSpec, ...], tuple[Message, ...]] = ((), ())
        self._tools: tuple[tuple[ToolSpec, ...], int] = ((), 0)

    async def ask(
        self, request: Request, purpose: Purpose, *, turn: int = 0, in_context: tuple[str, ...] = (), note: str = ""
    ) -> Reply:
        """Return what fills a conversation as a model's reply would."""
        calls = self._parts() if purpose in _CALLING else ()
        output = self._assumed.summary if purpose == "summary" else self._assumed.output
        said = sum(map(_length, calls))
        words = max(0, round(output * self._assumed.characters) - said)
        tools = self._length(request.tools)
        lengths = [_size(message) for message in request.messages]
        same = _same(self._before, (request.tools, request.messages))
        cached = tools + sum(lengths[:same]) if same else 0
        self._before = (request.tools, request.messages)
        tokens = self._assumed.tokens
        usage = Usage(tokens(tools + sum(lengths)), max(output, tokens(said)), tokens(cached))
        self.requests.append(usage)
        return Reply("word " * (words // 5), calls, "calls" if calls else "stop", usage=usage)

    def _parts(self) -> tuple[CallPart, ...]:
        self._made += 1
        return tuple(
            CallPart(f"call-{self._made}-{number}", call.name, _text(call)) for number, call in enumerate(self.calls)
        )

    def _length(self, tools: tuple[ToolSpec, ...]) -> int:
        if tools is not self._tools[0]:
            self._tools = (tools, len(_encode(tools)))
        return self._tools[1]


def _text(call: ToolCall) -> str:
    return call.arguments if isinstance(call.arguments, str) else clean_text(_encode(call.arguments).decode())


def _length(call: CallPart) -> int:
    return len(call.name) + len(call.arguments)


def _size(message: Message) -> int:
    return len(message.text) + sum(map(_length, message.calls))


def _same(
    before: tuple[tuple[ToolSpec, ...], tuple[Message, ...]], now: tuple[tuple[ToolSpec, ...], tuple[Message, ...]]
) -> int:
    """Return how many messages a request begins with that the one before began with; none if the tools differ."""
    if before[0] != now[0]:
        return 0
    number = 0
    for one, other in zip(before[1], now[1], strict=False):
        if one is not other and unmarked(one) != unmarked(other):
            break
        number += 1
    return number
