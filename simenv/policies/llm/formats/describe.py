"""Tools told in words, for models that are sent no function specifications."""

from __future__ import annotations

import json
from typing import Any, Final

from simenv.core.turns import ToolInfo

_TYPES: Final = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}


def described(tool: ToolInfo) -> str:
    """Return a tool as a few lines: name and purpose, then one line for each argument."""
    spec = tool.spec
    parameters: dict[str, Any] = spec["parameters"]
    required = parameters.get("required", ())
    lines = [f"{spec['name']}: {spec['description']}"]
    lines += [_line(name, each, name in required) for name, each in parameters.get("properties", {}).items()]
    return "\n".join(lines)


def _line(name: str, schema: dict[str, Any], required: bool) -> str:
    about = _kind(schema)
    if "default" in schema:
        about += f", {json.dumps(schema['default'], ensure_ascii=False)} if left out"
    elif not required:
        about += ", optional"
    text = schema.get("description", "")
    return f"  {name} ({about}){': ' if text else ''}{text}"


def _kind(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return "one of " + ", ".join(json.dumps(value, ensure_ascii=False) for value in schema["enum"])
    kind = schema.get("type")
    if kind == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return _TYPES.get(kind, "JSON") if isinstance(kind, str) else "JSON"
