"""Calendar: what one person may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from simenv.company.calendar import Meeting, Span, gaps
from simenv.company.opening import Absence
from simenv.company.people import DAY
from simenv.company.views.base import View


class CalendarView(View):
    """One person's view. Everybody's calendar is open to all colleagues, but for what is private."""

    __slots__ = ()

    @property
    def first_day(self) -> date:
        """Date of day 0."""
        return self._company.opening.dates.start

    def has(self, id: str) -> bool:
        """Whether the id is taken."""
        return id in self._company.meetings

    def get(self, id: str) -> Meeting | None:
        """Return a meeting, or None if there is none of this id.

        Raises:
            PermissionError: If it is private and not the person's.
        """
        found = self._company.meetings.get(id)
        if found is not None and not self.shows(found):
            raise PermissionError(id)
        return found

    def told(self, ids: Iterable[str]) -> list[Meeting]:
        """Return meetings of which the person is to be told, also those to which it is no longer invited."""
        return [self._company.meetings[id] for id in ids]

    def shows(self, meeting: Meeting) -> bool:
        """Whether the person sees more of a meeting than that the time is taken."""
        return not meeting.private or meeting.concerns(self.person)

    def between(self, person: str, start: int, end: int) -> list[Meeting]:
        """Return the meetings that stand in a person's calendar, those declined by the person included, by time."""
        found = [
            meeting
            for meeting in self._company.meetings.values()
            if not meeting.cancelled and person in meeting.attendees and meeting.overlaps(start, end)
        ]
        return sorted(found, key=_by_time)

    def absences(self, person: str, start: int, end: int) -> list[Absence]:
        """Return when a person is away between two times."""
        away = self._company.opening.absences.get(person, ())
        return [absence for absence in away if absence.start < end and start < absence.end]

    def taken(self, persons: Collection[str], start: int, end: int, but: str = "") -> dict[str, list[Span]]:
        """Return what of the time between two others is taken: person id -> spans, meetings before time away.

        Args:
            persons: Whose time.
            start: From this simulated second.
            end: Up to this one.
            but: Id of a meeting that does not count.
        """
        found: dict[str, list[Span]] = {person: [] for person in persons}
        for meeting in sorted(self._company.meetings.values(), key=_by_time):
            if meeting.overlaps(start, end) and meeting.id != but:
                for person in meeting.attendees:
                    if person in found and meeting.takes_time_of(person):
                        found[person].append((meeting.start, meeting.end))
        for person, spans in found.items():
            spans += [(absence.start, absence.end) for absence in self.absences(person, start, end)]
        return found

    def free(self, persons: Collection[str], seconds: int, start: int, end: int) -> list[Span]:
        """Return the spans in which all these persons are at work and none has a meeting, by time.

        Args:
            persons: Whose time.
            seconds: Length a span must have at least.
            start: From this simulated second.
            end: Up to this one.
        """
        taken = [span for spans in self.taken(persons, start, end).values() for span in spans]
        shifts = [self._company.opening.people[person].shift for person in persons]
        opens, closes = max(shift.start for shift in shifts), min(shift.end for shift in shifts)
        found: list[Span] = []
        for day in range(start // DAY, (end - 1) // DAY + 1):
            window = max(start, day * DAY + opens), min(end, day * DAY + closes)
            if day % 7 < 5 and window[0] < window[1]:
                found += gaps(window, [span for span in taken if span[0] < window[1] and window[0] < span[1]], seconds)
        return found


def _by_time(meeting: Meeting) -> tuple[int, int, str]:
    return meeting.start, meeting.end, meeting.id
