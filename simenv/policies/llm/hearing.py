"""From a reply to what it says and wants: cleaned, bounded, its thinking apart from its words."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, Final

from msgspec import Struct

from simenv.core.bounds import clean_text
from simenv.llm.data import CallPart, Reply
from simenv.policies.llm.failures import Failure, failure_of
from simenv.policies.llm.formats import MAX_CALLS, Format

KEPT: Final = 64_000
"""Characters of a reply's text, and of its thinking, that are kept."""

_THINKING: Final = re.compile(r"\s*<(think|thinking)>", re.IGNORECASE)
_END: Final = re.compile(r"</(?:think|thinking)>", re.IGNORECASE)


class Reading(Struct, frozen=True):
    """What came of a reply.

    Attributes:
        prose: What it says, without blocks of calls.
        kept: Its text as it stays in the conversation.
        calls: The calls to be made, as they were given.
        over: The first calls beyond the bound, which are not made.
        reasoning: Its thinking, if it was told.
        opaque: What the provider wants to have back.
        failure: Why it comes to nothing, or None.
    """

    prose: str
    kept: str
    calls: tuple[CallPart, ...]
    over: tuple[CallPart, ...]
    reasoning: str
    opaque: Any
    failure: Failure | None


def read(reply: Reply, form: Format, tools: Collection[str]) -> Reading:
    """Return what came of a reply.

    Args:
        reply: Whatever the provider gave.
        form: How calls are made.
        tools: Names of the seat's tools.
    """
    thought, text = apart(clean_text(reply.text))
    given = tuple(CallPart(call.id, clean_text(call.name).strip(), call.arguments) for call in reply.calls)
    heard = form.read(text, given)
    calls, over = heard.calls[:MAX_CALLS], heard.calls[MAX_CALLS : 2 * MAX_CALLS]
    reasoning = "\n\n".join(filter(None, [clean_text(reply.reasoning or "").strip(), thought]))[:KEPT]
    failure = failure_of(reply.finish, heard.prose, calls, form.name, tools)
    kept = form.kept(text, given)[:KEPT]
    return Reading(heard.prose, kept, calls, over, reasoning, reply.opaque, failure)


def apart(text: str) -> tuple[str, str]:
    """Return the thinking that some servers leave at the head of a text, and the rest of it."""
    opened = _THINKING.match(text)
    closed = _END.search(text, opened.end() if opened else 0)
    if closed is None:
        return (text[opened.end() :].strip(), "") if opened else ("", text)
    start = opened.end() if opened else 0  # some templates open it themselves, so that only its end is in the reply
    return text[start : closed.start()].strip(), text[closed.end() :].lstrip()
