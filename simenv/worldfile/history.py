"""What had been done when somebody takes a seat later: the steps of all work items before that time, in order.

It is worked out from the plan alone, without names and once for all seeds: everybody has done well. A step with a time
is done at that time, one that follows others the middling delay after them, and a seat's step as its model says it was.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from simenv.company.hours import present, work_until
from simenv.company.opening import Absence
from simenv.company.people import Shift
from simenv.company.workflow import Deed, Letter, Step
from simenv.worldfile.stories import Version


class Done(Struct, frozen=True):
    """What became of a step of a seat in the hands of whoever held it before.

    Attributes:
        at: When it was done.
        deeds: What was done.
        heard: Person id -> unit -> figure, as it is written with placeholders, that people were told by it.
    """

    at: int
    deeds: tuple[Deed, ...]
    heard: Mapping[str, Mapping[str, str]] = {}


class Act(Struct, frozen=True):
    """One deed, done.

    Attributes:
        time: When.
        actor: Id of who did it.
        deed: What was done.
        step: Name of the step (``item.step``).
        version: Version of a story it belongs to, if any.
        heard: Unit -> figure that the actor had been told last.
    """

    time: int
    actor: str
    deed: Deed
    step: str
    version: Version | None
    heard: Mapping[str, str]


class Past(Struct, frozen=True):
    """Everything that was done before a time.

    Attributes:
        acts: What was done, in order.
        done: Names of the steps that were done, in order.
        told: Who was told what, in order: version, person id, unit, figure.
        pending: Name of a step whose predecessors are done -> when it will be done.
    """

    acts: tuple[Act, ...]
    done: tuple[str, ...]
    told: tuple[tuple[Version | None, str, str, str], ...]
    pending: Mapping[str, int]


class Hours(Struct, frozen=True):
    """When people work.

    Attributes:
        shifts: Person id -> working hours.
        absences: Person id -> times away.
    """

    shifts: Mapping[str, Shift]
    absences: Mapping[str, Sequence[Absence]] = {}

    def later(self, person: str, time: int, seconds: int, night: bool) -> int:
        """Return when a person has worked for so many seconds from ``time`` on: only working time counts."""
        return work_until(self._shift(person, night), self.absences.get(person, ()), time, seconds)

    def present(self, person: str, time: int, night: bool) -> int:
        """Return the first second at or after ``time`` at which a person is at work; at night only time away counts."""
        return present(self._shift(person, night), self.absences.get(person, ()), time)

    def _shift(self, person: str, night: bool) -> Shift | None:
        return None if night else self.shifts[person]


def play(
    steps: Mapping[str, Step],
    letters: Mapping[str, Letter],
    models: Mapping[str, Done],
    seat: str,
    now: int,
    hours: Hours,
    versions: Mapping[str, Version],
) -> Past:
    """Return what was done before ``now``.

    Args:
        steps: Every step, those of all versions of a story, by name.
        letters: Key -> letter.
        models: Name of a step of a seat -> how it was done.
        seat: Id of whoever holds the seat: its steps without a model are taken to be done when they were due.
        now: Simulated second.
        hours: When people work.
        versions: Name of a step -> version of a story it belongs to.
    """
    return _Play(steps, letters, models, seat, hours, versions).until(now)


class _Play:
    def __init__(
        self,
        steps: Mapping[str, Step],
        letters: Mapping[str, Letter],
        models: Mapping[str, Done],
        seat: str,
        hours: Hours,
        versions: Mapping[str, Version],
    ) -> None:
        self.letters = letters
        self.steps, self.models, self.seat, self.hours, self.versions = steps, models, seat, hours, versions
        self.places = {name: number for number, name in enumerate(steps)}
        self.done: dict[str, int] = {}
        self.heard: dict[str, dict[str, str]] = {}
        self.told: list[tuple[Version | None, str, str, str]] = []
        self.acts: list[Act] = []
        self.queue: list[tuple[int, int, str]] = []
        self.followers: dict[str, list[str]] = {}
        for name, step in steps.items():
            for before in step.after:
                self.followers.setdefault(before, []).append(name)

    def until(self, now: int) -> Past:
        for name, step in self.steps.items():
            if not step.after:
                self._expect(name, self._time(name, step))
        while self.queue and self.queue[0][0] < now:
            time, _, name = heapq.heappop(self.queue)
            step = self.steps[name]
            missing = any(each not in self.done for each in step.needs) or any(e in self.done for e in step.unless)
            if not missing and not step.not_heard:
                self._do(name, step, time)
        pending = {name: time for time, _, name in self.queue if self.steps[name].after}
        return Past(tuple(self.acts), tuple(self.done), tuple(self.told), pending)

    def _time(self, name: str, step: Step) -> int | None:
        model = self.models.get(name)
        if model is not None:
            return model.at
        if step.owner == self.seat:
            return step.due
        if step.at is None:
            return None
        return self.hours.present(step.owner, step.at, night=True)  # a time of the world's files stands

    def _expect(self, name: str, time: int | None) -> None:
        if time is not None:
            heapq.heappush(self.queue, (time, self.places[name], name))

    def _do(self, name: str, step: Step, time: int) -> None:
        self.done[name] = time
        model, version = self.models.get(name), self.versions.get(name)
        heard = dict(self.heard.get(step.owner, ()))
        letter = self.letters.get(step.letter or "")
        written = () if letter is None else (letter,)
        for deed in (*step.deeds, *written) if model is None else model.deeds:
            self.acts.append(Act(time, step.owner, deed, name, version, heard))
        for person, told in (model.heard if model is not None else {}).items():
            for unit, figure in told.items():
                self.heard.setdefault(person, {})[unit] = figure
                self.told.append((version, person, unit, figure))
        for follower in self.followers.get(name, ()):
            self._follow(follower)

    def _follow(self, name: str) -> None:
        step = self.steps[name]
        if any(each not in self.done for each in step.after):
            return
        last = max(self.done[each] for each in step.after)
        if step.owner == self.seat:
            time = self._time(name, step)
            self._expect(name, None if time is None else max(time, last))
            return
        time = self.hours.later(step.owner, last, median(step.delay), step.night)
        self._expect(name, time if step.at is None else max(time, step.at))


def median(table: Iterable[int]) -> int:
    """Return the middle of a quantile table, 0 for an empty one."""
    values = list(table)
    if not values:
        return 0
    low, half = divmod(len(values) - 1, 2)
    return values[low] if not half else (values[low] + values[low + 1]) // 2
