"""What is fixed about an episode, and what the engine answers a driver that asks what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from simenv.company.opening import Opening
from simenv.tools.toolbox import Toolbox


class Scene(Struct, frozen=True):
    """Everything fixed about an episode before it begins; shared by all its forks.

    Attributes:
        opening: The opening state.
        seat: Id of the person whose seat a policy holds.
        toolbox: The seat's tools.
        calls: Calls the seat has a day, or None without a limit.
        scenario: Name of the scenario.
        start: Name of the entry point.
        condition: Factor -> level.
        world_hash: Digest of the world's files.
        base: Digest of the resolved opening state as anybody may see it.
        state: Returns that state as bytes; made when it is asked for.
    """

    opening: Opening
    seat: str
    toolbox: Toolbox
    calls: int | None
    scenario: str
    start: str
    condition: Mapping[str, str]
    world_hash: str
    base: str
    state: Callable[[], bytes]


class Due(Struct, frozen=True):
    """A seat may act."""

    seat: str


class Idle(Struct, frozen=True):
    """Nothing will happen any more: the episode is over."""

    ended_by: str


class Pending(Struct, frozen=True):
    """The simulation needs replies from outside before it can go on (models that speak for colleagues)."""

    requests: tuple[str, ...]
