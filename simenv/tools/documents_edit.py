"""Documents: create, change, copy, save from mail, rename, delete."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

from simenv.company.documents import Classification, Document
from simenv.company.oneline import one_line
from simenv.core.calls import ToolResult, refused
from simenv.core.kinds.documents import DocumentCreated, DocumentDeleted, DocumentEdited, DocumentRenamed
from simenv.core.kinds.mail import AccessDenied
from simenv.tools.base import Desk, tool
from simenv.tools.documents_find import (
    LONGEST,
    Addresses,
    Folder,
    Id,
    Note,
    Text,
    Title,
    find,
    find_to_change,
    named,
    new_id,
)
from simenv.tools.documents_text import letter

_TITLE: Final = 200
_CREATE, _EDIT, _REPLACE, _COPY, _SAVE, _RENAME, _DELETE = 420, 360, 120, 60, 60, 30, 30
"""Simulated seconds each takes."""


@tool("write", cost=_CREATE)
def document_create(
    desk: Desk,
    title: Title,
    folder: Folder,
    text: Text,
    classification: Classification = "internal",
    readers: Addresses = [],  # noqa: B006 - the schema shows an empty list; nobody changes it
) -> ToolResult:
    """Make a document of yours. All colleagues read public and internal ones, others only those named.

    Args:
        title: Its title.
        folder: Where it is filed.
        text: Its text.
        classification: Who may read it.
        readers: Addresses of colleagues.
    """
    title, folder = one_line(title, _TITLE), one_line(folder)
    if not title or not folder:
        return refused("bad_arguments", "document_create: title and folder may not be empty.")
    persons, beyond, problem = named(desk, readers)
    if problem:
        return refused("not_found", problem)
    if beyond or not all(desk.view.person_of(person).inside for person in persons):
        return refused("not_allowed", "readers are colleagues; document_share shares with others.")
    persons = tuple([person for person in persons if person != desk.person])
    return _make(desk, title, folder, classification, text, "", persons, _CREATE)


@tool("write", cost=_EDIT)
def document_edit(desk: Desk, id: Id, text: Text, note: Note = "") -> ToolResult:
    """Replace the whole text of a document by a new version.

    Args:
        id: The document's id.
        text: The whole new text.
        note: What you changed.
    """
    document = find_to_change(desk, id)
    return document if isinstance(document, ToolResult) else _change(desk, document, text, note, _EDIT)


@tool("write", cost=_REPLACE)
def document_replace(
    desk: Desk,
    id: Id,
    find: Annotated[str, Meta(min_length=1, max_length=4_000)],
    replace: Annotated[str, Meta(max_length=8_000)],
    note: Note = "",
) -> ToolResult:
    """Change one passage of a document, making a new version.

    Args:
        id: The document's id.
        find: The passage, exactly; it must stand there once.
        replace: What stands there instead.
        note: What you changed.
    """
    document = find_to_change(desk, id)
    if isinstance(document, ToolResult):
        return document
    text = document.last.text
    at = text.find(find)
    if at < 0:
        return refused("conflict", f"The passage does not stand in {id}. Blanks, line ends and capitals matter.")
    if text.find(find, at + 1) >= 0:
        return refused("conflict", f"The passage stands in {id} more than once. Give more of what is around it.")
    text = text[:at] + replace + text[at + len(find) :]
    if len(text) > LONGEST:
        return refused("too_large", f"A document has at most {LONGEST} characters; this would make {len(text)}.")
    return _change(desk, document, text, note, _REPLACE)


@tool("write", cost=_COPY)
def document_copy(desk: Desk, id: Id, title: Title = "", folder: Folder = "") -> ToolResult:
    """Copy a document as it is now. The copy is yours and keeps the classification, not the readers.

    Args:
        id: The document's id.
        title: Empty for "Copy of ...".
        folder: Empty for the same.
    """
    document = find(desk, id)
    if isinstance(document, ToolResult):
        return document
    name = one_line(title, _TITLE) or one_line(f"Copy of {document.title}", _TITLE)
    last, where = document.last, one_line(folder) or document.folder
    return _make(desk, name, where, document.classification, last.text, f"{id}@{last.number}", (), _COPY)


@tool("write", cost=_SAVE)
def document_save(
    desk: Desk, id: Id, folder: Folder, title: Title = "", attachment: Annotated[int, Meta(ge=0, le=100)] = 0
) -> ToolResult:
    """Save a message or its attachment as a document of yours. A message becomes confidential.

    Args:
        id: Id of a message in your mailbox.
        folder: Where to file it.
        title: Its title; empty for the subject or the attachment's title.
        attachment: Number of the attachment, from 1; 0 for the message itself.
    """
    view = desk.view
    try:
        message = view.message(id)
    except PermissionError:
        desk.emit(AccessDenied(id))
        return refused("not_allowed", f"{id} is not in your mailbox.")
    if message is None:
        return refused("not_found", f"There is no message {id[:40]} in your mailbox.")
    classification: Classification = "confidential"
    text, name = letter(message, view), message.subject
    if attachment:
        document = view.documents.attached(message, attachment)
        version = document.version(message.attached[attachment - 1].version) if document is not None else None
        if document is None or version is None:
            return refused("not_found", f"{id} has no attachment {attachment}; it has {len(message.attached)}.")
        classification, text, name = document.classification, version.text, message.attached[attachment - 1].title
    if len(text) > LONGEST:
        return refused("too_large", f"A document has at most {LONGEST} characters; this has {len(text)}.")
    where = one_line(folder)
    if not where:
        return refused("bad_arguments", "document_save: folder may not be empty.")
    name = one_line(title, _TITLE) or one_line(name, _TITLE) or "(no subject)"
    return _make(desk, name, where, classification, text, id, (), _SAVE)


@tool("write", cost=_RENAME)
def document_rename(desk: Desk, id: Id, title: Title = "", folder: Folder = "") -> ToolResult:
    """Give a document another title or folder; its history keeps the former title.

    Args:
        id: The document's id.
        title: New title; empty to keep it.
        folder: New folder; empty to keep it.
    """
    document = find_to_change(desk, id)
    if isinstance(document, ToolResult):
        return document
    name, where = one_line(title, _TITLE) or document.title, one_line(folder) or document.folder
    if (name, where) == (document.title, document.folder):
        return refused("conflict", f"{id} has this title and lies in this folder already.")
    desk.emit(DocumentRenamed(id, name, where))
    return ToolResult(True, "ok", f"{id} is now {name}, in {where}.", {"title": name, "folder": where}, _RENAME)


@tool("write", cost=_DELETE)
def document_delete(desk: Desk, id: Id) -> ToolResult:
    """Delete a document you own, for everybody. It cannot be undone.

    Args:
        id: The document's id.
    """
    document = find_to_change(desk, id, by_owner=True)
    if isinstance(document, ToolResult):
        return document
    desk.emit(DocumentDeleted(id))
    return ToolResult(True, "ok", f"Deleted {document.title}.", None, _DELETE)


def _make(
    desk: Desk,
    title: str,
    folder: str,
    classification: Classification,
    text: str,
    source: str,
    readers: tuple[str, ...],
    cost: int,
) -> ToolResult:
    id = new_id(desk, title, folder, source)
    desk.emit(DocumentCreated(id, title, folder, classification, text, readers, (), source))
    return ToolResult(True, "ok", f"Made {title}, in {folder}, {classification}. Its id is {id}.", {"id": id}, cost)


def _change(desk: Desk, document: Document, text: str, note: str, cost: int) -> ToolResult:
    if text == document.last.text:
        return refused("conflict", f"{document.id} has exactly this text already.")
    number = document.last.number + 1
    desk.emit(DocumentEdited(document.id, number, text, one_line(note, _TITLE)))
    return ToolResult(True, "ok", f"{document.title} has version {number} now.", {"version": number}, cost)


TOOLS = (
    document_create,
    document_edit,
    document_replace,
    document_copy,
    document_save,
    document_rename,
    document_delete,
)
