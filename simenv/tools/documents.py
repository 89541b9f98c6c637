"""Documents: list, read, search, history."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta

from simenv.company.oneline import one_line
from simenv.company.text import words
from simenv.core.calls import ToolResult, refused
from simenv.core.errors import near_miss
from simenv.core.kinds.documents import DocumentHistory, DocumentListed, DocumentRead, DocumentSearched
from simenv.tools import documents_edit, documents_share
from simenv.tools.base import Desk, tool
from simenv.tools.documents_find import Folder, Id, find
from simenv.tools.documents_text import entry, heading, origin, snippet, version_line
from simenv.tools.pages import Page, listed, part

PAGE: Final = 10
LINES: Final = 15
_LIST, _READ, _SEARCH, _HISTORY = 30, 120, 45, 45
"""Simulated seconds each takes."""


@tool("read", cost=_LIST)
def document_list(desk: Desk, folder: Folder = "", page: Page = 1) -> ToolResult:
    """List documents you may read: the folders first, then titles, latest change first.

    Args:
        folder: Only this folder; empty for all.
        page: From 1.
    """
    view = desk.view
    folder = one_line(folder)
    documents = view.documents
    folders = [] if folder else documents.folders()
    found = documents.listing(folder or None)
    start, end = (page - 1) * LINES, page * LINES
    above = folders[start:end]
    shown = [entry(each, view) for each in found[max(0, start - len(folders)) : max(0, end - len(folders))]]
    desk.emit(DocumentListed(tuple([each.id for each in shown]), folder))
    lines = [f"{name}/  {count}" for name, count in above] + [each.line for each in shown]
    nothing = "" if lines else _nothing(desk, folder)
    data = {"folders": above, "documents": shown}
    return listed(lines, data, page, _LIST, more=len(folders) + len(found) > end, nothing=nothing)


@tool("read", cost=_READ)
def document_read(desk: Desk, id: Id, page: Page = 1, version: Annotated[int, Meta(ge=0)] = 0) -> ToolResult:
    """Open a document and read a page of it.

    Args:
        id: The document's id.
        page: From 1.
        version: Number of an earlier version; 0 for the present one.
    """
    document = find(desk, id)
    if isinstance(document, ToolResult):
        return document
    chosen = document.version(version) if version else document.last
    if chosen is None:
        return refused("not_found", f"{id} has no version {version}, only 1 to {document.last.number}.")
    shown = part(chosen.text, page)
    if shown is None:
        return refused("not_found", f"Version {chosen.number} of {id} has no page {page}.")
    desk.emit(DocumentRead(id, chosen.number, shown.start, shown.end))
    data = {
        "id": id,
        "title": document.title,
        "version": chosen.number,
        "author": desk.view.person_of(chosen.author).address,
        "text": shown.text,
        "page": shown.page,
        "pages": shown.pages,
    }
    return ToolResult(True, "ok", f"{heading(document, chosen, desk.view)}\n\n{shown.numbered}", data, _READ)


@tool("read", cost=_SEARCH)
def document_search(
    desk: Desk, query: Annotated[str, Meta(min_length=1, max_length=200)], page: Page = 1
) -> ToolResult:
    """Search title and present text of documents. A hit has all the words. Latest change first, ten a page.

    Args:
        query: Words to look for; case does not matter.
        page: From 1.
    """
    terms = words(query)
    if not terms:
        return refused("bad_arguments", "document_search: the query has no word in it.")
    view = desk.view
    found = view.documents.search(terms, (page - 1) * PAGE, PAGE + 1)
    shown = found[:PAGE]
    snippets = [snippet(document, terms[0]) for document in shown]
    desk.emit(DocumentSearched(query, tuple([hit for hit, _ in snippets])))
    entries = [entry(document, view) for document in shown]
    lines = [f"{each.line}\n{text}" for each, (_, text) in zip(entries, snippets, strict=True)]
    nothing = "No document has all these words."
    return listed(lines, entries, page, _SEARCH, more=len(found) > PAGE, nothing=nothing)


@tool("read", cost=_HISTORY)
def document_history(desk: Desk, id: Id, page: Page = 1) -> ToolResult:
    """See where a document came from, who may read and edit it, and its versions, latest first.

    Args:
        id: The document's id.
        page: Of the versions, from 1.
    """
    document = find(desk, id)
    if isinstance(document, ToolResult):
        return document
    view = desk.view
    versions = document.versions[::-1][(page - 1) * PAGE : page * PAGE]
    if not versions:
        return refused("not_found", f"The history of {id} has no page {page}.")
    desk.emit(DocumentHistory(id))
    lines = [*origin(document, view), "Versions:", *[version_line(each, view) for each in versions]]
    told = [
        {"version": v.number, "author": view.person_of(v.author).address, "time": v.time, "note": v.note}
        for v in versions
    ]
    data = {"source": document.source, "versions": told}
    return listed(lines, data, page, _HISTORY, more=len(document.versions) > page * PAGE)


def _nothing(desk: Desk, folder: str) -> str:
    """Return what is said of an empty list."""
    near = near_miss(folder, [name for name, _ in desk.view.documents.folders()]) if folder else None
    return f"Nothing here. Did you mean {near}?" if near else "Nothing here."


TOOLS = (
    document_list,
    document_read,
    document_search,
    document_history,
    *documents_edit.TOOLS,
    *documents_share.TOOLS,
)
