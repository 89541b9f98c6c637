"""Requests in the words of the OpenAI protocol, which both providers speak."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from simenv.llm.data import CallPart, Message, Request

_NO_NAME: Final = re.compile(r"[^A-Za-z0-9_-]")
_LONGEST_NAME: Final = 64
REASONING_FIELD: Final = "reasoning_field"
"""Key in :attr:`Message.opaque` that says under which name a server gave its reasoning, if not the usual one."""


def messages(request: Request, *, marks: bool = False, reasoning: bool = True) -> list[dict[str, Any]]:
    """Return the conversation.

    Args:
        request: The request.
        marks: Whether marked messages carry marks of the prompt cache.
        reasoning: Whether reasoning that was given as text goes back as text.
    """
    return [_message(each, marks, reasoning) for each in request.messages]


def tools(request: Request) -> list[dict[str, Any]]:
    """Return what may be called."""
    return [
        {
            "type": "function",
            "function": {"name": tool.name, "description": tool.description, "parameters": tool.parameters},
        }
        for tool in request.tools
    ]


def options(request: Request) -> dict[str, Any]:
    """Return all the rest but the model's name and the tools: what of the settings is set."""
    chosen: dict[str, Any] = {"tool_choice": request.tool_choice} if request.tools else {}
    for name in ("temperature", "max_tokens", "seed", "reasoning_effort"):
        value = getattr(request, name)
        if value is not None:
            chosen[name] = value
    if request.schema is not None:
        chosen["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": "answer", "schema": request.schema},
        }
    return chosen


def _message(message: Message, marks: bool, reasoning: bool) -> dict[str, Any]:
    content: Any = message.text
    if marks and message.mark and message.text:
        content = [{"type": "text", "text": message.text, "cache_control": {"type": "ephemeral"}}]
    if message.role == "tool":
        return {"role": "tool", "tool_call_id": message.call_id or "", "content": content}
    said: dict[str, Any] = {"role": message.role, "content": content}
    if message.role == "assistant":
        if message.calls:
            said["content"] = content or None
            said["tool_calls"] = [_call(each) for each in message.calls]
        opaque = dict(message.opaque) if isinstance(message.opaque, dict) else {}
        field = opaque.pop(REASONING_FIELD, "reasoning_content")
        if reasoning and message.reasoning is not None:
            said[field] = message.reasoning
        said.update(opaque)
    return said


def _call(call: CallPart) -> dict[str, Any]:
    """Return a call that no server chokes on.

    Some servers parse the arguments of past calls and fail for good on what is no JSON object, and some check names; a
    slip of the model in one turn must not end the conversation. What it wrote stays readable in what is sent.
    """
    name = _NO_NAME.sub("_", call.name)[:_LONGEST_NAME] or "unnamed"
    try:
        sound = isinstance(msgspec.json.decode(call.arguments), dict)
    except (msgspec.DecodeError, UnicodeError):
        sound = False
    arguments = call.arguments if sound else msgspec.json.encode({"not_an_object": call.arguments}).decode()
    return {"id": call.id, "type": "function", "function": {"name": name, "arguments": arguments}}
