"""Mail: what lies in which folder of one person's mailbox."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from simenv.company.mail import ERASED, INBOX, SENT, STANDING, TRASH, Message
from simenv.company.state import Company
from simenv.company.views.base import View

_NOTHING: Mapping[str, str] = {}


class FolderView(View):
    """One person's folders. What was never filed lies where it came in: in the inbox, or among what was sent."""

    __slots__ = ("_before", "_later")

    def __init__(self, company: Company, person: str) -> None:
        super().__init__(company, person)
        self._before = company.opening.filed.get(person, _NOTHING)
        self._later = company.mailbox(person).filed

    @property
    def tidy(self) -> bool:
        """Whether everything lies where it came in."""
        return not self._later and not self._before

    def place(self, message: Message) -> str:
        """Return where a message of this person's lies."""
        found = self._filed(message.id)
        if found is not None:
            return found
        return INBOX if self.person in message.recipients else SENT

    def names(self) -> list[str]:
        """Return the folders there are: the standing ones, then one's own in which something lies, by name."""
        own = {where for where in self._all().values() if where and where not in STANDING}
        return [*STANDING, *sorted(own)]

    def named(self, name: str) -> str | None:
        """Return the folder of a name, whatever its case, or None."""
        wanted = name.casefold()
        return next((each for each in self.names() if each.casefold() == wanted), None)

    def within(self, folder: str, unread_only: bool) -> Iterator[str]:
        """Yield the ids of what lies in a folder, newest first."""
        company = self._company
        box, opening = company.mailbox(self.person), company.opening
        if folder == INBOX and unread_only:
            found: Iterator[str] = (id for id in reversed(box.unread) if self._filed(id) in (None, INBOX))
        elif folder in (INBOX, SENT):
            later, before = (box.sent, opening.outboxes) if folder == SENT else (box.inbox, opening.inboxes)
            came = chain(reversed(later), reversed(before.get(self.person, ())))
            found = (id for id in came if self._filed(id) in (None, folder))
        else:
            here = company.messages([id for id, where in self._all().items() if where == folder])
            found = (message.id for message in sorted(here, key=lambda message: message.time, reverse=True))
        return (id for id in found if id in box.unread) if unread_only else found

    def out_of_sight(self) -> frozenset[str]:
        """Return the ids of what lies in the trash or was erased."""
        return frozenset([id for id, where in self._all().items() if where in (TRASH, ERASED)])

    def _filed(self, id: str) -> str | None:
        found = self._later.get(id)
        return found if found is not None else self._before.get(id)

    def _all(self) -> Mapping[str, str]:
        return {**self._before, **self._later} if self._before else self._later
