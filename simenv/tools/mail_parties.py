"""Who stands in the lines of a message as one reader sees it: a list instead of its members, blind copies to few."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from simenv.company.mail import Message
from simenv.company.opening import MailList
from simenv.company.people import Person
from simenv.company.view import CompanyView

Party = Person | MailList | str
"""A person, a distribution list, or an address that nobody of the address book has."""


class Addressed(Protocol):
    """What has recipients: a message, or what it will be sent to."""

    @property
    def to(self) -> tuple[str, ...]:
        """Ids of the recipients."""

    @property
    def cc(self) -> tuple[str, ...]:
        """Ids of those in copy."""

    @property
    def lists(self) -> tuple[str, ...]:
        """Names of the distribution lists behind them."""


def lines(message: Addressed, sender: str, view: CompanyView) -> tuple[list[Party], list[Party]]:
    """Return who stands in ``To`` and in ``Cc``; where a list is named, its members are not."""
    people = view.people_by_id
    to: list[Party] = []
    cc: list[Party] = []
    by_list: set[str] = set()
    by_copied_list: set[str] = set()
    for each in view.lists():
        if each.name in message.lists:
            members = {member for member in each.members if member != sender}
            if members.issubset(message.to):
                to.append(each)
                by_list |= members
            elif not members.isdisjoint(message.cc):
                cc.append(each)
                by_copied_list |= members
    return (
        [*[people[person] for person in message.to if person not in by_list], *to],
        [*[people[person] for person in message.cc if person not in by_copied_list], *cc],
    )


def read_by(message: Message, view: CompanyView) -> tuple[list[Party], list[Party], list[Party]]:
    """Return who stands in ``To``, ``Cc`` and ``Bcc`` for whoever looks.

    Whoever got a blind copy sees that of themselves alone; addresses without a person stand among the recipients.
    """
    to, cc = lines(message, message.sender, view)
    reader = view.person
    blind = [view.person_of(person) for person in message.bcc if reader in (message.sender, person)]
    secret = [each for each in message.blind if reader == message.sender]
    return (
        [*to, *[each for each in message.beyond + message.unknown if each not in message.blind]],
        cc,
        [*blind, *secret],
    )


def label(party: Party) -> str:
    """Return a party as a header shows it: name and address."""
    if isinstance(party, str):
        return party
    return party.label if isinstance(party, Person) else f"{party.name} <{party.address}>"


def name(party: Party) -> str:
    """Return what a party is called."""
    return party if isinstance(party, str) else party.name


def addresses(parties: Iterable[Party]) -> list[str]:
    """Return the addresses of parties."""
    return [party if isinstance(party, str) else party.address for party in parties]
