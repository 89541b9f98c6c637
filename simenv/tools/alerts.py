"""Alerts: list, acknowledge, resolve."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from simenv.company.oneline import one_line
from simenv.company.systems import Alert
from simenv.core.calls import ToolResult, refused
from simenv.core.errors import near_miss
from simenv.core.kinds.mail import AccessDenied
from simenv.core.kinds.systems import AlertChanged, AlertListed
from simenv.tools.alerts_text import line, typed
from simenv.tools.base import Desk, tool
from simenv.tools.pages import Page, listed
from simenv.tools.systems import Note, denied, find_system

PAGE = 10
_LIST, _SETTLE = 30, 60
"""Simulated seconds each takes."""

Id = Annotated[str, Meta(min_length=1, max_length=80)]
OptionalName = Annotated[str, Meta(max_length=120)]


@tool("read", cost=_LIST)
def alert_list(
    desk: Desk,
    system: OptionalName = "",
    state: Literal["open", "acknowledged", "resolved", "any"] = "open",
    page: Page = 1,
) -> ToolResult:
    """List alerts of the systems you may read, newest first, ten a page.

    Args:
        system: Key or name; empty for all.
        state: Which ones.
        page: From 1.
    """
    only = ""
    if system.strip():
        found = find_system(desk, system)
        if isinstance(found, ToolResult):
            return found
        if not desk.view.systems.sees_alerts(found):
            return denied(desk, found, "read")
        only = found.id
    alerts = desk.view.systems.alerts(only, "" if state == "any" else state)
    shown = alerts[(page - 1) * PAGE : page * PAGE]
    desk.emit(AlertListed(tuple([each.id for each in shown])))
    lines, data = [line(each, desk.view) for each in shown], [typed(each, desk.view) for each in shown]
    return listed(lines, data, page, _LIST, more=len(alerts) > page * PAGE, nothing="No such alert.")


@tool("write", cost=_SETTLE)
def alert_acknowledge(desk: Desk, id: Id, note: Note = "") -> ToolResult:
    """Say that you look after an alert. Needs write access, or being on call.

    Args:
        id: The alert's id.
        note: What you know so far.
    """
    return _settle(desk, id, "acknowledged", note)


@tool("write", cost=_SETTLE)
def alert_resolve(desk: Desk, id: Id, note: Note = "") -> ToolResult:
    """Close an alert for good. Needs write access, or being on call.

    Args:
        id: The alert's id.
        note: What was done.
    """
    return _settle(desk, id, "resolved", note)


def _settle(desk: Desk, id: str, state: Literal["acknowledged", "resolved"], note: str) -> ToolResult:
    alert = _find(desk, id)
    if isinstance(alert, ToolResult):
        return alert
    system = desk.view.systems.of(alert)
    if not system.alarms(desk.person):
        return denied(desk, system, "write")
    if alert.state in (state, "resolved"):
        by = f" by {desk.view.person_of(alert.by).name}" if alert.by else ""
        return refused("conflict", f"{id} is {alert.state} already{by}.")
    desk.emit(AlertChanged(id, state, note))
    return ToolResult(True, "ok", f"{id} is {state}.", {"id": id, "state": state}, _SETTLE)


def _find(desk: Desk, id: str) -> Alert | ToolResult:
    """Return an alert the seat may see, or the refusal."""
    systems = desk.view.systems
    try:
        found = systems.alert(id)
    except PermissionError:
        desk.emit(AccessDenied(id))
        return refused("not_allowed", f"{id} is of a system you have no read access to.")
    if found is not None:
        return found
    near = near_miss(id, [each.id for each in systems.alerts()])
    hint = f"Did you mean {near}?" if near else "Ids come from alert_list."
    return refused("not_found", f"There is no alert {one_line(id, 40)}. {hint}")


TOOLS = (alert_list, alert_acknowledge, alert_resolve)
