"""Names instead of ids: persons, messages and times as people call them."""

from __future__ import annotations

from collections.abc import Iterable

from simenv.company.dates import clock
from simenv.company.people import DAY
from simenv.company.state import Company
from simenv.viewer.terminal_text import listed, plain, quoted


class Names:
    """Says what ids stand for; everything it returns is plain.

    Args:
        company: The company, at or after the events in question.
        seat: Id of the person whose seat a policy holds.
    """

    def __init__(self, company: Company, seat: str) -> None:
        self.company, self.seat = company, seat

    def name(self, person: str) -> str:
        """Return a person's name."""
        found = self.company.opening.people.get(person)
        return plain(found.name, 60) if found is not None else plain(person, 40)

    def names(self, persons: Iterable[str]) -> str:
        """Return the names of persons as a list in words."""
        return listed(map(self.name, persons))

    def stamp(self, time: int) -> str:
        """Return a time: the time of day alone on the day the episode began on, else the day as well."""
        opening = self.company.opening
        return clock(time) if time // DAY == opening.now // DAY else opening.dates.stamp(time)

    def subject(self, message: str) -> str:
        """Return the subject line of a message, in quotation marks."""
        found = self.company.has_message(message)
        return quoted(self.company.message(message).subject) if found else quoted(message, 40)
