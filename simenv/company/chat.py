"""Chat: channels and direct messages. A post is a :class:`~simenv.company.mail.Message` whose thread is the channel."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final, cast

from msgspec import Struct
from msgspec.structs import force_setattr

from simenv.company.people import Person
from simenv.company.search import Index, Worded
from simenv.core.streams import Streams

WHOLE: Final = 400
"""Characters up to which a chat message is shown whole when its arrival is told; of a longer one only its head."""

MAX_POST: Final = 4_000
"""Characters a post may have, so that one is never larger than a page."""

MAX_LINES: Final = 100
"""Lines a post or the notes of a meeting may have: each takes room of its own where it is shown."""


class Posts(tuple[str, ...]):  # noqa: SLOT001 - Python gives no slots to subclasses of tuple
    """Ids of a channel's messages, oldest first, with the search index over them.

    A channel is replaced, never changed: an index belongs to exactly these ids, and both sides of a fork may share it.
    """

    _kept: tuple[object, Index] | None = None

    def followed_by(self, id: str) -> Posts:
        """Return these ids and one more, with what was indexed so far."""
        longer = Posts((*self, id))
        if self._kept is not None:
            mail, index = self._kept
            longer._kept = mail, index.fork()
        return longer

    def find(
        self,
        query: Sequence[str],
        messages: Callable[[Iterable[str]], Iterable[Worded]],
        mail: object,
        limit: int,
    ) -> list[str]:
        """Return the ids whose messages have every word of the query, newest first.

        Args:
            query: Words as :func:`simenv.company.text.words` gives them, at least one.
            messages: Gives messages by their ids.
            mail: The opening mail that stands behind ``messages``: another seed's words are others.
            limit: How many to return at most.
        """
        kept = self._kept
        if kept is None or kept[0] is not mail:
            kept = self._kept = mail, Index()
        return kept[1].find(query, self, messages, limit)


class Channel(Struct, frozen=True, gc=False):
    """One channel, or the conversation of two people.

    Attributes:
        id: ``chan-...``; for a direct conversation the same whoever begins it (:func:`direct_id`).
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

    def __post_init__(self) -> None:
        if not isinstance(self.posts, Posts):
            force_setattr(self, "posts", Posts(self.posts))

    @property
    def ids(self) -> Posts:
        """Its messages' ids, with the search index over them."""
        return cast(Posts, self.posts)

    @property
    def open(self) -> bool:
        """Whether everybody of the company may read and join it."""
        return not self.private and not self.direct

    def readable(self, person: str) -> bool:
        """Whether a person may read it."""
        return self.open or person in self.members


def direct_id(streams: Streams, one: str, other: str) -> str:
    """Return the id of the conversation of two people, the same whoever begins it."""
    return streams.make_id("chan", "", " ".join(sorted((one, other))))


def mentions(body: str, person: Person) -> bool:
    """Whether a text names a person: by ``@given`` or ``@full name``, or by the given name as a word."""
    if not body.isascii():
        body = unicodedata.normalize("NFC", body)
    marked, bare = _patterns(person.name, person.given)
    return bool(bare.search(body)) or ("@" in body and bool(marked.search(body)))


@lru_cache(maxsize=1_024)
def _patterns(name: str, given: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what matches a name marked with an at sign in any case, and the given name as it is written."""
    name, given = (re.escape(unicodedata.normalize("NFC", each)) for each in (name, given))
    return re.compile(rf"@(?:{name}|{given})(?!\w)", re.IGNORECASE), re.compile(rf"(?<!\w){given}(?!\w)")
