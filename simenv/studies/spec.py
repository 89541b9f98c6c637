"""What a study is of: everything that decides what can happen in its episodes. A cell adds the seed and the repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from simenv.core.errors import StudyError
from simenv.core.versions import MEANING, RULES
from simenv.staging import World, find_world

Mode = Literal["own", "handover"]
"""How the past reaches a seat that starts late; modes are never pooled. ``opening``: the opening mail tells it."""

_canonical: Final = msgspec.json.Encoder(order="sorted").encode


class Setting(Struct, frozen=True, kw_only=True):
    """What a study and each of its cells have in common; the digest is its identity.

    Attributes:
        world: The world's name.
        world_hash: Digest of the world's files.
        scenario: Name of the scenario.
        start: Name of the entry point.
        mode: How the past reaches a late starter.
        policies: Role of a seat -> what holds it, settings included.
        max_calls: The caller's own cap on calls, or None.
        rules: Version of everything that decides what happens.
        meaning: Version of the reader of free text.
    """

    world: str
    world_hash: str
    scenario: str
    start: str
    mode: Mode
    policies: dict[str, dict[str, Any]]
    max_calls: int | None
    rules: int
    meaning: int

    def digest(self) -> str:
        """Return the SHA-256 of the canonical JSON: 64 hexadecimal digits."""
        return sha256(_canonical(self)).hexdigest()


class Cell(Setting, frozen=True, kw_only=True):
    """One episode of a study, before it is run; its digest is its identity.

    Attributes:
        condition: Factor -> level.
        seed: The root seed.
        repeat: Which of several episodes with the same seed, from 0; they differ in the policy's own chance alone.
    """

    condition: dict[str, str]
    seed: int
    repeat: int


class Spec(Setting, frozen=True, kw_only=True):
    """A study's specification, without its seeds; make one with :meth:`Spec.of`.

    Attributes:
        conditions: Conditions, each a level for every factor, in canonical order.
    """

    conditions: tuple[dict[str, str], ...]

    @classmethod
    def of(
        cls,
        world: str | Path | World = "summit_bridge",
        *,
        policy: Mapping[str, Any],
        scenario: str = "default",
        start: str | None = None,
        conditions: Sequence[Mapping[str, str]] = ({},),
        max_calls: int | None = None,
    ) -> Spec:
        """Return a specification with everything left out filled in.

        Args:
            world: Name or folder of a world, or a loaded one.
            policy: What holds the seat: plain data that names the policy, its version and its settings.
            scenario: Name of a scenario.
            start: Name of an entry point, or None for the first.
            conditions: Conditions to compare; factors left out take their first level.
            max_calls: A cap of the caller's own.

        Raises:
            StudyError: If there is no condition, or one twice, or the policy's description is no plain data.
            UnknownNameError: If there is no such world, scenario, entry point, factor or level.
            WorldError: If the world has mistakes.
        """
        opened = find_world(world)
        chosen = opened.scenario(scenario)
        whole = sorted((dict(sorted(opened.condition(each).items())) for each in conditions), key=_canonical)
        if not whole:
            raise StudyError("a study needs at least one condition; {} stands for every factor at its first level")
        for one, next_one in pairwise(whole):
            if one == next_one:
                raise StudyError(f"the condition {one} is there twice; leave one out")
        try:
            described = msgspec.json.decode(_canonical(dict(policy)), type=dict[str, Any])
        except (TypeError, ValueError) as error:
            raise StudyError(
                f"the policy's description must be plain data (text, numbers, lists, dicts): {error}"
            ) from None
        return cls(
            world=opened.name,
            world_hash=opened.hash,
            scenario=scenario,
            start=chosen.entry(start),
            mode=chosen.file.starts[chosen.entry(start)].mode,
            conditions=tuple(whole),
            policies={chosen.file.seat: described},
            max_calls=max_calls,
            rules=RULES,
            meaning=MEANING,
        )

    def cells(self, seeds: Iterable[int], repeats: int = 1) -> list[Cell]:
        """Return the cells for these seeds, seed by seed, so that an early stop leaves whole comparisons.

        Args:
            seeds: Root seeds, each in [0, 2**64); the same seed twice counts once.
            repeats: Episodes for each seed and condition.

        Raises:
            StudyError: If there is no seed or no repeat, or a seed is out of range.
        """
        chosen = list(dict.fromkeys(seeds))
        wrong = [seed for seed in chosen if not 0 <= seed < 2**64]
        if wrong:
            raise StudyError(f"a seed is an integer in [0, 2**64), not {wrong[0]}")
        if not chosen or repeats < 1:
            raise StudyError("a study needs at least one seed and one repeat")
        return [
            Cell(
                **{name: getattr(self, name) for name in Setting.__struct_fields__},
                condition=condition,
                seed=seed,
                repeat=repeat,
            )
            for seed in chosen
            for repeat in range(repeats)
            for condition in self.conditions
        ]

    def differences(self, other: Spec) -> list[str]:
        """Return what differs between this specification and another, one line for each place."""
        mine, theirs = dict(_leaves("", msgspec.to_builtins(self))), dict(_leaves("", msgspec.to_builtins(other)))
        return [
            f"{place}: {mine.get(place, 'not there')} here, {theirs.get(place, 'not there')} there"
            for place in dict.fromkeys((*mine, *theirs))
            if mine.get(place) != theirs.get(place)
        ]

    def as_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return msgspec.json.decode(_canonical(self), type=dict[str, Any])


def _leaves(place: str, value: Any) -> Iterator[tuple[str, str]]:
    """Return every leaf of plain data with its place, such as ``conditions[0].exit``."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(f"{place}.{key}" if place else str(key), inner)
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _leaves(f"{place}[{index}]", inner)
    else:
        yield place, repr(value)
