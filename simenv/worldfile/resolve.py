"""Facts, decisions, ways out and tasks: what they are for all seeds, and with a seed's values put in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from simenv.company.claims import ClaimBook
from simenv.company.facts import (
    Atoms,
    Carried,
    Claim,
    Decision,
    Fact,
    FactBook,
    Phrase,
    Request,
    Topic,
    Watched,
    WayOut,
)
from simenv.company.opening import TaskSpec
from simenv.company.predicates import TIMED, Check
from simenv.company.text import normal, template
from simenv.company.topics import Topics
from simenv.worldfile import schema
from simenv.worldfile.checks import Shape, shape_of
from simenv.worldfile.drawn import Texts
from simenv.worldfile.ids import Ids
from simenv.worldfile.source import applying


class Resolved(Struct, frozen=True):
    """What facts.yaml says, for one seed."""

    topics: Topics
    facts: FactBook
    decisions: dict[str, Decision]
    ways_out: tuple[WayOut, ...]
    knows: Mapping[str, tuple[str, ...]]
    watched: Watched


class FactShapes:
    """What facts.yaml says under a condition.

    Args:
        entries: What stands there.
        condition: Factor -> level.
        ids: Ids of what there is under the condition.
        standing: Keys of the decisions that stand, or None for all.
    """

    def __init__(
        self, entries: schema.Facts, condition: Mapping[str, str], ids: Ids, standing: Collection[str] | None = None
    ) -> None:
        person = ids.person
        facts = applying(entries.facts, condition)
        self._topics = [(key, Texts(each.phrases, Phrase.of), each.like or "") for key, each in entries.topics.items()]
        self._facts = [_FactShape.of(entry, ids) for entry in facts]
        self._decisions = [
            _decision(entry, ids)
            for entry in applying(entries.decisions, condition)
            if standing is None or entry.key in standing
        ]
        self._ways_out = tuple(
            WayOut(
                entry.key,
                person[entry.to],
                tuple(entry.topics),
                tuple(entry.told_in),
                entry.works,
                there(entry.documents, ids.document),
            )
            for entry in applying(entries.ways_out, condition)
        )
        knows: dict[str, list[str]] = {}
        for entry in facts:
            for key in entry.known_by:
                knows.setdefault(person[key], []).append(entry.key)
        self._knows = {who: tuple(keys) for who, keys in knows.items()}
        self._claims = [_ClaimShape.of(entry, ids) for entry in applying(entries.claims, condition)]
        requests = (Request(e.key, e.asks_for, tuple(e.told_in)) for e in applying(entries.requests, condition))
        evidence = entries.evidence
        self._watched = Watched(
            tuple(requests), (), _owned(evidence.settings, ids), there(evidence.documents, ids.document)
        )

    def filled(self, values: Mapping[str, str]) -> Resolved:
        """Return facts, decisions, ways out and what is watched for a seed.

        Args:
            values: Placeholder -> value.
        """
        return Resolved(
            Topics([Topic(key, texts.filled(values), like) for key, texts, like in self._topics]),
            FactBook(shape.filled(values) for shape in self._facts),
            {each.key: replace(each, says=template(each.says).render(values)) for each in self._decisions},
            self._ways_out,
            self._knows,
            replace(self._watched, claims=ClaimBook([shape.filled(values) for shape in self._claims])),
        )


class _FactShape(Struct, frozen=True):
    fact: Fact
    identifiers: Texts[Phrase]
    content: tuple[Texts[Phrase], ...]

    @classmethod
    def of(cls, entry: schema.FactEntry, ids: Ids) -> _FactShape:
        about = ids.person.get(entry.about) if entry.about else None
        granted, atoms = there(entry.granted, ids.person), Atoms(entry.key, (), ())
        return cls(
            Fact(entry.key, entry.says, about, entry.secrecy, granted, entry.topic, atoms),
            Texts(entry.identifiers, Phrase.of),
            tuple(Texts(way, Phrase.of) for way in entry.content),
        )

    def filled(self, values: Mapping[str, str]) -> Fact:
        content = tuple(way.filled(values) for way in self.content)
        atoms = Atoms(self.fact.key, self.identifiers.filled(values), content)
        return replace(self.fact, says=template(self.fact.says).render(values), atoms=atoms)


class _ClaimShape(Struct, frozen=True):
    claim: Claim
    says: Texts[Phrase]
    contradicts: Shape | None
    figures: Texts[str]

    @classmethod
    def of(cls, entry: schema.ClaimEntry, ids: Ids) -> _ClaimShape:
        return cls(
            Claim(entry.key, entry.topic, unit=entry.unit or "", to=there(entry.to, ids.person)),
            Texts(entry.says, Phrase.of),
            None if entry.contradicts is None else shape_of(entry.contradicts, ids),
            Texts(entry.figures, normal),
        )

    def filled(self, values: Mapping[str, str]) -> Claim:
        contradicts = None if self.contradicts is None else self.contradicts.filled(values)
        return replace(
            self.claim, says=self.says.filled(values), contradicts=contradicts, figures=self.figures.filled(values)
        )


class TaskShapes:
    """The tasks of an entry point: those for which there is still time, or always was.

    Args:
        scenario: The scenario.
        ids: Ids of what there is under the condition.
        start: Name of the entry point.
    """

    def __init__(self, scenario: schema.ScenarioEntry, ids: Ids, start: str) -> None:
        changed = {**ids.alert, **ids.system, **ids.ticket, **ids.meeting, **ids.document}
        seat, now = ids.person[scenario.seat], scenario.starts[start].at
        self._tasks: list[tuple[TaskSpec, Shape]] = []
        for task in scenario.tasks:
            shape = shape_of(task.check, ids)
            if start in (task.starts or (start,)) and _lies_ahead(shape.check, now):
                documents, grants = there(task.documents, ids.document), there(task.grants, changed)
                letters = tuple(task.letters)
                spec = TaskSpec(task.key, task.says, seat, task.weight, shape.check, letters, documents, grants)
                self._tasks.append((spec, shape))

    def filled(self, values: Mapping[str, str], *letters: Collection[str]) -> tuple[TaskSpec, ...]:
        """Return the tasks for a seed.

        Args:
            values: Placeholder -> value.
            *letters: Keys of the letters there are; a task may name alternatives of which some are not there.
        """
        return tuple(
            [
                replace(
                    task,
                    says=template(task.says).render(values),
                    check=shape.filled(values),
                    letters=tuple([key for key in task.letters if any(key in some for some in letters)]),
                )
                for task, shape in self._tasks
            ]
        )


def there(keys: Iterable[str], ids: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of what is there under the condition."""
    return tuple(ids[key] for key in keys if key in ids)


def _lies_ahead(check: Check, now: int) -> bool:
    limits = list(_limits(check))
    return not limits or max(limits) > now


def _limits(check: Check) -> Iterator[int]:
    if check.name in TIMED:
        yield check.number
    for part in check.parts:
        yield from _limits(part)


def _decision(entry: schema.DecisionEntry, ids: Ids) -> Decision:
    return Decision(
        entry.key,
        entry.says,
        ids.person[entry.controller],
        ids.person[entry.affected],
        entry.at,
        entry.topic,
        tuple(entry.told_in),
        there(entry.proxies, ids.person),
        there(entry.documents, ids.document),
        _carried(entry.carried_by, ids),
        entry.effect,
    )


def _carried(entry: schema.CarriedEntry, ids: Ids) -> Carried:
    return Carried(
        there(entry.tickets, ids.ticket),
        there(entry.meetings, ids.meeting),
        there(entry.documents, ids.document),
        there(entry.systems, ids.system),
        _owned(entry.jobs, ids),
        _owned(entry.settings, ids),
    )


def _owned(names: Iterable[str], ids: Ids) -> tuple[tuple[str, str], ...]:
    """Return (id of the system, job or setting) of what is called ``system.name``."""
    pairs = [name.split(".", 1) for name in names]
    return tuple((ids.system[system], name) for system, name in pairs if system in ids.system)
