"""Calls as people type them: a tool's name and its arguments, fitted to what the tool takes.

    mail_read id=mail-abc                      name=value; a value alone fills the next argument that is needed
    mail_send to=a@b.net,c@d.net subject="Two words" body=<<
    several lines,
    .                                          ended by a line with a single dot ("..": a line that is one dot)
    log_erase system=crm numbers=[3, 4]        JSON, where a list or an object is wanted

What cannot be read is one clear line, and no call is made.
"""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from simenv.core.calls import ToolCall
from simenv.core.errors import SimenvError, near_miss
from simenv.core.turns import ToolInfo

More = Callable[[], str | None]
"""Returns the next line that is typed, or None at the end of input."""

LINES: Final = "<<"
_NAMED: Final = re.compile(r"([A-Za-z_]\w*)=")
_BLANK: Final = re.compile(r"\s*")
_JSON: Final = json.JSONDecoder()
_WORDS: Final = {"true": True, "yes": True, "false": False, "no": False}


class TypedError(SimenvError):
    """Raised when what was typed cannot be read; the message says what is wrong in one line."""


def typed_call(line: str, tools: Mapping[str, ToolInfo], more: More) -> ToolCall:
    """Return the call that a line means.

    Args:
        line: What was typed.
        tools: The tools there are, by name.
        more: Asked for the lines of a text of several lines.

    Raises:
        TypedError: If it is no call of any of the tools.
    """
    name, _, rest = line.strip().partition(" ")
    tool = tools.get(name)
    if tool is None:
        near = near_miss(name, tools)
        raise TypedError(f"There is no tool {name!r}." + (f" Did you mean {near!r}?" if near else " Type help."))
    takes: dict[str, Any] = tool.schema.get("properties", {})
    needed = [key for key in tool.schema.get("required", ()) if key in takes]
    given: dict[str, Any] = {}
    for key, value in list(_words(rest)):
        if key is None:
            key = next((each for each in needed if each not in given), None)
            if key is None:
                raise TypedError(f"{_short(value)} stands alone. {_usage(tool)}")
        if key not in takes:
            near = near_miss(key, takes)
            hint = f" Did you mean {near!r}?" if near else ""
            raise TypedError(f"{name} takes no {key!r}.{hint} {_usage(tool)}")
        if key in given:
            raise TypedError(f"{key} was given twice.")
        given[key] = _fitted(key, read_lines(more) if value == LINES else value, takes[key])
    missing = [key for key in needed if key not in given]
    if missing:
        raise TypedError(f"{name} needs {' and '.join(missing)}. {_usage(tool)}")
    return ToolCall(name, given)


def read_lines(more: More) -> str:
    """Return the lines typed up to a single dot.

    Raises:
        TypedError: If the input ends before.
    """
    lines: list[str] = []
    while (line := more()) != ".":
        if line is None:
            raise TypedError("The text has no end: a line with a single . ends it.")
        lines.append("." if line == ".." else line)
    return "\n".join(lines)


def kind_of(schema: Mapping[str, Any]) -> str:
    """Return what a value must be, in words."""
    if "enum" in schema:
        return "one of " + ", ".join(each or '""' for each in map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"several, each {kind_of(schema.get('items', {}))}"
    names = {"string": "text", "integer": "a whole number", "number": "a number", "boolean": "yes or no"}
    return names.get(str(schema.get("type")), "JSON")


def _usage(tool: ToolInfo) -> str:
    """Return what a tool takes, in one line."""
    needed = tool.schema.get("required", ())
    words = [key if key in needed else f"[{key}]" for key in tool.schema.get("properties", {})]
    return f"It takes {' '.join(words)}." if words else "It takes nothing."


def _words(text: str) -> Iterator[tuple[str | None, Any]]:
    """Yield the words of a line, each with the name it was given."""
    place = _after_blanks(text, 0)
    while place < len(text):
        named = _NAMED.match(text, place)
        value, place = _value(text, named.end() if named else place)
        yield (named[1] if named else None), value
        place = _after_blanks(text, place)


def _value(text: str, place: int) -> tuple[Any, int]:
    """Return the value that begins at a place, and where it ends."""
    if place == len(text) or text[place].isspace():
        return "", place
    if text[place] in "[{":
        try:
            value, end = _JSON.raw_decode(text, place)
        except (ValueError, RecursionError):
            raise TypedError(f"{_short(text[place:])} is no JSON; put text in quotation marks.") from None
        if end < len(text) and not text[end].isspace():
            raise TypedError(f"{_short(text[place:])} goes on after its end; leave a blank there.")
        return value, end
    stream = io.StringIO(text[place:])
    lexer = shlex.shlex(stream, posix=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    try:
        word = lexer.get_token()
    except ValueError:
        raise TypedError('A quotation mark is not closed; text with an apostrophe stands in "double" ones.') from None
    return word or "", place + stream.tell()


def _fitted(key: str, value: Any, schema: Mapping[str, Any]) -> Any:
    """Return a value as an argument takes it."""
    kind = schema.get("type")
    if kind == "array":
        items = [each for each in map(str.strip, value.split(",")) if each] if isinstance(value, str) else value
        if isinstance(items, list):
            return [_fitted(key, each, schema.get("items", {})) for each in items]
    elif "enum" in schema:
        if value in schema["enum"]:
            return value
    elif kind == "string" and isinstance(value, str):
        return value
    elif kind == "boolean" and isinstance(value, str) and value.casefold() in _WORDS:
        return _WORDS[value.casefold()]
    elif kind == "integer":
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,17}", value, re.ASCII):
            return int(value)
    elif kind not in ("string", "boolean"):
        return _loaded(value) if isinstance(value, str) else value
    raise TypedError(f"{key} is {kind_of(schema)}, not {_short(value)}.")


def _loaded(value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _after_blanks(text: str, place: int) -> int:
    blanks = _BLANK.match(text, place)
    return blanks.end() if blanks else place


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return repr(text if len(text) <= 30 else f"{text[:29]}…")
