"""Combinations of predicates, and what can change what a check says.

``before`` and ``by`` need memory where a predicate looks at the state: whether their parts held at the time given can
only be seen at that time. So whoever follows a check keeps a *mark* for each of them in it (:func:`settle`), taken at
the last event not after its time. ``before`` is for what must not be undone; ``by`` for what is over then, so that
later words to the same person about something else change nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from simenv.company.mail import Message
from simenv.company.predicates.base import MESSAGES, Check, Evidence
from simenv.company.predicates.table import PREDICATES
from simenv.core.event import Event

if TYPE_CHECKING:
    from simenv.company.state import Company

COMBINING: Final[dict[str, str]] = {
    "all": "All of these hold.",
    "any": "At least one of these holds.",
    "not": "None of these holds.",
    "before": "All of these hold now, and held at the time given.",
    "by": "All of these held at the time given, whatever came later.",
}
"""Predicates that combine others, and their meaning."""

TIMED: Final = ("before", "by")
"""Those of them that have a time, and a mark."""


def holds(check: Check, evidence: Evidence) -> bool:
    """Whether a check holds now; what must have held before a time is taken to have held if it holds now."""
    return settle(check, evidence, None, ())[0]


def settle(check: Check, evidence: Evidence, time: int | None, marks: Sequence[bool]) -> tuple[bool, tuple[bool, ...]]:
    """Return whether a check holds, and the marks of what is timed in it.

    Args:
        check: The check.
        evidence: What it is held against, now.
        time: Simulated second of the event that has just happened; None for a time before every other.
        marks: The marks so far, in the order in which what is timed stands in the check; none if ``time`` is None.
    """
    taken: list[bool] = []

    def look(each: Check) -> bool:
        name = each.name
        if name not in COMBINING:
            return PREDICATES[name].holds(each, evidence)
        place = len(taken)
        if name in TIMED:
            taken.append(False)
        decisive = name in ("any", "not")  # one part that says so decides; the others are looked at for their marks
        decided = False
        for part in each.parts:
            if not decided or part.name in COMBINING:
                decided |= look(part) is decisive
        found = decided is decisive
        if name == "not":
            return not found
        if name in TIMED:
            taken[place] = found if time is None or time <= each.number else marks[place]
            return taken[place] and (name == "by" or found)
        return found

    return look(check), tuple(taken)


def befores(check: Check) -> int:
    """Return how many marks a check has."""
    return (check.name in TIMED) + sum(befores(part) for part in check.parts)


def matters(check: Check, message: Message, company: Company) -> bool:
    """Whether a new message of the seat can change what a check says; others need not be kept."""
    if check.parts:
        return any(matters(part, message, company) for part in check.parts)
    look = PREDICATES[check.name].matters
    return look is not None and look(check, message, company)


def touched(check: Check, event: Event, company: Company) -> bool:
    """Whether an event can change what the predicates of a check say that look at the state.

    Messages are not asked about here, but in :func:`matters`.
    """
    if check.parts:
        return any(touched(part, event, company) for part in check.parts)
    predicate, data = PREDICATES[check.name], event.data
    if event.kind not in predicate.kinds or predicate.matters is not None:
        return False
    if predicate.by_thing:
        return check.thing == (getattr(data, "id", "") or getattr(data, "system", ""))
    if check.name == "opened":
        id = getattr(data, "id", "")
        return id in check.things or company.letter_keys.get(id) in check.letters
    return True


__all__ = [
    "COMBINING",
    "MESSAGES",
    "TIMED",
    "befores",
    "holds",
    "matters",
    "settle",
    "touched",
]
