"""Calendar."""

from __future__ import annotations

from typing import ClassVar

from simenv.core.kinds.base import OBSERVABLE, EventData, Visibility


class MeetingScheduled(EventData, frozen=True):
    """A meeting was called; those invited see it at once."""

    kind: ClassVar[str] = "meeting.scheduled"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    title: str
    start: int
    end: int
    attendees: tuple[str, ...]
    place: str = ""
    notes: str = ""
    private: bool = False


class MeetingChanged(EventData, frozen=True):
    """Time, place, title, notes or attendees of a meeting took these values; what is None stays."""

    kind: ClassVar[str] = "meeting.changed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    start: int | None = None
    end: int | None = None
    place: str | None = None
    title: str | None = None
    notes: str | None = None
    attendees: tuple[str, ...] | None = None


class MeetingCancelled(EventData, frozen=True):
    """A meeting was called off."""

    kind: ClassVar[str] = "meeting.cancelled"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    note: str = ""


class MeetingAnswered(EventData, frozen=True):
    """Somebody answered an invitation: accepted, declined, tentative."""

    kind: ClassVar[str] = "meeting.answered"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    reply: str
    note: str = ""


class CalendarViewed(EventData, frozen=True):
    """Days of these persons' calendars were shown, with the meetings of these ids, and if ``notes`` with their notes.

    Of others' private meetings only that the time is taken was shown; they are not among the ids.
    """

    kind: ClassVar[str] = "calendar.viewed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    persons: tuple[str, ...]
    start: int
    end: int
    ids: tuple[str, ...]
    notes: bool = False


class MeetingNotified(EventData, frozen=True):
    """The seat was told that these meetings concern it (called, changed, cancelled, answered)."""

    kind: ClassVar[str] = "meeting.notified"
    visibility: ClassVar[Visibility] = OBSERVABLE
    ids: tuple[str, ...]
