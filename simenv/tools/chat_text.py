"""How chat looks to a reader: channels in a list, posts of a page, hits of a search, what is told of arrivals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from simenv.company.chat import WHOLE, Channel
from simenv.company.mail import Message
from simenv.company.oneline import one_line
from simenv.company.view import CompanyView

POSTS: Final = 10
"""Posts of a page."""

_ROOM: Final = 5_000
"""Characters of a page, unless a single post is longer."""

_PURPOSE: Final = 120


def title(channel: Channel, view: CompanyView) -> str:
    """Return what a channel is called by one of its readers."""
    if not channel.direct:
        return channel.name
    others = [view.person_of(person).name for person in channel.members if person != view.person]
    return f"direct messages with {', '.join(others)}"


def channel_line(channel: Channel, unread: int, view: CompanyView) -> str:
    """Return a channel as a line of a list."""
    if channel.direct:
        what = ""
    else:
        private = ", private" if channel.private else ""
        purpose = one_line(channel.purpose, _PURPOSE)
        what = f" ({_members(channel)}{private}) {purpose}".rstrip()
    return f"{channel.id}  {title(channel, view)}{f', {unread} UNREAD' if unread else ''}{what}"


def typed_channel(channel: Channel, unread: int, view: CompanyView) -> dict[str, Any]:
    """Return a channel as data."""
    return {
        "id": channel.id,
        "name": channel.name,
        "purpose": channel.purpose,
        "members": [view.person_of(person).address for person in channel.members],
        "private": channel.private,
        "direct": channel.direct,
        "unread": unread,
    }


def heading(channel: Channel, view: CompanyView) -> str:
    """Return the first line over a channel's posts."""
    return title(channel, view) if channel.direct else f"{channel.name} ({_members(channel)})"


def post(message: Message, view: CompanyView, new: bool = False) -> str:
    """Return a whole post. Its lines are indented, so that none of them can look like another post."""
    answers = f" (answers {message.in_reply_to})" if message.in_reply_to else ""
    head = f"{message.id}  {_who(message, view)}{answers}{' NEW' if new else ''}"
    return "\n".join([head, *[f"    {line}" for line in message.body.splitlines()]])


def typed_post(message: Message, view: CompanyView) -> dict[str, Any]:
    """Return a post as data."""
    return {
        "id": message.id,
        "channel": message.thread,
        "from": view.person_of(message.sender).address,
        "time": message.time,
        "body": message.body,
        "in_reply_to": message.in_reply_to,
    }


def hit(message: Message, channel: Channel, part: str, view: CompanyView) -> str:
    """Return a post that was found, with a part of it."""
    return f"{message.id}  {title(channel, view)}  {_who(message, view)}\n{part}"


def page_of(posts: Sequence[Message], page: int, view: CompanyView) -> tuple[int, int]:
    """Return which posts stand on a page, counted from the newest: from one place up to another, both 0 if none do.

    Args:
        posts: All posts, oldest first.
        page: From 1.
        view: The reader's view.
    """
    end = len(posts)
    while True:
        start, room = end, _ROOM
        while start > 0 and end - start < POSTS:
            room -= len(post(posts[start - 1], view)) + 1
            if room < 0 and start < end:
                break
            start -= 1
        if page == 1 or start == 0:
            return (start, end) if page == 1 else (0, 0)
        page, end = page - 1, start


def notice_lines(ids: Sequence[str], view: CompanyView) -> list[str]:
    """Return what the seat is told of messages, an entry each: short ones whole, of longer ones who wrote where.

    Args:
        ids: Ids of chat messages the seat may read.
        view: The seat's view.
    """
    lines = []
    for message in view.chat.messages(ids):
        channel = view.chat.of(message)
        where = "direct message" if channel.direct else channel.name
        head = f"{message.id}  {where}  {_who(message, view)}"
        if len(message.body) <= WHOLE:
            lines.append("\n".join([f"{head}:", *[f"    {line}" for line in message.body.splitlines()]]))
        else:
            lines.append(f"{head}: {len(message.body)} characters, see chat_read {channel.name or channel.id}")
    return lines


def _who(message: Message, view: CompanyView) -> str:
    return f"{view.stamp(message.time)}  {view.person_of(message.sender).name}"


def _members(channel: Channel) -> str:
    return f"{len(channel.members)} member{'s' if len(channel.members) != 1 else ''}"
