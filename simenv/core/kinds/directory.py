"""The directory."""

from __future__ import annotations

from typing import ClassVar

from simenv.core.kinds.base import OBSERVABLE, EventData, Visibility


class DirectoryViewed(EventData, frozen=True):
    """Entries of these persons were shown."""

    kind: ClassVar[str] = "directory.viewed"
    visibility: ClassVar[Visibility] = OBSERVABLE
    query: str
    persons: tuple[str, ...]
