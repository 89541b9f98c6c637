"""The gate every call passes: whatever an agent produced becomes a clean :class:`ToolCall` or one ``Malformed``.

Nothing an agent writes can raise here. Text is bounded to 64 kB in all, names and the number of values to as much
again, nesting to 20, integers to 2**53; NaN, infinities and duplicate keys are refused; lone surrogates and NUL are
replaced by U+FFFD, so that every later stage sees valid text.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from msgspec import Struct

from simenv.core.calls import Code, ToolCall

MAX_TEXT: Final = 64_000
MAX_DEPTH: Final = 20
MAX_INTEGER: Final = 2**53
HEAD: Final = 1_000
_UNFIT = re.compile("[\x00\ud800-\udfff]")
_NAME = re.compile(r"[A-Za-z0-9_.:/-]{1,128}\Z")


class Malformed(Struct, frozen=True):
    """What came was no call.

    Attributes:
        code: ``malformed``, or ``too_large`` when a bound on size was passed.
        why: What is wrong with it, for the agent.
        size: Its size in bytes.
        sha256: Hash of its bytes.
        head: Its first kilobyte, sanitised.
    """

    code: Code
    why: str
    size: int
    sha256: str
    head: str


class _UnusableError(Exception):
    def __init__(self, code: Code, why: str) -> None:
        self.code: Code = code
        self.why = why


def clean_text(text: str) -> str:
    """Return the text with lone surrogates and NUL replaced by U+FFFD."""
    if text.isascii() and "\x00" not in text:
        return text
    return _UNFIT.sub("\ufffd", text)


def read_call(raw: object) -> ToolCall | Malformed:
    """Return the call in ``raw``, or what is wrong with it.

    Args:
        raw: A :class:`ToolCall`, a mapping with ``name`` and ``arguments``, or the JSON text of one. ``arguments``
            may be a mapping or the JSON text of one, as language models produce it.
    """
    if type(raw) is dict and len(raw) == 2 and type(raw.get("arguments")) is dict and type(raw.get("name")) is str:
        raw = ToolCall(raw["name"], raw["arguments"])
    if type(raw) is ToolCall and _is_clean(raw):
        return raw
    try:
        name: object
        arguments: object
        if type(raw) is ToolCall:
            name, arguments = raw.name, raw.arguments
        else:
            name, arguments = _parts(raw)
        if not isinstance(name, str):
            raise _UnusableError("malformed", "the call needs a name, which is text")
        name = _plain(name)
        if not _NAME.match(name):
            raise _UnusableError("malformed", "a tool's name has letters, digits and underscores only")
        if isinstance(arguments, str):
            arguments = _plain(arguments)
            arguments = _parse(arguments) if arguments.strip() else {}
        if not isinstance(arguments, Mapping):
            raise _UnusableError("malformed", "arguments must be a JSON object, one value by name")
        budget = [MAX_TEXT, MAX_TEXT]
        return ToolCall(name, {_key(k, budget): _clean(v, 2, budget) for k, v in arguments.items()})
    except _UnusableError as problem:
        return _malformed(raw, problem.code, problem.why)
    except Exception:  # noqa: BLE001 - a hostile object may raise anything from its own methods
        return _malformed(raw, "malformed", "this is no tool call")


def _plain_name(name: str) -> bool:
    return name.isidentifier() and name.isascii() and len(name) <= 128


def _is_clean(call: ToolCall) -> bool:
    """Whether a call is of the plain sort that needs no cleaning: short ASCII texts, small numbers, lists of texts."""
    arguments = call.arguments
    if type(arguments) is not dict or type(call.name) is not str or not _plain_name(call.name):
        return False
    room = names = MAX_TEXT
    for key, value in arguments.items():
        kind = type(value)
        if kind is str:
            room -= len(value)
            if not value.isascii() or "\0" in value:
                return False
        elif kind is int:
            if not -MAX_INTEGER <= value <= MAX_INTEGER:
                return False
        elif kind is list:
            names -= 2 * len(value)
            for item in value:
                if type(item) is not str or not item.isascii() or "\0" in item:
                    return False
                room -= len(item)
        elif value is not None and kind is not bool:
            return False
        if type(key) is not str or len(key) > 200 or not key.isascii() or "\0" in key:
            return False
        names -= len(key) + 2
    return room >= 0 and names >= 0


def _plain(text: str) -> str:
    """Return the characters of a text without whatever a subclass of ``str`` makes of them."""
    return text if type(text) is str else str.__str__(text)


def _parts(raw: object) -> tuple[object, object]:
    if isinstance(raw, bytes):
        raw = raw.decode("utf-8", "replace")
    if isinstance(raw, str):
        raw = _parse(_plain(raw))
    if isinstance(raw, ToolCall):
        return raw.name, raw.arguments
    if not isinstance(raw, Mapping):
        raise _UnusableError("malformed", 'a call is an object {"name": ..., "arguments": {...}}')
    extra = [key for key in raw if key not in ("name", "arguments")]
    if extra:
        raise _UnusableError("malformed", f"a call has name and arguments only, not {_short(extra[0])}")
    arguments = raw.get("arguments")
    return raw.get("name"), {} if arguments is None else arguments


def _parse(text: str) -> object:
    if len(text) > 2 * MAX_TEXT:
        raise _UnusableError("too_large", f"a call may have at most {MAX_TEXT} characters")
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_int=_integer, parse_constant=_no_constant)
    except RecursionError:
        raise _UnusableError("malformed", "the JSON is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise _UnusableError("malformed", f"this is not JSON: {error.msg} at character {error.pos}") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _UnusableError("malformed", "the same key stands twice in one object")
    return found


def _integer(digits: str) -> int:
    if len(digits) > 17:
        raise _UnusableError("malformed", "an integer may be at most 2**53")
    return int(digits)


def _no_constant(name: str) -> object:
    raise _UnusableError("malformed", f"{name} is no JSON number")


def _key(key: object, budget: list[int]) -> str:
    if not isinstance(key, str):
        raise _UnusableError("malformed", "names of arguments are text")
    key = _plain(key)
    if len(key) > 200:
        raise _UnusableError("too_large", "a name of an argument has at most 200 characters")
    _charge(budget, len(key))
    return clean_text(key)


def _charge(budget: list[int], size: int) -> None:
    budget[1] -= size
    if budget[1] < 0:
        raise _UnusableError("too_large", "a call may not have that many values")


def _clean(value: object, depth: int, budget: list[int]) -> object:
    _charge(budget, 2)
    if isinstance(value, str):
        value = _plain(value)
        budget[0] -= len(value)
        if budget[0] < 0:
            raise _UnusableError("too_large", f"the texts of a call may have at most {MAX_TEXT} characters together")
        return clean_text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        number = int.__index__(value)
        if not -MAX_INTEGER <= number <= MAX_INTEGER:
            raise _UnusableError("malformed", "an integer may be at most 2**53")
        return number
    if isinstance(value, float):
        decimal = float.__float__(value)
        if not math.isfinite(decimal):
            raise _UnusableError("malformed", "NaN and infinity are no JSON numbers")
        return decimal
    if depth >= MAX_DEPTH:
        raise _UnusableError("malformed", f"values may be nested {MAX_DEPTH} deep at most")
    if isinstance(value, Mapping):
        return {_key(k, budget): _clean(v, depth + 1, budget) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item, depth + 1, budget) for item in value]
    raise _UnusableError("malformed", f"a value of type {type(value).__name__} is no JSON value")


def _malformed(raw: object, code: Code, why: str) -> Malformed:
    try:
        data = _bytes_of(raw)
    except Exception:  # noqa: BLE001 - it need not even say what it is
        data = b""
    head = clean_text(data[:HEAD].decode("utf-8", "replace"))
    return Malformed(code, why, len(data), sha256(data).hexdigest(), head)


def _bytes_of(raw: object) -> bytes:
    """Return the bytes of what came; for values that are not text, of a bounded description of its kind."""
    if isinstance(raw, ToolCall):
        raw = raw.arguments if isinstance(raw.arguments, str) else raw.name
    elif isinstance(raw, Mapping):
        arguments = raw.get("arguments") if type(raw) is dict else None
        raw = arguments if isinstance(arguments, str) else type(raw).__name__
    if isinstance(raw, bytes):
        return bytes(memoryview(raw))
    if isinstance(raw, str):
        return str.encode(raw, "utf-8", "replace")
    return type(raw).__name__.encode("utf-8", "replace")


def _short(value: object) -> str:
    return repr(value)[:60] if isinstance(value, str) else type(value).__name__
