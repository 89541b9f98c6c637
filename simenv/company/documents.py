"""Documents: what they say, who may see and change them, how they came about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Literal

from msgspec import Struct

from simenv.company.text import normal, words

Classification = Literal["public", "internal", "confidential", "restricted"]
OPEN: Final = frozenset({"public", "internal"})
"""Classifications that everybody of the company may read."""


class Version(Struct, frozen=True, gc=False):
    """One version of a document, never changed. What was worked out from its text makes it no other version.

    Attributes:
        number: From 1.
        author: Id of who wrote it.
        time: When, in seconds since the world's start.
        text: The whole text.
        note: What its author said of the change.
        seq: ``seq`` of its event, or None if it was there at the opening.
        memo: What was worked out from the text once.
    """

    number: int
    author: str
    time: int
    text: str
    note: str = ""
    seq: int | None = None
    memo: dict[str, Any] = {}

    @property
    def normal_text(self) -> str:
        """The text in the form in which meanings are read."""
        found = self.memo.get("normal")
        if found is None:
            found = self.memo["normal"] = normal(self.text)
        return str(found)

    @property
    def words(self) -> frozenset[str]:
        """The words of the text."""
        found: frozenset[str] | None = self.memo.get("words")
        if found is None:
            found = self.memo["words"] = frozenset(words(self.text))
        return found

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Version):
            return NotImplemented
        return _stated(self) == _stated(other)

    __hash__ = None  # type: ignore[assignment]  # it was never hashable: what is worked out is kept in a dictionary


class Document(Struct, frozen=True, gc=False):
    """One document.

    Attributes:
        id: ``doc-...``.
        title: Its title; renaming keeps the former ones.
        folder: Where it is filed.
        owner: Id of who answers for it.
        classification: Public and internal ones are for everybody of the company; others for those named.
        versions: Oldest first, at least one.
        readers: Ids of those who may read it beside owner and editors.
        editors: Ids of those who may change it beside the owner.
        source: ``id@version`` of what it was copied from, or the id of the message it was saved from.
        former: Former titles, oldest first.
        deleted: Whether it was deleted; nobody sees it then, its history stays.
        beyond: Addresses outside, unknown to the address book, that it is shared with.
    """

    id: str
    title: str
    folder: str
    owner: str
    classification: Classification
    versions: tuple[Version, ...]
    readers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    source: str = ""
    former: tuple[str, ...] = ()
    deleted: bool = False
    beyond: tuple[str, ...] = ()

    @property
    def last(self) -> Version:
        """The present version."""
        return self.versions[-1]

    def version(self, number: int) -> Version | None:
        """Return the version of this number, or None."""
        first = self.versions[0].number
        place = number - first
        return self.versions[place] if 0 <= place < len(self.versions) else None

    def has(self, terms: Iterable[str]) -> bool:
        """Whether every one of these words stands in the title or in the present text."""
        text = self.last.words
        missing = [term for term in terms if term not in text]
        return not missing or self._title_words().issuperset(missing)

    def _title_words(self) -> frozenset[str]:
        memo = self.last.memo
        found: tuple[str, frozenset[str]] | None = memo.get("title")
        if found is None or found[0] != self.title:  # versions are shared with forks, where the title may be another
            found = memo["title"] = self.title, frozenset(words(self.title))
        return found[1]

    def readable(self, person: str, inside: bool = True) -> bool:
        """Whether a person may read it."""
        if person == self.owner or person in self.readers or person in self.editors:
            return True
        return inside and self.classification in OPEN

    def editable(self, person: str) -> bool:
        """Whether a person may change it."""
        return person == self.owner or person in self.editors


def _stated(version: Version) -> tuple[int, str, int, str, str, int | None]:
    return version.number, version.author, version.time, version.text, version.note, version.seq
