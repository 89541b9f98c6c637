"""What one person may see of the company. Tools and policies get this, never the state behind it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from simenv.company.mail import Message
from simenv.company.people import Person
from simenv.company.state import Antecedent, Company
from simenv.company.views.calendar import CalendarView
from simenv.company.views.chat import ChatView
from simenv.company.views.documents import DocumentsView
from simenv.company.views.notes import NotesView
from simenv.company.views.systems import SystemsView
from simenv.company.views.tickets import TicketsView


class CompanyView:
    """One person's view.

    Args:
        company: The state to look at.
        person: Id of the person who looks.

    Attributes:
        people_by_id: The directory and the address book.
    """

    __slots__ = ("_company", "_opening", "people_by_id", "person")

    def __init__(self, company: Company, person: str) -> None:
        self._company = company
        self._opening = company.opening
        self.people_by_id = company.opening.people
        self.person = person

    @property
    def me(self) -> Person:
        """The person who looks."""
        return self._opening.people[self.person]

    @property
    def firm(self) -> str:
        """The company's name."""
        return self._opening.firm

    @property
    def domain(self) -> str:
        """The company's mail domain."""
        return self._opening.domain

    @property
    def calendar(self) -> CalendarView:
        """What this person may see of the calendars."""
        return CalendarView(self._company, self.person)

    @property
    def chat(self) -> ChatView:
        """What this person may see of the chat."""
        return ChatView(self._company, self.person)

    @property
    def documents(self) -> DocumentsView:
        """What this person may see of the documents."""
        return DocumentsView(self._company, self.person)

    @property
    def tickets(self) -> TicketsView:
        """What this person may see of the tickets."""
        return TicketsView(self._company, self.person)

    @property
    def systems(self) -> SystemsView:
        """What this person may see of the systems."""
        return SystemsView(self._company, self.person)

    @property
    def notes(self) -> NotesView:
        """What this person may see of the notes."""
        return NotesView(self._company, self.person)

    def stamp(self, time: int) -> str:
        """Return a time as the company writes it."""
        return self._opening.dates.stamp(time)

    def unread(self) -> int:
        """Return the number of messages not opened yet."""
        return len(self._company.mailbox(self.person).unread)

    def folder(self, folder: str, unread_only: bool, start: int, count: int) -> list[Message]:
        """Return messages of a folder, newest first.

        Args:
            folder: ``inbox`` or ``sent``.
            unread_only: Leave out what was opened (inbox only).
            start: How many to pass over.
            count: How many to return at most.
        """
        company = self._company
        box = company.mailbox(self.person)
        if unread_only:
            return company.messages(islice(reversed(box.unread), start, start + count))
        later, opening = (
            (box.sent, company.opening.outboxes) if folder == "sent" else (box.inbox, company.opening.inboxes)
        )
        return company.messages(_newest(opening.get(self.person, ()), later, start, count))

    def unread_among(self, ids: Sequence[str]) -> frozenset[str]:
        """Return which of these messages of mine are not opened yet."""
        unread = self._company.mailbox(self.person).unread
        return frozenset([id for id in ids if id in unread]) if unread else frozenset()

    def message(self, id: str) -> Message | None:
        """Return a message of mine, or None if there is none of this id.

        Raises:
            PermissionError: If it exists and is not mine.
        """
        if not self._company.has_message(id):
            return None
        found = self._company.message(id)
        if found.sender != self.person and self.person not in found.recipients:
            raise PermissionError(id)
        return found

    def ordinal(self, antecedent: Antecedent) -> int:
        """Return how many of my messages have this antecedent, so that a new one's id differs from theirs."""
        return self._company.ordinal(antecedent)

    def search(self, query: Sequence[str], start: int, count: int) -> list[Message]:
        """Return my messages that have every word of the query, newest first.

        Args:
            query: Words as :func:`simenv.company.text.words` gives them, at least one.
            start: How many to pass over.
            count: How many to return at most.
        """
        company, opening, limit = self._company, self._opening, start + count
        box = company.mailbox(self.person)
        found = box.index.find(query, box.all, company.messages, limit) if box.all else []
        if len(found) < limit:
            bits = opening.index.find(query, opening.slots_of, opening.masks.get(self.person, 0))
            order = opening.order
            while bits and len(found) < limit:
                top = bits.bit_length() - 1
                bits ^= 1 << top
                found.append(order[top])
        return company.messages(found[start:])

    def person_of(self, id: str) -> Person:
        """Return an entry of the directory or address book by id."""
        return self._opening.people[id]

    def person_at(self, address: str) -> Person | None:
        """Return whose address this is, or None."""
        id = self._opening.by_address.get(address.strip().casefold())
        return None if id is None else self._opening.people[id]

    def people(self) -> list[Person]:
        """Return everyone of the company, in the directory's order."""
        return [person for person in self._opening.people.values() if person.inside]

    def known_addresses(self) -> list[str]:
        """Return the addresses in use inside the company."""
        return [person.address for person in self.people()]


def _newest(opening: Sequence[str], later: Sequence[str], start: int, count: int) -> list[str]:
    """Return ids ``start`` to ``start + count`` of both lists as one, counted from the end."""
    split = len(later)
    first = list(reversed(later[max(0, split - start - count) : split - start])) if start < split else []
    missing = count - len(first)
    if missing > 0:
        skip = max(0, start - split)
        end = len(opening) - skip
        if end > 0:
            first.extend(reversed(opening[max(0, end - missing) : end]))
    return first
