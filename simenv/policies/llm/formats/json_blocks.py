"""Calls as JSON objects in the text, fenced or bare."""

from __future__ import annotations

import json
import re
from typing import Final

from simenv.llm.data import CallPart
from simenv.policies.llm import prompts
from simenv.policies.llm.formats.base import MAX_CALLS, TextFormat, call_in, json_at, without

_START: Final = re.compile(r'\{\s{0,99}"(tool|tool_name|name|function|type|arguments|parameters|args)"\s{0,99}:')
_NAMED: Final = re.compile(r'\{\s{0,99}"(?:tool|tool_name)"\s{0,99}:\s{0,99}"([^"\\]{0,200})"')
_FENCES: Final = re.compile(r"```[a-z_]{0,20}[\s,\[\]]*```", re.IGNORECASE)
_TRIES: Final = 200
"""Places at which an object is looked for."""


class JsonBlocks(TextFormat):
    r"""A fenced ``{"tool": "mail_read", "arguments": {"id": "mail-k3x9q2"}}``."""

    name = "json"
    instructions = prompts.JSON_GUIDE

    def find(self, text: str) -> tuple[list[CallPart], str]:
        """Return the calls in a text, and the text without them. Other objects are left alone."""
        calls: list[CallPart] = []
        spans: list[tuple[int, int]] = []
        at = tries = 0
        while len(calls) <= MAX_CALLS and tries < _TRIES and (start := _START.search(text, at)):
            tries += 1
            found = json_at(text, start.start())
            call = call_in(found[0]) if found is not None else None
            if found is not None and call is not None:
                at = found[1]
            elif found is None and (named := _NAMED.match(text, start.start())):
                call, at = _unreadable(text, start.start(), named[1])
            else:  # an object of another kind; what it holds is no call either
                at = found[1] if found is not None else start.end()
            if call is not None:
                calls.append(call)
                spans.append((start.start(), at))
        return calls, _FENCES.sub("", without(text, spans)).strip()

    def block(self, call: CallPart) -> str:
        """Return a call as a fenced block; arguments that are no JSON stay text."""
        found = json_at(call.arguments, 0)
        arguments = found[0] if found is not None else call.arguments
        return "```json\n" + json.dumps({"tool": call.name, "arguments": arguments}, ensure_ascii=False) + "\n```"


def _unreadable(text: str, start: int, name: str) -> tuple[CallPart, int]:
    """Return a call whose object is no JSON, up to the end of its fence, and where that is."""
    fence = text.find("```", start)
    end = fence if fence >= 0 else len(text)
    return CallPart("", name.strip(), text[start:end].strip()), end
