"""Documents: made, changed, shared, filed, classified, deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from msgspec.structs import replace

from simenv.company.documents import Document, Version
from simenv.company.state import Company
from simenv.core.event import Event
from simenv.core.kinds.documents import (
    DocumentClassified,
    DocumentCreated,
    DocumentDeleted,
    DocumentEdited,
    DocumentRenamed,
    DocumentShared,
    DocumentUnshared,
)


def _created(company: Company, event: Event, data: DocumentCreated) -> None:
    first = Version(1, event.actor, event.time, data.text, "", event.seq)
    document = Document(
        data.id, data.title, data.folder, event.actor, data.classification, (first,),  # type: ignore[arg-type]
        data.readers, data.editors, data.source,
    )  # fmt: skip
    company.documents.put_record(data.id, document)


def _edited(company: Company, event: Event, data: DocumentEdited) -> None:
    document = company.documents[data.id]
    version = Version(data.number, event.actor, event.time, data.text, data.note, event.seq)
    _put(company, document, versions=(*document.versions, version))


def _shared(company: Company, event: Event, data: DocumentShared) -> None:
    document = company.documents[data.id]
    have = (document.owner, *document.editors)  # sharing gives rights and takes none: an editor stays one
    persons = _without(data.persons, have if data.role == "editor" else (*have, *document.readers))
    readers, editors = document.readers, document.editors
    if data.role == "editor":
        readers, editors = _without(readers, persons), editors + persons
    else:
        readers += persons
    beyond = document.beyond + _without(data.beyond, document.beyond)
    _put(company, document, readers=readers, editors=editors, beyond=beyond)


def _unshared(company: Company, event: Event, data: DocumentUnshared) -> None:
    document = company.documents[data.id]
    _put(
        company,
        document,
        readers=_without(document.readers, data.persons),
        editors=_without(document.editors, data.persons),
        beyond=_without(document.beyond, data.beyond),
    )


def _renamed(company: Company, event: Event, data: DocumentRenamed) -> None:
    document = company.documents[data.id]
    former = document.former if data.title == document.title else (*document.former, document.title)
    _put(company, document, title=data.title, folder=data.folder, former=former)


def _classified(company: Company, event: Event, data: DocumentClassified) -> None:
    _put(company, company.documents[data.id], classification=data.classification)


def _deleted(company: Company, event: Event, data: DocumentDeleted) -> None:
    _put(company, company.documents[data.id], deleted=True)


def _put(company: Company, document: Document, **changes: Any) -> None:
    company.documents.put_record(document.id, replace(document, **changes))


def _without(names: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that are not among the others, each once."""
    return tuple([name for name in dict.fromkeys(names) if name not in others])


WRITERS: Final[dict[str, Callable[[Company, Event, Any], None]]] = {
    "document.created": _created,
    "document.edited": _edited,
    "document.shared": _shared,
    "document.unshared": _unshared,
    "document.renamed": _renamed,
    "document.classified": _classified,
    "document.deleted": _deleted,
}
