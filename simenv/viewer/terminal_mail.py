"""What events about mail beside reading and writing mean, in short sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from simenv.company.mail import INBOX, SENT, TRASH
from simenv.core.event import Event
from simenv.core.kinds.mail import MailBounced, MailErased, MailMoved, MailSent
from simenv.viewer.terminal_doings import Said, did
from simenv.viewer.terminal_names import Names
from simenv.viewer.terminal_text import listed, plain, quoted

FOLDERS: Final[Mapping[str, str]] = {INBOX: "its inbox", SENT: "its sent mail", TRASH: "its trash"}
"""What the folders that everybody has are called."""


def folder(name: str) -> str:
    """Return what a folder is called in a sentence."""
    return FOLDERS.get(name) or f"its folder {quoted(name, 40)}"


def recipients(names: Names, data: MailSent) -> str:
    """Return to whom a message went: lists instead of their members, and addresses that nobody known has."""
    lists = [each for each in names.company.opening.lists.values() if each.name in data.lists]
    members = {member for each in lists for member in each.members}
    shown = [plain(each.name, 60) for each in lists]
    shown += [names.name(person) for person in data.to if person not in members]
    return listed([*shown, *[quoted(each, 60) for each in (*data.beyond, *data.unknown) if each not in data.blind]])


def copies(names: Names, data: MailSent) -> str:
    """Return the end of a sentence that says who got copies, seen by all or not; empty if nobody did."""
    members = {
        member for each in names.company.opening.lists.values() if each.name in data.lists for member in each.members
    }
    seen = [person for person in data.cc if person not in members]
    blind = [*map(names.name, data.bcc), *[quoted(each, 60) for each in data.blind]]
    copied = f", copy to {names.names(seen)}" if seen else ""
    return f"{copied}, blind copy to {listed(blind)}" if blind else copied


def _moved(names: Names, event: Event, data: MailMoved) -> Said:
    if data.folder == TRASH:
        return did(names, event, f"throws {names.subject(data.id)} away")
    return did(names, event, f"puts {names.subject(data.id)} into {folder(data.folder)}")


def _erased(names: Names, event: Event, data: MailErased) -> Said:
    return did(names, event, f"erases {names.subject(data.id)} from its mailbox")


def _bounced(names: Names, event: Event, data: MailBounced) -> Said:
    nobody = listed(quoted(address, 60) for address in data.addresses)
    return "aside", f"{names.subject(data.id)} cannot be delivered to {nobody}", ""


SAY: Final[dict[type, Callable[[Names, Event, Any], Said]]] = {
    MailBounced: _bounced,
    MailErased: _erased,
    MailMoved: _moved,
}
"""Kind of event -> what it means."""

TRIES: Final = {
    "mail_attachment": "to open an attachment",
    "mail_forward": "to forward a message",
    "mail_move": "to file a message",
    "mail_delete": "to throw a message away",
}
"""Tool -> what a call of it tries."""
