"""A tool is a typed function; its hints make the schema and the validator, its docstring the prompt."""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Callable, Iterable
from typing import Any, Final, Protocol

import msgspec
from msgspec import Struct

from simenv.company.view import CompanyView
from simenv.core.calls import Effect, ToolResult
from simenv.core.event import Event
from simenv.core.kinds.base import EventData
from simenv.core.streams import Streams
from simenv.core.turns import ToolInfo

NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")
RESERVED: Final = frozenset(
    {
        "reset", "step", "state", "close", "submit", "get_reward", "verify", "seed_session", "close_session",
        "sandbox_access", "aggregate_metrics", "mcp", "list_tools", "call_tool",
    }
)  # fmt: skip
"""Names that frameworks keep for themselves."""


class Desk(Protocol):
    """Where a tool runs: one seat, one call."""

    @property
    def person(self) -> str:
        """Id of the person whose seat it is."""

    @property
    def view(self) -> CompanyView:
        """What that person may see."""

    @property
    def now(self) -> int:
        """The present simulated second."""

    @property
    def streams(self) -> Streams:
        """Keyed draws of this episode."""

    def emit(self, data: EventData) -> Event:
        """Make an event of this call happen."""


class Tool(Struct, frozen=True):
    """A registered tool.

    Attributes:
        name: ``^[a-z][a-z0-9_]{0,62}$``, no double underscore, not reserved.
        run: Called with the desk and the arguments in order.
        arguments: Generated struct that validates them.
        info: What agents are told.
        cost: Simulated seconds a call takes.
    """

    name: str
    run: Callable[..., ToolResult]
    arguments: type[Struct]
    info: ToolInfo
    cost: int

    @property
    def effect(self) -> Effect:
        """What it may do."""
        return self.info.effect


def tool(effect: Effect, cost: int) -> Callable[[Callable[..., ToolResult]], Tool]:
    """Make a tool of a function whose first parameter is the desk.

    Args:
        effect: ``read``, ``write``, ``external`` or ``privileged``.
        cost: Simulated seconds a call takes.

    Raises:
        ValueError: If the name is not allowed, or the docstring lacks a summary or an argument's description.
    """

    def register(function: Callable[..., ToolResult]) -> Tool:
        name = function.__name__
        if not NAME.match(name) or "__" in name or name in RESERVED:
            raise ValueError(f"{name!r} cannot be a tool's name")
        summary, described = _read_docstring(function)
        hints = typing.get_type_hints(function, include_extras=True)
        fields: list[Any] = []
        for parameter in list(inspect.signature(function).parameters.values())[1:]:
            text = described.get(parameter.name)
            if not text:
                raise ValueError(f"{name}: the docstring does not describe {parameter.name!r}")
            hint: Any = typing.Annotated[hints[parameter.name], msgspec.Meta(description=text)]
            default = () if parameter.default is inspect.Parameter.empty else (parameter.default,)
            fields.append((parameter.name, hint, *default))
        arguments = msgspec.defstruct(f"{name}_arguments", fields, forbid_unknown_fields=True, frozen=True)
        return Tool(name, function, arguments, ToolInfo(name, summary, _schema(arguments), effect), cost)

    return register


def _read_docstring(function: Callable[..., Any]) -> tuple[str, dict[str, str]]:
    text = inspect.getdoc(function) or ""
    head, _, tail = text.partition("Args:")
    summary = " ".join(head.split())
    if not summary:
        raise ValueError(f"{function.__name__}: a tool needs a docstring, it is what the agent reads")
    described: dict[str, str] = {}
    for entry in re.split(r"\n {4}(?=\w+:)", "\n" + inspect.cleandoc(tail).replace("\n", "\n    ")):
        name, colon, rest = entry.strip().partition(":")
        if colon:
            described[name] = " ".join(rest.split())
    return summary, described


def _schema(arguments: type[Struct]) -> dict[str, Any]:
    """Return the flat JSON schema of a tool's arguments: no ``$ref``, nothing else allowed."""
    _, components = msgspec.json.schema_components([arguments])
    schema = dict(components[arguments.__name__])
    schema.pop("title", None)
    schema["additionalProperties"] = False
    schema.setdefault("required", [])
    return schema


def catalogue(tools: Iterable[Tool]) -> tuple[ToolInfo, ...]:
    """Return what an agent is told of these tools."""
    return tuple(each.info for each in tools)
