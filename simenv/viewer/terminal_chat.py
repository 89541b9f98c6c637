"""What happens in the chat, in short sentences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from simenv.company.chat import mentions
from simenv.core.event import Event
from simenv.core.kinds.chat import (
    ChannelJoined,
    ChannelLeft,
    ChannelOpened,
    ChatListed,
    ChatPosted,
    ChatRead,
    ChatSearched,
)
from simenv.viewer.terminal_doings import Said, did, looked
from simenv.viewer.terminal_names import Names
from simenv.viewer.terminal_text import counted, plain, quoted


def _posted(names: Names, event: Event, data: ChatPosted) -> Said:
    if data.direct:
        said = did(names, event, f"writes to {names.names(data.to)} in the chat", data.body)
        to_seat = names.seat in data.to
    else:
        said = did(names, event, f"posts in {_channel(names, event, data.channel)}", data.body)
        seat = names.company.opening.people.get(names.seat)
        to_seat = names.seat in data.to and seat is not None and mentions(data.body, seat)
    return ("mail", *said[1:]) if to_seat else said


def _read(names: Names, event: Event, data: ChatRead) -> Said:
    where = _channel(names, event, data.channel)
    return looked(names, event, f"reads {where} ({counted(len(data.ids), 'post')})")


def _listed(names: Names, event: Event, data: ChatListed) -> Said:
    return looked(names, event, f"looks through the chat's channels ({len(data.channels)} listed)")


def _searched(names: Names, event: Event, data: ChatSearched) -> Said:
    return looked(names, event, f"searches the chat for {quoted(data.query, 60)} ({len(data.hits)} found)")


def _opened(names: Names, event: Event, data: ChannelOpened) -> Said:
    others = [person for person in data.members if person != event.actor]
    whom = f" with {names.names(others)}" if others else ""
    sort = "private channel" if data.private else "channel"
    return did(names, event, f"makes the {sort} {plain(data.name, 60)}{whom}", data.purpose)


def _joined(names: Names, event: Event, data: ChannelJoined) -> Said:
    where = _channel(names, event, data.id)
    if data.persons == (event.actor,):
        return did(names, event, f"joins {where}")
    return did(names, event, f"adds {names.names(data.persons)} to {where}")


def _left(names: Names, event: Event, data: ChannelLeft) -> Said:
    return did(names, event, f"leaves {_channel(names, event, data.id)}")


def _channel(names: Names, event: Event, id: str) -> str:
    found = names.company.channels.get(id)
    if found is None:
        return "a conversation"
    if not found.direct:
        return plain(found.name, 60)
    return f"its conversation with {names.names([each for each in found.members if each != event.actor])}"


SAY: Final[dict[type, Callable[[Names, Event, Any], Said]]] = {
    ChannelJoined: _joined,
    ChannelLeft: _left,
    ChannelOpened: _opened,
    ChatListed: _listed,
    ChatPosted: _posted,
    ChatRead: _read,
    ChatSearched: _searched,
}
"""Kind of event -> what it means."""

TRIES: Final = {
    "channel_create": "to make a channel",
    "chat_channels": "to list the chat's channels",
    "chat_direct": "to write to a colleague in the chat",
    "chat_join": "to join a channel",
    "chat_leave": "to leave a channel",
    "chat_post": "to post in the chat",
    "chat_read": "to read the chat",
    "chat_search": "to search the chat",
}
"""Tool -> what a call of it that did not run was meant to do."""
