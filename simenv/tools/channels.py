"""Channels: make, join, leave; and how the tools of chat find a channel or a colleague."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

from msgspec import Meta

from simenv.company.chat import Channel, direct_id
from simenv.company.oneline import one_line
from simenv.company.people import Person
from simenv.company.text import words
from simenv.core.calls import ToolResult, refused
from simenv.core.errors import near_miss
from simenv.core.kinds.chat import ChannelJoined, ChannelLeft, ChannelOpened
from simenv.core.kinds.mail import AccessDenied
from simenv.tools.base import Desk, tool
from simenv.tools.nobody import nobody_at

MAX_MEMBERS: Final = 50
_CREATE, _JOIN, _LEAVE = 90, 20, 20
"""Simulated seconds each takes."""

Name = Annotated[str, Meta(max_length=320)]
Address = Annotated[str, Meta(max_length=320)]


@tool("write", cost=_JOIN)
def chat_join(desk: Desk, channel: Name) -> ToolResult:
    """Join an open channel.

    Args:
        channel: "#name" or id.
    """
    found = find_channel(desk, channel)
    if isinstance(found, ToolResult):
        return found
    if desk.person in found.members:
        return refused("conflict", "You are in it already.")
    desk.emit(ChannelJoined(found.id, (desk.person,)))
    return ToolResult(True, "ok", f"You are in {found.name}.", {"id": found.id}, _JOIN)


@tool("write", cost=_LEAVE)
def chat_leave(desk: Desk, channel: Name) -> ToolResult:
    """Leave a channel. Into a private one there is no way back.

    Args:
        channel: "#name" or id.
    """
    found = find_channel(desk, channel)
    if isinstance(found, ToolResult):
        return found
    if found.direct:
        return refused("conflict", "A conversation of two cannot be left.")
    if desk.person not in found.members:
        return refused("conflict", f"You are not in {found.name}.")
    desk.emit(ChannelLeft(found.id))
    return ToolResult(True, "ok", f"You have left {found.name}.", {"id": found.id}, _LEAVE)


@tool("write", cost=_CREATE)
def channel_create(
    desk: Desk,
    name: Annotated[str, Meta(min_length=1, max_length=40)],
    purpose: Annotated[str, Meta(max_length=200)] = "",
    members: Annotated[list[Address], Meta(max_length=MAX_MEMBERS)] = [],  # noqa: B006 - nobody changes it
    private: bool = False,
) -> ToolResult:
    """Make a channel with you in it.

    Args:
        name: As in "#site-visits".
        purpose: What it is for.
        members: Mail addresses of colleagues to add.
        private: Only members find and read it, and nobody can join.
    """
    sign = "#" + "-".join(words(name))
    if sign == "#":
        return refused("bad_arguments", "name: there is no letter or digit in it.")
    if desk.view.chat.taken(sign):
        return refused("conflict", f"There is a channel {sign} already.")
    people = [member(desk, address) for address in members]
    for person in people:
        if isinstance(person, ToolResult):
            return person
    ids = dict.fromkeys([desk.person, *[person.id for person in people if isinstance(person, Person)]])
    id = desk.streams.make_id("chan", desk.person, sign)
    desk.emit(ChannelOpened(id, sign, one_line(purpose, 200), tuple(ids), private))
    names = ", ".join([desk.view.person_of(person).name for person in ids])
    return ToolResult(True, "ok", f"{sign} has the id {id}. In it: {names}.", {"id": id, "name": sign}, _CREATE)


def find_channel(desk: Desk, name: str) -> Channel | ToolResult:
    """Return a channel the seat may read, by name, id or a colleague's address; or the refusal."""
    chat = desk.view.chat
    if "@" in name:
        person = member(desk, name)
        if isinstance(person, Person) and person.id == desk.person:
            return refused("conflict", "That is you.")
        return person if isinstance(person, ToolResult) else chat.direct_with(person.id) or new_direct(desk, person)
    try:
        found = chat.channel(name)
    except PermissionError as denied:
        desk.emit(AccessDenied(str(denied)))
        return refused("not_allowed", f"{name[:80]} is private and you are not in it.")
    if found is not None:
        return found
    near = near_miss("#" + name.strip().lstrip("#").casefold(), _names([*chat.mine(), *chat.joinable()]))
    hint = f" Did you mean {near}?" if near else " See chat_channels."
    return refused("not_found", f"There is no channel {name[:80]}.{hint}")


def member(desk: Desk, address: str) -> Person | ToolResult:
    """Return the colleague with an address, or the refusal."""
    view = desk.view
    person = view.person_at(address)
    if person is None:
        return refused("not_found", nobody_at(address, address[:80], view))
    if not person.inside:
        return refused("not_found", f"{person.label} is outside the company and not in its chat; write a mail.")
    return person


def new_direct(desk: Desk, person: Person) -> Channel:
    """Return the conversation with a colleague as it is before anything was said in it."""
    members = tuple(sorted((desk.person, person.id)))
    return Channel(direct_id(desk.streams, *members), "", "", members, private=True, direct=True)


def _names(channels: Sequence[Channel]) -> list[str]:
    return [channel.name for channel in channels if channel.name]


TOOLS = (chat_join, chat_leave, channel_create)
