"""When a run ends before it is through, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from simenv.studies.playing import Ended

KEYBOARD: Final = "keyboard"
PROVIDER: Final = "provider"
BUDGET: Final = "budget"
CALLER: Final = "caller"

_IN_A_ROW: Final = 3
"""Episodes in a row without a reply after which it is not worth while to go on."""


class Stop(Struct, frozen=True):
    """Why a run ended before it was through.

    Attributes:
        by: What ended it, in a word: ``keyboard``, ``caller``, ``provider``, ``budget``, or what a policy said.
        message: What to tell people; empty for the keyboard.
    """

    by: str
    message: str = ""


class Stops:
    """Looks at how each episode ended and says when the run should end; the first reason stands.

    Attributes:
        stop: Why the run ends, or None while it goes on.
    """

    def __init__(self) -> None:
        self.stop: Stop | None = None
        self._silent = 0

    def see(self, ended: Ended | None) -> Stop | None:
        """Take in how an episode ended; return why the run should end, if it should."""
        if self.stop is None:
            self.stop = self._weigh(ended)
        return self.stop

    def _weigh(self, ended: Ended | None) -> Stop | None:
        if ended is None or ended.outcome != "interrupted":
            self._silent = 0
            if ended is not None and ended.stops_run:
                return Stop(ended.ended_by, ended.error or "")
            return None
        if ended.ended_by == KEYBOARD:
            return Stop(KEYBOARD)
        if ended.stops_run:
            return Stop(ended.ended_by, ended.error or "")
        self._silent = self._silent + 1 if ended.ended_by == PROVIDER else 0
        if self._silent < _IN_A_ROW:
            return None
        return Stop(PROVIDER, f"{_IN_A_ROW} episodes in a row got no reply. The last: {ended.error or 'nobody knows'}")
