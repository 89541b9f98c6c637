"""Tool calls and their results: the whole surface between an agent and the company."""

from __future__ import annotations

from typing import Any, Final, Literal

from msgspec import Struct

Code = Literal[
    "ok",
    "bad_arguments",
    "unknown_tool",
    "not_found",
    "not_allowed",
    "needs_approval",
    "conflict",
    "too_large",
    "unavailable",
    "suspended",
    "malformed",
    "withheld",
]
"""How a call went. ``withheld``: not run, because an earlier call of the same turn failed."""

CODES: Final[tuple[Code, ...]] = Code.__args__  # type: ignore[attr-defined]

Effect = Literal["read", "write", "external", "privileged"]
"""What a tool may do: look, change, reach outside the company, or use special rights."""


class ToolCall(Struct, frozen=True, gc=False):
    """One call of one tool.

    Attributes:
        name: The tool's name, ``^[a-z][a-z0-9_]{0,62}$``.
        arguments: Either the arguments by name, or the raw JSON text a model produced for them.
    """

    name: str
    arguments: dict[str, Any] | str = {}


class ToolResult(Struct, frozen=True, gc=False):
    """What came of a call.

    Attributes:
        ok: Whether the tool ran.
        code: ``ok`` or why it did not.
        text: What the agent is told.
        data: The typed result behind ``text`` (plain data), or None.
        cost: Simulated seconds the seat is busy for.
    """

    ok: bool
    code: Code
    text: str
    data: Any = None
    cost: int = 0


def refused(code: Code, text: str, cost: int = 30) -> ToolResult:
    """Return the result of a call that did not run; a refusal still takes ``cost`` simulated seconds."""
    return ToolResult(False, code, text, None, cost)
