"""Where two requests first differ, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from simenv.llm.data import Message, Request, ToolSpec

_AROUND: Final = 30
_PARTS: Final = ("role", "text", "calls", "call_id", "reasoning", "opaque", "mark")


def difference(recorded: Request, asked: Request) -> str:
    """Return the first difference between two requests in a clause, or an empty text if there is none."""
    for name in recorded.__struct_fields__:
        if name not in ("messages", "tools"):
            before, now = getattr(recorded, name), getattr(asked, name)
            if before != now:
                return f"its {name} was {_short(before)} and is now {_short(now)}"
    return _in_tools(recorded.tools, asked.tools) or _in_messages(recorded.messages, asked.messages)


def _in_tools(recorded: Sequence[ToolSpec], asked: Sequence[ToolSpec]) -> str:
    if recorded == asked:
        return ""
    before, now = {tool.name: tool for tool in recorded}, {tool.name: tool for tool in asked}
    for name in before:
        if name not in now:
            return f"the tool {name} was offered and is no longer"
    for name, tool in now.items():
        if name not in before:
            return f"the tool {name} was not offered and is now"
        if tool != before[name]:
            return f"the tool {name} was described in other words, or has other arguments"
    return "its tools came in another order"


def _in_messages(recorded: Sequence[Message], asked: Sequence[Message]) -> str:
    for number, (before, now) in enumerate(zip(recorded, asked, strict=False), 1):
        for part in _PARTS:
            old, new = getattr(before, part), getattr(now, part)
            if old != new:
                return f"message {number} of {len(asked)} ({now.role}): its {part} {_change(old, new)}"
    if len(recorded) == len(asked):
        return ""
    if len(recorded) > len(asked):
        left = recorded[len(asked)]
        return f"message {len(asked) + 1} ({left.role}: {_short(left.text)}) is missing"
    return f"message {len(recorded) + 1} ({asked[len(recorded)].role}: {_short(asked[len(recorded)].text)}) is new"


def _change(old: Any, new: Any) -> str:
    if not isinstance(old, str) or not isinstance(new, str):
        return f"was {_short(old)} and is now {_short(new)}"
    pairs = enumerate(zip(old, new, strict=False))
    place = next((number for number, (a, b) in pairs if a != b), min(len(old), len(new)))
    start = max(0, place - _AROUND)
    return (
        f"differs from character {place + 1} on: "
        f"{_short(old[start:], 2 * _AROUND)} then, {_short(new[start:], 2 * _AROUND)} now"
    )


def _short(value: Any, length: int = 80) -> str:
    text = repr(value)
    return text if len(text) <= length else f"{text[: length - 3]}..."
