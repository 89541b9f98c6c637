"""Documents: what one person may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from simenv.company.documents import Document
from simenv.company.mail import Message
from simenv.company.views.base import View
from simenv.core.errors import near_miss

_NEAR: Final = 300
"""Documents among which a mistyped id or title is looked for."""


class DocumentsView(View):
    """One person's view. What the person may not read does not show: not in lists, not in counts, not in hints."""

    __slots__ = ()

    def get(self, id: str) -> Document | None:
        """Return a document, or None if there is none of this id or it was deleted.

        Raises:
            PermissionError: If the person may not read it.
        """
        found = self._company.documents.get(id)
        if found is None or found.deleted:
            return None
        if not found.readable(self.person, self._inside):
            raise PermissionError(id)
        return found

    def listing(self, folder: str | None = None) -> list[Document]:
        """Return what the person may read, latest change first.

        Args:
            folder: Only what is filed there (case does not matter), or None for everything.
        """
        wanted = None if folder is None else folder.casefold()
        found = [each for each in self._readable() if wanted is None or each.folder.casefold() == wanted]
        return _latest(found)

    def folders(self) -> list[tuple[str, int]]:
        """Return the folders in which something lies that the person may read, by name, and how much."""
        return sorted(Counter([each.folder for each in self._readable()]).items())

    def search(self, query: Sequence[str], start: int, count: int) -> list[Document]:
        """Return what has every word of the query in its title or present text, latest change first.

        The words of a version are worked out once, for all who look and for every fork.

        Args:
            query: Words as :func:`simenv.company.text.words` gives them, at least one.
            start: How many to pass over.
            count: How many to return at most.
        """
        return _latest([each for each in self._readable() if each.has(query)])[start : start + count]

    def near(self, wanted: str) -> str | None:
        """Return the id of the readable document whose id (or title) comes nearest to what was asked for."""
        wanted = wanted.strip().casefold()
        by_id = wanted.startswith("doc-")
        names = {each.id if by_id else each.title.casefold(): each.id for each in islice(self._readable(), _NEAR)}
        found = near_miss(wanted, names)
        return None if found is None else names[found]

    def taken(self, id: str) -> bool:
        """Whether a document has or had this id, readable or not; ids are never used again."""
        return id in self._company.documents

    def attached(self, message: Message, place: int) -> Document | None:
        """Return the document that goes with a message at this place (from 1), whoever may read it otherwise.

        Who got the message has got what went with it, even if the document was deleted or closed to them since; only
        the version that was sent is theirs to see (``message.attached[place - 1].version``).
        """
        if not 1 <= place <= len(message.attached):
            return None
        return self._company.documents.get(message.attached[place - 1].document)

    def members(self, address: str) -> tuple[str, ...]:
        """Return the persons behind the address of a distribution list; none if there is no such list."""
        found = self._company.opening.lists.get(address)
        return () if found is None else found.members

    @property
    def _inside(self) -> bool:
        return self._company.opening.people[self.person].inside

    def _readable(self) -> Iterator[Document]:
        person, inside = self.person, self._inside
        return (each for each in self._company.documents.values() if not each.deleted and each.readable(person, inside))


def _latest(documents: list[Document]) -> list[Document]:
    """Return documents by the time of their last version, latest first; of two at the same time the newer first."""
    found = sorted(documents, key=lambda each: each.last.time)
    found.reverse()
    return found
