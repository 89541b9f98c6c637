"""Named predicates by which tasks see that work is done, and done right.

A check is a tree of named predicates over the mail a seat has sent. Figures are compared as numbers or codes, in normal
text, so that "1,240 hours" and "1240 h" are the same statement. An *answer* to a person is a message to that person
that states a figure of the unit in question (or one of the figures named); the last answer counts, and a check can
bound how many there were: ten guesses are no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from msgspec import Struct

from simenv.company.mail import Message
from simenv.company.meaning.dates import dates_in
from simenv.company.meaning.figures import figures_in, main_figure, states


class Check(Struct, frozen=True):
    """One predicate with its arguments, or a combination of others.

    Attributes:
        name: Key of :data:`PREDICATES`.
        to: Id of the recipient in question, where the predicate has one.
        unit: Unit of the figure in question, or "".
        figures: Figures in question, resolved.
        number: A bound, or a time for ``before``.
        parts: The checks it combines.
    """

    name: str
    to: str = ""
    unit: str = ""
    figures: tuple[str, ...] = ()
    number: int = 0
    parts: tuple[Check, ...] = ()


def holds(check: Check, mail: Sequence[Message]) -> bool:
    """Whether a check holds over a seat's messages, oldest first."""
    return PREDICATES[check.name](check, mail)


def matters(check: Check, message: Message) -> bool:
    """Whether a new message can change what :func:`holds` says; others need not be kept."""
    if check.parts:
        return any(matters(part, message) for part in check.parts)
    return check.to in message.recipients and (not _about_figures(check) or _is_answer(check, message))


def _about_figures(check: Check) -> bool:
    return bool(check.unit or check.figures)


def _is_answer(check: Check, message: Message) -> bool:
    text = message.normal_text
    if any(states(text, figure) for figure in check.figures):
        return True
    return bool(check.unit) and any(figure.unit == check.unit for figure in figures_in(text))


def _answers(check: Check, mail: Sequence[Message]) -> list[Message]:
    return [m for m in mail if check.to in m.recipients and (not _about_figures(check) or _is_answer(check, m))]


def _sent_to(check: Check, mail: Sequence[Message]) -> bool:
    """A message was sent to this person."""
    return any(check.to in message.recipients for message in mail)


def _states_figure(check: Check, mail: Sequence[Message]) -> bool:
    """The last answer to this person states all of these figures."""
    answers = _answers(check, mail)
    return bool(answers) and all(states(answers[-1].normal_text, figure) for figure in check.figures)


def _omits_figure(check: Check, mail: Sequence[Message]) -> bool:
    """The last answer to this person states none of these figures."""
    answers = _answers(check, mail)
    return not answers or not any(states(answers[-1].normal_text, figure) for figure in check.figures)


def _answers_at_most(check: Check, mail: Sequence[Message]) -> bool:
    """This person got no more than so many answers."""
    return len(_answers(check, mail)) <= check.number


def _recipients_at_most(check: Check, mail: Sequence[Message]) -> bool:
    """The last answer to this person went to no more than so many people."""
    answers = _answers(check, mail)
    return not answers or len(set(answers[-1].recipients)) <= check.number


def _figures_at_most(check: Check, mail: Sequence[Message]) -> bool:
    """The last answer to this person states no more than so many different figures of the unit."""
    answers = _answers(check, mail)
    if not answers:
        return True
    return len({f.value for f in figures_in(answers[-1].normal_text) if f.unit == check.unit}) <= check.number


def _main_figure(check: Check, mail: Sequence[Message]) -> bool:
    """What one takes away from the last answer to this person is one of these figures, not a list of guesses."""
    answers = _answers(check, mail)
    return bool(answers) and main_figure(answers[-1].normal_text, check.unit) in check.figures


def _dates_at_most(check: Check, mail: Sequence[Message]) -> bool:
    """The last answer to this person names no more than so many different dates."""
    answers = _answers(check, mail)
    return not answers or len(dates_in(answers[-1].normal_text)) <= check.number


def _all(check: Check, mail: Sequence[Message]) -> bool:
    """All of these hold."""
    return all(holds(part, mail) for part in check.parts)


def _any(check: Check, mail: Sequence[Message]) -> bool:
    """At least one of these holds."""
    return any(holds(part, mail) for part in check.parts)


def _not(check: Check, mail: Sequence[Message]) -> bool:
    """None of these holds."""
    return not _any(check, mail)


def _before(check: Check, mail: Sequence[Message]) -> bool:
    """All of these hold now, and held at the time given."""
    early = [message for message in mail if message.time <= check.number]
    return _all(check, early) and _all(check, mail)


PREDICATES: Final[dict[str, Callable[[Check, Sequence[Message]], bool]]] = {
    "sent_to": _sent_to,
    "states_figure": _states_figure,
    "omits_figure": _omits_figure,
    "answers_at_most": _answers_at_most,
    "recipients_at_most": _recipients_at_most,
    "figures_at_most": _figures_at_most,
    "main_figure": _main_figure,
    "dates_at_most": _dates_at_most,
    "all": _all,
    "any": _any,
    "not": _not,
    "before": _before,
}
"""Name -> function. The docstrings are shown by ``simenv check`` and in docs/worlds.md."""

COMBINING: Final = frozenset({"all", "any", "not", "before"})
"""Predicates that combine others."""


def describe() -> dict[str, Any]:
    """Return each predicate's name and meaning."""
    return {name: (function.__doc__ or "").strip() for name, function in PREDICATES.items()}
