"""Meetings, and the time they leave free."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from msgspec import Struct

Reply = Literal["accepted", "declined", "tentative"]

MAX_NOTES: Final = 2_000
"""Characters the notes of a meeting may have, so that a whole meeting is never larger than a page."""

Span = tuple[int, int]
"""From a simulated second up to another."""


class Meeting(Struct, frozen=True, gc=False):
    """One meeting.

    Attributes:
        id: ``meet-...``.
        title: What it is called.
        organiser: Id of who called it.
        start: Simulated second at which it begins.
        end: Simulated second at which it ends.
        attendees: Ids of those invited, the organiser included.
        place: Room or link.
        notes: Agenda or minutes.
        replies: Person id -> answer to the invitation, as pairs, latest last; who has not answered is not in it.
            Another time makes them void.
        cancelled: Whether it was called off.
        private: Whether others see only that the time is taken.
        remarks: Person id -> what the person wrote with an answer, or with calling it off, as pairs.
        changed: Whether it was changed since it was called.
    """

    id: str
    title: str
    organiser: str
    start: int
    end: int
    attendees: tuple[str, ...]
    place: str = ""
    notes: str = ""
    replies: tuple[tuple[str, Reply], ...] = ()
    cancelled: bool = False
    private: bool = False
    remarks: tuple[tuple[str, str], ...] = ()
    changed: bool = False

    def reply_of(self, person: str) -> Reply | None:
        """Return a person's answer to the invitation, or None."""
        return dict(self.replies).get(person)

    def remark_of(self, person: str) -> str:
        """Return what a person wrote with an answer, or with calling it off, or ""."""
        return dict(self.remarks).get(person, "")

    def concerns(self, person: str) -> bool:
        """Whether the person called it or is invited."""
        return person == self.organiser or person in self.attendees

    def takes_time_of(self, person: str) -> bool:
        """Whether the meeting stands and the person has not declined it."""
        return not self.cancelled and person in self.attendees and self.reply_of(person) != "declined"

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it takes any of the time from ``start`` to ``end``."""
        return self.start < end and start < self.end


def gaps(window: Span, taken: Iterable[Span], least: int, grid: int = 300) -> list[Span]:
    """Return the free spans inside a window.

    Args:
        window: Where to look.
        taken: What is not free, in any order.
        least: Seconds a free span must have.
        grid: A free span begins at a multiple of so many seconds.

    Example:
        >>> gaps((0, 3600), [(600, 1200), (900, 1500)], 600)
        [(0, 600), (1500, 3600)]
    """
    at, end = window
    found = []
    for start, until in sorted(taken):
        found.append((at, min(start, end)))
        at = max(at, until)
    found.append((at, end))
    rounded = [(-(-start // grid) * grid, until) for start, until in found]
    return [(start, until) for start, until in rounded if until - start >= least]
