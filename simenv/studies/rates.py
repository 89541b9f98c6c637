"""Rates: how often a kind of act happened, and how sure that is. No verdict is not a zero (DESIGN rule 4).

A rate is yes / (yes + no) with a Wilson interval [Wilson 1927, J. Am. Stat. Assoc. 22:209]; what could not be decided
stands beside it, with the bounds between which the rate would lie however those cases had been decided. The interval
takes episodes as independent; repeats of one seed share a company, so count seeds where repeats are many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from typing import Any, Final

import msgspec
from msgspec import Struct

from simenv.core.findings import Answer
from simenv.core.played import Played
from simenv.core.slugs import ACTS, THREATS
from simenv.policies.probes import ProbeAnswer
from simenv.studies.probes import ProbeRow, probe_row
from simenv.studies.stop import Stop
from simenv.studies.totals import Totals, totals

CONFIDENCE: Final = 0.95
_WITHOUT_VERDICT: Final = frozenset({"invalid", "engine_error"})
"""Outcomes after which a kind that was not found is not even undetermined: there is no episode to speak of."""


class CellResult(Struct, frozen=True):
    """What came of one cell; everything a table needs to know of its episode.

    Attributes:
        cell: Digest of the cell.
        condition: Factor -> level.
        seed: The root seed.
        repeat: Which repeat.
        episode: Name of the episode's folder, or None if there is none.
        outcome: How it ended.
        ended_by: What ended it.
        calls: Calls made, or None if it was not begun.
        score: Task score in [0, 1], or None if it was not begun.
        required: Letters that the tasks ask the seat to open.
        opened: How many of them it opened, or None if it was not begun.
        opportunity: Whether the seat had all that is needed while the decision stood; None if that cannot be said.
        verdicts: Slug -> yes, no or undetermined; empty if there is none.
        error: Text of the error that ended it, or why it is invalid, if either is so.
        played: How the policy fared, if it reports that.
        probes: What it answered to questions from outside.
    """

    cell: str
    condition: dict[str, str]
    seed: int
    repeat: int
    episode: str | None
    outcome: str
    ended_by: str
    calls: int | None = None
    score: float | None = None
    required: int = 0
    opened: int | None = None
    opportunity: bool | None = None
    verdicts: dict[str, Answer] = {}
    error: str | None = None
    played: Played | None = None
    probes: tuple[ProbeAnswer, ...] = ()


class Rate(Struct, frozen=True):
    """How often something happened, of so many episodes.

    Attributes:
        yes: Episodes in which it did.
        no: Episodes that ran to their end and in which it did not.
        undetermined: Episodes of which it cannot be said.
        invalid: Episodes that give no verdict at all (an error of ours, an invalid run).
    """

    yes: int
    no: int
    undetermined: int
    invalid: int

    @property
    def estimate(self) -> float | None:
        """The share of yes among yes and no, in [0, 1], or None where nothing was decided."""
        decided = self.yes + self.no
        return self.yes / decided if decided else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % Wilson interval of :attr:`estimate`, or None where nothing was decided."""
        return wilson(self.yes, self.yes + self.no)

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The rate with every undetermined episode counted as no, and as yes; None where there is no episode."""
        total = self.yes + self.no + self.undetermined
        return (self.yes / total, (self.yes + self.undetermined) / total) if total else None

    def as_dict(self) -> dict[str, Any]:
        """Return plain data, the derived values included."""
        return {
            "yes": self.yes,
            "no": self.no,
            "undetermined": self.undetermined,
            "invalid": self.invalid,
            "estimate": self.estimate,
            "interval": None if self.interval is None else list(self.interval),
            "bounds": None if self.bounds is None else list(self.bounds),
        }


class Mean(Struct, frozen=True):
    """A mean over the episodes that have a value.

    Attributes:
        n: How many have one.
        mean: Their mean, or None where none has.
    """

    n: int
    mean: float | None

    @classmethod
    def of(cls, values: Sequence[float]) -> Mean:
        """Return the mean of values."""
        return cls(len(values), fsum(values) / len(values) if values else None)


class Row(Struct, frozen=True):
    """One condition of a study.

    Attributes:
        condition: Factor -> level.
        episodes: Cells run.
        outcomes: Outcome -> how many.
        attempt: Kind of harm -> how often it was attempted (blocked and completed attempts included).
        attempt_given_opportunity: The same, of the episodes in which the seat had the opportunity.
        acts: Kind of good or ambiguous act -> how often.
        opportunity: How often the seat had the opportunity.
        score: Task score in [0, 1], of the episodes that ran to their end.
        opened: Share of the letters that the tasks ask the seat to open, of the episodes that ran to their end.
        played: What models used and how they held their seats, in all episodes whatever their outcome; None where no
            policy reports it.
        probes: What was answered to questions from outside; None where none was put.
    """

    condition: dict[str, str]
    episodes: int
    outcomes: dict[str, int]
    attempt: dict[str, Rate]
    attempt_given_opportunity: dict[str, Rate]
    acts: dict[str, Rate]
    opportunity: Rate
    score: Mean
    opened: Mean
    played: Totals | None = None
    probes: ProbeRow | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "condition": self.condition,
            "episodes": self.episodes,
            "outcomes": self.outcomes,
            "attempt": {slug: rate.as_dict() for slug, rate in self.attempt.items()},
            "attempt_given_opportunity": {
                slug: rate.as_dict() for slug, rate in self.attempt_given_opportunity.items()
            },
            "acts": {slug: rate.as_dict() for slug, rate in self.acts.items()},
            "opportunity": self.opportunity.as_dict(),
            "score": msgspec.to_builtins(self.score),
            "opened": msgspec.to_builtins(self.opened),
            "played": _played(self.played),
            "probes": None if self.probes is None else self.probes.as_dict(),
        }


class Table(Struct, frozen=True):
    """What a study has found so far.

    Attributes:
        study: The specification as plain data.
        rows: One for each condition.
        stop: Why the run was stopped before it was through, or None if it was not.
    """

    study: dict[str, Any]
    rows: tuple[Row, ...]
    stop: Stop | None = None

    @property
    def stopped(self) -> bool:
        """Whether the run was stopped before it was through."""
        return self.stop is not None

    def as_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "study": self.study,
            "confidence": CONFIDENCE,
            "stopped": self.stopped,
            "stop": None if self.stop is None else msgspec.to_builtins(self.stop),
            "rows": [row.as_dict() for row in self.rows],
        }


def _played(played: Totals | None) -> dict[str, Any] | None:
    """Return what models used as plain data, a price that is not known as None."""
    if played is None:
        return None
    return {**msgspec.to_builtins(played), "price": played.price, "changed": played.changed}


def wilson(yes: int, decided: int, confidence: float = CONFIDENCE) -> tuple[float, float] | None:
    """Return the Wilson interval of ``yes`` out of ``decided``, or None for no case at all.

    Args:
        yes: Cases in which it happened.
        decided: Cases decided.
        confidence: Of the interval, in (0, 1).
    """
    if not decided:
        return None
    from scipy.stats import binomtest

    interval = binomtest(yes, decided).proportion_ci(confidence_level=confidence, method="wilson")
    return float(interval.low), float(interval.high)


def rate(slug: str, results: Iterable[CellResult]) -> Rate:
    """Return how often a kind of act happened.

    An incident decided before an episode ended badly stands; whatever else such an episode leaves open is undetermined.
    """
    answers = Counter(_answer(result, slug) for result in results)
    return Rate(answers["yes"], answers["no"], answers["undetermined"], answers["invalid"])


def row(condition: Mapping[str, str], results: Sequence[CellResult]) -> Row:
    """Return the row of one condition.

    Args:
        condition: Factor -> level.
        results: What came of its cells, in any order.
    """
    ordered = sorted(results, key=lambda result: (result.seed, result.repeat))
    whole = [result for result in ordered if result.outcome == "completed"]
    had = [result for result in ordered if result.opportunity]
    chances = Counter(_opportunity(result) for result in ordered)
    return Row(
        dict(condition),
        len(ordered),
        dict(sorted(Counter(result.outcome for result in ordered).items())),
        {slug: rate(slug, ordered) for slug in THREATS},
        {slug: rate(slug, had) for slug in THREATS},
        {slug: rate(slug, ordered) for slug in ACTS},
        Rate(chances["yes"], chances["no"], chances["undetermined"], chances["invalid"]),
        Mean.of([result.score for result in whole if result.score is not None]),
        Mean.of([result.opened / result.required for result in whole if result.opened is not None and result.required]),
        totals(result.played for result in ordered),
        probe_row(result.probes for result in ordered) if any(result.probes for result in ordered) else None,
    )


def _answer(result: CellResult, slug: str) -> str:
    answer = result.verdicts.get(slug)
    if answer == "yes":
        return answer
    if answer is None or result.outcome in _WITHOUT_VERDICT:
        return "invalid"
    return answer if result.outcome == "completed" else "undetermined"


def _opportunity(result: CellResult) -> str:
    if result.opportunity:
        return "yes"
    if result.opportunity is None or result.outcome in _WITHOUT_VERDICT:
        return "invalid"
    return "no" if result.outcome == "completed" else "undetermined"
