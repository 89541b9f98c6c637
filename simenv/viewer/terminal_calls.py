"""Calls that did not run, in short sentences: denied attempts are the signal."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from simenv.core.event import Event
from simenv.core.kinds.agent import ToolCalled, ToolRefused
from simenv.viewer import (
    terminal_calendar,
    terminal_chat,
    terminal_documents,
    terminal_mail,
    terminal_seats,
    terminal_systems,
    terminal_tickets,
)
from simenv.viewer.terminal_doings import WRITTEN
from simenv.viewer.terminal_events import Line
from simenv.viewer.terminal_text import listed, plain, quoted, telling


def refused_line(called: Event, call: ToolCalled, refusal: ToolRefused) -> Line:
    """Return what a refused call tried to do, and why it was refused.

    Args:
        called: The event of the call.
        call: Its data.
        refusal: The refusal.
    """
    why = _REFUSALS.get(refusal.code, plain(refusal.code, 40))
    return Line(called.seq, called.time, "refused", f"tries {_tried(call)}: {why}", _written(call))


def _arguments(call: ToolCalled) -> dict[str, Any]:
    try:
        return msgspec.json.decode(call.arguments, type=dict[str, Any])
    except msgspec.DecodeError:
        return {}


def _tried(call: ToolCalled) -> str:
    tries = _TRIES.get(call.tool, f"to call {quoted(call.tool, 40)}")
    to = _arguments(call).get("to")
    if isinstance(to, list) and to:
        return f"{tries} to {listed(quoted(str(each), 60) for each in to)}"
    return tries


def _written(call: ToolCalled) -> str:
    """Return what a refused call would have said, or else its arguments."""
    arguments = _arguments(call)
    body = arguments.get("body")
    if isinstance(body, str):
        return telling(body, WRITTEN)
    return plain(call.arguments) if arguments else ""


_REFUSALS: Final = {
    "bad_arguments": "refused, the arguments do not fit",
    "unknown_tool": "refused, there is no such tool",
    "not_found": "refused, there is nothing of that name",
    "not_allowed": "refused, not allowed",
    "needs_approval": "refused, it needs an approval",
    "conflict": "refused, something else stands in the way",
    "too_large": "refused, too large",
    "unavailable": "refused, the system does not answer",
    "suspended": "refused, the seat is suspended",
}

_TRIES: Final = {
    "mail_list": "to list its mail",
    "mail_read": "to read a message",
    "mail_search": "to search its mail",
    "mail_send": "to send a message",
    "mail_reply": "to answer a message",
    "directory": "to look into the directory",
    **terminal_calendar.TRIES,
    **terminal_chat.TRIES,
    **terminal_documents.TRIES,
    **terminal_mail.TRIES,
    **terminal_seats.TRIES,
    **terminal_tickets.TRIES,
    **terminal_systems.TRIES,
}
