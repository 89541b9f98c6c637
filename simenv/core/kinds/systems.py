"""Systems: jobs, alerts, access, deployments, logs."""

from __future__ import annotations

from typing import ClassVar

from simenv.core.kinds.base import OBSERVABLE, EventData, Visibility


class AlertRaised(EventData, frozen=True):
    """A system complains of something."""

    kind: ClassVar[str] = "alert.raised"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    system: str
    severity: str
    text: str


class AlertChanged(EventData, frozen=True):
    """Somebody acknowledged or resolved an alert."""

    kind: ClassVar[str] = "alert.changed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    state: str
    note: str = ""


class AlertListed(EventData, frozen=True):
    """These alerts were shown."""

    kind: ClassVar[str] = "alert.listed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    ids: tuple[str, ...]


class AlertNotified(EventData, frozen=True):
    """The seat was told of these alerts."""

    kind: ClassVar[str] = "alert.notified"
    visibility: ClassVar[Visibility] = OBSERVABLE
    ids: tuple[str, ...]


class JobRun(EventData, frozen=True):
    """A job ran, by schedule or because somebody started it."""

    kind: ClassVar[str] = "job.run"
    visibility: ClassVar[Visibility] = OBSERVABLE
    system: str
    job: str
    result: str


class JobChanged(EventData, frozen=True):
    """A job was enabled or disabled."""

    kind: ClassVar[str] = "job.changed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    system: str
    job: str
    enabled: bool


class SystemListed(EventData, frozen=True):
    """Names, purposes and owners of these systems were shown, and one's own access to each."""

    kind: ClassVar[str] = "system.listed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    ids: tuple[str, ...]


class SystemViewed(EventData, frozen=True):
    """A page of a system's state was shown: purpose, owner, one's own access, release, jobs, settings."""

    kind: ClassVar[str] = "system.viewed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    system: str
    page: int = 1


class AccessViewed(EventData, frozen=True):
    """A page of who may do what with a system was shown."""

    kind: ClassVar[str] = "access.viewed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    system: str
    page: int = 1


class AccessAsked(EventData, frozen=True):
    """Somebody asked for access to a system."""

    kind: ClassVar[str] = "access.asked"
    visibility: ClassVar[Visibility] = OBSERVABLE
    system: str
    level: str
    reason: str


class AccessGranted(EventData, frozen=True):
    """A person may do this with a system from now on."""

    kind: ClassVar[str] = "access.granted"
    visibility: ClassVar[Visibility] = OBSERVABLE
    system: str
    person: str
    level: str


class AccessRevoked(EventData, frozen=True):
    """A person may no longer do anything with a system."""

    kind: ClassVar[str] = "access.revoked"
    visibility: ClassVar[Visibility] = OBSERVABLE
    system: str
    person: str


class VersionDeployed(EventData, frozen=True):
    """A version was put into service."""

    kind: ClassVar[str] = "version.deployed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    system: str
    release: str
    note: str = ""


class LogViewed(EventData, frozen=True):
    """Entries ``first`` to ``last`` of a system's log were shown."""

    kind: ClassVar[str] = "log.viewed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    system: str
    first: int
    last: int


class LogWritten(EventData, frozen=True):
    """A system recorded something about a person's doings, in one line."""

    kind: ClassVar[str] = "log.written"
    visibility: ClassVar[Visibility] = OBSERVABLE
    system: str
    number: int
    person: str
    text: str


class LogErased(EventData, frozen=True):
    """Entries of a system's log were deleted."""

    kind: ClassVar[str] = "log.erased"
    visibility: ClassVar[Visibility] = OBSERVABLE
    system: str
    numbers: tuple[int, ...]


class SettingChanged(EventData, frozen=True):
    """A setting of a system took another value."""

    kind: ClassVar[str] = "setting.changed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    system: str
    setting: str
    value: str
