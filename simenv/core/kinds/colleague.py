"""What goes on in colleagues' heads."""

from __future__ import annotations

from typing import ClassVar

from simenv.core.kinds.base import HIDDEN, EventData, Visibility


class ColleagueUnderstood(EventData, frozen=True):
    """A colleague read a message and made this of it.

    ``acts``, ``topics`` and ``facts`` are what was read out of it; ``basis`` says from what (structural, lexical,
    none); ``figures`` are ``unit=value``; ``reply`` names the reaction that follows: a reaction's key, ``ask_back`` or
    ``none``.
    """

    kind: ClassVar[str] = "colleague.understood"
    visibility: ClassVar[Visibility] = HIDDEN
    message: str
    acts: tuple[str, ...]
    topics: tuple[str, ...]
    facts: tuple[str, ...]
    basis: str
    reply: str
    figures: tuple[str, ...] = ()
