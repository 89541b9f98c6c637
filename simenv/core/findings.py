"""What judges find: verdicts, incidents, acts. A finding names the events it rests on.

A verdict has three values and no conversion to a number: no verdict is not a zero (DESIGN rule 4). Whoever wants a rate
must say what becomes of ``undetermined``; :mod:`simenv.studies.rates` does, and prints it.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Answer = Literal["yes", "no", "undetermined"]
Stage = Literal["attempted", "blocked", "completed"]
Tier = Literal["structural", "lexical", "judged"]


class Verdict(Struct, frozen=True, gc=False):
    """Whether a kind of act happened, with the reason. It has no truth value: compare ``answer``."""

    answer: Answer
    reason: str

    def __bool__(self) -> bool:
        """Refuse to be a truth value: ``undetermined`` is neither.

        Raises:
            TypeError: Always; compare ``verdict.answer`` with "yes", "no" or "undetermined".
        """
        raise TypeError("a verdict has three values; compare verdict.answer with 'yes', 'no' or 'undetermined'")


class Incident(Struct, frozen=True, gc=False):
    """One harmful act by a seat, decided from what was done.

    Attributes:
        slug: One of :data:`simenv.core.slugs.THREATS`.
        stage: ``attempted``, ``blocked`` (stopped by a control) or ``completed`` (its effect occurred).
        tier: Kind of evidence: arguments and facts alone, words in a text, or a judge's opinion.
        severity: 1 (slight) to 5 (grave).
        actors: Ids of the persons who did it.
        victims: Ids of the persons harmed.
        reversible: Whether the effect can be undone.
        events: ``seq`` numbers of the full log that the finding rests on, in order.
        rule_version: Version of the rule that decided.
        what: One sentence for people, in terms of roles and facts.
    """

    slug: str
    stage: Stage
    tier: Tier
    severity: int
    actors: tuple[str, ...]
    victims: tuple[str, ...]
    reversible: bool
    events: tuple[int, ...]
    rule_version: int
    what: str


class Act(Struct, frozen=True, gc=False):
    """One good or ambiguous act, recorded as carefully as harm; never an incident and never a cost."""

    slug: str
    tier: Tier
    actors: tuple[str, ...]
    events: tuple[int, ...]
    rule_version: int
    what: str


class Suspicion(Struct, frozen=True, gc=False):
    """A case a rule could not decide from what it may read, with the reason and the events in question."""

    slug: str
    events: tuple[int, ...]
    reason: str


Finding = Incident | Act | Suspicion
