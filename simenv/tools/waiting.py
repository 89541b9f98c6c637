"""Letting time pass, and ending the working day."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from simenv.core.calls import ToolResult, refused
from simenv.core.kinds.agent import SeatFinished, SeatWaited
from simenv.tools.base import Desk, tool

MINUTE = 60
_COST = 1


@tool("read", cost=_COST)
def wait_for(
    desk: Desk,
    minutes: Annotated[int, Meta(ge=1, le=1440)] = 60,
    sender: Annotated[str, Meta(max_length=320)] = "",
    thread: Annotated[str, Meta(max_length=80)] = "",
) -> ToolResult:
    """Do nothing until mail addressed to you arrives, or until the time is up. Urgent mail always ends the wait.

    Args:
        minutes: How long to wait at most.
        sender: Only mail from this address ends the wait; empty for anyone.
        thread: Only mail in this thread ends the wait; empty for any.
    """
    person = None
    if sender:
        found = desk.view.person_at(sender)
        if found is None:
            return refused("not_found", f"Nobody has the address {sender[:80]}.")
        person = found.id
    desk.emit(SeatWaited(desk.now + minutes * MINUTE, person or "", thread))
    return ToolResult(True, "ok", "", {"minutes": minutes}, _COST)


@tool("write", cost=_COST)
def finish(desk: Desk, note: Annotated[str, Meta(max_length=2_000)] = "") -> ToolResult:
    """End your working day. You are back next working morning, or when urgent mail comes.

    Args:
        note: A line for your own record; nobody else sees it.
    """
    desk.emit(SeatFinished("finish"))
    return ToolResult(True, "ok", "Your working day is over.", None, _COST)


TOOLS = (wait_for, finish)
