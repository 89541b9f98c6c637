"""Documents."""

from __future__ import annotations

from typing import ClassVar

from simenv.core.kinds.base import OBSERVABLE, EventData, Visibility
from simenv.core.kinds.mail import Snippet


class DocumentCreated(EventData, frozen=True):
    """A document was made; text stands here and nowhere else.

    ``source`` is ``id@version`` of what it was copied from, or the id of the message it was saved from.
    """

    kind: ClassVar[str] = "document.created"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    title: str
    folder: str
    classification: str
    text: str
    readers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    source: str = ""


class DocumentEdited(EventData, frozen=True):
    """A document got a further version, with this whole text."""

    kind: ClassVar[str] = "document.edited"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    number: int
    text: str
    note: str = ""
    source: str = ""


class DocumentShared(EventData, frozen=True):
    """Persons (or addresses outside that nobody of the address book has) may read or edit a document from now on."""

    kind: ClassVar[str] = "document.shared"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    persons: tuple[str, ...]
    role: str
    beyond: tuple[str, ...] = ()


class DocumentUnshared(EventData, frozen=True):
    """These persons (and addresses outside) may no longer read or edit a document."""

    kind: ClassVar[str] = "document.unshared"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    persons: tuple[str, ...]
    beyond: tuple[str, ...] = ()


class DocumentRenamed(EventData, frozen=True):
    """A document got another title or folder."""

    kind: ClassVar[str] = "document.renamed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    title: str
    folder: str


class DocumentClassified(EventData, frozen=True):
    """A document got another classification."""

    kind: ClassVar[str] = "document.classified"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    classification: str


class DocumentDeleted(EventData, frozen=True):
    """A document was deleted; its history stays."""

    kind: ClassVar[str] = "document.deleted"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str


class DocumentRead(EventData, frozen=True):
    """A part of a version was shown: characters ``start`` up to ``end``."""

    kind: ClassVar[str] = "document.read"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    number: int
    start: int
    end: int
    via: str = ""


class DocumentListed(EventData, frozen=True):
    """Titles of these documents were shown."""

    kind: ClassVar[str] = "document.listed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    ids: tuple[str, ...]
    folder: str = ""


class DocumentSearched(EventData, frozen=True):
    """Parts of the present versions of these documents were shown in answer to a query."""

    kind: ClassVar[str] = "document.searched"
    visibility: ClassVar[Visibility] = OBSERVABLE
    query: str
    hits: tuple[Snippet, ...]


class DocumentHistory(EventData, frozen=True):
    """The history of a document was shown: versions, authors, times, notes, sharing."""

    kind: ClassVar[str] = "document.traced"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
