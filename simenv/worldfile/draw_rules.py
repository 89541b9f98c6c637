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
        wrong = list(_shape(naming.at("world.yaml", "draws", group), group, fields))
        if wrong:
            naming.losses.broken.add(group)  # whoever names something of it is not blamed as well
        yield from wrong or _fields(naming, group, fields)
    wanted = {role.organisation: ["domain"] for role in naming.source.people if role.organisation is not None}
    wanted[world.firm] = ["name", "domain"]
    for group, needed in wanted.items():
        has = naming.fields(group) if group in world.draws and group not in naming.losses.broken else None
        for field in needed:
            if has is not None and field not in has and field not in naming.losses.broken:
                place = naming.at("world.yaml", "draws", group)
                yield Mistake(place, f"{group} has no {field!r}.", "An organisation with people in it needs it.")


def _shape(place: str, group: str, fields: dict[str, Any]) -> Iterator[Mistake]:
    """Yield what is wrong with a group as a whole."""
    if not all(name.isidentifier() and name == name.lower() for name in (group, *fields)):
        remedy = "Use small letters, digits and underscores."
        yield Mistake(place, f"{group} has a name that cannot stand in a placeholder.", remedy)
    options = fields.get("choose")
    if not fields:
        yield Mistake(place, f"{group} draws nothing.", "Say what is drawn, or remove it.")
    if not isinstance(options, list):
        if options is not None and not isinstance(options, dict):
            yield Mistake(place, f"{group} has a 'choose' that is no list.", "Write the options, each with a '- '.")
        return
    if len(fields) > 1:
        remedy = "A group is one list of options, or fields of their own."
        yield Mistake(place, f"{group} has something beside 'choose'.", remedy)
    if not options or any(not isinstance(o, dict) or not o or set(o) != set(options[0]) for o in options):
        yield Mistake(place, f"{group} is no list of options with the same keys.", "Give every option the same keys.")
        return
    values = [value for option in options for value in option.values()]
    if any(not isinstance(value, str | int) or isinstance(value, bool) or value == "" for value in values):
        remedy = "Put texts in quotes, leave none empty."
        yield Mistake(place, f"{group} has an option with a value that is no text.", remedy)


def _fields(naming: Naming, group: str, fields: dict[str, Any]) -> Iterator[Mistake]:
    """Yield what is wrong with the fields of a group, in their order."""
    if isinstance(fields.get("choose"), list):
        return
    drawn: dict[str, bool] = {}
    for name, spec in fields.items():
        place = naming.at("world.yaml", "draws", group, name)
        wrong = list(_field(naming, place, f"{group}.{name}", spec, drawn))
        drawn[name] = bool(wrong) or ("choose" not in spec and "code" not in spec)
        yield from wrong


def _field(naming: Naming, place: str, what: str, spec: object, drawn: dict[str, bool]) -> Iterator[Mistake]:
    """Yield what is wrong with one field; ``drawn`` says of those before it whether they may be a number."""
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
        elif not drawn.get(part, True):
            yield Mistake(
                place, f"{what} counts on {part!r}, which is no number.", "Use figures drawn by between, sum or minus."
            )
