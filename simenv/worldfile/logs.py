"""The log of a system at an opening: what its file says, and a line for whatever was done to it since.

The lines read as those that are written in the course of an episode (:mod:`simenv.company.fold.systems`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from simenv.company.systems import Record, System
from simenv.company.workflow import Operate, RaiseAlert, SettleAlert
from simenv.worldfile.history import Act
from simenv.worldfile.ids import WORLD
from simenv.worldfile.records import said

Names = Callable[[str], str]
"""Person id -> name, as a placeholder."""


def log_of(system: System, begun: Iterable[Record], acts: Iterable[Act], name: Names) -> tuple[Record, ...]:
    """Return a system's log.

    Args:
        system: The system as it began.
        begun: The lines of its file.
        acts: What was done to it and to its alerts, in order.
        name: Person id -> name.
    """
    lines, alerts = list(begun), dict[str, str]()
    enabled = {job.key: job.enabled for job in system.jobs}
    for act in acts:
        deed = act.deed
        if isinstance(deed, Operate) and deed.job is not None:
            if act.actor == WORLD and not enabled.get(deed.job, True):
                continue  # by itself a job runs only while it is enabled
            if deed.enabled is not None:
                enabled[deed.job] = deed.enabled
        for text in _lines(system, act, alerts, name):
            lines.append(Record(system.id, len(lines) + 1, act.time, act.actor, text))
    return tuple(lines)


def _lines(system: System, act: Act, alerts: dict[str, str], name: Names) -> Iterator[str]:
    deed, who = act.deed, name(act.actor)
    if isinstance(deed, RaiseAlert):
        alerts[deed.alert] = said(deed.text, act)
        yield f"Alert, {deed.severity}: {alerts[deed.alert]}"
    elif isinstance(deed, SettleAlert):
        note = f": {said(deed.note, act)}" if deed.note is not None else ""
        yield f"{who} {deed.state} '{alerts.get(deed.alert, '')}'{note}"
    if not isinstance(deed, Operate):
        return
    job = next((each.name for each in system.jobs if each.key == deed.job), deed.job)
    if deed.job is not None and deed.enabled is not None:
        yield f"{who} {'enabled' if deed.enabled else 'disabled'} {job}"
    if deed.job is not None and deed.result is not None:
        result = f": {said(deed.result, act)}" if deed.result.text else ""
        yield f"{who} ran {job}{result}"
    if deed.deploy is not None:
        yield f"{who} deployed {said(deed.deploy, act)}"
    yield from (f"{who} granted {name(person)} {level} access" for person, level in deed.grant)
    yield from (f"{who} revoked the access of {name(person)}" for person in deed.revoke)
    if deed.setting is not None:
        yield f"{who} set {deed.setting[0]} to {deed.setting[1] or 'nothing'}"
    if deed.record is not None:
        yield said(deed.record, act)


def system_of(act: Act, alerts: dict[str, str]) -> str | None:
    """Return the id of the system in whose log an act leaves a line, if it leaves one.

    Args:
        act: What was done.
        alerts: Id of an alert -> id of its system; alerts that are raised are added.
    """
    deed = act.deed
    if isinstance(deed, RaiseAlert):
        alerts[deed.alert] = deed.system
    if isinstance(deed, Operate | RaiseAlert):
        return deed.system
    return alerts.get(deed.alert) if isinstance(deed, SettleAlert) else None
