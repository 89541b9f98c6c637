"""Chat."""

from __future__ import annotations

from typing import ClassVar

from simenv.core.kinds.base import OBSERVABLE, EventData, Visibility
from simenv.core.kinds.mail import Snippet


class ChatPosted(EventData, frozen=True):
    """A message was posted in a channel or a direct conversation; text stands here and nowhere else.

    ``to`` are those who see it there.
    """

    kind: ClassVar[str] = "chat.posted"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    channel: str
    to: tuple[str, ...]
    body: str
    in_reply_to: str | None = None
    direct: bool = False


class ChatRead(EventData, frozen=True):
    """These messages of a channel were shown."""

    kind: ClassVar[str] = "chat.read"
    visibility: ClassVar[Visibility] = OBSERVABLE
    channel: str
    ids: tuple[str, ...]


class ChatListed(EventData, frozen=True):
    """These channels were shown: names, purposes, members, how many are unread."""

    kind: ClassVar[str] = "chat.listed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    channels: tuple[str, ...]


class ChatSearched(EventData, frozen=True):
    """Parts of these messages were shown in answer to a query."""

    kind: ClassVar[str] = "chat.searched"
    visibility: ClassVar[Visibility] = OBSERVABLE
    query: str
    hits: tuple[Snippet, ...]


class ChatNotified(EventData, frozen=True):
    """The seat was told that these messages, which are addressed to it, have arrived.

    Those of at most 400 characters were shown whole, of longer ones only who wrote, where and when.
    """

    kind: ClassVar[str] = "chat.notified"
    visibility: ClassVar[Visibility] = OBSERVABLE
    ids: tuple[str, ...]


class ChannelOpened(EventData, frozen=True):
    """A channel was made."""

    kind: ClassVar[str] = "channel.opened"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    name: str
    purpose: str
    members: tuple[str, ...]
    private: bool = False


class ChannelJoined(EventData, frozen=True):
    """Persons were added to a channel, or joined it themselves."""

    kind: ClassVar[str] = "channel.joined"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
    persons: tuple[str, ...]


class ChannelLeft(EventData, frozen=True):
    """A person left a channel."""

    kind: ClassVar[str] = "channel.left"
    visibility: ClassVar[Visibility] = OBSERVABLE
    id: str
