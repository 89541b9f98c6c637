"""What a seat saw and did, turn by turn: the agent's screen. Reasoning stands here and in no event."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from simenv.core.calls import Code
from simenv.core.turns import Observation


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
    """

    observation: Observation
    call: str | None = None
    name: str | None = None
    arguments: str | None = None
    code: Code | None = None
    reasoning: str | None = None
    say: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {name: getattr(self, name) for name in self.__struct_fields__}
