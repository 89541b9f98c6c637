"""Calls that a model has written in a way in which no calls are made. Such a reply is no decision to stay silent."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from simenv.policies.llm.formats.json_blocks import JsonBlocks

_LOOKED_AT: Final = 64_000
_MARKS: Final = re.compile(
    r"<tool_calls?\s{0,9}>|<function_calls?\s{0,9}>|<function=|<invoke\s+name=|\[TOOL_CALLS\]|<\|python_tag\|>"
    r"|<\|tool_calls?|<｜tool▁calls?▁begin｜>|<\|channel\|>commentary to=|\[TOOL_REQUEST\]",  # noqa: RUF001
    re.IGNORECASE,
)
"""How the chat templates of known families of models write calls, where the server leaves them in the text."""

_LINE: Final = re.compile(
    r"^[`\s]{0,20}(?:functions\.|tools\.)?([a-z][a-z0-9_]{0,62})\s{0,9}[({].{0,2000}[)}][;`\s]{0,9}$", re.MULTILINE
)
_JSON: Final = JsonBlocks()


def attempted(text: str, tools: Collection[str]) -> bool:
    """Whether a text evidently holds a call.

    Args:
        text: What a model said.
        tools: Names of the tools; a line such as ``mail_read(id="...")`` counts for these only.
    """
    text = text[:_LOOKED_AT]
    if _MARKS.search(text):
        return True
    if any(line[1] in tools for line in _LINE.finditer(text)):
        return True
    return any(call.name.removeprefix("functions.") in tools for call in _JSON.find(text)[0])
