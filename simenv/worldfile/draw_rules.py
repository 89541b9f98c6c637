"""What is drawn for each seed: that every draw can be drawn, in the order in which it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pydantic import ValidationError

from simenv.core.errors import Mistake
from simenv.worldfile import schema
from simenv.worldfile.naming import Naming
from simenv.worldfile.salvage import UNKNOWN

WAYS: Final = ("choose", "between", "sum", "minus", "code")


def check_draws(naming: Naming) -> Iterator[Mistake]:
    """Yield the mistakes in world.yaml's draws."""
    world = naming.source.world
    for group, fields in world.draws.items():
        yield from _group(naming, group, fields)
    wanted = {role.organisation: ["domain"] for role in naming.source.people if role.organisation is not None}
    wanted[world.firm] = ["name", "domain"]
    for group, needed in wanted.items():
        has = naming.fields(group)
        for field in needed:
            if group in world.draws and has is not None and field not in has and field not in naming.losses.broken:
                place = naming.at("world.yaml", "draws", group)
                yield Mistake(place, f"{group} has no {field!r}.", "An organisation with people in it needs it.")


def _group(naming: Naming, group: str, fields: dict[str, Any]) -> Iterator[Mistake]:
    place = naming.at("world.yaml", "draws", group)
    if not all(name.isidentifier() and name == name.lower() for name in (group, *fields)):
        yield Mistake(
            place, "has a name that cannot stand in a placeholder.", "Use small letters, digits and underscores."
        )
        return
    options = fields.get("choose")
    if isinstance(options, list):
        yield from _options(place, group, fields, options)
        return
    drawn: list[str] = []
    for name, spec in fields.items():
        yield from _field(naming, naming.at("world.yaml", "draws", group, name), f"{group}.{name}", spec, drawn)
        drawn.append(name)
    if not fields:
        yield Mistake(place, f"{group} draws nothing.", "Say what is drawn, or remove it.")


def _options(place: str, group: str, fields: dict[str, Any], options: list[Any]) -> Iterator[Mistake]:
    if len(fields) > 1:
        yield Mistake(
            place, f"{group} has something beside 'choose'.", "A group is one list of options, or fields of their own."
        )
    if not options or any(not isinstance(o, dict) or set(o) != set(options[0]) for o in options):
        yield Mistake(place, f"{group} is no list of options with the same keys.", "Give every option the same keys.")
        return
    values = [value for option in options for value in option.values()]
    if any(not isinstance(value, str | int) or isinstance(value, bool) or value == "" for value in values):
        yield Mistake(
            place, f"{group} has an option with a value that is no text.", "Put texts in quotes, leave none empty."
        )


def _field(naming: Naming, place: str, what: str, spec: object, drawn: list[str]) -> Iterator[Mistake]:
    try:
        field = schema.FieldDraw.model_validate(spec)
    except ValidationError as error:
        message = error.errors()[0]["msg"]
        yield Mistake(
            place, f"{what}: {message[:1].lower()}{message[1:]}.", f"Use one of {', '.join(WAYS)}, and 'thousands'."
        )
        return
    ways = [way for way in WAYS if getattr(field, way) is not None]
    if len(ways) != 1:
        yield Mistake(place, f"{what} is drawn in no way, or in several.", f"Use one of {', '.join(WAYS)}.")
        return
    if field.choose is not None and (not field.choose or "" in field.choose):
        yield Mistake(place, f"{what} has no option, or an empty one.", "Write the options.")
    if field.between is not None and field.between[0] > field.between[1]:
        yield Mistake(
            place, f"{what} is between {field.between[0]} and {field.between[1]}.", "Write the lower bound first."
        )
    if field.sum == []:
        yield Mistake(place, f"{what} is the sum of nothing.", "Name the figures it is the sum of.")
    if field.code is not None and "#" not in field.code:
        yield Mistake(place, f"{what} is the same for every seed.", "Each '#' of a code becomes a digit.")
    group = what.partition(".")[0]
    parts = [*(field.sum or ()), *(field.minus or ())]
    fields = naming.source.world.draws[group]
    yield from naming.each(place, parts, "figure", [name for name in fields if name != UNKNOWN])
    for part in parts:
        if part in fields and part not in drawn:
            yield Mistake(place, f"{what} counts on {part!r}, which is drawn later.", "Write what it is made of first.")
        elif isinstance(fields.get(part), dict) and {"choose", "code"} & set(fields[part]):
            yield Mistake(
                place, f"{what} counts on {part!r}, which is no number.", "Use figures drawn by between, sum or minus."
            )
