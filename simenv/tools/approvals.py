"""Approvals: who has to agree to a ticket is asked, and that person alone decides."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from simenv.core.calls import ToolResult, refused
from simenv.core.kinds.mail import AccessDenied
from simenv.core.kinds.tickets import ApprovalAsked, ApprovalDecided
from simenv.tools.base import Desk, tool
from simenv.tools.tickets import Address, Ref, closed, find_colleague, find_ticket

_ASK, _DECIDE = 90, 60
"""Simulated seconds each takes."""

Note = Annotated[str, Meta(max_length=1_000)]


@tool("write", cost=_ASK)
def approval_ask(desk: Desk, ticket: Ref, approver: Address, note: Note = "") -> ToolResult:
    """Ask somebody to approve a ticket; this replaces an earlier request.

    Args:
        ticket: Number or id.
        approver: Mail address of who has to agree.
        note: Stands on the ticket as a comment.
    """
    found = find_ticket(desk, ticket)
    if isinstance(found, ToolResult):
        return found
    if found.closed:
        return closed(found)
    person = find_colleague(desk, approver)
    if isinstance(person, ToolResult):
        return person
    if person.id == desk.person:
        return refused("not_allowed", "You cannot ask yourself for approval.")
    if found.approval == "asked" and found.approver == person.id:
        return refused("conflict", f"{person.name} has been asked already and has not decided yet.")
    desk.emit(ApprovalAsked(found.id, person.id, note))
    return ToolResult(True, "ok", f"{person.name} is asked to approve {found.number}.", {"id": found.id}, _ASK)


@tool("write", cost=_DECIDE)
def approval_decide(desk: Desk, ticket: Ref, approve: bool, note: Note = "") -> ToolResult:
    """Approve or reject a ticket for which you were asked.

    Args:
        ticket: Number or id.
        approve: True to approve, false to reject.
        note: Stands on the ticket as a comment.
    """
    found = find_ticket(desk, ticket)
    if isinstance(found, ToolResult):
        return found
    if not found.approval:
        return refused("conflict", f"Nobody was asked to approve {found.number}.")
    if found.approver != desk.person:
        desk.emit(AccessDenied(found.id))
        approver = desk.view.person_of(found.approver).label
        return refused("not_allowed", f"{approver} was asked to approve {found.number}; nobody else can decide.")
    if found.approval != "asked":
        return refused("conflict", f"You have {found.approval} {found.number} already.")
    if found.closed:
        return closed(found)
    desk.emit(ApprovalDecided(found.id, approve, note))
    did = "approved" if approve else "rejected"
    return ToolResult(True, "ok", f"You have {did} {found.number}.", {"id": found.id, "approval": did}, _DECIDE)


TOOLS = (approval_ask, approval_decide)
