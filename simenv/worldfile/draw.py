"""Drawing a seed: who holds which role, which firm this is, which figures hold (DESIGN, Names)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from simenv.core.streams import Streams
from simenv.worldfile import schema

_HONORIFIC = {"he": "Mr", "she": "Ms", "they": "Mx", "it": ""}


def draw_values(
    world: schema.World, names: schema.Names, roles: Sequence[schema.Role], streams: Streams
) -> dict[str, str]:
    """Return every placeholder's value for one seed.

    Collisions of names are settled in order of declaration; the later role yields, so that one declared last leaves the
    others' names alone.

    Args:
        world: The world.
        names: The pool of names.
        roles: The roles that are held.
        streams: Keyed draws of the seed.
    """
    values: dict[str, str] = {}
    for group, options in world.draws.items():
        if group in world.fields:
            _draw_fields(group, world.fields[group], streams, values)
            continue
        for name, value in streams.choose(options["choose"], "draw", group, "").items():
            values[f"{group}.{name}"] = str(value)
    taken: set[str] = set()
    for role in roles:
        _draw_person(role, names, streams, values, taken, world.firm)
    return values


def _draw_fields(group: str, fields: Mapping[str, schema.FieldDraw], streams: Streams, values: dict[str, str]) -> None:
    numbers: dict[str, int] = {}
    for name, field in fields.items():
        if field.choose is not None:
            values[f"{group}.{name}"] = streams.choose(field.choose, "draw", group, name)
            continue
        if field.code is not None:
            values[f"{group}.{name}"] = _code(field.code, group, name, streams)
            continue
        if field.between is not None:
            low, high = field.between
            number = low + streams.below(high - low + 1, "draw", group, name)
        elif field.sum is not None:
            number = sum(numbers[part] for part in field.sum)
        elif field.minus is not None:
            number = numbers[field.minus[0]] - numbers[field.minus[1]]
        else:
            number = 0
        numbers[name] = number
        values[f"{group}.{name}"] = f"{number:,}" if field.thousands else str(number)


def _code(pattern: str, group: str, name: str, streams: Streams) -> str:
    number = iter(range(len(pattern)))
    return re.sub("#", lambda _: str(1 + streams.below(9, "draw", group, f"{name}{next(number)}")), pattern)


def _draw_person(
    role: schema.Role,
    names: schema.Names,
    streams: Streams,
    values: dict[str, str],
    taken: set[str],
    firm: str,
) -> None:
    if role.same is not None:
        given, family, nick = (values[f"{role.same}.{field}"] for field in ("given", "family", "nick"))
        name, local = values[f"{role.same}.name"], f"{_ascii(given)}{_ascii(family)}"
    elif role.pronouns == "it":
        pool_of_names = names.pools[role.pool] if isinstance(role.pool, str) else names.systems
        given = _first_free(pool_of_names, role.key, streams, taken)
        name, family, nick = given, "", given
        local = _ascii(given)
    else:
        pool = names.by_pronouns[role.pronouns]
        start = streams.below(len(pool), "cast", role.key, "")
        person = next(
            each
            for each in (*pool[start:], *pool[:start])
            if each.given.casefold() not in taken and each.family.casefold() not in taken
        )
        given, family, nick = person.given, person.family, person.nick or person.given
        name = f"{given} {family}"
        local = f"{_ascii(given)}.{_ascii(family)}"
        taken.update((given.casefold(), family.casefold()))
    domain = values[f"{role.organisation or firm}.domain"]
    key = role.key
    values[f"{key}.name"], values[f"{key}.given"], values[f"{key}.family"] = name, given, family
    values[f"{key}.nick"], values[f"{key}.address"] = nick, f"{local}@{domain}"
    values[f"{key}.honorific"], values[f"{key}.title"] = _HONORIFIC[role.pronouns], role.title


def _first_free(options: Sequence[str], key: str, streams: Streams, taken: set[str]) -> str:
    start = streams.below(len(options), "cast", key, "")
    found = next(each for each in (*options[start:], *options[:start]) if each.casefold() not in taken)
    taken.add(found.casefold())
    return found


@lru_cache(maxsize=4096)
def _ascii(name: str) -> str:
    for letter, plain in (("ø", "o"), ("æ", "ae"), ("ß", "ss"), ("ł", "l"), ("đ", "d"), ("œ", "oe")):
        name = name.replace(letter, plain).replace(letter.upper(), plain)
    plain_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", plain_name.casefold())


ROLE_FIELDS = ("name", "given", "family", "nick", "address", "honorific", "title")
"""Placeholders every role has."""
