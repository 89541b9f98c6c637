"""The way of a call: find, validate, authorise, run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from simenv.core.calls import ToolCall, ToolResult, refused
from simenv.core.errors import near_miss
from simenv.core.turns import ToolInfo
from simenv.tools.base import Desk, Tool, catalogue


class Toolbox:
    """The tools of one seat.

    Args:
        tools: The tools, in the order agents are told of them.
    """

    __slots__ = ("tools",)

    def __init__(self, tools: Iterable[Tool]) -> None:
        self.tools = {tool.name: tool for tool in tools}

    @property
    def infos(self) -> tuple[ToolInfo, ...]:
        """What the agent is told of the tools."""
        return catalogue(self.tools.values())

    def run(self, call: ToolCall, desk: Desk) -> ToolResult:
        """Run a call, or say why not.

        Args:
            call: A call that has passed :mod:`simenv.core.bounds`.
            desk: Where it runs.

        Returns:
            The tool's result; codes ``unknown_tool`` and ``bad_arguments`` come from here.
        """
        tool = self.tools.get(call.name)
        if tool is None:
            near = near_miss(call.name, self.tools)
            hint = f" Did you mean {near}?" if near else ""
            return refused("unknown_tool", f"There is no tool {call.name}.{hint} Tools: {', '.join(self.tools)}.")
        try:
            arguments = msgspec.convert(call.arguments, tool.arguments)
        except msgspec.ValidationError as error:
            try:  # models often quote their numbers: read "2" as 2 where a number is wanted
                arguments = msgspec.convert(call.arguments, tool.arguments, strict=False)
            except msgspec.ValidationError:
                return refused("bad_arguments", f"{call.name}: {_plain(error)} {_usage(tool)}")
        return tool.run(desk, *msgspec.structs.astuple(arguments))


def _plain(error: msgspec.ValidationError) -> str:
    text = str(error)
    text = re.sub(r"Object (missing|contains unknown) ", r"\1 ", text)
    text = re.sub(r" - at `\$\.?(.*)`", lambda m: f" for {m[1].strip('.')}" if m[1] else "", text)
    return text[:1].upper() + text[1:] + "."


def _usage(tool: Tool) -> str:
    schema: dict[str, Any] = tool.info.schema
    required = schema["required"]
    names = [name if name in required else f"{name} (optional)" for name in schema.get("properties", {})]
    return f"Arguments: {', '.join(names)}." if names else "It takes no arguments."
