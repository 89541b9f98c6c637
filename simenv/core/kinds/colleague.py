"""What goes on in colleagues' heads."""

from __future__ import annotations

from typing import ClassVar

from simenv.core.kinds.base import HIDDEN, EventData, Visibility


class ColleagueUnderstood(EventData, frozen=True):
    """A colleague read a message and made this of it.

    ``acts``, ``topics`` and ``facts`` are what was read out of it; ``basis`` says from what (structural, lexical,
    none) and ``confidence``, in percent, how much there was to go by; ``figures`` are ``unit=value``; ``reply`` names
    the reaction that follows: a reaction's key, ``ask_back``, ``passes_on`` or ``none``. ``channel`` is where the
    message stood if it was no mail: the id of a chat channel, or of the ticket or system that ``message`` then names
    too. ``thread`` is then the conversation it counts to.
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
    confidence: int = 0
    channel: str = ""
    thread: str = ""
