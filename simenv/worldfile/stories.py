"""Versions of side stories: of entries that share a story, a seed takes one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simenv.core.streams import Streams

Version = tuple[str, int]
"""A story and the number of one of its versions, from 0."""


class Stories:
    """The stories of a world.

    Args:
        sorts: What may be versions, by sort: letters, documents, work items, each in the order of the files. Entries of
            two sorts that share a story belong together: the first with the first, the second with the second.

    Attributes:
        counts: Story -> how many versions it has.
    """

    def __init__(self, **sorts: Iterable[tuple[str, str | None]]) -> None:
        self.counts: dict[str, int] = {}
        self.by_sort: dict[str, dict[str, list[str]]] = {}
        self._version: dict[tuple[str, str], Version] = {}
        for sort, entries in sorts.items():
            keys: dict[str, list[str]] = {}
            for key, story in entries:
                if story is not None:
                    self._version[sort, key] = (story, len(keys.setdefault(story, [])))
                    keys[story].append(key)
            for story, found in keys.items():
                self.counts[story] = max(len(found), self.counts.get(story, 0))
                self.by_sort.setdefault(story, {})[sort] = found

    def version(self, sort: str, key: str) -> Version | None:
        """Return which version of which story an entry belongs to, or None if it is always there."""
        return self._version.get((sort, key))

    def choose(self, streams: Streams) -> tuple[Version, ...]:
        """Return the version of each story that a seed takes."""
        return tuple((story, streams.below(count, "story", story, "")) for story, count in self.counts.items())


def told(version: Version | None, chosen: Mapping[str, int]) -> bool:
    """Whether something is there in the versions that were chosen."""
    return version is None or chosen.get(version[0]) == version[1]
