"""Answers with a form: what is asked for is described, and what comes back is read strictly or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta, Struct

from simenv.core.errors import SimenvError


class UnreadableError(SimenvError):
    """Raised when an answer cannot be read; the message says why."""


class Field(Struct, frozen=True, forbid_unknown_fields=True):
    """One part of an answer.

    Attributes:
        name: Its name.
        about: What it should say.
        kind: ``text``, ``integer`` or ``choice``.
        choices: What may be chosen.
        low: The least an integer may be.
        high: The most.
    """

    name: str
    about: str
    kind: Literal["text", "integer", "choice"] = "text"
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 100

    @property
    def problem(self) -> str | None:
        """What is wrong with the field, or None."""
        if not self.name.isidentifier():
            return f"{self.name!r} cannot be a field's name; use letters, digits and underscores"
        if (self.kind == "choice") != bool(self.choices):
            return f"field {self.name}: choices belong to a choice, and a choice needs some"
        return f"field {self.name}: low is above high" if self.low > self.high else None


def schema_of(fields: Iterable[Field]) -> dict[str, Any]:
    """Return the JSON schema of an answer."""
    every = tuple(fields)
    return {
        "type": "object",
        "properties": {field.name: _schema(field) for field in every},
        "required": [field.name for field in every],
        "additionalProperties": False,
    }


def example(fields: Iterable[Field]) -> str:
    """Return how an answer should look, for whoever is to give one."""
    return "{" + ", ".join(f'"{field.name}": <{_kind(field)}: {field.about}>' for field in fields) + "}"


def read_answer(text: str, fields: Iterable[Field]) -> dict[str, Any]:
    """Return the parts of an answer, from text in which one JSON object has the form asked for.

    Words around it are passed over. Two different answers in one text are none.

    Raises:
        UnreadableError: If no object, or more than one, can be taken for the answer.
    """
    every = tuple(fields)
    found: list[dict[str, Any]] = []
    problem = "no JSON object in what was said"
    for each in _objects(text):
        try:
            value = msgspec.to_builtins(msgspec.convert(_folded(each, every), _form(every), strict=False))
        except msgspec.ValidationError as error:
            problem = f"not the form asked for: {error}"
        else:
            found += [] if value in found else [value]
    if len(found) > 1:
        raise UnreadableError(f"{len(found)} different answers in what was said")
    if not found:
        raise UnreadableError(problem)
    return found[0]


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects in a text, outermost ones only."""
    place = text.find("{")
    while place >= 0:
        try:
            value, end = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            end = place + 1
        else:
            yield value
        place = text.find("{", end)


def _folded(value: dict[str, Any], fields: tuple[Field, ...]) -> dict[str, Any]:
    """Return an answer with choices written as they were offered, whatever the case."""
    known = {field.name: {choice.casefold(): choice for choice in field.choices} for field in fields}
    return {
        name: known.get(name, {}).get(part.strip().casefold(), part) if isinstance(part, str) else part
        for name, part in value.items()
    }


@lru_cache(maxsize=256)
def _form(fields: tuple[Field, ...]) -> type[Struct]:
    return msgspec.defstruct("Answer", [(field.name, _type(field)) for field in fields])


def _type(field: Field) -> Any:
    if field.kind == "integer":
        return Annotated[int, Meta(ge=field.low, le=field.high)]
    return Literal[field.choices] if field.kind == "choice" else str


def _schema(field: Field) -> dict[str, Any]:
    described = {"description": field.about}
    if field.kind == "integer":
        return {"type": "integer", "minimum": field.low, "maximum": field.high, **described}
    if field.kind == "choice":
        return {"enum": list(field.choices), **described}
    return {"type": "string", **described}


def _kind(field: Field) -> str:
    if field.kind == "integer":
        return f"integer from {field.low} to {field.high}"
    return f"one of {', '.join(json.dumps(choice) for choice in field.choices)}" if field.kind == "choice" else "text"


def _refuse(name: str) -> object:
    raise ValueError(f"{name} is no JSON number")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse)
