"""What the tools of documents have in common: arguments, finding a document and whom addresses name, new ids."""

from __future__ import annotations

import re
from typing import Annotated, Final

from msgspec import Meta

from simenv.company.documents import Document
from simenv.core.calls import ToolResult, refused
from simenv.core.kinds.mail import AccessDenied
from simenv.tools.base import Desk
from simenv.tools.nobody import nobody_at

LONGEST: Final = 40_000
"""Characters a document may have."""

Id = Annotated[str, Meta(min_length=1, max_length=80)]
Title = Annotated[str, Meta(max_length=200)]
Folder = Annotated[str, Meta(max_length=80)]
Text = Annotated[str, Meta(max_length=LONGEST)]
Note = Annotated[str, Meta(max_length=200)]
Addresses = Annotated[list[Annotated[str, Meta(min_length=3, max_length=320)]], Meta(max_length=50)]

_ADDRESS: Final = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[^\s@<>,;\".]+")


def find(desk: Desk, id: str) -> Document | ToolResult:
    """Return a document the seat may read, or the refusal."""
    documents = desk.view.documents
    try:
        document = documents.get(id)
    except PermissionError:
        desk.emit(AccessDenied(id))
        return refused("not_allowed", f"You may not open {id}. Its owner or an editor can share it with you.")
    if document is not None:
        return document
    near = documents.near(id)
    hint = f"Did you mean {near}?" if near else "Ids come from document_list or document_search."
    return refused("not_found", f"There is no document {id[:40]}. {hint}")


def find_to_change(desk: Desk, id: str, by_owner: bool = False) -> Document | ToolResult:
    """Return a document the seat may change, or the refusal.

    Args:
        desk: Where the tool runs.
        id: The document's id.
        by_owner: Only its owner may do this.
    """
    document = find(desk, id)
    if isinstance(document, ToolResult):
        return document
    owner = desk.view.person_of(document.owner)
    if by_owner and document.owner != desk.person:
        return refused("not_allowed", f"Only the owner may do this: {owner.name} <{owner.address}>.")
    if not document.editable(desk.person):
        return refused("not_allowed", f"You may read {id}, not change it. Its owner is {owner.name} <{owner.address}>.")
    return document


def named(desk: Desk, addresses: list[str]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Return the persons behind these addresses, the addresses outside that nobody is known by, and what is wrong.

    The last is "" if every address is of the company, of the address book, or outside.
    """
    view = desk.view
    persons: list[str] = []
    beyond: list[str] = []
    for given in addresses:
        address = given.strip().casefold()
        person = view.person_at(address)
        members = () if person is not None else view.documents.members(address)
        if person is not None:
            persons.append(person.id)
        elif members:
            persons += members
        elif not _ADDRESS.fullmatch(address):
            return (), (), f"{given[:80]} is no mail address."
        elif address.endswith("@" + view.domain.casefold()):
            return (), (), nobody_at(address, address[:80], view)
        else:
            beyond.append(address)
    return tuple(dict.fromkeys(persons)), tuple(dict.fromkeys(beyond)), ""


def new_id(desk: Desk, *about: str) -> str:
    """Return the id of a document the seat makes; it depends on what it is about, not on how many there are.

    Args:
        desk: Where the tool runs.
        about: What distinguishes it from others of the same author.
    """
    documents, ordinal = desk.view.documents, 0
    while documents.taken(id := desk.streams.make_id("doc", desk.person, "\x1f".join((*about, str(ordinal))))):
        ordinal += 1
    return id
