"""Messages of one's own by id, and the argument that names one."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from simenv.company.mail import Message
from simenv.core.calls import ToolResult, refused
from simenv.core.kinds.mail import AccessDenied
from simenv.tools.base import Desk

Id = Annotated[str, Meta(min_length=1, max_length=80)]


def mine(desk: Desk, id: str) -> Message | ToolResult:
    """Return a message of the seat's mailbox, or the refusal: there is none of this id, or it is not the seat's."""
    try:
        message = desk.view.message(id)
    except PermissionError:
        desk.emit(AccessDenied(id))
        return refused("not_allowed", f"{id} is not in your mailbox.")
    if message is None:
        return refused(
            "not_found", f"There is no message {id[:40]} in your mailbox. Ids come from mail_list or mail_search."
        )
    return message
