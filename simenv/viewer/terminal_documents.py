"""What events about documents and notes mean, in short sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from simenv.core.event import Event
from simenv.core.kinds.documents import (
    DocumentClassified,
    DocumentCreated,
    DocumentDeleted,
    DocumentEdited,
    DocumentHistory,
    DocumentListed,
    DocumentRead,
    DocumentRenamed,
    DocumentSearched,
    DocumentShared,
    DocumentUnshared,
)
from simenv.core.kinds.notes import NoteListed, NoteRead, NoteWritten
from simenv.viewer.terminal_doings import Said, did, looked
from simenv.viewer.terminal_names import Names
from simenv.viewer.terminal_text import counted, listed, plain, quoted, telling


def _title(names: Names, id: str) -> str:
    document = names.company.documents.get(id)
    return quoted(document.title if document is not None else id)


def _whom(names: Names, data: DocumentShared | DocumentUnshared) -> str:
    return listed([*map(names.name, data.persons), *[quoted(address, 60) for address in data.beyond]])


def _created(names: Names, event: Event, data: DocumentCreated) -> Said:
    where = f"in {quoted(data.folder, 40)}, {plain(data.classification, 20)}"
    if names.company.has_message(data.source):
        text = f"saves {names.subject(data.source)} as the document {quoted(data.title)} {where}"
    elif data.source:
        text = f"copies {_title(names, data.source.partition('@')[0])} as {quoted(data.title)} {where}"
    else:
        text = f"makes the document {quoted(data.title)} {where}"
    return did(names, event, text, data.text, telling)


def _edited(names: Names, event: Event, data: DocumentEdited) -> Said:
    why = f": {quoted(data.note)}" if data.note else ""
    text = f"changes {_title(names, data.id)}, version {data.number}{why}"
    return did(names, event, text, data.text, telling)


def _shared(names: Names, event: Event, data: DocumentShared) -> Said:
    return did(names, event, f"shares {_title(names, data.id)} with {_whom(names, data)} ({plain(data.role, 20)})")


def _unshared(names: Names, event: Event, data: DocumentUnshared) -> Said:
    return did(names, event, f"stops sharing {_title(names, data.id)} with {_whom(names, data)}")


def _renamed(names: Names, event: Event, data: DocumentRenamed) -> Said:
    return did(names, event, f"files a document as {quoted(data.title)} in {quoted(data.folder, 40)}")


def _classified(names: Names, event: Event, data: DocumentClassified) -> Said:
    return did(names, event, f"makes {_title(names, data.id)} {plain(data.classification, 20)}")


def _deleted(names: Names, event: Event, data: DocumentDeleted) -> Said:
    return did(names, event, f"deletes {_title(names, data.id)}")


def _read(names: Names, event: Event, data: DocumentRead) -> Said:
    where = f", attached to {names.subject(data.via)}" if names.company.has_message(data.via) else ""
    return looked(names, event, f"reads {_title(names, data.id)}, version {data.number}{where}")


def _listed(names: Names, event: Event, data: DocumentListed) -> Said:
    where = f" in {quoted(data.folder, 40)}" if data.folder else ""
    return looked(names, event, f"looks through the documents{where} ({counted(len(data.ids), 'document')})")


def _searched(names: Names, event: Event, data: DocumentSearched) -> Said:
    return looked(names, event, f"searches the documents for {quoted(data.query, 60)} ({len(data.hits)} found)")


def _traced(names: Names, event: Event, data: DocumentHistory) -> Said:
    return looked(names, event, f"looks at the history of {_title(names, data.id)}")


def _noted(names: Names, event: Event, data: NoteWritten) -> Said:
    verb = "notes for itself:" if data.text else "removes its note"
    return did(names, event, f"{verb} {quoted(data.title)}", data.text, telling)


def _note_read(names: Names, event: Event, data: NoteRead) -> Said:
    return looked(names, event, f"reads its note {quoted(data.title)}")


def _notes_listed(names: Names, event: Event, data: NoteListed) -> Said:
    return looked(names, event, f"looks through its notes ({counted(len(data.titles), 'note')})")


SAY: Final[dict[type, Callable[[Names, Event, Any], Said]]] = {
    DocumentClassified: _classified,
    DocumentCreated: _created,
    DocumentDeleted: _deleted,
    DocumentEdited: _edited,
    DocumentHistory: _traced,
    DocumentListed: _listed,
    DocumentRead: _read,
    DocumentRenamed: _renamed,
    DocumentSearched: _searched,
    DocumentShared: _shared,
    DocumentUnshared: _unshared,
    NoteListed: _notes_listed,
    NoteRead: _note_read,
    NoteWritten: _noted,
}
"""Kind of event -> what it means."""

TRIES: Final = {
    "document_list": "to list documents",
    "document_read": "to read a document",
    "document_search": "to search the documents",
    "document_history": "to look at the history of a document",
    "document_create": "to make a document",
    "document_edit": "to change a document",
    "document_replace": "to change a passage of a document",
    "document_copy": "to copy a document",
    "document_save": "to save a message as a document",
    "document_rename": "to rename a document",
    "document_delete": "to delete a document",
    "document_share": "to share a document",
    "document_unshare": "to stop sharing a document",
    "document_classify": "to classify a document",
    "note_write": "to write a note",
    "note_read": "to read a note",
    "note_list": "to list its notes",
}
"""Tool -> what a call that did not run was trying to do."""
