"""Ids of what a world's files name: key -> id, the same for all seeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from simenv.core.streams import world_id

WORLD = "world"


class Ids(Struct, frozen=True):
    """Key in the world's files -> id, for each sort of thing."""

    person: Mapping[str, str]
    document: Mapping[str, str] = {}
    meeting: Mapping[str, str] = {}
    channel: Mapping[str, str] = {}
    ticket: Mapping[str, str] = {}
    system: Mapping[str, str] = {}
    alert: Mapping[str, str] = {}


def ids_of(prefix: str, world: str, keys: Iterable[str]) -> dict[str, str]:
    """Return key -> id for things of one sort.

    Args:
        prefix: ``person``, ``doc``, ``meet``, ``chan``, ``tick``, ``sys`` or ``alert``.
        world: Name of the world.
        keys: Keys in the world's files.
    """
    return {key: world_id(prefix, world, WORLD, key) for key in keys}
