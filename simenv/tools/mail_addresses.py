"""Who stands behind the addresses of a message: people, distribution lists, somebody outside, nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Final

from msgspec import Meta, Struct

from simenv.company.view import CompanyView
from simenv.core.calls import ToolResult, refused
from simenv.tools.base import Desk
from simenv.tools.nobody import nobody_at

MOST: Final = 50
Address = Annotated[str, Meta(max_length=320)]
Addresses = Annotated[list[Address], Meta(min_length=1, max_length=MOST)]
OptionalAddresses = Annotated[list[Address], Meta(max_length=MOST)]

_FORM: Final = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")


class Recipients(Struct, frozen=True, gc=False):
    """Who gets a message; fields as in :class:`~simenv.core.kinds.mail.MailSent`."""

    to: tuple[str, ...]
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()


class _Line(Struct, gc=False):
    """One line of addresses: people, names of lists, and addresses that nobody of the address book has."""

    people: dict[str, None]
    lists: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def look_up(desk: Desk, to: Sequence[str], cc: Sequence[str] = (), bcc: Sequence[str] = ()) -> Recipients | ToolResult:
    """Return who stands behind these addresses, each person once, or why nothing can be sent to them."""
    if not cc and not bcc:
        known = [desk.view.person_at(address) for address in to]
        if None not in known:  # nearly always
            return Recipients(tuple(dict.fromkeys([person.id for person in known if person is not None])))
    lines = []
    for addresses in (to, cc, bcc):
        line = _read(desk, addresses)
        if isinstance(line, ToolResult):
            return line
        lines.append(line)
    first, copied, blind = lines
    seen = first.people | copied.people
    shown = dict.fromkeys(first.others + copied.others)
    hidden = tuple([each for each in dict.fromkeys(blind.others) if each not in shown])
    inside = [each for each in (*shown, *hidden) if _inside(each, desk.view)]
    found = Recipients(
        tuple(first.people),
        tuple([each for each in copied.people if each not in first.people]),
        tuple([each for each in blind.people if each not in seen]),
        tuple([each for each in (*shown, *hidden) if each not in inside]),
        tuple(dict.fromkeys(first.lists + copied.lists)),
        tuple(inside),
        hidden,
    )
    if len(found.beyond) > MOST:
        return refused("too_large", f"That is {len(found.beyond)} addresses outside; {MOST} are the most.")
    if not (found.to or found.cc or found.bcc or found.beyond):
        nobody = "" if inside else "There is nobody but you on that list."
        return refused("not_found", nobody or nobody_has(found.unknown, desk.view))
    return found


def nobody_has(addresses: Sequence[str], view: CompanyView) -> str:
    """Return what one is told of addresses of the company that nobody has."""
    where = "messages and in the directory"
    return " ".join([nobody_at(address, address[:80], view, where) for address in addresses[:5]])


def _read(desk: Desk, addresses: Sequence[str]) -> _Line | ToolResult:
    view, line = desk.view, _Line({})
    for address in addresses:
        person = view.person_at(address)
        if person is not None:
            line.people[person.id] = None
        elif (found := view.list_at(address)) is not None:
            line.lists += (found.name,)
            line.people.update(dict.fromkeys([member for member in found.members if member != desk.person]))
        else:
            plain = address.strip().casefold()
            if not (_FORM.fullmatch(plain) and plain.isprintable()):
                return refused("bad_arguments", f"{address[:80]!r} is no mail address.")
            line.others += (plain,)
    return line


def _inside(address: str, view: CompanyView) -> bool:
    domain, own = address.rpartition("@")[2], view.domain.casefold()
    return domain == own or domain.endswith(f".{own}")
