"""What a seat saw and did, turn by turn: the agent's screen. Reasoning stands here and in no event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from msgspec import Struct

from simenv.core.bounds import clean_text
from simenv.core.calls import Code, ToolCall
from simenv.core.turns import Observation

_DRAFTS: Final = 20
_ARGUMENTS: Final = 64_000
_canonical: Final = msgspec.json.Encoder(order="sorted").encode


class Drafted(Struct, frozen=True, gc=False):
    """A call that was drafted and not made: the tool's name, and its arguments as JSON text, bounded."""

    name: str
    arguments: str


class Entry(Struct, frozen=True, omit_defaults=True, gc=False):
    """One call (or one turn without a call) and what was perceived after it; the first has no call.

    Attributes:
        observation: What the seat perceived.
        call: Id of the call, or None for the opening.
        name: The tool called, or None for a turn without a call or with a malformed one.
        arguments: The arguments as given, as JSON text, bounded.
        code: How the call went.
        reasoning: Private reasoning that came with the turn.
        say: Text that came with the turn; nobody in the company hears it.
        drafted: Calls that were drafted for the turn and not made, their arguments as JSON text, bounded.
    """

    observation: Observation
    call: str | None = None
    name: str | None = None
    arguments: str | None = None
    code: Code | None = None
    reasoning: str | None = None
    say: str | None = None
    drafted: tuple[Drafted, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {name: getattr(self, name) for name in self.__struct_fields__}


def kept(drafted: Iterable[ToolCall]) -> tuple[Drafted, ...]:
    """Return drafted calls as a transcript keeps them: the first twenty, each bounded to 64 kB."""
    return tuple(
        Drafted(
            clean_text(call.name[:100]),
            clean_text((call.arguments if isinstance(call.arguments, str) else _text(call.arguments))[:_ARGUMENTS]),
        )
        for call, _ in zip(drafted, range(_DRAFTS), strict=False)
    )


def _text(arguments: dict[str, Any]) -> str:
    return _canonical(arguments).decode("utf-8", "replace")
