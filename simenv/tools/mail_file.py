"""Mail: put messages into folders, throw them away."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from simenv.company.mail import INBOX, SENT, TRASH
from simenv.core.calls import ToolResult, refused
from simenv.core.kinds.mail import MailErased, MailMoved
from simenv.tools.base import Desk, tool
from simenv.tools.mail_own import Id, mine

_COST = 15


@tool("write", cost=_COST)
def mail_move(desk: Desk, id: Id, folder: Annotated[str, Meta(min_length=1, max_length=60)]) -> ToolResult:
    """Put a message into a folder.

    Args:
        id: The message's id.
        folder: archive, trash, inbox, or a name of your own; a new one is made.
    """
    message = mine(desk, id)
    if isinstance(message, ToolResult):
        return message
    folders = desk.view.folders
    name = " ".join(folder.split())
    if not name or not name.isprintable():
        return refused("bad_arguments", "mail_move: that is no name for a folder.")
    name = folders.named(name) or name
    if folders.place(message) == name:
        return refused("conflict", f"{id} lies in {name} already.")
    if name == INBOX and desk.person not in message.recipients:
        return refused("conflict", f"{id} did not come to you; what you sent can go back to {SENT}.")
    if name == SENT and message.sender != desk.person:
        return refused("conflict", f"You did not send {id}; what came to you can go back to {INBOX}.")
    desk.emit(MailMoved(id, name))
    return ToolResult(True, "ok", f"{id} now lies in {name}.", {"id": id, "folder": name}, _COST)


@tool("write", cost=_COST)
def mail_delete(desk: Desk, id: Id) -> ToolResult:
    """Put a message into the trash; what lies there already is erased from your mailbox for good.

    Args:
        id: The message's id.
    """
    message = mine(desk, id)
    if isinstance(message, ToolResult):
        return message
    if desk.view.folders.place(message) == TRASH:
        desk.emit(MailErased(id))
        return ToolResult(True, "ok", f"{id} is erased from your mailbox.", {"id": id, "folder": None}, _COST)
    desk.emit(MailMoved(id, TRASH))
    return ToolResult(True, "ok", f"{id} now lies in {TRASH}.", {"id": id, "folder": TRASH}, _COST)


TOOLS = (mail_move, mail_delete)
