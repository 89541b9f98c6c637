"""Letting time pass, and ending the working day."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from simenv.core.calls import ToolResult, refused
from simenv.core.kinds.agent import SeatFinished, SeatWaited
from simenv.tools.base import Desk, tool
from simenv.tools.times import Time, read_time, time_problem

MINUTE = 60
_COST = 1


@tool("read", cost=_COST)
def wait(desk: Desk, minutes: Annotated[int, Meta(ge=1, le=600)]) -> ToolResult:
    """Do nothing for a while. Whatever arrives for you, in mail, chat, calendar, tickets or alerts, ends the wait.

    Args:
        minutes: How long to wait at most.
    """
    return _wait(desk, desk.now + minutes * MINUTE)


@tool("read", cost=_COST)
def wait_until(desk: Desk, time: Time) -> ToolResult:
    """Do nothing until a time. Whatever arrives for you, in mail, chat, calendar, tickets or alerts, ends the wait.

    Args:
        time: Until when, such as "14:00", "tomorrow 09:00" or "Wed 10:30".
    """
    until = read_time(time, desk.view, desk.now)
    if until is None:
        return refused("bad_arguments", f"wait_until: {time_problem(time, desk.view, desk.now)}")
    if until <= desk.now:
        now = desk.view.stamp(desk.now)
        return refused("bad_arguments", f"wait_until: {desk.view.stamp(until)} is past; it is {now}.")
    return _wait(desk, until)


@tool("read", cost=_COST)
def wait_for(
    desk: Desk,
    minutes: Annotated[int, Meta(ge=1, le=1440)] = 60,
    sender: Annotated[str, Meta(max_length=320)] = "",
    thread: Annotated[str, Meta(max_length=80)] = "",
    kind: Literal["any", "mail", "chat", "meeting", "ticket", "alert"] = "any",
) -> ToolResult:
    """Do nothing until something addressed to you arrives, or until the time is up.

    Urgent mail and critical alerts always end the wait.

    Args:
        minutes: How long to wait at most.
        sender: Only what comes from this address ends the wait.
        thread: Only this mail thread, chat channel, ticket or meeting does.
        kind: Only this sort of thing does.
    """
    person = None
    if sender:
        found = desk.view.person_at(sender)
        if found is None:
            return refused("not_found", f"Nobody has the address {sender[:80]}.")
        person = found.id
    sort = "" if kind == "any" else kind
    return _wait(desk, desk.now + minutes * MINUTE, person or "", _thread(desk, thread), sort)


@tool("write", cost=_COST)
def finish(desk: Desk, note: Annotated[str, Meta(max_length=2_000)] = "") -> ToolResult:
    """End your working day. You are back next working morning, or when something urgent comes.

    Args:
        note: A line for your own record; nobody else sees it.
    """
    desk.emit(SeatFinished("finish"))
    return ToolResult(True, "ok", "Your working day is over.", None, _COST)


def _wait(desk: Desk, until: int, sender: str = "", thread: str = "", sort: str = "") -> ToolResult:
    desk.emit(SeatWaited(until, sender, thread, sort))
    return ToolResult(True, "ok", "", {"minutes": -(-(until - desk.now) // MINUTE)}, _COST)


def _thread(desk: Desk, name: str) -> str:
    """Return the id behind the name of a channel or the number of a ticket; ids stay what they are."""
    if name.startswith("#"):
        try:
            channel = desk.view.chat.channel(name)
        except PermissionError:
            return name
        return channel.id if channel is not None else name
    ticket = desk.view.tickets.find(name) if name else None
    return ticket.id if ticket is not None else name


TOOLS = (wait, wait_until, wait_for, finish)
