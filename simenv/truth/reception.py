"""How colleagues took what a seat wrote to them: how much of it they answered, asked back about, or left.

No finding, and no verdict: a measure of how well the company understands what it is told. Whoever reads a rate should
see beside it how much of what the seat said was understood at all.
"""

from __future__ import annotations

from typing import ClassVar, Final

from msgspec import Struct

from simenv.company.opening import Opening
from simenv.company.state import Company
from simenv.core.event import Event
from simenv.core.findings import Finding
from simenv.core.kinds.colleague import ColleagueUnderstood

_ASKING: Final = frozenset({"ask_back", "passes_on"})


class State(Struct, frozen=True, gc=False):
    """Messages of seats that colleagues have read: acted on or answered, asked back about, left."""

    answered: int = 0
    asked_back: int = 0
    ignored: int = 0

    @property
    def read(self) -> int:
        """How many messages were read; one that five people read counts five times."""
        return self.answered + self.asked_back + self.ignored


class Reception:
    """The judge that counts them."""

    name: ClassVar = "reception"
    kinds: ClassVar = frozenset({"colleague.understood"})

    def start(self, opening: Opening) -> State:
        """Nothing has been read yet."""
        return State()

    def see(self, state: State, event: Event, company: Company) -> State:
        """Count one message that a colleague has read."""
        data = event.data
        if not isinstance(data, ColleagueUnderstood):
            return state
        if data.reply in _ASKING:
            return State(state.answered, state.asked_back + 1, state.ignored)
        if data.reply == "none":
            return State(state.answered, state.asked_back, state.ignored + 1)
        return State(state.answered + 1, state.asked_back, state.ignored)

    def findings(self, state: State) -> tuple[Finding, ...]:
        """No finding; read the state."""
        return ()
