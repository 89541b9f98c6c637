"""Meetings."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Reply = Literal["accepted", "declined", "tentative"]


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
        replies: Person id -> answer to the invitation, as pairs; who has not answered is not in it.
        cancelled: Whether it was called off.
        private: Whether others see only that the time is taken.
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

    def reply_of(self, person: str) -> Reply | None:
        """Return a person's answer to the invitation, or None."""
        return dict(self.replies).get(person)

    def takes_time_of(self, person: str) -> bool:
        """Whether the meeting stands and the person has not declined it."""
        return not self.cancelled and person in self.attendees and self.reply_of(person) != "declined"

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it takes any of the time from ``start`` to ``end``."""
        return self.start < end and start < self.end
