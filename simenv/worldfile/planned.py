"""The plan of a scenario under a condition, without names: steps, letters and reactions, in all versions of stories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from simenv.company.people import DAY
from simenv.company.text import Template, normal
from simenv.company.workflow import Letter, Operate, Outcome, Reaction, Step
from simenv.worldfile import schema
from simenv.worldfile.checks import Shape, shape_of
from simenv.worldfile.deeds import Deeds
from simenv.worldfile.drawn import Texts
from simenv.worldfile.history import Done
from simenv.worldfile.ids import WORLD, Ids
from simenv.worldfile.lazy import Overlay
from simenv.worldfile.source import Source, applying, full, minutes
from simenv.worldfile.stories import Stories, Version, told


class Planned:
    """Work and reactions of a scenario.

    Args:
        source: The world's files.
        scenario: The scenario.
        condition: Factor -> level.
        ids: Ids of what the files name; roles that are not held are not in it.
        stories: The stories of the world.

    Attributes:
        steps: ``item.step`` -> step.
        letters: Key of a file in mail/, or ``item.step`` -> letter that is still to be written.
        models: ``item.step`` of a seat -> how it was done by whoever held the seat before.
        versions: ``item.step`` -> version of a story that the step belongs to.
        deeds: Turns entries into deeds.
    """

    def __init__(
        self,
        source: Source,
        scenario: schema.ScenarioEntry,
        condition: Mapping[str, str],
        ids: Ids,
        stories: Stories,
    ) -> None:
        self.ids, self._condition, self._standing = ids, condition, scenario.decisions
        self._default = _table(source.world.step_delay)
        self.deeds = Deeds(source, ids)
        written = [letter for letter in applying(source.letters, condition) if letter.at is None]
        self.letters: dict[str, Letter] = {entry.key: self.deeds.letter(entry) for entry in written}
        self.steps: dict[str, Step] = {}
        self.models: dict[str, Done] = {}
        self.versions: dict[str, Version] = {}
        self._drawn: dict[str, _Drawn] = {}
        for item in source.items:
            if scenario.items is None or item.item in scenario.items:
                version = stories.version("items", item.item)
                for entry in applying(item.steps, condition):
                    self._add(item.item, entry, version)
        self._add_jobs(source)
        self.reactions = self._reactions(applying(source.reactions, condition))
        self._needed = {r.key: self._versions_of(r) for reactions in self.reactions.values() for r in reactions}

    def steps_in(self, chosen: Mapping[str, int]) -> dict[str, Step]:
        """Return the steps that are there in these versions of the stories."""
        return {name: step for name, step in self.steps.items() if told(self.versions.get(name), chosen)}

    def letters_in(self, chosen: Mapping[str, int]) -> dict[str, Letter]:
        """Return the letters that are there in these versions of the stories."""
        return {key: letter for key, letter in self.letters.items() if told(self.versions.get(key), chosen)}

    def reactions_in(self, chosen: Mapping[str, int]) -> dict[str, tuple[Reaction, ...]]:
        """Return the reactions that are there in these versions: those whose steps and letters are."""
        return {
            who: tuple(r for r in reactions if all(told(version, chosen) for version in self._needed[r.key]))
            for who, reactions in self.reactions.items()
        }

    def resolved(self, steps: Mapping[str, Step], values: Mapping[str, str]) -> Mapping[str, Step]:
        """Return steps with a seed's figures in what must have been heard and what must hold for them to be done."""
        new = {name: drawn.filled(steps[name], values) for name, drawn in self._drawn.items() if name in steps}
        return Overlay(steps, new) if new else steps

    def _add(self, item: str, entry: schema.StepEntry, version: Version | None) -> None:
        owner = self.ids.person[entry.owner]
        deeds = self.deeds.of(item, entry.key, entry.owner, entry)
        check = None if entry.done_when is None else shape_of(entry.done_when, self.ids)
        step = Step(
            item, entry.key, owner, entry.at, entry.due, entry.letter,
            _names(item, entry.needs), _names(item, entry.unless), entry.announces, _names(item, entry.after),
            _table(entry.delay) or self._default if entry.after else (), tuple(entry.heard.items()),
            tuple(entry.not_heard.items()), deeds, None if check is None else check.check, entry.night,
        )  # fmt: skip
        name, model = step.name, entry.model
        self.steps[name] = step
        if version is not None:
            self.versions[name] = version
        if entry.heard or entry.not_heard or entry.done_when is not None:
            self._drawn[name] = _Drawn(_Figures(entry.heard), _Figures(entry.not_heard), check)
        for deed in deeds:
            if isinstance(deed, Letter):
                self.letters[deed.key] = deed
        if model is not None:
            known = {self.ids.person[role]: said for role, said in model.heard.items() if role in self.ids.person}
            self.models[name] = Done(model.at, self.deeds.of(item, entry.key, entry.owner, model), known)

    def _add_jobs(self, source: Source) -> None:
        """Add a step for each day on which a scheduled job runs; nobody does it."""
        for system in applying(source.systems, self._condition):
            for job in system.jobs:
                at = minutes(job.time or "")
                for day in job.days if at is not None else ():
                    time = int(day[1:]) * DAY + (at or 0) * 60
                    run = Operate(self.ids.system[system.key], job.key, Template(job.result))
                    step = Step(f"job_{system.key}_{job.key}", day, WORLD, time, None, None, deeds=(run,), night=True)
                    self.steps[step.name] = step

    def _reactions(self, entries: list[schema.ReactionEntry]) -> dict[str, tuple[Reaction, ...]]:
        found: dict[str, list[Reaction]] = {}
        standing = self._standing
        for entry in entries:
            who = self.ids.person[entry.who]
            outcome = entry.outcome
            if outcome is not None and standing is not None and outcome.decision not in standing:
                continue  # nothing was decided here that could be changed
            done = entry.done if entry.done in self.steps else None  # its work item may not run in this scenario
            found.setdefault(who, []).append(
                Reaction(
                    entry.key,
                    who,
                    tuple(entry.acts),
                    tuple(entry.topics),
                    tuple(entry.facts),
                    entry.states,
                    tuple(entry.also),
                    tuple(entry.concerning),
                    self.deeds.people(entry.senders),
                    entry.once,
                    entry.reply,
                    tuple(entry.letters),
                    None if outcome is None else Outcome(outcome.decision, outcome.status, outcome.why),
                    done,
                    tuple(name for name in entry.starts if name in self.steps),
                    entry.suspend,
                    entry.restore,
                    entry.delay * 60,
                )
            )
        return {who: tuple(reactions) for who, reactions in found.items()}

    def _versions_of(self, reaction: Reaction) -> tuple[Version, ...]:
        named: list[Any] = [reaction.done, reaction.reply, reaction.restore, *reaction.letters, *reaction.starts]
        return tuple(dict.fromkeys(self.versions[name] for name in named if name in self.versions))


def _names(item: str, names: list[str]) -> tuple[str, ...]:
    return tuple(full(item, name) for name in names)


class _Drawn(Struct, frozen=True):
    """What of a step depends on the seed."""

    heard: _Figures
    not_heard: _Figures
    check: Shape | None

    def filled(self, step: Step, values: Mapping[str, str]) -> Step:
        check = None if self.check is None else self.check.filled(values)
        return replace(step, heard=self.heard.filled(values), not_heard=self.not_heard.filled(values), done_when=check)


class _Figures:
    """Figures by unit, as somebody must have been told them or not."""

    __slots__ = ("_figures", "_units")

    def __init__(self, entry: Mapping[str, str]) -> None:
        self._units, self._figures = tuple(entry), Texts(entry.values(), normal)

    def filled(self, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        return tuple(zip(self._units, self._figures.filled(values), strict=True)) if self._units else ()


def _table(minutes: list[int]) -> tuple[int, ...]:
    """Return a quantile table in seconds; a table needs two entries."""
    seconds = tuple(each * 60 for each in minutes)
    return seconds * 2 if len(seconds) == 1 else seconds
