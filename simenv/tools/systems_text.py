"""How systems look to a reader."""

from __future__ import annotations

from typing import Any

from simenv.company.oneline import one_line
from simenv.company.systems import Job, System
from simenv.company.view import CompanyView


def line(system: System, view: CompanyView) -> str:
    """Return a system as it stands in a list."""
    own = system.level_of(view.person) or "none"
    owner = view.person_of(system.owner).name
    return f"{system.key}  {system.name}: {one_line(system.purpose, 140)} Owner: {owner}. Your access: {own}."


def lines_of(system: System, view: CompanyView) -> list[str]:
    """Return a system as a reader sees it."""
    found = [
        f"{system.name} ({system.key})",
        f"Purpose: {one_line(system.purpose, 600)}",
        f"Owner: {view.person_of(system.owner).label}",
    ]
    if system.on_call:
        found.append(f"On call: {view.person_of(system.on_call).label}")
    if system.deployments:
        last = system.deployments[-1]
        note = f": {one_line(last.note)}" if last.note else ""
        by = view.person_of(last.actor).name
        found.append(f"Release: {one_line(last.version, 60)}, since {view.stamp(last.time)} by {by}{note}")
    found.append(f"Your access: {system.level_of(view.person) or 'none'}")
    if system.jobs:
        found += ["Jobs:", *[f"  {_job(job, view)}" for job in system.jobs]]
    if system.settings:
        found += ["Settings:", *[f"  {name}: {one_line(value, 300)}" for name, value in system.settings]]
    return found


def grants_of(system: System, view: CompanyView) -> list[str]:
    """Return who may do what with a system, the owner first."""
    people = view.people_by_id
    others = [f"{level}  {people[person].label}" for person, level in system.grants if person != system.owner]
    return [f"admin  {people[system.owner].label}, owner", *others]


def typed(system: System, view: CompanyView) -> dict[str, Any]:
    """Return what everybody may know of a system as data."""
    return {
        "key": system.key,
        "name": system.name,
        "owner": view.person_of(system.owner).address,
        "access": system.level_of(view.person),
    }


def _job(job: Job, view: CompanyView) -> str:
    ran = "never ran" if job.last is None else f"last run {view.stamp(job.last)}"
    result = f": {one_line(job.result)}" if job.result else ""
    state = "enabled" if job.enabled else "disabled"
    return f"{job.key}  {job.name}, {one_line(job.rhythm, 80)}, {state}, {ran}{result}"
