"""Chat: what one person may see."""

from __future__ import annotations

from collections.abc import Sequence

from simenv.company.chat import Channel
from simenv.company.mail import Message
from simenv.company.views.base import View


class ChatView(View):
    """One person's view: channels the person is in, and those that are open to everybody."""

    __slots__ = ()

    def has(self, id: str) -> bool:
        """Whether a channel of this id exists, seen or not."""
        return id in self._company.channels

    def taken(self, name: str) -> bool:
        """Whether a channel has this name, seen or not."""
        return any(channel.name == name for channel in self._company.channels.values())

    def mine(self) -> list[Channel]:
        """Return the channels and conversations the person is in, the one with the latest post first."""
        found = [channel for channel in self._company.channels.values() if self.person in channel.members]
        return sorted(found, key=lambda channel: (-self._latest(channel), channel.name, channel.id))

    def joinable(self) -> list[Channel]:
        """Return the open channels the person is not in, by name."""
        found = [
            channel
            for channel in self._company.channels.values()
            if channel.open and self.person not in channel.members
        ]
        return sorted(found, key=lambda channel: (channel.name, channel.id))

    def channel(self, name: str) -> Channel | None:
        """Return a channel by its id or its name, with or without its sign; or None.

        Raises:
            PermissionError: If it is not open and the person is not in it.
        """
        found = self._company.channels.get(name)
        if found is None and (sought := "#" + name.strip().lstrip("#").casefold()) != "#":
            named = [channel for channel in self._company.channels.values() if channel.name == sought]
            found = next((channel for channel in named if channel.readable(self.person)), None) or next(
                iter(named), None
            )
        if found is not None and not found.readable(self.person):
            raise PermissionError(found.id)
        return found

    def of(self, message: Message) -> Channel:
        """Return the channel in which a post stands."""
        return self._company.channels[message.thread]

    def direct_with(self, person: str) -> Channel | None:
        """Return the conversation with a person, or None if there was none yet."""
        both = {self.person, person}
        channels = self._company.channels.values()
        return next((channel for channel in channels if channel.direct and set(channel.members) == both), None)

    def unread_posts(self, channel: Channel) -> frozenset[str]:
        """Return the ids of others' posts in a channel that the person has not seen."""
        seen = self._company.chat_seen.get(f"{self.person} {channel.id}") or 0
        later = self._company.messages(channel.posts[seen:])
        return frozenset([message.id for message in later if message.sender != self.person])

    def messages(self, ids: Sequence[str]) -> list[Message]:
        """Return posts of a channel the person may read."""
        return self._company.messages(ids)

    def search(self, query: Sequence[str], start: int, count: int) -> list[Message]:
        """Return the posts the person may read that have every word of the query, newest first.

        Args:
            query: Words as :func:`simenv.company.text.words` gives them, at least one.
            start: How many to pass over.
            count: How many to return at most.
        """
        company, limit, ids = self._company, start + count, list[str]()
        mail = company.opening.mail
        for channel in company.channels.values():
            if channel.posts and channel.readable(self.person):
                ids += channel.ids.find(query, company.messages, mail, limit)
        found = sorted(company.messages(ids), key=_by_time, reverse=True)
        return found[start:limit]

    def _latest(self, channel: Channel) -> int:
        """Return when the latest post was written; before everything if there is none."""
        return self._company.message(channel.posts[-1]).time if channel.posts else -(2**53)


def _by_time(message: Message) -> tuple[int, int, str]:
    return message.time, -1 if message.seq is None else message.seq, message.id
