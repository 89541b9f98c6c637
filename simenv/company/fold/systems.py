"""Systems: what was done to them, and the line that each such thing leaves in the system's own log.

The log is part of the fold, so that nobody can do a thing to a system and leave it out. Erasing hides entries from
readers and is an entry itself; the events behind them stay.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from msgspec.structs import replace

from simenv.company.fold import news
from simenv.company.oneline import one_line
from simenv.company.state import Company
from simenv.company.systems import Alert, AlertState, Deployment, Level, Record, Severity, last_number, record_key
from simenv.core.event import Event
from simenv.core.kinds import systems as kinds

_SAID = 200
"""Characters of what somebody gave as a reason or note that stand in a log."""


def _raised(company: Company, event: Event, data: kinds.AlertRaised) -> None:
    alert = Alert(data.id, data.system, cast(Severity, data.severity), data.text, event.time)
    company.alerts.put_record(data.id, alert)
    _log(company, event, data.system, f"Alert, {data.severity}: {one_line(data.text, _SAID)}")
    system = company.systems[data.system]
    for person, seat in company.seats.items():
        if system.alarms(person) and data.id not in seat.fresh:
            seat.fresh = (*seat.fresh, data.id)


def _alert(company: Company, event: Event, data: kinds.AlertChanged) -> None:
    alert = company.alerts[data.id]
    new = replace(alert, state=cast(AlertState, data.state), by=event.actor, note=data.note)
    company.alerts.put_record(data.id, new)
    note = f": {one_line(data.note, _SAID)}" if data.note else ""
    _log(company, event, alert.system, f"{_who(company, event)} {data.state} '{one_line(alert.text, 80)}'{note}")


def _ran(company: Company, event: Event, data: kinds.JobRun) -> None:
    _set_job(company, data.system, data.job, last=event.time, result=data.result)
    result = f": {one_line(data.result, _SAID)}" if data.result else ""
    _log(company, event, data.system, f"{_who(company, event)} ran {_job(company, data.system, data.job)}{result}")


def _switched(company: Company, event: Event, data: kinds.JobChanged) -> None:
    _set_job(company, data.system, data.job, enabled=data.enabled)
    did = "enabled" if data.enabled else "disabled"
    _log(company, event, data.system, f"{_who(company, event)} {did} {_job(company, data.system, data.job)}")


def _asked(company: Company, event: Event, data: kinds.AccessAsked) -> None:
    reason = one_line(data.reason, _SAID)
    _log(company, event, data.system, f"{_who(company, event)} asked for {data.level} access: {reason}")


def _granted(company: Company, event: Event, data: kinds.AccessGranted) -> None:
    system = company.systems[data.system]
    grants = dict(system.grants) | {data.person: cast(Level, data.level)}
    company.systems.put_record(data.system, replace(system, grants=tuple(grants.items())))
    to = _name(company, data.person)
    _log(company, event, data.system, f"{_who(company, event)} granted {to} {data.level} access")


def _revoked(company: Company, event: Event, data: kinds.AccessRevoked) -> None:
    system = company.systems[data.system]
    grants = tuple([grant for grant in system.grants if grant[0] != data.person])
    company.systems.put_record(data.system, replace(system, grants=grants))
    whose = _name(company, data.person)
    _log(company, event, data.system, f"{_who(company, event)} revoked the access of {whose}")


def _deployed(company: Company, event: Event, data: kinds.VersionDeployed) -> None:
    system = company.systems[data.system]
    deployment = Deployment(data.release, event.time, event.actor, data.note)
    company.systems.put_record(data.system, replace(system, deployments=(*system.deployments, deployment)))
    note = f": {one_line(data.note, _SAID)}" if data.note else ""
    _log(company, event, data.system, f"{_who(company, event)} deployed {one_line(data.release, 60)}{note}")


def _set(company: Company, event: Event, data: kinds.SettingChanged) -> None:
    system = company.systems[data.system]
    settings = dict(system.settings) | {data.setting: data.value}
    company.systems.put_record(data.system, replace(system, settings=tuple(settings.items())))
    value = one_line(data.value, _SAID) or "nothing"
    _log(company, event, data.system, f"{_who(company, event)} set {one_line(data.setting, 80)} to {value}")


def _viewed(company: Company, event: Event, data: kinds.LogViewed) -> None:
    _log(company, event, data.system, f"{_who(company, event)} viewed the log")


def _erased(company: Company, event: Event, data: kinds.LogErased) -> None:
    system = company.systems[data.system]
    removed = tuple(sorted({*system.removed, *data.numbers}))
    company.systems.put_record(data.system, replace(system, removed=removed))
    what = "entry" if len(data.numbers) == 1 else "entries"
    numbers = ", ".join(map(str, data.numbers))
    _log(company, event, data.system, f"{_who(company, event)} erased {what} {numbers} of this log")


def _written(company: Company, event: Event, data: kinds.LogWritten) -> None:
    _log(company, event, data.system, one_line(data.text, 400), data.person, data.number)


def _set_job(company: Company, id: str, key: str, **fields: Any) -> None:
    system = company.systems[id]
    jobs = tuple([replace(job, **fields) if job.key == key else job for job in system.jobs])
    company.systems.put_record(id, replace(system, jobs=jobs))


def _log(company: Company, event: Event, id: str, text: str, actor: str = "", number: int = 0) -> None:
    """Write an entry; its number is the next one, or a later one if the event names it: none is written twice."""
    system = company.systems[id]
    number = max(number, last_number(system, company.records) + 1)
    record = Record(id, number, event.time, actor or event.actor, text, event.seq)
    company.records.put_record(record_key(id, number), record)
    company.systems.put_record(id, replace(system, entries=number))


def _who(company: Company, event: Event) -> str:
    return _name(company, event.actor)


def _name(company: Company, person: str) -> str:
    """Return a person's name; what happens by itself is done by the scheduler."""
    found = company.opening.people.get(person)
    return found.name if found is not None else "The scheduler"


def _job(company: Company, system: str, key: str) -> str:
    return next((job.name for job in company.systems[system].jobs if job.key == key), key)


WRITERS: Final[dict[str, Callable[[Company, Event, Any], None]]] = {
    "alert.raised": _raised,
    "alert.changed": _alert,
    "alert.notified": news.told,
    "job.run": _ran,
    "job.changed": _switched,
    "access.asked": _asked,
    "access.granted": _granted,
    "access.revoked": _revoked,
    "version.deployed": _deployed,
    "setting.changed": _set,
    "log.viewed": _viewed,
    "log.erased": _erased,
    "log.written": _written,
}
