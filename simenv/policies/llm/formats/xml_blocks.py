"""Calls as blocks of tags. No parser of XML reads them: nothing is expanded, and unclosed blocks do no harm."""

from __future__ import annotations

import html
import re
from typing import Final

from simenv.llm.data import CallPart
from simenv.policies.llm import prompts
from simenv.policies.llm.formats.base import MAX_CALLS, TextFormat, call_in, json_at, without

_OPEN: Final = re.compile(r"<tool_call\s{0,9}>", re.IGNORECASE)
_CLOSE: Final = re.compile(r"</tool_call\s{0,9}>", re.IGNORECASE)
_NAME: Final = re.compile(r"\s*<name>([^<]{0,200})</name>", re.IGNORECASE)
_ARGUMENTS: Final = re.compile(r"\s*<arguments>\s*", re.IGNORECASE)
_END: Final = re.compile(r"\s*</arguments>", re.IGNORECASE)
_SPACE: Final = re.compile(r"\s*")
_TAIL: Final = re.compile(r"</arguments>\s*\Z", re.IGNORECASE)
_RAW: Final = 150_000
"""Characters of unreadable arguments that are kept: more than the seat takes, so that it says so."""


class XmlBlocks(TextFormat):
    """``<tool_call><name>mail_read</name><arguments>{"id": "mail-k3x9q2"}</arguments></tool_call>``."""

    name = "xml"
    instructions = prompts.XML_GUIDE

    def find(self, text: str) -> tuple[list[CallPart], str]:
        """Return the calls in a text, and the text without them. A JSON object in the tag is read as well."""
        calls: list[CallPart] = []
        spans: list[tuple[int, int]] = []
        at = 0
        while len(calls) <= MAX_CALLS and (opened := _OPEN.search(text, at)):
            call, at = _block(text, opened.end())
            calls.append(call)
            spans.append((opened.start(), at))
        return calls, without(text, spans)

    def block(self, call: CallPart) -> str:
        """Return a call as a block."""
        return f"<tool_call>\n<name>{call.name}</name>\n<arguments>{call.arguments}</arguments>\n</tool_call>"


def _block(text: str, start: int) -> tuple[CallPart, int]:
    """Return the call of the block whose inside begins at a place, and where the block ends."""
    named = _NAME.match(text, start)
    if named is None:
        return _object(text, start)
    name = html.unescape(named[1]).strip()
    arguments = _ARGUMENTS.match(text, named.end())
    if arguments is None:
        end, after = _closed(text, named.end())
        return CallPart("", name, text[named.end() : end].strip()), after
    found = json_at(text, arguments.end())
    if found is not None:  # its end is known, whatever tags stand in its strings
        rest = _END.match(text, found[1])
        close = _CLOSE.match(text, _past_space(text, rest.end() if rest else found[1]))
        if rest or close or not text[found[1] :].strip():
            end = close.end() if close else rest.end() if rest else found[1]
            return CallPart("", name, text[arguments.end() : found[1]]), end
    end, after = _closed(text, arguments.end())
    raw = _TAIL.sub("", text[arguments.end() : end].rstrip()[:_RAW]).strip()
    plain = html.unescape(raw)
    return CallPart("", name, plain if json_at(plain, 0) is not None else raw), after


def _object(text: str, start: int) -> tuple[CallPart, int]:
    found = json_at(text, _past_space(text, start))
    call = call_in(found[0]) if found is not None else None
    if found is not None and call is not None:
        close = _CLOSE.match(text, _past_space(text, found[1]))
        return call, close.end() if close else found[1]
    end, after = _closed(text, start)
    return CallPart("", "", text[start:end].strip()), after


def _closed(text: str, start: int) -> tuple[int, int]:
    """Return where the inside of a block ends, and where the block does: at its tag, the next block, or the end."""
    close, opened = _CLOSE.search(text, start), _OPEN.search(text, start)
    if close is not None and (opened is None or close.start() < opened.start()):
        return close.start(), close.end()
    return (opened.start(), opened.start()) if opened is not None else (len(text), len(text))


def _past_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at
