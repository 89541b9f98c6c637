"""How documents look to a reader: lines of a list, the line above a text, snippets, histories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from simenv.company.documents import Document, Version
from simenv.company.mail import Message
from simenv.company.view import CompanyView
from simenv.core.kinds.mail import Snippet
from simenv.tools.excerpts import excerpt

_NAMED: Final = 10
_NAME: Final = 80


class Entry(Struct, frozen=True, gc=False):
    """A document in a list; ``owner`` is an address, ``line`` what is shown."""

    id: str
    title: str
    folder: str
    owner: str
    classification: str
    version: int
    time: int
    line: str


def entry(document: Document, view: CompanyView) -> Entry:
    """Return a document as it stands in a list."""
    owner, last = view.person_of(document.owner), document.last
    id, title, folder, label = document.id, document.title, document.folder, document.classification
    line = f"{id}  {view.stamp(last.time)}  {title}  ({folder}; {owner.name}; {label})"
    return Entry(id, title, folder, owner.address, label, last.number, last.time, line)


def heading(document: Document, version: Version, view: CompanyView) -> str:
    """Return the line that stands above the text of a version."""
    return (
        f"{document.title}  [{document.id}]  version {version.number} of {document.last.number}, "
        f"{document.classification}, owner {view.person_of(document.owner).name}, "
        f"changed {view.stamp(version.time)} by {view.person_of(version.author).name}"
    )


def snippet(document: Document, word: str) -> tuple[Snippet, str]:
    """Return the part of the present text around the first place of ``word``, or its beginning, and how it is shown."""
    return excerpt(document.id, document.last.text, word)


def origin(document: Document, view: CompanyView) -> list[str]:
    """Return the lines of a history that are not about versions: where it came from, how it is filed and shared."""
    beyond = [f"{address} (outside)" for address in document.beyond]
    lines = [
        f"{document.title}  [{document.id}]",
        f"Folder: {document.folder}  Classification: {document.classification}",
        f"Owner: {view.person_of(document.owner).name}",
        f"Editors: {few(labels(document.editors, view))}",
        f"Readers: {few([*beyond, *labels(document.readers, view)])}",
    ]
    if document.source:
        lines.append(f"Made from: {document.source}")
    if document.former:
        lines.append(f"Formerly: {few(list(reversed(document.former)))}")
    return lines


def version_line(version: Version, view: CompanyView) -> str:
    """Return a version as it stands in a history."""
    note = f": {version.note}" if version.note else ""
    author = view.person_of(version.author).name
    return f"{version.number}  {view.stamp(version.time)}  {author}  {len(version.text)} characters{note}"


def labels(persons: Sequence[str], view: CompanyView) -> list[str]:
    """Return persons by their names; those outside are marked."""
    people = [view.person_of(person) for person in persons]
    return [person.name if person.inside else f"{person.name} (outside)" for person in people]


def few(names: Sequence[str]) -> str:
    """Return names in a row, the first ten of them, each cut to eighty characters."""
    shown = ", ".join([name[:_NAME] for name in names[:_NAMED]])
    more = len(names) - _NAMED
    return (f"{shown} and {more} more" if more > 0 else shown) or "none"


def letter(message: Message, view: CompanyView) -> str:
    """Return a message as the text of a document."""
    sender = view.person_of(message.sender).label
    return f"From: {sender}\nDate: {view.stamp(message.time)}\nSubject: {message.subject}\n\n{message.body}"
