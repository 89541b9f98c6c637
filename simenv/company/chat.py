"""Chat: channels and direct messages. A post is a :class:`~simenv.company.mail.Message` whose thread is the channel."""

from __future__ import annotations

from msgspec import Struct


class Channel(Struct, frozen=True, gc=False):
    """One channel, or the conversation of two people.

    Attributes:
        id: ``chan-...``; for a direct conversation the same whoever begins it.
        name: ``#name``, or "" for a direct conversation.
        purpose: What it is for.
        members: Ids of those who see it.
        private: Whether others can neither find nor join it.
        direct: Whether it is the conversation of two people.
        posts: Ids of its messages, oldest first.
    """

    id: str
    name: str
    purpose: str
    members: tuple[str, ...]
    private: bool = False
    direct: bool = False
    posts: tuple[str, ...] = ()
