"""Chat: what is posted and read, and who belongs to which channel."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final

from msgspec.structs import replace

from simenv.company.chat import WHOLE, Channel, mentions
from simenv.company.fold import news
from simenv.company.mail import Message
from simenv.company.state import Company
from simenv.core.event import Event
from simenv.core.kinds.chat import ChannelJoined, ChannelLeft, ChannelOpened, ChatNotified, ChatPosted, ChatRead


def _posted(company: Company, event: Event, data: ChatPosted) -> None:
    author, id = event.actor, data.id
    message = Message(
        id, data.channel, author, data.to, "", data.body, event.time, in_reply_to=data.in_reply_to, seq=event.seq
    )
    company.add_message(message)
    channel = company.channels.get(data.channel)
    if channel is None and data.direct:
        channel = Channel(data.channel, "", "", tuple(sorted((author, *data.to))), private=True, direct=True)
    if channel is None:
        raise KeyError(data.channel)
    channel = replace(channel, posts=channel.ids.followed_by(id))
    company.channels.put_record(channel.id, channel)
    _move_on(company, channel, author, ())
    for person, seat in company.seats.items():
        if person == author or person not in channel.members:
            continue
        if channel.direct or mentions(data.body, company.opening.people[person]):
            seat.fresh = (*seat.fresh, id)


def _read(company: Company, event: Event, data: ChatRead) -> None:
    channel = company.channels.get(data.channel)
    if channel is None:  # a conversation in which nothing was said yet
        return
    posts, shown = channel.posts, frozenset(data.ids)
    last = next((number for number in range(len(posts), 0, -1) if posts[number - 1] in shown), 0)
    _move_on(company, channel, event.actor, (), last)


def _notified(company: Company, event: Event, data: ChatNotified) -> None:
    news.told(company, event, data)
    told = company.messages(data.ids)
    whole = {message.id for message in told if len(message.body) <= WHOLE}
    for id in dict.fromkeys([message.thread for message in told]):
        _move_on(company, company.channels[id], event.actor, whole)


def _opened(company: Company, event: Event, data: ChannelOpened) -> None:
    members = tuple(dict.fromkeys((event.actor, *data.members)))
    company.channels.put_record(data.id, Channel(data.id, data.name, data.purpose, members, data.private))


def _joined(company: Company, event: Event, data: ChannelJoined) -> None:
    channel = company.channels[data.id]
    new = [person for person in dict.fromkeys(data.persons) if person not in channel.members]
    company.channels.put_record(data.id, replace(channel, members=(*channel.members, *new)))
    for person in new:  # what was said before one came is not unread
        company.chat_seen.put_record(f"{person} {data.id}", len(channel.posts))


def _left(company: Company, event: Event, data: ChannelLeft) -> None:
    channel = company.channels[data.id]
    members = tuple([person for person in channel.members if person != event.actor])
    company.channels.put_record(data.id, replace(channel, members=members))


def _move_on(company: Company, channel: Channel, person: str, shown: Collection[str], at_least: int = 0) -> None:
    """Count as seen what was shown or is the person's own, up to the first post that is neither."""
    key = f"{person} {channel.id}"
    before = company.chat_seen.get(key) or 0
    seen, posts = max(before, at_least), channel.posts
    while seen < len(posts) and (posts[seen] in shown or company.message(posts[seen]).sender == person):
        seen += 1
    if seen != before:
        company.chat_seen.put_record(key, seen)


WRITERS: Final[dict[str, Callable[[Company, Event, Any], None]]] = {
    "chat.posted": _posted,
    "chat.read": _read,
    "chat.notified": _notified,
    "channel.opened": _opened,
    "channel.joined": _joined,
    "channel.left": _left,
}
