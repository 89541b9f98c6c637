"""What a check is, what it is held against, and what a predicate is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from simenv.company.facts import Phrase
from simenv.company.mail import Message
from simenv.company.meaning.figures import states

if TYPE_CHECKING:
    from simenv.company.state import Company

MESSAGES: Final = frozenset({"mail.sent", "chat.posted", "ticket.opened", "ticket.commented"})
"""Kinds of events by which a seat says something."""


class Check(Struct, frozen=True, gc=False):
    """One predicate with its arguments, or a combination of others.

    Attributes:
        name: Key of :data:`simenv.company.predicates.PREDICATES`, or of ``COMBINING``.
        to: Id of the person in question, where the predicate has one.
        unit: Unit of the figure in question, or "".
        figures: Figures in question, resolved.
        number: A bound, or a time for ``before``.
        parts: The checks it combines.
        thing: Id of the document, ticket, meeting, channel, system or alert in question.
        things: Ids of documents in question.
        letters: Keys of letters in question.
        persons: Ids of the persons in question.
        phrases: Alternatives of words.
        absent: Figures and phrases that must not stand.
        values: Field -> values it may have, as pairs.
        start: Begin of a window, in simulated seconds.
        end: End of a window, in simulated seconds.
        seconds: A length of time.
    """

    name: str
    to: str = ""
    unit: str = ""
    figures: tuple[str, ...] = ()
    number: int = 0
    parts: tuple[Check, ...] = ()
    thing: str = ""
    things: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    absent: tuple[str, ...] = ()
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    start: int = 0
    end: int = 0
    seconds: int = 0

    def value(self, field: str) -> str:
        """Return the one value that a field of :attr:`values` has, or ""."""
        return next((values[0] for name, values in self.values if name == field), "")


class Evidence(Struct, frozen=True):
    """What a check is held against.

    Attributes:
        company: The state of the company, to be read only.
        seat: Id of the person whose task it is.
        mail: What the seat has said that matters, oldest first: mail, chat posts and comments on tickets
            (:func:`simenv.company.flows.said_in`).
        opened: Ids of the messages and documents in question that the seat has opened.
    """

    company: Company
    seat: str
    mail: Sequence[Message] = ()
    opened: Sequence[str] = ()


class Predicate(Struct, frozen=True):
    """One predicate.

    Attributes:
        holds: Whether it holds; its docstring is shown by ``simenv check`` and in docs/worlds.md.
        kinds: Kinds of events that can change what it says.
        matters: Whether a new message can; others need not be kept. None if it does not look at messages.
        by_thing: Whether only events about its ``thing`` can.
        by_person: Whether only messages to its person, or one of its persons, can.
    """

    holds: Callable[[Check, Evidence], bool]
    kinds: frozenset[str]
    matters: Callable[[Check, Message, Company], bool] | None = None
    by_thing: bool = False
    by_person: bool = False


def states_all(text: str, check: Check) -> bool:
    """Whether normal ``text`` states all figures of a check and, if it has phrases, one of them."""
    if not all(states(text, figure) for figure in check.figures):
        return False
    return not check.phrases or any(phrase.found_in(text) for phrase in check.phrases)


def has_absent(text: str, check: Check) -> bool:
    """Whether something stands in normal ``text`` that a check does not want there."""
    return any(_stands(text, each) for each in check.absent)


def _stands(text: str, wanted: str) -> bool:
    figure = any(character.isdigit() for character in wanted)
    return states(text, wanted) if figure else Phrase.of(wanted).found_in(text)
