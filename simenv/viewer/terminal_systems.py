"""What is done to systems, in short sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from simenv.core.event import Event
from simenv.core.kinds import systems as kinds
from simenv.viewer.terminal_doings import Said, did, looked
from simenv.viewer.terminal_names import Names
from simenv.viewer.terminal_text import counted, plain, quoted


def _system(names: Names, id: str) -> str:
    found = names.company.systems.get(id)
    return plain(found.name if found is not None else id, 60)


def _job(names: Names, system: str, key: str) -> str:
    found = names.company.systems.get(system)
    jobs = {job.key: job.name for job in found.jobs} if found is not None else {}
    return f"{quoted(jobs.get(key, key), 60)} on {_system(names, system)}"


def _raised(names: Names, event: Event, data: kinds.AlertRaised) -> Said:
    system = names.company.systems.get(data.system)
    text = f"{plain(data.severity, 40)} alert of {_system(names, data.system)}: {quoted(data.text)}"
    return ("mail" if system is not None and system.alarms(names.seat) else "aside"), text, ""


def _alert(names: Names, event: Event, data: kinds.AlertChanged) -> Said:
    alert = names.company.alerts.get(data.id)
    what = quoted(alert.text if alert is not None else data.id)
    return did(names, event, f"makes the alert {what} {plain(data.state, 40)}", data.note)


def _alerts(names: Names, event: Event, data: kinds.AlertListed) -> Said:
    return looked(names, event, f"looks through alerts ({counted(len(data.ids), 'alert')})")


def _ran(names: Names, event: Event, data: kinds.JobRun) -> Said:
    job, result = _job(names, data.system, data.job), quoted(data.result)
    if event.actor not in names.company.opening.people:
        return "aside", f"{job} runs: {result}", ""
    return did(names, event, f"runs {job}: {result}")


def _switched(names: Names, event: Event, data: kinds.JobChanged) -> Said:
    return did(names, event, f"{'enables' if data.enabled else 'disables'} {_job(names, data.system, data.job)}")


def _systems(names: Names, event: Event, data: kinds.SystemListed) -> Said:
    return looked(names, event, f"looks through the systems ({counted(len(data.ids), 'system')})")


def _viewed(names: Names, event: Event, data: kinds.SystemViewed) -> Said:
    return looked(names, event, f"looks at {_system(names, data.system)}")


def _access(names: Names, event: Event, data: kinds.AccessViewed) -> Said:
    return looked(names, event, f"looks who has access to {_system(names, data.system)}")


def _asked(names: Names, event: Event, data: kinds.AccessAsked) -> Said:
    text = f"asks for {plain(data.level, 40)} access to {_system(names, data.system)}"
    return did(names, event, text, data.reason)


def _granted(names: Names, event: Event, data: kinds.AccessGranted) -> Said:
    whom = "itself" if data.person == event.actor == names.seat else names.name(data.person)
    return did(names, event, f"gives {whom} {plain(data.level, 40)} access to {_system(names, data.system)}")


def _revoked(names: Names, event: Event, data: kinds.AccessRevoked) -> Said:
    return did(names, event, f"takes the access to {_system(names, data.system)} from {names.name(data.person)}")


def _deployed(names: Names, event: Event, data: kinds.VersionDeployed) -> Said:
    return did(names, event, f"deploys {quoted(data.release, 60)} to {_system(names, data.system)}", data.note)


def _set(names: Names, event: Event, data: kinds.SettingChanged) -> Said:
    what = f"{plain(data.setting, 60)} of {_system(names, data.system)}"
    return did(names, event, f"sets {what} to {quoted(data.value, 60)}")


def _log(names: Names, event: Event, data: kinds.LogViewed) -> Said:
    return looked(names, event, f"looks at the log of {_system(names, data.system)}")


def _erased(names: Names, event: Event, data: kinds.LogErased) -> Said:
    text = f"erases {counted(len(data.numbers), 'entry', 'entries')} of the log of {_system(names, data.system)}"
    return did(names, event, text)


def _written(names: Names, event: Event, data: kinds.LogWritten) -> Said:
    return "aside", f"{_system(names, data.system)} records: {quoted(data.text)}", ""


SAY: Final[dict[type, Callable[[Names, Event, Any], Said]]] = {
    kinds.AccessAsked: _asked,
    kinds.AccessGranted: _granted,
    kinds.AccessRevoked: _revoked,
    kinds.AccessViewed: _access,
    kinds.AlertChanged: _alert,
    kinds.AlertListed: _alerts,
    kinds.AlertRaised: _raised,
    kinds.JobChanged: _switched,
    kinds.JobRun: _ran,
    kinds.LogErased: _erased,
    kinds.LogViewed: _log,
    kinds.LogWritten: _written,
    kinds.SettingChanged: _set,
    kinds.SystemListed: _systems,
    kinds.SystemViewed: _viewed,
    kinds.VersionDeployed: _deployed,
}
"""Kind of event -> what it means."""

TRIES: Final = {
    "access_ask": "to ask for access to a system",
    "access_grant": "to give somebody access to a system",
    "access_list": "to see who has access to a system",
    "access_revoke": "to take somebody's access to a system away",
    "alert_acknowledge": "to acknowledge an alert",
    "alert_list": "to list alerts",
    "alert_resolve": "to resolve an alert",
    "job_run": "to run a job",
    "job_switch": "to switch a job",
    "log_erase": "to erase entries of a log",
    "log_view": "to look at a log",
    "release_deploy": "to deploy a release",
    "setting_change": "to change a setting",
    "system_list": "to list the systems",
    "system_view": "to look at a system",
}
"""Tool -> what a call of it that did not run was meant to do."""
