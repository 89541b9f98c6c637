"""The opening and the end of an episode."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from simenv.core.kinds.base import HIDDEN, OBSERVABLE, EventData, Visibility


class WorldOpened(EventData, frozen=True):
    """The simulator's own record of what was opened: enough, with the calls, to replay everything."""

    kind: ClassVar[str] = "world.opened"
    visibility: ClassVar[Visibility] = HIDDEN
    world: str
    world_hash: str
    scenario: str
    start: str
    condition: dict[str, str]
    seed: int
    rules: int
    meaning: int


class CastMember(Struct, frozen=True, omit_defaults=True):
    """One person or contact as the company's directory (or its address book) knows them."""

    id: str
    name: str
    address: str
    title: str
    department: str = ""
    manager: str | None = None
    outside: bool = False


class CompanyOpened(EventData, frozen=True):
    """The company at the start: date, site clock, cast, and the digest of the resolved opening state."""

    kind: ClassVar[str] = "company.opened"
    visibility: ClassVar[Visibility] = OBSERVABLE
    firm: str
    date: str
    utc_offset: int
    now: int
    cast: tuple[CastMember, ...]
    base: str


class EpisodeEnded(EventData, frozen=True):
    """The end of the episode and what ended it."""

    kind: ClassVar[str] = "episode.ended"
    visibility: ClassVar[Visibility] = HIDDEN
    outcome: str
    ended_by: str
