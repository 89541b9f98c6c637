"""What the model server answers: replies, faults, and a player that needs no model."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

_MAIL: Final = re.compile(r"\bmail-[a-z0-9]+")


class Told(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A reply.

    Attributes:
        text: What is said.
        calls: Tools to call, each with its arguments, as data or as the very text to send.
        finish: Why it ended; by default what fits.
        reasoning: Sent as ``reasoning_content``.
        usage: What is sent as usage; by default a count by length. An empty one is not sent.
        model: Model that is said to have answered; by default the one asked for.
        fingerprint: Sent as ``system_fingerprint``.
    """

    text: str | None = None
    calls: tuple[tuple[str, dict[str, Any] | str], ...] = ()
    finish: str | None = None
    reasoning: str | None = None
    usage: dict[str, Any] | None = None
    model: str | None = None
    fingerprint: str | None = None


class Fault(Struct, frozen=True):
    """Anything but a reply.

    Attributes:
        status: HTTP status.
        body: What is sent, whatever it is.
        headers: HTTP headers.
        does: ``answer`` with it, ``stall`` (never answer), or ``drop`` the connection, after ``body`` if there is one.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = {}
    does: Literal["answer", "stall", "drop"] = "answer"

    @classmethod
    def error(
        cls, status: int, message: str, *, code: str | None = None, headers: dict[str, str] | None = None
    ) -> Fault:
        """Return an error as OpenAI words it."""
        body = {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}
        return cls(status, msgspec.json.encode(body), headers or {})


Answer = Told | Fault


def completion(told: Told, body: dict[str, Any]) -> bytes:
    """Return a reply as the protocol words it, to the request with this body."""
    message: dict[str, Any] = {"role": "assistant", "content": told.text}
    if told.reasoning is not None:
        message["reasoning_content"] = told.reasoning
    if told.calls:
        message["tool_calls"] = [_call(number, call, body) for number, call in enumerate(told.calls)]
    finish = told.finish or ("tool_calls" if told.calls else "stop")
    whole: dict[str, Any] = {
        "id": f"chatcmpl-{len(body.get('messages', ()))}",
        "object": "chat.completion",
        "created": 0,
        "model": told.model or body.get("model", "player"),
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
    }
    usage = _count(message, body) if told.usage is None else told.usage
    if usage:
        whole["usage"] = usage
    if told.fingerprint is not None:
        whole["system_fingerprint"] = told.fingerprint
    return msgspec.json.encode(whole)


def player(body: dict[str, Any]) -> Answer:
    """Answer as somebody who lists the mail, reads one after the other, and goes home.

    It remembers nothing: what it does follows from the conversation alone.
    """
    if not any(tool["function"]["name"] == "mail_list" for tool in body.get("tools", ())):
        return Told(text="I have read what you wrote.")
    listed, opened = _since_morning(body["messages"])
    if listed is None:
        return Told(text="First the mail.", calls=(("mail_list", {}),))
    unopened = [id for id in listed if id not in opened]
    if unopened:
        return Told(calls=(("mail_read", {"id": unopened[0]}),))
    return Told(text="That was all.", calls=(("finish", {}),))


def _since_morning(messages: list[dict[str, Any]]) -> tuple[list[str] | None, set[str]]:
    """Return the ids listed since the day last ended, or None if none were, and those opened since."""
    listed: list[str] | None = None
    opened: set[str] = set()
    names: dict[str, str] = {}
    for message in messages:
        for call in message.get("tool_calls") or ():
            names[call["id"]] = name = call["function"]["name"]
            if name == "mail_read":
                opened.update(_MAIL.findall(call["function"]["arguments"]))
        if message["role"] == "tool":
            name = names.get(message.get("tool_call_id", ""), "")
            if name == "finish":
                listed, opened = None, set()
            elif name == "mail_list":
                listed = list(dict.fromkeys(_MAIL.findall(_text(message))))
    return listed, opened


def _text(message: dict[str, Any]) -> str:
    content = message.get("content") or ""
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def _call(number: int, call: tuple[str, dict[str, Any] | str], body: dict[str, Any]) -> dict[str, Any]:
    name, arguments = call
    text = arguments if isinstance(arguments, str) else msgspec.json.encode(arguments).decode()
    id = f"call_{len(body.get('messages', ()))}_{number}"
    return {"id": id, "type": "function", "function": {"name": name, "arguments": text}}


def _count(message: dict[str, Any], body: dict[str, Any]) -> dict[str, int]:
    """Count four bytes as a token, as one does who has no tokenizer."""
    asked, told = len(msgspec.json.encode(body)) // 4, len(msgspec.json.encode(message)) // 4
    return {"prompt_tokens": asked, "completion_tokens": told, "total_tokens": asked + told}
