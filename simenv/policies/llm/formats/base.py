"""What a format of calls is, and what those written as text have in common."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol

from msgspec import Struct

from simenv.core.turns import ToolInfo
from simenv.llm.data import CallPart, Message, ToolSpec
from simenv.policies.llm import prompts
from simenv.policies.llm.formats.describe import described
from simenv.policies.llm.words import Said, Told

MAX_CALLS: Final = 50
"""Calls of one reply that are made; more than a seat has left on most days."""

MAX_TEXT: Final = 200_000
"""Characters of a reply in which calls are looked for."""


class Heard(Struct, frozen=True):
    """What a reply comes to.

    Attributes:
        prose: What it says, without the blocks of calls.
        calls: What it wants to call, ids and arguments as they were given.
    """

    prose: str
    calls: tuple[CallPart, ...] = ()


class Format(Protocol):
    """One way of making calls."""

    name: str

    def guide(self, tools: Sequence[ToolInfo]) -> str:
        """Return what the system message says about calls; empty if the provider tells the model."""

    def specs(self, tools: Sequence[ToolInfo]) -> tuple[ToolSpec, ...]:
        """Return the tools that go with a request."""

    def read(self, text: str, calls: tuple[CallPart, ...]) -> Heard:
        """Return what a reply comes to. Whatever stands in it, this neither raises nor takes long."""

    def kept(self, text: str, calls: tuple[CallPart, ...]) -> str:
        """Return the text of a reply as it stays in the conversation."""

    def say(self, said: Said) -> Message | None:
        """Return a turn of the model as a message, or None if nothing of it is left."""

    def tell(self, said: Said, told: Told) -> list[Message]:
        """Return what the model was told of its turn."""

    def how(self) -> str:
        """Return what to tell a model that has written calls in another way."""


class TextFormat:
    """Calls as blocks in the text. Subclasses say what a block looks like."""

    name: str
    instructions: str

    def guide(self, tools: Sequence[ToolInfo]) -> str:
        """Return how calls are written, and the tools."""
        return "\n\n".join([self.instructions, prompts.TOOLS, *(described(tool) for tool in tools)])

    def specs(self, tools: Sequence[ToolInfo]) -> tuple[ToolSpec, ...]:
        """Return nothing: the tools stand in the text."""
        return ()

    def read(self, text: str, calls: tuple[CallPart, ...]) -> Heard:
        """Return the calls in a text; those that a server has already taken out of it count as well."""
        found, prose = self.find(text[:MAX_TEXT])
        return Heard(prose, (*calls, *found))

    def kept(self, text: str, calls: tuple[CallPart, ...]) -> str:
        """Return the text, with the blocks that a server has taken out of it put back."""
        return "\n\n".join(filter(None, [text.strip(), *(self.block(call) for call in calls)]))

    def find(self, text: str) -> tuple[list[CallPart], str]:
        """Return the calls in a text, and the text without them."""
        raise NotImplementedError

    def block(self, call: CallPart) -> str:
        """Return a call as a block of text."""
        raise NotImplementedError

    def say(self, said: Said) -> Message | None:
        """Return the text with its blocks, as the model wrote it."""
        return Message("assistant", said.text, opaque=said.opaque) if said.text else None

    def tell(self, said: Said, told: Told) -> list[Message]:
        """Return what came of the calls as one text."""
        texts: Iterable[str] = told.texts
        if said.calls:
            names = [call.name for call in said.calls]
            texts = (f"Result of {name}:\n{text}" for name, text in zip(names, told.each(len(names)), strict=True))
        return [Message("user", "\n\n".join(filter(None, [*texts, told.notice])))]

    def how(self) -> str:
        """Return that calls are made in another way, and in which."""
        return f"{prompts.NO_BLOCK} {self.instructions}"


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text without these stretches of it, which are in order and do not overlap."""
    pieces, at = [], 0
    for start, end in spans:
        pieces.append(text[at:start])
        at = end
    return "".join([*pieces, text[at:]]).strip()


def as_json(arguments: Any) -> str:
    """Return the arguments of a call as JSON text; text is taken for JSON already, and nothing for no arguments."""
    if isinstance(arguments, str):
        return arguments
    return "{}" if arguments is None else json.dumps(arguments, ensure_ascii=False)


def call_in(value: Any) -> CallPart | None:
    """Return the call that a JSON value is, in any of the ways in which models write one, or None."""
    if not isinstance(value, dict):
        return None
    inner = value.get("function")
    if isinstance(inner, dict):  # {"type": "function", "function": {"name": ..., "arguments": ...}}
        value = inner
    keys = [key for key in ("arguments", "parameters", "args", "input") if key in value]
    named = next((value[key] for key in ("tool", "tool_name", "name", "function") if key in value), None)
    if not isinstance(named, str) or not (keys or "tool" in value or "tool_name" in value):
        return None
    return CallPart("", named.strip(), as_json(value[keys[0]] if keys else None))


_decoder: Final = json.JSONDecoder()


def json_at(text: str, start: int) -> tuple[Any, int] | None:
    """Return the JSON value that begins in a text at a place, and where it ends; None if none does."""
    try:
        return _decoder.raw_decode(text, start)
    except (ValueError, RecursionError):  # no JSON, a number of thousands of digits, or a tower of brackets
        return None
