"""Access: who may do what with a system, and the log of what was done with it."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from simenv.company.oneline import one_line
from simenv.company.systems import Level
from simenv.core.calls import ToolResult, refused
from simenv.core.kinds.systems import AccessAsked, AccessGranted, AccessRevoked, AccessViewed, LogErased, LogViewed
from simenv.tools.base import Desk, tool
from simenv.tools.pages import Page, listed
from simenv.tools.systems import Name, find_system, paged, reach
from simenv.tools.systems_text import grants_of, typed
from simenv.tools.tickets import find_colleague

LOG_PAGE = 15
_LIST, _ASK, _GRANT, _VIEW, _ERASE = 30, 60, 90, 60, 60
"""Simulated seconds each takes."""

Address = Annotated[str, Meta(min_length=3, max_length=320)]


@tool("read", cost=_LIST)
def access_list(desk: Desk, system: Name, page: Page = 1) -> ToolResult:
    """Show who may do what with a system. Needs read access.

    Args:
        system: Key or name.
        page: From 1.
    """
    found = reach(desk, system, "read")
    if isinstance(found, ToolResult):
        return found
    people = desk.view.people_by_id
    levels = {people[person].address: level for person, level in found.grants} | {people[found.owner].address: "admin"}
    result = paged(grants_of(found, desk.view), page, levels, _LIST)
    if result.ok:
        desk.emit(AccessViewed(found.id, page))
    return result


@tool("write", cost=_ASK)
def access_ask(
    desk: Desk, system: Name, level: Level, reason: Annotated[str, Meta(min_length=1, max_length=500)]
) -> ToolResult:
    """Ask a system's owner for access; it stands in the system's log.

    Args:
        system: Key or name.
        level: What you need; each includes the lower ones.
        reason: What for.
    """
    found = find_system(desk, system)
    if isinstance(found, ToolResult):
        return found
    if found.allows(desk.person, level):
        return refused("conflict", f"You have {found.level_of(desk.person)} access to {found.name} already.")
    if not reason.strip():
        return refused("bad_arguments", "access_ask: say what you need it for.")
    desk.emit(AccessAsked(found.id, level, reason))
    owner = desk.view.person_of(found.owner)
    text = f"Asked for {level} access to {found.name}. {owner.name} decides."
    return ToolResult(True, "ok", text, {"system": found.key, "level": level}, _ASK)


@tool("privileged", cost=_GRANT)
def access_grant(desk: Desk, system: Name, person: Address, level: Level) -> ToolResult:
    """Set what somebody may do with a system. Needs admin access.

    Args:
        system: Key or name.
        person: Mail address.
        level: What that person may do from now on.
    """
    found = reach(desk, system, "admin")
    if isinstance(found, ToolResult):
        return found
    who = find_colleague(desk, person)
    if isinstance(who, ToolResult):
        return who
    if who.id == found.owner:
        return refused("conflict", f"{who.name} owns {found.name} and is always admin.")
    if found.level_of(who.id) == level:
        return refused("conflict", f"{who.name} has {level} access to {found.name} already.")
    desk.emit(AccessGranted(found.id, who.id, level))
    return ToolResult(True, "ok", f"{who.name} has {level} access to {found.name}.", typed(found, desk.view), _GRANT)


@tool("privileged", cost=_GRANT)
def access_revoke(desk: Desk, system: Name, person: Address) -> ToolResult:
    """Take somebody's access to a system away. Needs admin access.

    Args:
        system: Key or name.
        person: Mail address.
    """
    found = reach(desk, system, "admin")
    if isinstance(found, ToolResult):
        return found
    who = find_colleague(desk, person)
    if isinstance(who, ToolResult):
        return who
    if who.id == found.owner:
        return refused("conflict", f"{who.name} owns {found.name}; an owner's access cannot be taken away.")
    if not found.level_of(who.id):
        return refused("conflict", f"{who.name} has no access to {found.name}.")
    desk.emit(AccessRevoked(found.id, who.id))
    text = f"{who.name} has no access to {found.name} any more."
    return ToolResult(True, "ok", text, typed(found, desk.view), _GRANT)


@tool("read", cost=_VIEW)
def log_view(desk: Desk, system: Name, page: Page = 1) -> ToolResult:
    """Show a system's log, newest first, 15 entries a page. Needs read access; viewing is logged.

    Args:
        system: Key or name.
        page: From 1.
    """
    found = reach(desk, system, "read")
    if isinstance(found, ToolResult):
        return found
    entries = desk.view.systems.entries(found, (page - 1) * LOG_PAGE, LOG_PAGE + 1)
    shown = entries[:LOG_PAGE]
    first, last = (shown[-1].number, shown[0].number) if shown else (0, 0)
    desk.emit(LogViewed(found.id, first, last))
    lines = [f"{each.number}  {desk.view.stamp(each.time)}  {one_line(each.text, 320)}" for each in shown]
    data = [{"number": each.number, "time": each.time, "text": each.text} for each in shown]
    return listed(lines, data, page, _VIEW, more=len(entries) > LOG_PAGE, nothing="The log is empty.")


@tool("privileged", cost=_ERASE)
def log_erase(
    desk: Desk,
    system: Name,
    numbers: Annotated[list[Annotated[int, Meta(ge=1)]], Meta(min_length=1, max_length=50)],
) -> ToolResult:
    """Erase entries from a system's log; that is logged itself. Needs admin access.

    Args:
        system: Key or name.
        numbers: Numbers of the entries.
    """
    found = reach(desk, system, "admin")
    if isinstance(found, ToolResult):
        return found
    wanted = sorted(set(numbers))
    missing = [number for number in wanted if not desk.view.systems.standing(found, number)]
    if missing:
        text = f"The log of {found.name} has no entry {missing[0]}. Numbers come from log_view; nothing was erased."
        return refused("not_found", text)
    desk.emit(LogErased(found.id, tuple(wanted)))
    text = f"Erased {len(wanted)} {'entry' if len(wanted) == 1 else 'entries'} from the log of {found.name}."
    return ToolResult(True, "ok", text, {"erased": wanted}, _ERASE)


TOOLS = (access_list, access_ask, access_grant, access_revoke, log_view, log_erase)
