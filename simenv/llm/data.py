"""What is said to a model and what it says back, as plain data. No provider's class goes beyond this package."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

Role = Literal["system", "user", "assistant", "tool"]

Finish = Literal["stop", "calls", "length", "filter", "other"]
"""Why a reply ended: by itself, with calls, cut off at its length, stopped by the provider's filter, or otherwise."""


class ToolSpec(Struct, frozen=True):
    """A tool as a model is told of it.

    Attributes:
        name: Its name.
        description: What it does.
        parameters: JSON schema of its arguments.
    """

    name: str
    description: str
    parameters: dict[str, Any]


class CallPart(Struct, frozen=True, gc=False):
    """A call in a reply, as the model wrote it.

    Attributes:
        id: The provider's id of it; a tool message answers it by this id.
        name: The tool's name, which need not exist.
        arguments: JSON text, which need not be JSON.
    """

    id: str
    name: str
    arguments: str


class Message(Struct, frozen=True, omit_defaults=True):
    """One message of a conversation.

    Attributes:
        role: Who speaks.
        text: What is said.
        calls: Calls that an assistant's message makes.
        call_id: The call that a tool's message answers.
        reasoning: Reasoning of an assistant's message, where the provider gave it as text.
        opaque: What the provider wants to have back unchanged with an assistant's message (signed reasoning blocks).
        mark: Whether a prompt cache may end here; providers that want no marks are sent none.
    """

    role: Role
    text: str = ""
    calls: tuple[CallPart, ...] = ()
    call_id: str | None = None
    reasoning: str | None = None
    opaque: Any = None
    mark: bool = False


class Request(Struct, frozen=True, omit_defaults=True):
    """Everything that decides what a model may answer.

    Attributes:
        model: Name of the model, with its provider's prefix where there is one (``anthropic/...``).
        messages: The conversation.
        tools: What may be called; empty where calls are written as text.
        tool_choice: ``none`` where words are wanted and no call. The tools are sent all the same: providers refuse a
            conversation with calls in it and no tools beside it, and a prompt cache begins with them.
        temperature: Or None for the provider's own.
        max_tokens: Longest reply, in tokens; None for the provider's own.
        seed: For providers that take one.
        reasoning_effort: ``low``, ``medium``, ``high`` or what else the provider knows.
        schema: JSON schema that the reply's text must follow, or None.
    """

    model: str
    messages: tuple[Message, ...]
    tools: tuple[ToolSpec, ...] = ()
    tool_choice: Literal["auto", "none"] = "auto"
    temperature: float | None = None
    max_tokens: int | None = None
    seed: int | None = None
    reasoning_effort: str | None = None
    schema: dict[str, Any] | None = None


class Usage(Struct, frozen=True, omit_defaults=True):
    """Tokens as the provider counted them.

    Attributes:
        input: Of the request, those read from its cache included.
        output: Of the reply, its reasoning included.
        cached: Of ``input``, those read from the provider's cache.
        reasoning: Of ``output``, those of its reasoning.
    """

    input: int
    output: int
    cached: int = 0
    reasoning: int = 0


class Reply(Struct, frozen=True, omit_defaults=True):
    """What a model answered.

    Attributes:
        text: What it said.
        calls: What it wants to call.
        finish: Why it ended.
        reasoning: Its reasoning as text, kept apart from what it said.
        opaque: See :class:`Message`.
        usage: Tokens, or None where the provider did not count.
        cost: Price in US dollars, or None where the price is not known. Never 0 for unknown.
        served: Model that the provider says has answered.
        fingerprint: Fingerprint of the provider's system, where there is one.
    """

    text: str = ""
    calls: tuple[CallPart, ...] = ()
    finish: Finish = "stop"
    reasoning: str | None = None
    opaque: Any = None
    usage: Usage | None = None
    cost: float | None = None
    served: str | None = None
    fingerprint: str | None = None
