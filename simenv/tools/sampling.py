"""Random arguments that satisfy a tool's JSON schema: for action spaces and fuzzers, never for the engine.

The generator is the caller's; nothing here is part of an episode's own chance (:mod:`simenv.core.streams`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from simenv.core.turns import ToolInfo

Grounds = Mapping[str, Sequence[str]]
"""Name of an argument -> texts that stand for something real there (ids, addresses).

``document.id`` is what ``id`` means for the tools whose names begin with ``document_``; it goes before plain ``id``.
``mail_move.folder`` is what ``folder`` means for that one tool; it goes before both.
"""

_TIMES: Final = ("Tue 09:00", "Wed 10:30", "Thu 13:00", "tomorrow 11:15")
USUAL: Final[Grounds] = {
    "day": ("Mon", "Wed", "Fri", "today"),
    **dict.fromkeys(("after", "start", "time"), _TIMES),
    **dict.fromkeys(("before", "end"), ("14:00", "15:30", "16:45")),
}
"""What is taken for times where the caller says nothing: random words name none."""

_COMMON: Final = "report budget when figures the we need for Thursday café Größe not 42 draft client meeting ok"
_WORDS: Final = _COMMON.split()
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_FEW: Final = 4
_LONG: Final = 40


class Rng(Protocol):
    """What is wanted of a generator; ``numpy.random.Generator`` has it."""

    def integers(self, low: int, high: int) -> Any:
        """Return a uniform integer in [low, high)."""


def sample_arguments(tool: ToolInfo, rng: Rng, grounds: Grounds) -> dict[str, Any]:
    """Return arguments that satisfy a tool's schema; each optional one is there half of the time.

    Args:
        tool: The tool.
        rng: The generator drawn from.
        grounds: Texts to take for arguments of these names. An empty sequence counts as none, but a list that may be
            empty is empty then: there is nothing real to put into it.
    """
    own: dict[str, Sequence[str]] = {}
    for scope in (f"{tool.name.partition('_')[0]}.", f"{tool.name}."):
        own |= {name.removeprefix(scope): texts for name, texts in grounds.items() if texts and name.startswith(scope)}
    return _object(tool.schema, rng, {**USUAL, **grounds, **own})


def sample_value(schema: Mapping[str, Any], rng: Rng, ground: Sequence[str] = ()) -> Any:
    """Return a value that satisfies a JSON schema, in plain Python types.

    Args:
        schema: A schema made of ``type``, ``enum``, ``const``, ``anyOf``, bounds, ``items`` and ``properties``.
        rng: The generator drawn from.
        ground: Texts to take where a text is wanted.

    Raises:
        ValueError: If the schema has a type that JSON does not know.
    """
    if "enum" in schema:
        return _one(schema["enum"], rng)
    if "const" in schema:
        return schema["const"]
    if "anyOf" in schema:
        return sample_value(_one(schema["anyOf"], rng), rng, ground)
    kind = schema.get("type", "string")
    if isinstance(kind, list):
        kind = _one(kind, rng)
    match kind:
        case "string":
            return _text(schema, rng, ground)
        case "integer":
            return _integer(schema, rng)
        case "number":
            return float(_integer(schema, rng))
        case "boolean":
            return _one((False, True), rng)
        case "null":
            return None
        case "array":
            least = schema.get("minItems", 0)
            most = min(schema.get("maxItems", least + _FEW), least + _FEW - 1)
            items = schema.get("items", {})
            return [sample_value(items, rng, ground) for _ in range(int(rng.integers(least, most + 1)))]
        case "object":
            return _object(schema, rng, {})
    raise ValueError(f"{kind!r} is no JSON type")


def _object(schema: Mapping[str, Any], rng: Rng, grounds: Grounds) -> dict[str, Any]:
    required = schema.get("required", ())
    return {
        name: [] if _nothing_real(part, grounds.get(name)) else sample_value(part, rng, grounds.get(name, ()))
        for name, part in schema.get("properties", {}).items()
        if name in required or rng.integers(0, 2)
    }


def _nothing_real(schema: Mapping[str, Any], ground: Sequence[str] | None) -> bool:
    """Whether a list is wanted of things of which there are none, and may be empty."""
    return ground is not None and not ground and schema.get("type") == "array" and not schema.get("minItems")


def _one(options: Sequence[Any], rng: Rng) -> Any:
    return options[int(rng.integers(0, len(options)))]


def _integer(schema: Mapping[str, Any], rng: Rng) -> int:
    """Return an integer in the bounds, mostly near the lower one: of 10,000 pages nearly all are empty."""
    low = int(schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1))
    high = int(schema.get("maximum", schema.get("exclusiveMaximum", low + 1000) - 1))
    near = min(high, low + _FEW)
    return int(rng.integers(low, (high if rng.integers(0, 8) == 0 else near) + 1))


def _text(schema: Mapping[str, Any], rng: Rng, ground: Sequence[str]) -> str:
    least, most = schema.get("minLength", 0), schema.get("maxLength", _LONG)
    if ground:
        text = str(_one(ground, rng))
        if least <= len(text) <= most:
            return text
    wanted = int(rng.integers(least, min(most, least + _LONG) + 1))
    text = ""
    while len(text) < wanted:
        text += _one(_WORDS, rng) + " "
    text = text[:wanted].strip()
    return text + "".join(_one(_LETTERS, rng) for _ in range(least - len(text)))
