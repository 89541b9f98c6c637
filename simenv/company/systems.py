"""Systems: what runs, who may do what with it, what it complains of, and what it has recorded."""

from __future__ import annotations

from collections.abc import Container
from typing import Final, Literal

from msgspec import Struct

Level = Literal["read", "write", "admin"]
LEVELS: Final[dict[str, int]] = {"": 0, "read": 1, "write": 2, "admin": 3}
"""What one may do with a system, in ascending order."""

Severity = Literal["info", "warning", "critical"]
AlertState = Literal["open", "acknowledged", "resolved"]


class Job(Struct, frozen=True, gc=False):
    """A scheduled job: ``rhythm`` in words, whether it is enabled, when it last ran and with what result."""

    key: str
    name: str
    rhythm: str
    enabled: bool = True
    last: int | None = None
    result: str = ""


class Deployment(Struct, frozen=True, gc=False):
    """A version that was put into service."""

    version: str
    time: int
    actor: str
    note: str = ""


class System(Struct, frozen=True, gc=False):
    """One system.

    Attributes:
        id: ``sys-...``.
        key: Short name by which tools know it, such as ``backup``.
        name: What people call it.
        purpose: What it is for.
        owner: Id of who answers for it.
        grants: Person id -> level, as pairs; the owner is admin.
        jobs: Its scheduled jobs.
        deployments: Oldest first; the last one is in service.
        settings: Setting -> value, as pairs.
        removed: Entries of its log (by number) that were deleted.
        on_call: Id of who is called at night, or "".
        entries: Number of the last entry written to its log since the opening, or 0 (for the fold).
    """

    id: str
    key: str
    name: str
    purpose: str
    owner: str
    grants: tuple[tuple[str, Level], ...] = ()
    jobs: tuple[Job, ...] = ()
    deployments: tuple[Deployment, ...] = ()
    removed: tuple[int, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    on_call: str = ""
    entries: int = 0

    @property
    def release(self) -> str:
        """The version in service, or ""."""
        return self.deployments[-1].version if self.deployments else ""

    def level_of(self, person: str) -> str:
        """Return what a person may do: ``read``, ``write``, ``admin`` or "" for nothing."""
        return "admin" if person == self.owner else dict(self.grants).get(person, "")

    def allows(self, person: str, level: Level) -> bool:
        """Whether a person has at least this level."""
        return LEVELS[self.level_of(person)] >= LEVELS[level]

    def alarms(self, person: str) -> bool:
        """Whether its alerts are a person's business: whoever may write, and who is on call."""
        return person == self.on_call or self.allows(person, "write")


class Alert(Struct, frozen=True, gc=False):
    """Something a system complains of.

    Attributes:
        id: ``alert-...``.
        system: Id of the system.
        severity: How bad it is.
        text: What it says.
        raised: When, in seconds since the world's start.
        state: Whether somebody has taken it.
        by: Id of who acknowledged or resolved it, or "".
        note: What that person said.
    """

    id: str
    system: str
    severity: Severity
    text: str
    raised: int
    state: AlertState = "open"
    by: str = ""
    note: str = ""


class Record(Struct, frozen=True, gc=False):
    """One entry of a system's log: who did what, in one line; ``number`` counts from 1 for each system."""

    system: str
    number: int
    time: int
    actor: str
    text: str
    seq: int | None = None


def record_key(system: str, number: int) -> str:
    """Return the key under which an entry of a system's log lies."""
    return f"{system} {number}"


def last_number(system: System, records: Container[object]) -> int:
    """Return the number of the last entry of a system's log, or 0; the next one has one more.

    Args:
        system: The system.
        records: The company's log entries by key. Those of the opening are counted once, later ones never.
    """
    number = system.entries
    while record_key(system.id, number + 1) in records:
        number += 1
    return number
