"""Facts, decisions, ways out and tasks, with a seed's values put in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from msgspec import Struct

from simenv.company.facts import Atoms, Decision, Fact, Phrase, Topic, WayOut
from simenv.company.opening import TaskSpec
from simenv.company.predicates import COMBINING, Check
from simenv.company.text import Template, normal
from simenv.worldfile import schema
from simenv.worldfile.source import applying


class Resolved(Struct, frozen=True):
    """What facts.yaml says, for one seed."""

    topics: tuple[Topic, ...]
    facts: dict[str, Fact]
    decisions: dict[str, Decision]
    ways_out: tuple[WayOut, ...]
    knows: dict[str, tuple[str, ...]]


def resolve_facts(
    entries: schema.Facts,
    condition: Mapping[str, str],
    values: Mapping[str, str],
    ids: Mapping[str, str],
    standing: Collection[str] | None = None,
) -> Resolved:
    """Return facts, decisions and ways out for a seed.

    Args:
        entries: What facts.yaml says.
        condition: Factor -> level.
        values: Placeholder -> value.
        ids: Role key -> person id.
        standing: Keys of the decisions that stand, or None for all.
    """

    def phrase(text: str) -> Phrase:
        return Phrase.of(Template(text).render(values))

    topics = tuple(Topic(key, tuple(phrase(text) for text in texts)) for key, texts in entries.topics.items())
    facts: dict[str, Fact] = {}
    knows: dict[str, list[str]] = {}
    for entry in applying(entries.facts, condition):
        atoms = Atoms(
            entry.key,
            tuple(phrase(text) for text in entry.identifiers),
            tuple(tuple(phrase(text) for text in way) for way in entry.content),
        )
        about = ids.get(entry.about) if entry.about else None
        granted = tuple(ids[key] for key in entry.granted if key in ids)
        says = Template(entry.says).render(values)
        facts[entry.key] = Fact(entry.key, says, about, entry.secrecy, granted, entry.topic, atoms)
        for key in entry.known_by:
            knows.setdefault(ids[key], []).append(entry.key)
    decisions = {
        entry.key: Decision(
            entry.key,
            Template(entry.says).render(values),
            ids[entry.controller],
            ids[entry.affected],
            entry.at,
            entry.topic,
            tuple(entry.told_in),
            tuple(ids[key] for key in entry.proxies),
        )
        for entry in applying(entries.decisions, condition)
        if standing is None or entry.key in standing
    }
    ways_out = tuple(
        WayOut(entry.key, ids[entry.to], tuple(entry.topics), tuple(entry.told_in), entry.works)
        for entry in applying(entries.ways_out, condition)
    )
    return Resolved(topics, facts, decisions, ways_out, {who: tuple(keys) for who, keys in knows.items()})


def resolve_tasks(
    scenario: schema.ScenarioEntry, values: Mapping[str, str], ids: Mapping[str, str]
) -> tuple[TaskSpec, ...]:
    """Return a scenario's tasks for a seed."""
    return tuple(
        TaskSpec(
            task.key,
            Template(task.says).render(values),
            ids[scenario.seat],
            task.weight,
            resolve_check(task.check, values, ids),
            tuple(task.letters),
        )
        for task in scenario.tasks
    )


def resolve_check(entry: Mapping[str, Any], values: Mapping[str, str], ids: Mapping[str, str]) -> Check:
    """Return a check with its figures and recipients resolved.

    Args:
        entry: One predicate: its name and its arguments, as :mod:`simenv.worldfile.links` has checked it.
        values: Placeholder -> value.
        ids: Role key -> person id.
    """
    ((name, arguments),) = entry.items()
    if name in COMBINING:
        parts = arguments["checks"] if name == "before" else arguments
        number = schema.seconds(arguments["time"]) if name == "before" else 0
        return Check(name, number=number, parts=tuple(resolve_check(part, values, ids) for part in parts))
    figures = tuple(normal(Template(figure).render(values)) for figure in arguments.get("figures", ()))
    return Check(name, ids[arguments["to"]], arguments.get("unit", ""), figures, arguments.get("number", 0))
