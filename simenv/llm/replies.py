"""Replies in the words of the OpenAI protocol, in all the variants that servers are known to send."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from simenv.llm.data import CallPart, Finish, Message, Reply, Request, Usage
from simenv.llm.wire import REASONING_FIELD

_FINISH: Final[dict[str, Finish]] = {
    **dict.fromkeys(("stop", "eos", "eos_token", "end_turn", "stop_sequence", "completed"), "stop"),
    **dict.fromkeys(("tool_calls", "tool_use", "function_call"), "calls"),
    **dict.fromkeys(("length", "max_tokens", "model_length"), "length"),
    **dict.fromkeys(("content_filter", "safety", "refusal"), "filter"),
}
_REASONING: Final = ("reasoning_content", "reasoning")
_MOST: Final = 2**53
_THINK, _THOUGHT = "<think>", "</think>"


class NoReplyError(ValueError):
    """Raised when an answer is no reply; the message says what it is instead."""


def read(data: Any, request: Request) -> Reply:
    """Return the reply that an answer holds.

    Args:
        data: The parsed answer.
        request: What it answers; ids that a server left out are made from its length.

    Raises:
        NoReplyError: If it is no reply.
    """
    if not isinstance(data, dict):
        raise NoReplyError("JSON that is no object")
    choices = data.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise NoReplyError("JSON without a choice")
    message = choices[0].get("message")
    if not isinstance(message, dict):
        raise NoReplyError("JSON without a message")
    text, thought = _content(message.get("content"))
    text = text or _text(message.get("refusal")) or ""
    field = next((name for name in _REASONING if message.get(name)), None)
    reasoning = _text(message[field]) if field else thought
    if reasoning is None:
        text, reasoning = _split(text)
    calls = _calls(message, f"call_{len(request.messages)}")
    return Reply(
        text=text,
        calls=calls,
        finish=_finish(choices[0].get("finish_reason"), bool(calls)),
        reasoning=reasoning or None,
        opaque=_opaque(message, field),
        usage=_usage(data.get("usage")),
        served=_text(data.get("model")) or None,
        fingerprint=_text(data.get("system_fingerprint")) or None,
    )


def said(reply: Reply) -> Message:
    """Return a reply as the message that goes into the conversation."""
    return Message("assistant", reply.text, reply.calls, reasoning=reply.reasoning, opaque=reply.opaque)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _content(value: Any) -> tuple[str, str | None]:
    """Return the text of a content, and the reasoning among its parts."""
    if value is None or isinstance(value, str):
        return value or "", None
    if not isinstance(value, list):
        raise NoReplyError("a message whose content is neither text nor parts")
    texts: list[str] = []
    thoughts: list[str] = []
    for part in value:
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, dict):
            kind = part.get("type", "text")
            inner = part.get(kind, part.get("text")) if isinstance(kind, str) else None
            words = inner if isinstance(inner, str) else _content(inner)[0] if isinstance(inner, list) else ""
            (thoughts if kind in ("thinking", "reasoning") else texts).append(words)
    return "".join(texts), "\n".join(filter(None, thoughts)) or None


def _split(text: str) -> tuple[str, str | None]:
    """Return a text without the thinking that a server without a parser for it leaves at its head, and that thinking.

    The opening tag may be missing, since many templates write it themselves; the closing one is, if the reply was cut.
    """
    before, closed, after = text.partition(_THOUGHT)
    opened = text.lstrip().startswith(_THINK)
    if opened or (closed and _THINK not in before):
        return after.lstrip(), before.strip().removeprefix(_THINK).strip()
    return text, None


def _calls(message: dict[str, Any], prefix: str) -> tuple[CallPart, ...]:
    given = message.get("tool_calls")
    if not given and isinstance(message.get("function_call"), dict):  # as it was before there were several
        given = [{"function": message["function_call"]}]
    if given is None:
        return ()
    if not isinstance(given, list):
        raise NoReplyError("a message whose calls are no list")
    calls: list[CallPart] = []
    for number, each in enumerate(given):
        function = each.get("function", each) if isinstance(each, dict) else None
        if not isinstance(function, dict):
            raise NoReplyError("a call that is none")
        arguments = function.get("arguments")
        if arguments is None:
            arguments = "{}"
        elif not isinstance(arguments, str):
            arguments = msgspec.json.encode(arguments).decode()
        id = _text(each.get("id"))
        if not id or any(id == other.id for other in calls):
            id = f"{prefix}_{number}"
        calls.append(CallPart(id, _text(function.get("name")) or "", arguments))
    return tuple(calls)


def _finish(said: Any, calls: bool) -> Finish:
    finish = _FINISH.get(said.casefold(), "other") if isinstance(said, str) and said else "stop"
    return "calls" if calls and finish == "stop" else finish


def _opaque(message: dict[str, Any], field: str | None) -> dict[str, Any] | None:
    """Return what has to go back: signed blocks, and the name a server gives its reasoning."""
    kept = {name: message[name] for name in ("thinking_blocks", "reasoning_details") if message.get(name)}
    if field not in (None, _REASONING[0]):
        kept[REASONING_FIELD] = field
    return kept or None


def _usage(said: Any) -> Usage | None:
    if not isinstance(said, dict):
        return None
    asked, told = _count(said.get("prompt_tokens")), _count(said.get("completion_tokens"))
    if asked is None or told is None:
        return None
    cached = _count(_inner(said, "prompt_tokens_details", "cached_tokens"))
    if cached is None:
        cached = _count(said.get("prompt_cache_hit_tokens"))
    thought = _count(_inner(said, "completion_tokens_details", "reasoning_tokens"))
    return Usage(input=asked, output=told, cached=cached or 0, reasoning=thought or 0)


def _inner(said: dict[str, Any], group: str, name: str) -> Any:
    inside = said.get(group)
    return inside.get(name) if isinstance(inside, dict) else None


def _count(value: Any) -> int | None:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < _MOST else None
