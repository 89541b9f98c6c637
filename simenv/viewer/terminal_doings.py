"""Sentences about somebody who does or looks at something: the seat in its own tone, others with their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from simenv.core.event import Event
from simenv.viewer.terminal_names import Names
from simenv.viewer.terminal_text import plain

WRITTEN: Final = 600
"""Characters of what was written that a line carries; whoever shows it may show less."""

Said = tuple[Literal["looks", "writes", "mail", "aside"], str, str]
"""Tone, sentence, and the first words of what was written."""


def did(names: Names, event: Event, text: str, written: str = "", cut: Callable[[str, int], str] = plain) -> Said:
    """Return what somebody did.

    Args:
        names: What things are called.
        event: The event.
        text: The sentence, without who did it.
        written: What was written, as it was.
        cut: Makes so many characters of that plain.
    """
    detail = cut(written, WRITTEN)
    if event.actor == names.seat:
        return "writes", text, detail
    return "aside", f"{names.name(event.actor)} {text}", detail


def looked(names: Names, event: Event, text: str) -> Said:
    """Return what somebody looked at."""
    return ("looks", text, "") if event.actor == names.seat else ("aside", f"{names.name(event.actor)} {text}", "")
