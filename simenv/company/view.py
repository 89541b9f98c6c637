"""What one person may see of the company. Tools and policies get this, never the state behind it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from simenv.company.documents import Version
from simenv.company.mail import ERASED, INBOX, SENT, Message
from simenv.company.opening import MailList
from simenv.company.people import Person
from simenv.company.state import Antecedent, Company
from simenv.company.views.calendar import CalendarView
from simenv.company.views.chat import ChatView
from simenv.company.views.documents import DocumentsView
from simenv.company.views.mail import FolderView
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
    def folders(self) -> FolderView:
        """What lies where in this person's mailbox."""
        return FolderView(self._company, self.person)

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
            folder: Its name, as :meth:`FolderView.named` gives it.
            unread_only: Leave out what was opened.
            start: How many to pass over.
            count: How many to return at most.
        """
        company, opening, person = self._company, self._opening, self.person
        box = company.mailbox(person)
        if box.filed or person in opening.filed or folder not in (INBOX, SENT) or (unread_only and folder == SENT):
            return company.messages(islice(self.folders.within(folder, unread_only), start, start + count))
        if unread_only:
            return company.messages(islice(reversed(box.unread), start, start + count))
        later, before = (box.sent, opening.outboxes) if folder == SENT else (box.inbox, opening.inboxes)
        return company.messages(_newest(before.get(person, ()), later, start, count))

    def unread_among(self, ids: Sequence[str]) -> frozenset[str]:
        """Return which of these messages of mine are not opened yet."""
        unread = self._company.mailbox(self.person).unread
        return frozenset([id for id in ids if id in unread]) if unread else frozenset()

    def message(self, id: str) -> Message | None:
        """Return a message of mine, or None if there is none of this id or I erased it.

        Raises:
            PermissionError: If it exists and is not mine.
        """
        company = self._company
        if not id.startswith("mail-") or not company.has_message(id):  # a chat message is no mail
            return None
        found = company.message(id)
        if found.sender != self.person and self.person not in found.recipients:
            raise PermissionError(id)
        return None if company.mailbox(self.person).filed.get(id) == ERASED else found

    def attached(self, message: Message, number: int) -> Version | None:
        """Return the version of a document that went with a message of mine, from 1, or None if so many did not.

        Whoever got the message has a copy, whatever became of the document and of those who may read it.
        """
        if not 1 <= number <= len(message.attached):
            return None
        sent = message.attached[number - 1]
        document = self._company.documents.get(sent.document)
        versions = document.versions if document is not None else ()
        return next((version for version in versions if version.number == sent.version), None)

    def ordinal(self, antecedent: Antecedent) -> int:
        """Return how many of my messages have this antecedent, so that a new one's id differs from theirs."""
        return self._company.ordinal(antecedent)

    def search(self, query: Sequence[str], start: int, count: int) -> list[Message]:
        """Return my messages that have every word of the query, newest first; not what lies in the trash.

        Args:
            query: Words as :func:`simenv.company.text.words` gives them, at least one.
            start: How many to pass over.
            count: How many to return at most.
        """
        company, opening, limit = self._company, self._opening, start + count
        box = company.mailbox(self.person)
        hidden = self.folders.out_of_sight() if box.filed or self.person in opening.filed else frozenset()
        found = box.index.find(query, box.all, company.messages, limit + len(hidden)) if box.all else []
        if hidden:
            found = [id for id in found if id not in hidden]
        if len(found) < limit:
            bits = opening.index.find(query, opening.slots_of, opening.masks.get(self.person, 0))
            order = opening.order
            while bits and len(found) < limit:
                top = bits.bit_length() - 1
                bits ^= 1 << top
                if order[top] not in hidden:
                    found.append(order[top])
        return company.messages(found[start:limit])

    def person_of(self, id: str) -> Person:
        """Return an entry of the directory or address book by id."""
        return self._opening.people[id]

    def person_at(self, address: str) -> Person | None:
        """Return whose address this is, or None."""
        known = self._opening.by_address
        id = known.get(address) or known.get(address.strip().casefold())
        return None if id is None else self._opening.people[id]

    def people(self) -> list[Person]:
        """Return everyone of the company, in the directory's order."""
        return [person for person in self._opening.people.values() if person.inside]

    def list_at(self, address: str) -> MailList | None:
        """Return the distribution list of an address, or None."""
        lists = self._opening.lists
        return lists.get(address.strip().casefold()) if lists else None

    def lists(self) -> list[MailList]:
        """Return the distribution lists."""
        return list(self._opening.lists.values())

    def known_addresses(self) -> list[str]:
        """Return the addresses in use inside the company, those of distribution lists included."""
        return [*[person.address for person in self.people()], *self._opening.lists]


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
