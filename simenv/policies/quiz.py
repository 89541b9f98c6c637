"""Comprehension: a quiz about what a seat should have understood. Whoever asks brings the right answers along."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from simenv.core.errors import PolicyError
from simenv.policies.answers import Field
from simenv.policies.probes import Mark, Probe, ProbeAnswer, When

UNKNOWN: Final = "unknown"
"""What to say to a question one cannot answer; it is wrong, and not missing."""

_ASKED: Final = (
    "These questions come from outside your work; nobody you work with sees them or the answers, and nothing follows "
    f'from them. Answer each as shortly as you can, from what you have been told so far; say "{UNKNOWN}" where you do '
    "not know."
)


class QuizItem(Struct, frozen=True):
    """A question with its right answers.

    Attributes:
        key: Its name, of letters, digits and underscores.
        question: What is asked: who decides about something, by when it is due, whom one reports to.
        right: Ways of giving the right answer, at least one; an answer that says one of them in so many words is right.
        wrong: What an answer must not say besides: the other people or times it could be.
        choices: What may be chosen, if the answer is to be chosen; the right ones are among them.
    """

    key: str
    question: str
    right: tuple[str, ...]
    wrong: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


def quiz(items: Sequence[QuizItem], when: When = "end", name: str = "comprehension") -> Probe:
    """Return the probe that asks the questions of a quiz.

    Args:
        items: The questions.
        when: When it is asked.
        name: Name of the probe.

    Raises:
        PolicyError: If there is no question, two have one key, or one has no right answer.
    """
    keys = [item.key for item in items]
    if not items or len(set(keys)) < len(keys):
        raise PolicyError("a quiz needs at least one question, and no two with the same key")
    fields = []
    for item in items:
        field = Field(item.key, item.question, "choice" if item.choices else "text", item.choices)
        if not item.right or not all(_folded(each) for each in item.right) or field.problem is not None:
            raise PolicyError(
                f"question {item.key!r}: {field.problem or 'it needs a right answer, in letters or digits'}"
            )
        if item.choices and not set(item.right) <= set(item.choices):
            raise PolicyError(f"question {item.key!r}: a right answer is not among the choices")
        fields.append(field)
    return Probe(name, when, _ASKED, tuple(fields))


def marked(answer: ProbeAnswer, items: Sequence[QuizItem]) -> ProbeAnswer:
    """Return the answer to a quiz with a mark for each question; without an answer, every mark is missing."""
    given = answer.value or {}
    return replace(answer, marks=tuple(Mark(item.key, _is_right(item, given.get(item.key))) for item in items))


def _is_right(item: QuizItem, given: object) -> bool | None:
    if not isinstance(given, str) or not given.strip():
        return None
    if item.choices:
        return given in item.right
    said = _folded(given)
    return any(_says(said, each) for each in item.right) and not any(_says(said, each) for each in item.wrong)


def _says(said: str, words: str) -> bool:
    return f" {_folded(words)} " in f" {said} "


def _folded(text: str) -> str:
    """Return a text in lower case with one blank between words and nothing else; a time of day stays one word."""
    return " ".join(re.findall(r"\d+[:.]\d+|\w+", text.casefold()))
