"""Facts, decisions, ways out and tasks, with a seed's values put in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

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
from simenv.company.text import normal, template
from simenv.worldfile import schema
from simenv.worldfile.checks import resolve_check
from simenv.worldfile.ids import Ids
from simenv.worldfile.source import applying

__all__ = ["Resolved", "resolve_check", "resolve_facts", "resolve_tasks"]


class Resolved(Struct, frozen=True):
    """What facts.yaml says, for one seed."""

    topics: tuple[Topic, ...]
    facts: FactBook
    decisions: dict[str, Decision]
    ways_out: tuple[WayOut, ...]
    knows: dict[str, tuple[str, ...]]
    watched: Watched


def resolve_facts(
    entries: schema.Facts,
    condition: Mapping[str, str],
    values: Mapping[str, str],
    ids: Ids,
    standing: Collection[str] | None = None,
) -> Resolved:
    """Return facts, decisions and ways out for a seed.

    Args:
        entries: What facts.yaml says.
        condition: Factor -> level.
        values: Placeholder -> value.
        ids: Ids of what there is under the condition.
        standing: Keys of the decisions that stand, or None for all.
    """

    def phrase(text: str) -> Phrase:
        return Phrase.of(template(text).render(values))

    person = ids.person
    topics = tuple(
        Topic(key, tuple(phrase(text) for text in shown.phrases), shown.like or "")
        for key, shown in entries.topics.items()
    )
    facts = FactBook()
    knows: dict[str, list[str]] = {}
    for entry in applying(entries.facts, condition):
        atoms = Atoms(
            entry.key,
            tuple(phrase(text) for text in entry.identifiers),
            tuple(tuple(phrase(text) for text in way) for way in entry.content),
        )
        about = person.get(entry.about) if entry.about else None
        says = template(entry.says).render(values)
        granted = there(entry.granted, person)
        facts[entry.key] = Fact(entry.key, says, about, entry.secrecy, granted, entry.topic, atoms)
        for key in entry.known_by:
            knows.setdefault(person[key], []).append(entry.key)
    decisions = {
        entry.key: Decision(
            entry.key,
            template(entry.says).render(values),
            person[entry.controller],
            person[entry.affected],
            entry.at,
            entry.topic,
            tuple(entry.told_in),
            there(entry.proxies, person),
            there(entry.documents, ids.document),
            _carried(entry.carried_by, ids),
            entry.effect,
        )
        for entry in applying(entries.decisions, condition)
        if standing is None or entry.key in standing
    }
    ways_out = tuple(
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
    watched = _watched(entries, condition, values, ids)
    return Resolved(topics, facts, decisions, ways_out, {who: tuple(keys) for who, keys in knows.items()}, watched)


def resolve_tasks(
    scenario: schema.ScenarioEntry, values: Mapping[str, str], ids: Ids, letters: Collection[str]
) -> tuple[TaskSpec, ...]:
    """Return a scenario's tasks for a seed.

    Args:
        scenario: The scenario.
        values: Placeholder -> value.
        ids: Ids of what there is under the condition.
        letters: Keys of the letters there are; a task may name alternatives of which some are not there.
    """
    changed = {**ids.alert, **ids.system, **ids.ticket, **ids.meeting, **ids.document}
    return tuple(
        TaskSpec(
            task.key,
            template(task.says).render(values),
            ids.person[scenario.seat],
            task.weight,
            resolve_check(task.check, values, ids),
            tuple(key for key in task.letters if key in letters),
            there(task.documents, ids.document),
            there(task.grants, changed),
        )
        for task in scenario.tasks
    )


def there(keys: Iterable[str], ids: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of what is there under the condition."""
    return tuple(ids[key] for key in keys if key in ids)


def _watched(entries: schema.Facts, condition: Mapping[str, str], values: Mapping[str, str], ids: Ids) -> Watched:
    requests = tuple(
        Request(entry.key, entry.asks_for, tuple(entry.told_in)) for entry in applying(entries.requests, condition)
    )
    claims = tuple(
        Claim(
            entry.key,
            entry.topic,
            tuple(Phrase.of(template(text).render(values)) for text in entry.says),
            None if entry.contradicts is None else resolve_check(entry.contradicts, values, ids),
            entry.unit or "",
            tuple(normal(template(figure).render(values)) for figure in entry.figures),
            there(entry.to, ids.person),
        )
        for entry in applying(entries.claims, condition)
    )
    evidence = entries.evidence
    return Watched(requests, claims, _owned(evidence.settings, ids), there(evidence.documents, ids.document))


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
