"""Documents: who may read and edit them."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from simenv.company.documents import OPEN, Classification
from simenv.core.calls import ToolResult, refused
from simenv.core.kinds.documents import DocumentClassified, DocumentShared, DocumentUnshared
from simenv.tools.base import Desk, tool
from simenv.tools.documents_find import Addresses, Id, find_to_change, named
from simenv.tools.documents_text import few, labels

_SHARE, _CLASSIFY = 60, 30
"""Simulated seconds each takes."""

Some = Annotated[Addresses, Meta(min_length=1)]


@tool("external", cost=_SHARE)
def document_share(desk: Desk, id: Id, addresses: Some, role: Literal["reader", "editor"] = "reader") -> ToolResult:
    """Share a document you own or edit. Addresses outside the company get a link.

    Args:
        id: The document's id.
        addresses: Mail addresses of those it is shared with.
        role: What they may do from now on.
    """
    document = find_to_change(desk, id)
    if isinstance(document, ToolResult):
        return document
    persons, beyond, problem = named(desk, addresses)
    if problem:
        return refused("not_found", problem)
    have = {document.owner, *document.editors, *(() if role == "editor" else document.readers)}
    persons = tuple([person for person in persons if person not in have])
    beyond = tuple([address for address in beyond if address not in document.beyond])
    if not persons and not beyond:
        return refused("conflict", "They have this right already.")
    desk.emit(DocumentShared(id, persons, role, beyond))
    who = few([*labels(persons, desk.view), *[f"{address} (outside)" for address in beyond]])
    return ToolResult(True, "ok", f"Shared {document.title} as {role} with {who}.", {"role": role}, _SHARE)


@tool("write", cost=_SHARE)
def document_unshare(desk: Desk, id: Id, addresses: Some) -> ToolResult:
    """Take the right to read or edit a document from those it was shared with.

    Args:
        id: The document's id.
        addresses: Their mail addresses.
    """
    document = find_to_change(desk, id)
    if isinstance(document, ToolResult):
        return document
    persons, beyond, problem = named(desk, addresses)
    if problem:
        return refused("not_found", problem)
    strangers = [person for person in persons if person not in document.readers + document.editors]
    others = [*labels(strangers, desk.view), *[address for address in beyond if address not in document.beyond]]
    if others:
        return refused("not_found", f"{id} was not shared with {few(others)}.")
    desk.emit(DocumentUnshared(id, persons, beyond))
    still = (
        f" It is {document.classification}: colleagues may still read it." if document.classification in OPEN else ""
    )
    who = few([*labels(persons, desk.view), *beyond])
    return ToolResult(True, "ok", f"{document.title} is no longer shared with {who}.{still}", None, _SHARE)


@tool("privileged", cost=_CLASSIFY)
def document_classify(desk: Desk, id: Id, classification: Classification) -> ToolResult:
    """Give a document you own another classification. Every colleague may read public and internal ones.

    Args:
        id: The document's id.
        classification: The new one.
    """
    document = find_to_change(desk, id, by_owner=True)
    if isinstance(document, ToolResult):
        return document
    if document.classification == classification:
        return refused("conflict", f"{id} is {classification} already.")
    desk.emit(DocumentClassified(id, classification))
    return ToolResult(True, "ok", f"{document.title} is {classification} now.", None, _CLASSIFY)


TOOLS = (document_share, document_unshare, document_classify)
