"""What the mail system writes by itself: undeliverable mail comes back, and who is away has a note sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simenv.colleagues.base import WORLD, Host
from simenv.company.opening import Absence
from simenv.core.event import Event
from simenv.core.kinds.mail import MailBounced, MailSent

POSTMASTER: Final = "postmaster"
"""Key of the role that undeliverable mail comes back from."""


def deliver(host: Host, event: Event) -> None:
    """Do what the mail system does when a message has left.

    Args:
        host: The simulation.
        event: Of a ``mail.sent``; what a system wrote is answered by none.
    """
    data = event.data
    if not isinstance(data, MailSent) or data.auto:
        return
    if data.unknown:
        _bounce(host, event, data)
    if host.company.opening.absences:
        for person, absence in _away(host, event, data):
            _answer(host, event, data, person, absence)


def _bounce(host: Host, event: Event, data: MailSent) -> None:
    """Note which addresses nobody has, and tell the sender, if the company has somebody who does."""
    people = host.company.opening.people
    postmaster = next((person.id for person in people.values() if person.key == POSTMASTER), None)
    bounced = host.emit(MailBounced(data.id, data.unknown), postmaster or WORLD, event.seq)
    if postmaster is not None:
        lines = "\n".join([f"  {address}" for address in data.unknown])
        got = "\n\nEverybody else has got it." if data.to or data.cc or data.bcc or data.beyond else ""
        body = f"Your message could not be delivered to:\n\n{lines}\n\nNobody here has such an address.{got}"
        _write(host, event, data, postmaster, f"Undeliverable: {data.subject}", body, f"bounce:{data.id}", bounced.seq)


def _away(host: Host, event: Event, data: MailSent) -> Iterator[tuple[str, Absence]]:
    """Yield who is away, was written to by name and lets that be said; for a seat nobody answers but its policy."""
    company = host.company
    opening = company.opening
    by_list = {member for each in opening.lists.values() if each.name in data.lists for member in each.members}
    for person in dict.fromkeys(data.to + data.cc):
        if person in by_list or person in company.seats or person == event.actor:
            continue
        for absence in opening.absences.get(person, ()):
            if absence.note is not None and absence.start <= event.time < absence.end:
                yield person, absence


def _answer(host: Host, event: Event, data: MailSent, person: str, absence: Absence) -> None:
    """Send a note of absence, unless this sender has got it: its id says for whom it is."""
    company, key = host.company, f"away:{absence.start}:{event.actor}"
    if absence.note is not None and not company.has_message(host.streams.make_id("mail", person, key)):
        body = absence.note.render(company.opening.values)
        _write(host, event, data, person, f"Automatic reply: {data.subject}", body, key, event.seq)


def _write(
    host: Host, event: Event, data: MailSent, person: str, subject: str, body: str, key: str, cause: int
) -> None:
    """Send an automatic message back to the sender, in the thread of what it answers."""
    id = host.streams.make_id("mail", person, key)
    host.emit(MailSent(id, data.thread, (event.actor,), subject, body, (), data.id, auto=True), person, cause)
