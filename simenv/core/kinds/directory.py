"""The directory."""

from __future__ import annotations

from typing import ClassVar

from simenv.core.kinds.base import EventData


class DirectoryViewed(EventData, frozen=True):
    """Entries of these persons were shown."""

    kind: ClassVar[str] = "directory.viewed"
    query: str
    persons: tuple[str, ...]
