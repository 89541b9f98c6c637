"""What a seat saw and did, as a conversation of Inspect's messages."""

from __future__ import annotations

import json
from typing import Any

from inspect_ai.model import (
    ChatMessage,
    ChatMessageAssistant,
    ChatMessageSystem,
    ChatMessageTool,
    ChatMessageUser,
    Content,
    ContentReasoning,
    ContentText,
)
from inspect_ai.tool import ToolCall

from simenv.episode import Episode
from simenv.transcript import Entry


def conversation(episode: Episode) -> list[ChatMessage]:
    """Return the brief, what was seen first, and then every turn with what came of it.

    A turn of several calls stands there as several turns of one: which calls came in one reply is not part of a
    transcript. Nothing of what is hidden is in it.
    """
    name = episode.folder.name
    brief = episode.brief
    messages: list[ChatMessage] = [ChatMessageSystem(id=f"{name}-brief", content=brief.text if brief else "")]
    for number, entry in enumerate(episode.transcript):
        messages += _turn(entry, f"{name}-{number:05d}", number)
    return messages


def _turn(entry: Entry, id: str, number: int) -> list[ChatMessage]:
    seen = entry.observation
    told: dict[str, Any] = {"sim_time": seen.time}
    if number == 0:
        return [ChatMessageUser(id=f"{id}-seen", content=seen.text, metadata=told)]
    if entry.code is not None:
        told["code"] = entry.code
    reply = ChatMessageAssistant(id=f"{id}-said", content=_content(entry), metadata=_drafts(entry))
    if entry.name is None:
        return [reply, ChatMessageUser(id=f"{id}-seen", content=seen.text, metadata=told)]
    call = entry.call or id
    arguments, error = _arguments(entry.arguments)
    reply.tool_calls = [ToolCall(id=call, function=entry.name, arguments=arguments, parse_error=error)]
    answer = ChatMessageTool(id=f"{id}-seen", content=seen.text, tool_call_id=call, function=entry.name, metadata=told)
    return [reply, answer]


def _content(entry: Entry) -> str | list[Content]:
    if entry.reasoning is None:
        return entry.say or ""
    parts: list[Content] = [ContentReasoning(reasoning=entry.reasoning)]
    return [*parts, ContentText(text=entry.say)] if entry.say else parts


def _drafts(entry: Entry) -> dict[str, Any] | None:
    if not entry.drafted:
        return None
    return {"drafted": [{"name": each.name, "arguments": each.arguments} for each in entry.drafted]}


def _arguments(text: str | None) -> tuple[dict[str, Any], str | None]:
    try:
        arguments = json.loads(text or "{}")
    except ValueError as problem:
        return {}, f"the arguments are no JSON: {problem}"
    return (arguments, None) if isinstance(arguments, dict) else ({}, "the arguments are no JSON object")
