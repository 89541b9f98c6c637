"""Drawing a seed: who holds which role, which firm this is, which figures hold (DESIGN, Names)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain, count, islice
from typing import Protocol

from msgspec import Struct

from simenv.core.streams import Streams
from simenv.worldfile import schema

ROLE_FIELDS = ("name", "given", "family", "nick", "address", "honorific", "title")
"""Placeholders every role has."""

_HONORIFIC = {"he": "Mr", "she": "Ms", "they": "Mx", "it": ""}


class Draws:
    """What is drawn for a seed; made once, for any number of seeds.

    Collisions of names are settled in order of declaration; the later role yields, so that one declared last leaves the
    others' names alone.

    Args:
        world: The world.
        names: The pool of names.
        roles: The roles that are held.
    """

    def __init__(self, world: schema.World, names: schema.Names, roles: Sequence[schema.Role]) -> None:
        self._groups: list[_Group] = []
        for group, options in world.draws.items():
            if group in world.fields:
                self._groups.append(_Fields(group, world.fields[group]))
            else:
                said = [{f"{group}.{name}": str(value) for name, value in each.items()} for each in options["choose"]]
                self._groups.append(_Choice(group, said))
        people = {pronouns: [_Candidate.of(each) for each in pool] for pronouns, pool in names.by_pronouns.items()}
        self._roles = [_Holder(role, people, names, world.firm) for role in roles]

    def values(self, streams: Streams) -> dict[str, str]:
        """Return every placeholder's value.

        Args:
            streams: Keyed draws of the seed.
        """
        values: dict[str, str] = {}
        for group in self._groups:
            group.draw(streams, values)
        taken: set[str] = set()
        for role in self._roles:
            role.draw(streams, values, taken)
        return values


class _Group(Protocol):
    def draw(self, streams: Streams, values: dict[str, str]) -> None:
        """Put the group's values in."""


class _Choice(Struct, frozen=True):
    """A group that is drawn as a whole: a firm with its name and domain."""

    group: str
    options: list[dict[str, str]]

    def draw(self, streams: Streams, values: dict[str, str]) -> None:
        values.update(streams.choose(self.options, "draw", self.group, ""))


class _Fields:
    """A group of which each value is drawn by itself."""

    def __init__(self, group: str, fields: Mapping[str, schema.FieldDraw]) -> None:
        self._fields = [(f"{group}.{name}", _field(group, name, field)) for name, field in fields.items()]

    def draw(self, streams: Streams, values: dict[str, str]) -> None:
        numbers: dict[str, int] = {}
        for slot, field in self._fields:
            values[slot] = field.draw(streams, numbers)


class _Field(Protocol):
    def draw(self, streams: Streams, numbers: dict[str, int]) -> str:
        """Return a value; ``numbers`` has the group's numbers so far."""


class _Word(Struct, frozen=True):
    """One of several words."""

    group: str
    name: str
    options: list[str]

    def draw(self, streams: Streams, numbers: dict[str, int]) -> str:
        return streams.choose(self.options, "draw", self.group, self.name)


class _Code(Struct, frozen=True):
    """A code such as ``PO-4####``, each ``#`` a digit from 1 to 9."""

    group: str
    name: str
    pattern: str

    def draw(self, streams: Streams, numbers: dict[str, int]) -> str:
        number = count()
        return re.sub(
            "#", lambda _: str(1 + streams.below(9, "draw", self.group, f"{self.name}{next(number)}")), self.pattern
        )


class _Number(Struct, frozen=True):
    """A number: ``low`` or one of the ``many`` from there on, with other numbers of its group added or taken off."""

    group: str
    name: str
    low: int
    many: int
    plus: Sequence[str]
    less: Sequence[str]
    thousands: bool

    def draw(self, streams: Streams, numbers: dict[str, int]) -> str:
        number = self.low
        if self.many > 1:
            number += streams.below(self.many, "draw", self.group, self.name)
        for part in self.plus:
            number += numbers[part]
        for part in self.less:
            number -= numbers[part]
        numbers[self.name] = number
        return f"{number:,}" if self.thousands else str(number)


def _field(group: str, name: str, field: schema.FieldDraw) -> _Field:
    if field.choose is not None:
        return _Word(group, name, field.choose)
    if field.code is not None:
        return _Code(group, name, field.code)
    low, high = field.between or (0, 0)
    plus, less = (field.minus[:1], field.minus[1:]) if field.minus is not None else (field.sum or (), ())
    return _Number(group, name, low, high - low + 1, plus, less, field.thousands)


class _Candidate(Struct, frozen=True):
    """A name that may be drawn: how it is written, what an address of it begins with, and what nobody else may be."""

    name: str
    given: str
    family: str
    nick: str
    local: str
    taken: tuple[str, ...]

    @classmethod
    def of(cls, name: schema.Name) -> _Candidate:
        given, family = name.given, name.family
        local, taken = f"{_ascii(given)}.{_ascii(family)}", (given.casefold(), family.casefold())
        return cls(f"{given} {family}", given, family, name.nick or given, local, taken)

    @classmethod
    def system(cls, name: str) -> _Candidate:
        return cls(name, name, "", name, _ascii(name), (name.casefold(),))


class _Holder:
    """A role, and who may hold it."""

    def __init__(
        self, role: schema.Role, people: Mapping[str, list[_Candidate]], names: schema.Names, firm: str
    ) -> None:
        self._key, self._same, self._title = role.key, role.same, role.title
        self._domain = f"{role.organisation or firm}.domain"
        self._slots = tuple(f"{role.key}.{field}" for field in ROLE_FIELDS)
        self._honorific = _HONORIFIC[role.pronouns]
        if role.pronouns == "it":
            pool = names.pools[role.pool] if isinstance(role.pool, str) else names.systems
            self._pool = [_Candidate.system(name) for name in pool]
        else:
            self._pool = people.get(role.pronouns, [])

    def draw(self, streams: Streams, values: dict[str, str], taken: set[str]) -> None:
        """Put the values of the role in; ``taken`` are the names that others have."""
        if self._same is not None:
            name, given, family, nick = (values[f"{self._same}.{field}"] for field in ROLE_FIELDS[:4])
            local = f"{_ascii(given)}{_ascii(family)}"
        else:
            drawn = self._draw(streams, taken)
            name, given, family, nick, local = drawn.name, drawn.given, drawn.family, drawn.nick, drawn.local
        address = f"{local}@{values[self._domain]}"
        said = (name, given, family, nick, address, self._honorific, self._title)
        values.update(zip(self._slots, said, strict=True))

    def _draw(self, streams: Streams, taken: set[str]) -> _Candidate:
        pool = self._pool
        start = streams.below(len(pool), "cast", self._key, "")
        order = chain(islice(pool, start, None), islice(pool, start))
        found = next(each for each in order if taken.isdisjoint(each.taken))
        taken.update(found.taken)
        return found


@lru_cache(maxsize=4096)
def _ascii(name: str) -> str:
    for letter, plain in (("ø", "o"), ("æ", "ae"), ("ß", "ss"), ("ł", "l"), ("đ", "d"), ("œ", "oe")):
        name = name.replace(letter, plain).replace(letter.upper(), plain)
    plain_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", plain_name.casefold())
