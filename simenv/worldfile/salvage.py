"""Making the most of an entry with mistakes: name them, drop what is wrong, keep the rest to be checked further.

A world with ten mistakes should get ten messages in one pass. So an entry that pydantic refuses is not thrown away:
its mistakes are noted, the offending elements dropped, and what is left is looked at again until it stands. What was
dropped is remembered (:class:`Losses`), so that whoever names it is not blamed for it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from types import UnionType
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from simenv.core.errors import Mistake, near_miss
from simenv.worldfile import schema
from simenv.worldfile.lines import NAMED_BY, Part

M = TypeVar("M", bound=BaseModel)
Blame = Callable[[tuple[Part, ...], str, str], Mistake]
"""Makes a mistake of the path of the offending element, the problem and the remedy."""

UNKNOWN: Final = "unknown_for_now"
"""Stands in for a key that is missing where one is needed; nobody is blamed for naming it."""

STAND_INS: Final[dict[type[BaseModel], dict[str, Any]]] = {
    schema.World: {
        "format": 1, "name": UNKNOWN, "title": "", "about": "", "start": date(2001, 1, 1), "firm": UNKNOWN,
        "read_delay": [0, 0], "ask_back": "", "draws": {},
    },
    schema.Role: {"key": UNKNOWN, "title": "", "department": "", "pronouns": "they"},
    schema.Names: {"people": [], "systems": []},
    schema.Facts: {"topics": {}},
    schema.FactEntry: {"key": UNKNOWN, "says": "", "secrecy": "public", "topic": UNKNOWN, "content": [[UNKNOWN]]},
    schema.DecisionEntry: {
        "key": UNKNOWN, "says": "", "controller": UNKNOWN, "affected": UNKNOWN, "at": "d0 00:00", "topic": UNKNOWN,
        "told_in": [],
    },
    schema.WayOutEntry: {"key": UNKNOWN, "to": UNKNOWN, "topics": [], "told_in": [], "works": False},
    schema.Item: {"item": UNKNOWN, "about": "", "steps": [{"key": UNKNOWN, "owner": UNKNOWN}]},
    schema.StepEntry: {"key": UNKNOWN, "owner": UNKNOWN},
    schema.ReactionEntry: {"key": UNKNOWN, "who": UNKNOWN},
    schema.LetterEntry: {"key": UNKNOWN, "from": UNKNOWN},
    schema.ScenarioEntry: {
        "name": UNKNOWN, "about": "", "seat": UNKNOWN, "brief": "", "starts": {UNKNOWN: {"at": "d0 00:00"}},
        "ends": None, "tools": [],
    },
    schema.TaskEntry: {"key": UNKNOWN, "says": "", "letters": [], "check": {UNKNOWN: {}}},
    schema.Start: {"at": "d0 00:00"},
    schema.BriefAdd: {"text": "", "when": {}},
    schema.DocumentEntry: {"key": UNKNOWN, "title": "", "folder": "", "owner": UNKNOWN},
    schema.ChannelEntry: {"key": UNKNOWN, "name": "#unknown", "purpose": "", "members": []},
    schema.SystemEntry: {"key": UNKNOWN, "name": "", "purpose": "", "owner": UNKNOWN},
    schema.JobEntry: {"key": UNKNOWN, "name": "", "rhythm": ""},
    schema.LogEntry: {"at": "d0 00:00", "who": UNKNOWN, "text": ""},
    schema.CalendarEntry: {
        "key": UNKNOWN, "title": "", "organiser": UNKNOWN, "attendees": [], "days": ["d0"], "from": "00:00",
        "until": "00:01",
    },
    schema.ListEntry: {"key": UNKNOWN, "name": "", "local": "unknown", "members": []},
    schema.Away: {"from": "d0 00:00", "until": "d0 00:01"},
    schema.MailDeed: {"body": ""},
    schema.ChatDeed: {"text": ""},
    schema.DocumentDeed: {"key": UNKNOWN},
    schema.TicketDeed: {"key": UNKNOWN},
    schema.TicketOpening: {"number": "", "queue": "", "title": "", "text": ""},
    schema.MeetingDeed: {"key": UNKNOWN},
    schema.AlertDeed: {"key": UNKNOWN},
    schema.SystemDeed: {"key": UNKNOWN},
    schema.Model: {"at": "d0 00:00"},
    schema.Solution: {"scenario": UNKNOWN, "start": UNKNOWN, "calls": []},
    schema.SolutionStep: {"at": "d0 00:00", "tool": UNKNOWN, "arguments": {}},
}  # fmt: skip
"""What to go on with where a field is missing without which the rest of an entry could not be checked."""

_ADVICE: Final = {
    "string_type": "Write a text; what YAML takes for a number, a date, true or false needs quotes.",
    "list_type": "Write it as a list: [one, two].",
    "tuple_type": "Write it as a list: [one, two].",
    "dict_type": "Write it as 'key: value'.",
    "model_type": "Write it as 'key: value'.",
    "int_type": "Write a whole number.",
    "int_parsing": "Write a whole number.",
    "too_short": "Add what is missing, or leave the field out if it may be left out.",
    "string_pattern_mismatch": "A key has small letters, digits and underscores, and begins with a letter.",
}
_PATTERNS: Final = {
    "#": "Write '#' and then small letters, digits and hyphens.",
    "d-?": "Write a day as 'd1'; the first Monday is d0.",
    r"\d\d:": "Write a time of day as '09:30'.",
    r"[a-z][a-z0-9.-]": "Write small letters, digits, points and hyphens.",
}
"""What to write where a text must look a certain way: the beginning of its pattern -> advice."""

_MAPPINGS: Final = ("draws", "factors", "starts", "topics")
"""Fields whose entries are named by their keys."""

_KEY: Final = re.compile(r"(?<!\w)([a-z][a-z0-9_]*):[ \t]*(?:[\"']?([a-z][a-z0-9_]*))?")


@dataclass
class Losses:
    """What was dropped while reading.

    Attributes:
        broken: Keys of elements that are not there any more; whoever names them is not blamed.
        damaged: Keys of entries that have lost something, and files that have; they are not blamed for what they lack.
        lost: Files and fields of files (``world.yaml.draws``) in which something cannot be told by its key any more.
    """

    broken: set[str] = field(default_factory=lambda: {UNKNOWN})
    damaged: set[str] = field(default_factory=lambda: {UNKNOWN})
    lost: set[str] = field(default_factory=set)

    def unreadable(self, file: str, text: str) -> None:
        """Note that a file cannot be read; every key that seems to stand in it counts as broken."""
        self.damaged.add(file)
        for name, value in _KEY.findall(text):
            self.broken.add(name)
            if value and name in NAMED_BY:
                self.broken.add(value)

    def forget(self, data: object) -> None:
        """Note every key in an element that is dropped."""
        if isinstance(data, dict):
            self.broken.update(str(data[name]) for name in NAMED_BY if isinstance(data.get(name), str))
        for each in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
            self.forget(each)


def salvage(
    model: type[M], data: object, blame: Blame, losses: Losses, file: str, label: str = ""
) -> tuple[M | None, list[Mistake]]:
    """Return an entry, or what is left of it, and its mistakes.

    Args:
        model: What the entry should be.
        data: What the file says.
        blame: Makes a mistake.
        losses: Takes in what is dropped.
        file: Path of the file.
        label: What the entry is called in messages, if not all of the file.

    Returns:
        The entry, or None if nothing could be kept.
    """
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        errors = error.errors()
    mistakes = [blame(*_told(model, data, each, label)) for each in errors]
    data = copy.deepcopy(data)
    losses.damaged.add(file)
    for each in errors:
        losses.damaged.update(_keys_on(data, each["loc"]))
        losses.lost.update(_nameless(model, data, each["loc"], file, label))
        if len(each["loc"]) > 1 and each["loc"][0] in _MAPPINGS:
            losses.broken.add(str(each["loc"][1]))
    whole = "" if label else file
    while isinstance(data, dict) and all(
        _mend(model, data, each["loc"], losses, whole) for each in sorted(errors, key=_last_first, reverse=True)
    ):
        try:
            return model.model_validate(data), mistakes
        except ValidationError as error:
            errors = error.errors()
    losses.forget(data)
    losses.lost.update([whole] if whole else [])
    return None, mistakes


def _last_first(error: ErrorDetails) -> list[str]:
    return [f"{part:09}" if isinstance(part, int) else part for part in error["loc"]]


def _told(model: type[BaseModel], data: object, error: ErrorDetails, label: str) -> tuple[tuple[Part, ...], str, str]:
    """Return the path, the problem and the remedy of one error."""
    path, kind = tuple(part for part in error["loc"] if part != "[key]"), error["type"]
    here = [*([label] if label else []), *_named(data, path)]
    inside = f" in {'.'.join(here[:-1])}" if here[:-1] else ""
    if kind == "extra_forbidden":
        fields = _fields(_model_at(model, path[:-1]))
        near = near_miss(str(path[-1]), fields)
        remedy = f"Did you mean {near!r}?" if near else f"Known here: {', '.join(sorted(fields))}."
        return path, f"the key {str(path[-1])!r} is not known{inside}.", remedy
    if kind == "missing" and isinstance(path[-1], int):
        return path, f"{'.'.join(here[:-1])} is too short.", "Add what is missing."
    if kind == "missing":
        return path, f"the key {str(path[-1])!r} is missing{inside}.", f"Add '{path[-1]}:'."
    message = error["msg"].removeprefix("Value error, ")
    if kind == "literal_error":
        message = f"it should be {error.get('ctx', {}).get('expected', 'something else')}"
    given = repr(error.get("input"))
    given = given if len(given) <= 60 else f"{given[:57]}..."
    what = ".".join(here) or "it"
    pattern = str(error.get("ctx", {}).get("pattern", "")).removeprefix("^")
    advice = next((text for begin, text in _PATTERNS.items() if pattern.startswith(begin)), None)
    advice = advice or _ADVICE.get(kind, "Correct the value.")
    return path, f"{what} says {given}: {message[:1].lower()}{message[1:]}.", advice


def _named(data: object, path: tuple[Part, ...]) -> list[str]:
    """Return a path as people write it: entries of lists by their names."""
    found = []
    for part in path:
        data = _child(data, part)
        found.append((key_of(data) or f"entry {part + 1}") if isinstance(part, int) else part)
    return found


def _keys_on(data: object, path: tuple[Part, ...]) -> list[str]:
    """Return the names of the entries that a path leads through."""
    found = []
    for part in (*path, ""):
        name = key_of(data)
        if name is not None:
            found.append(name)
        data = _child(data, part)
    return found


def _nameless(model: type[BaseModel], data: object, path: tuple[Part, ...], file: str, label: str) -> list[str]:
    """Return where an entry stands that has lost the key by which others may name it."""
    entry: object = data
    owner = path[:-1] if path and path[-1] in NAMED_BY else path
    for part in owner:
        entry = _child(entry, part)
    unnamed = owner != path or (not isinstance(entry, dict) and _model_at(model, owner) is not None)
    if not unnamed or (not owner and not label):
        return []
    return [file if not owner else f"{file}.{owner[0]}"]


def _child(data: object, part: Part) -> object:
    if isinstance(data, dict):
        return data.get(part)
    return data[part] if isinstance(data, list) and isinstance(part, int) and part < len(data) else None


def key_of(data: object) -> str | None:
    """Return the name of an entry, if it has one."""
    if not isinstance(data, dict):
        return None
    return next((data[name] for name in NAMED_BY if isinstance(data.get(name), str) and data[name]), None)


def _model_at(model: type[BaseModel], path: tuple[Part, ...]) -> type[BaseModel] | None:
    """Return the model of the entry at a path, or None if there is none."""
    hint: Any = _plain(model)
    for part in path:
        if _is_model(hint):
            fields = hint.model_fields.items()
            hint = _plain(next((f.annotation for name, f in fields if part in (name, f.alias)), None))
        else:
            hint = _plain((get_args(hint) or (None,))[-1])
    return hint if _is_model(hint) else None


def _plain(hint: Any) -> Any:
    """Return a type hint without Annotated and Optional."""
    while get_origin(hint) in (Annotated, Union, UnionType):
        hint = get_args(hint)[0]
    return hint


def _is_model(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, BaseModel)


def _fields(model: type[BaseModel] | None) -> list[str]:
    return [] if model is None else [f.alias or name for name, f in model.model_fields.items()]


def _mend(model: type[BaseModel], data: dict[Any, Any], path: tuple[Part, ...], losses: Losses, file: str) -> bool:
    """Put something in the place of what is missing, or drop the deepest part of a path; False if nothing helps."""
    inside: Any = data
    steps: list[tuple[Any, Any]] = []
    for part in path:
        known = isinstance(inside, dict) and part in inside
        if not known and not (isinstance(inside, list) and isinstance(part, int) and part < len(inside)):
            break
        steps.append((inside, part))
        inside = inside[part]
    if len(steps) < len(path) and isinstance(inside, dict):
        values = STAND_INS.get(_model_at(model, path[: len(steps)]) or BaseModel, {})
        name = path[len(steps)]
        if name in values:
            inside[name] = copy.deepcopy(values[str(name)])
            losses.lost.update([f"{file}.{name}"] if file and not steps else [])
            return True
    if not steps:
        return False
    owner, part = steps[-1]
    losses.forget(owner[part])
    del owner[part]
    if len(steps) == 1:
        losses.lost.update([f"{file}.{part}"] if file else [])
    return True
