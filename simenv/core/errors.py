"""What can go wrong, and whose fault it is.

Three kinds of mistakes are kept apart everywhere in simenv:

* an *agent's* mistake is an observation: a :class:`~simenv.core.calls.ToolResult` with a code, never an exception;
* a *world's* mistake is one clear list at load: :class:`WorldError` carries every :class:`Mistake` found in one pass;
* a *program's* mistake is an exception, one of the classes below, whose message names the place and the remedy.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct


class SimenvError(Exception):
    """Base of every error simenv raises on purpose."""


class UnknownNameError(SimenvError):
    """Raised when a world, agent, scenario, option or tool is asked for by a name nobody has.

    Args:
        what: The sort of thing asked for ("world", "agent", ...).
        name: The name given.
        known: The names that exist.
    """

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        self.what, self.name, self.known = what, name, sorted(known)
        near = near_miss(name, self.known)
        hint = f" Did you mean {near!r}?" if near else ""
        listing = ", ".join(self.known) or "none"
        super().__init__(f"There is no {what} {name!r}.{hint} Known: {listing}.")


class Mistake(Struct, frozen=True):
    """One mistake in a world: where it stands, what is wrong, how to mend it."""

    place: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem} {self.remedy}"


class WorldError(SimenvError):
    """Raised when a world cannot be used; carries every mistake found in one pass."""

    def __init__(self, name: str, mistakes: Iterable[Mistake]) -> None:
        self.name, self.mistakes = name, tuple(mistakes)
        count = len(self.mistakes)
        lines = "\n".join(f"  {mistake}" for mistake in self.mistakes)
        super().__init__(f"{name}: {count} mistake{'s' if count != 1 else ''}\n{lines}")


class EpisodeError(SimenvError):
    """Raised when a recorded episode is missing, corrupt or not whole, naming the file and line."""


class VersionError(SimenvError):
    """Raised when a record was made under other rules, format or world than the ones at hand."""


class ReplayError(SimenvError):
    """Raised when a replayed episode departs from its record, naming the first event that differs."""


class RecordingError(SimenvError):
    """Raised when an episode can no longer be written (a full disk, a lost folder)."""


class StudyError(SimenvError):
    """Raised when a folder of runs cannot be used: locked by another run, or made with another specification."""


class PolicyError(SimenvError):
    """Raised when a policy misbehaves: it fails to load, or returns what is no action."""


class EpisodeStopError(SimenvError):
    """Raised by a policy to end its episode: it tells nothing, or nobody answers.

    Args:
        outcome: ``invalid`` (the episode stands and gives no verdict) or ``interrupted`` (its cell is run again).
        ended_by: What ended it, in a word: ``failed_turns``, ``provider``, ``budget``.
        message: What to tell people.
        stops_run: Whether the run should end too, because every other episode would meet the same.
    """

    def __init__(
        self, outcome: Literal["invalid", "interrupted"], ended_by: str, message: str, *, stops_run: bool = False
    ) -> None:
        self.outcome, self.ended_by, self.stops_run = outcome, ended_by, stops_run
        super().__init__(message)


class SessionStateError(SimenvError):
    """Raised when a session is used out of order: before ``reset`` or after its end."""


def near_miss(name: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to ``name``, or None if none is near."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return found[0] if found else None
