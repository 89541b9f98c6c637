"""What a seat can see right now that a call may be about: ids, addresses, names, words."""

from __future__ import annotations

from typing import Final

from simenv.company.mail import Message
from simenv.company.text import words
from simenv.company.view import CompanyView

_LOOK: Final = 30
"""Things of a kind that are looked at."""
_EVER: Final = 2**53


def visible(view: CompanyView) -> dict[str, list[str]]:
    """Return real texts to take for arguments, as :func:`~simenv.tools.sampling.sample_arguments` wants them.

    Args:
        view: What the seat sees of its company.
    """
    mail: list[Message] = [*view.folder("inbox", False, 0, _LOOK), *view.folder("sent", False, 0, _LOOK)]
    met = [view.person_of(person).address for message in mail for person in (message.sender, *message.named)]
    people = list(dict.fromkeys([*view.known_addresses(), *met]))
    known = list(view.known_addresses())
    documents = view.documents.listing()[:_LOOK]
    meetings = [meeting.id for meeting in view.calendar.between(view.person, -_EVER, _EVER)][-_LOOK:]
    channels = [each.name or each.id for each in [*view.chat.mine(), *view.chat.joinable()][:_LOOK]]
    systems = view.systems.all()[:_LOOK]
    return {
        "id": [message.id for message in mail],
        "to": people,
        "cc": people,
        "bcc": people,
        "attachments": [document.id for document in documents],
        "mail_list.folder": list(view.folders.names()),
        "mail_move.folder": ["archive", "trash", "Later"],
        "mail_attachment.id": [message.id for message in mail if message.attached],
        "sender": people,
        "thread": [message.thread for message in mail],
        "query": sorted({word for message in mail for word in words(message.subject)}),
        "document.id": [document.id for document in documents],
        "document_save.id": [message.id for message in mail],
        "document.folder": [document.folder for document in documents],
        "document.addresses": people,
        "document.readers": known,
        **dict.fromkeys(("attendees", "members", "people", "person", "assignee", "approver"), known),
        "calendar.id": meetings,
        "meeting.id": meetings,
        "channel": channels,
        "ticket": [ticket.number for ticket in view.tickets.select()[:_LOOK]],
        "queue": list(view.tickets.queues()),
        "system": [system.key for system in systems],
        "alert.id": [alert.id for alert in view.systems.alerts()[:_LOOK]],
        "job": [job.key for system in systems for job in system.jobs],
        "note.title": view.notes.titles(),
    }
