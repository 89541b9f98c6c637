"""Arguments of predicates in a world's files: there where they are needed, of the right form, naming what exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simenv.core.errors import Mistake
from simenv.worldfile import schema
from simenv.worldfile.checks import ARGUMENTS, ONE_OF, THINGS, WORDS
from simenv.worldfile.lines import Part
from simenv.worldfile.naming import UNITS, Naming

_TEXTS = ("figures", "phrases", "absent")
_WHOLE = ("number", "minutes")
_PERSONS = ("to", "by", "assignee")


def check_arguments(
    naming: Naming,
    scenario: schema.ScenarioEntry | None,
    name: str,
    given: object,
    place: str,
    file: str,
    *path: Part,
) -> Iterator[Mistake]:
    """Yield the mistakes in the arguments of one predicate.

    Args:
        naming: What may be named.
        scenario: The scenario it belongs to, if it belongs to one.
        name: The predicate.
        given: Its arguments, as the file says them.
        place: Where it stands, for messages.
        file: The file.
        *path: Where it stands there.
    """
    given = given if isinstance(given, dict) else {}
    needed, further = ARGUMENTS[name]
    known = tuple(dict.fromkeys((*needed, *further)))
    lacking = [each for each in needed if each not in given]
    if lacking and set(given) <= set(known):
        problem = f"{name} lacks {' and '.join(lacking)}."
        yield Mistake(place, problem, f"Write {name}: {{{', '.join(f'{a}: ...' for a in needed)}}}.")
    one_of = ONE_OF.get(name, ())
    if one_of and not set(one_of) & set(given) and not lacking and set(given) <= set(known):
        yield Mistake(place, f"{name} says nothing that could be so or not.", f"Add one of {', '.join(one_of)}.")
    yield from naming.each(place, sorted(str(each) for each in set(given) - set(known)), "argument", known)
    yield from _persons(naming, scenario, name, given, place)
    yield from _texts(naming, name, given, place, file, *path)
    yield from _named(naming, name, given, place)
    yield from _values(name, given, place)


def _persons(
    naming: Naming, scenario: schema.ScenarioEntry | None, name: str, given: Mapping[str, Any], place: str
) -> Iterator[Mistake]:
    for field in _PERSONS:
        if isinstance(given.get(field), str):
            yield from naming.named(place, given[field], "role", naming.roles, {})
            own = scenario is not None and given[field] == scenario.seat
            if own and field == "to" and name != "access_is":
                yield Mistake(place, f"{name} is about mail to the seat itself.", "Name the role whose mail counts.")
        elif field in given:
            yield Mistake(place, f"{name} does not say {_ASKED[field]}.", f"Write '{field}: ROLE'.")
    for field in ("persons", "attendees"):
        if field in given and not _is_list(given[field]):
            yield Mistake(place, f"{name} has no list of {field}.", f"Write {field}: [ROLE, ROLE].")
        elif field in given:
            yield from naming.each(place, given[field], "role", naming.roles, {})


_ASKED = {"to": "to whom", "by": "by whom", "assignee": "who does it"}


def _texts(
    naming: Naming, name: str, given: Mapping[str, Any], place: str, file: str, *path: Part
) -> Iterator[Mistake]:
    if "unit" in given:
        yield from naming.named(place, str(given["unit"]), "unit", UNITS)
    for field in _TEXTS:
        texts = given.get(field)
        if field in given and not _is_list(texts):
            example = '["{group.field}"], in quotes' if field == "figures" else '["one phrase", "another"]'
            yield Mistake(
                place, f"{name} has no list of {field}.", f"Write {field}: {example}; none would always pass."
            )
        for text in texts if isinstance(texts, list) else ():
            yield from naming.text(text if isinstance(text, str) else "", (), file, *path)
    for field in ("value", "setting", "job"):
        if field in given and (isinstance(given[field], bool) or not isinstance(given[field], str | int)):
            yield Mistake(place, f"{name} has the {field} {given[field]!r}.", "Write a text, in quotes.")


def _named(naming: Naming, name: str, given: Mapping[str, Any], place: str) -> Iterator[Mistake]:
    for sort in THINGS:
        if sort in given and not isinstance(given[sort], str):
            yield Mistake(place, f"{name} does not say which {sort}.", f"Write '{sort}: KEY'.")
        elif sort in given:
            yield from naming.named(place, given[sort], sort, naming.things[sort], {})
    if isinstance(given.get("system"), str) and isinstance(given.get("job"), str):
        jobs = [job.key for each in naming.source.systems if each.key == given["system"] for job in each.jobs]
        if jobs:
            yield from naming.named(place, given["job"], "job", jobs)
    lists = (("letters", "letter", naming.letters), ("documents", "document", naming.things["document"]))
    for field, sort, known in lists:
        if field in given and not _is_list(given[field]):
            yield Mistake(place, f"{name} has no list of {field}.", f"Write {field}: [KEY].")
        elif field in given:
            yield from naming.each(place, given[field], sort, known, {})
    if "letter" in given:
        yield from naming.named(place, str(given["letter"]), "letter", naming.letters, {})


def _values(name: str, given: Mapping[str, Any], place: str) -> Iterator[Mistake]:
    for field in _WHOLE:
        number = given.get(field)
        if field in given and (not isinstance(number, int) or isinstance(number, bool) or number < 1):
            yield Mistake(place, f"{name} has the {field} {number!r}.", "Write a whole number from 1.")
    for field in ("cancelled", "enabled"):
        if field in given and not isinstance(given[field], bool):
            yield Mistake(place, f"{name} has '{field}: {given[field]}'.", f"Write '{field}: true' or false.")
    for field, words in WORDS.items():
        said = given.get(field, [])
        wrong = [each for each in (said if isinstance(said, list) else [said]) if each not in words]
        if wrong or (field in given and said == []):
            yield Mistake(place, f"{name} has the {field} {given[field]!r}.", f"Known: {', '.join(words)}.")
    times = []
    for field in ("at", "from", "until"):
        try:
            times.append(schema.seconds(given[field]) if field in given else None)
        except ValueError as error:
            times.append(None)
            yield Mistake(place, f"{name} has a time in '{field}' that cannot be read: {error}.", "Write 'd1 08:40'.")
    _, begin, end = times
    if begin is not None and end is not None and begin >= end:
        yield Mistake(place, f"{name} has a window that ends before it begins.", "Put 'from' before 'until'.")


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)
