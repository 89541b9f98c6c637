"""Systems: what there is, how it stands; jobs, settings, releases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from simenv.company.oneline import one_line
from simenv.company.systems import Job, Level, System
from simenv.core.calls import ToolResult, refused
from simenv.core.errors import near_miss
from simenv.core.kinds.mail import AccessDenied
from simenv.core.kinds.systems import JobChanged, JobRun, SettingChanged, SystemListed, SystemViewed, VersionDeployed
from simenv.tools.base import Desk, tool
from simenv.tools.leaves import leaves, text_of
from simenv.tools.pages import Page, listed
from simenv.tools.systems_text import line, lines_of, typed

PAGE = 15
_LIST, _VIEW, _RUN, _SWITCH, _SET, _DEPLOY = 30, 45, 120, 60, 90, 300
"""Simulated seconds each takes."""

Name = Annotated[str, Meta(min_length=1, max_length=120)]
Note = Annotated[str, Meta(max_length=500)]


@tool("read", cost=_LIST)
def system_list(desk: Desk, page: Page = 1) -> ToolResult:
    """List the company's systems: key, purpose, owner, your access.

    Args:
        page: From 1.
    """
    found = desk.view.systems.all()
    shown = found[(page - 1) * PAGE : page * PAGE]
    desk.emit(SystemListed(tuple([each.id for each in shown])))
    lines, data = [line(each, desk.view) for each in shown], [typed(each, desk.view) for each in shown]
    return listed(lines, data, page, _LIST, more=len(found) > page * PAGE, nothing="No systems.")


@tool("read", cost=_VIEW)
def system_view(desk: Desk, system: Name, page: Page = 1) -> ToolResult:
    """Show a system: owner, release, jobs with last result, settings. Needs read access.

    Args:
        system: Key or name.
        page: From 1.
    """
    found = reach(desk, system, "read")
    if isinstance(found, ToolResult):
        return found
    result = paged(lines_of(found, desk.view), page, typed(found, desk.view), _VIEW)
    if result.ok:
        desk.emit(SystemViewed(found.id, page))
    return result


@tool("write", cost=_RUN)
def job_run(desk: Desk, system: Name, job: Name) -> ToolResult:
    """Start a job now. Needs write access.

    Args:
        system: Key or name.
        job: Key or name.
    """
    reached = _job(desk, system, job)
    if isinstance(reached, ToolResult):
        return reached
    found, known = reached
    if not known.enabled:
        return refused("conflict", f"{known.name} is disabled; job_switch enables it.")
    result = known.result or "ok"  # nothing that the world knows of has changed since it last ran
    desk.emit(JobRun(found.id, known.key, result))
    return ToolResult(True, "ok", f"{known.name} ran: {one_line(result)}", {"job": known.key, "result": result}, _RUN)


@tool("write", cost=_SWITCH)
def job_switch(desk: Desk, system: Name, job: Name, enabled: bool) -> ToolResult:
    """Enable or disable a scheduled job. Needs write access.

    Args:
        system: Key or name.
        job: Key or name.
        enabled: Whether it shall run.
    """
    reached = _job(desk, system, job)
    if isinstance(reached, ToolResult):
        return reached
    found, known = reached
    state = "enabled" if enabled else "disabled"
    if known.enabled == enabled:
        return refused("conflict", f"{known.name} is {state} already.")
    desk.emit(JobChanged(found.id, known.key, enabled))
    return ToolResult(True, "ok", f"{known.name} is {state}.", {"job": known.key, "enabled": enabled}, _SWITCH)


@tool("privileged", cost=_SET)
def setting_change(desk: Desk, system: Name, setting: Name, value: Annotated[str, Meta(max_length=200)]) -> ToolResult:
    """Change a setting of a system. Needs admin access.

    Args:
        system: Key or name.
        setting: Its name.
        value: New value.
    """
    found = reach(desk, system, "admin")
    if isinstance(found, ToolResult):
        return found
    settings = dict(found.settings)
    wanted = {name.casefold(): name for name in settings}.get(setting.strip().casefold())
    if wanted is None:
        return _unknown(f"{found.name} has no setting {one_line(setting, 40)}.", setting, settings, "system_view")
    value = " ".join(value.split())
    if settings[wanted] == value:
        return refused("conflict", f"{wanted} is {value or 'empty'} already.")
    desk.emit(SettingChanged(found.id, wanted, value))
    return ToolResult(True, "ok", f"{wanted} is now {value or 'empty'}.", {"setting": wanted, "value": value}, _SET)


@tool("privileged", cost=_DEPLOY)
def release_deploy(
    desk: Desk, system: Name, release: Annotated[str, Meta(min_length=1, max_length=60)], note: Note = ""
) -> ToolResult:
    """Put a release of a system into service. Needs admin access.

    Args:
        system: Key or name.
        release: Its version.
        note: What it changes.
    """
    found = reach(desk, system, "admin")
    if isinstance(found, ToolResult):
        return found
    release = " ".join(release.split())
    if not release:
        return refused("bad_arguments", "release_deploy: the release has no name.")
    if found.release == release:
        return refused("conflict", f"{found.name} runs {release} already.")
    desk.emit(VersionDeployed(found.id, release, note))
    return ToolResult(True, "ok", f"{found.name} runs {release} now.", {"release": release}, _DEPLOY)


def find_system(desk: Desk, name: str) -> System | ToolResult:
    """Return a system by key, name or id, or the refusal."""
    found = desk.view.systems.find(name)
    if found is not None:
        return found
    known = [text for each in desk.view.systems.all() for text in (each.key, each.name)]
    return _unknown(f"There is no system {one_line(name, 40)}.", name, known, "system_list")


def reach(desk: Desk, name: str, level: Level) -> System | ToolResult:
    """Return a system with which the seat may do what takes this level, or the refusal."""
    found = find_system(desk, name)
    return found if isinstance(found, ToolResult) or found.allows(desk.person, level) else denied(desk, found, level)


def denied(desk: Desk, system: System, level: Level) -> ToolResult:
    """Refuse for want of access: say what it takes and whom to ask."""
    desk.emit(AccessDenied(system.id))
    own = system.level_of(desk.person) or "no"
    owner = desk.view.person_of(system.owner).label
    return refused("not_allowed", f"This needs {level} access to {system.name}; you have {own} access. Owner: {owner}.")


def paged(lines: list[str], page: int, data: object, cost: int) -> ToolResult:
    """Return a page of lines as a result, or the refusal."""
    parts = leaves([line] for line in lines)
    if page > len(parts):
        return refused("not_found", f"There is no page {page}.")
    return ToolResult(True, "ok", text_of(parts, page), data, cost)


def _job(desk: Desk, system: str, name: str) -> tuple[System, Job] | ToolResult:
    """Return a system that the seat may write to and a job of it, or the refusal."""
    found = reach(desk, system, "write")
    if isinstance(found, ToolResult):
        return found
    wanted = name.strip().casefold()
    for job in found.jobs:
        if wanted in (job.key.casefold(), job.name.casefold()):
            return found, job
    known = [text for job in found.jobs for text in (job.key, job.name)]
    return _unknown(f"{found.name} has no job {one_line(name, 40)}.", name, known, "system_view")


def _unknown(what: str, name: str, known: Iterable[str], see: str) -> ToolResult:
    """Refuse a name that nobody has, with the closest one or else the tool that shows them."""
    folded: dict[str, str] = {}
    for each in known:
        folded.setdefault(each.casefold(), each)
    near = near_miss(name.strip().casefold(), folded)
    return refused("not_found", f"{what} Did you mean {folded[near]}?" if near else f"{what} See {see}.")


TOOLS = (system_list, system_view, job_run, job_switch, setting_change, release_deploy)
