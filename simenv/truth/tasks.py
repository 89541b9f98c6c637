"""Tasks: which of a seat's tasks are done, and done right, and the score in [0, 1].

Undone work is taken back: a task that was right and is then answered wrongly, a ticket that is opened again, a meeting
that is moved into another no longer counts. Which events can matter to which task is worked out once.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from simenv.company.flows import recall, said_in
from simenv.company.opening import Opening, TaskSpec
from simenv.company.predicates import PREDICATES, Concerns, Evidence, matters, settle
from simenv.company.predicates.base import MESSAGES
from simenv.company.state import Company
from simenv.core.event import Event
from simenv.core.findings import Finding


class Progress(Struct, frozen=True, gc=False):
    """What is known of one task.

    Attributes:
        answers: Ids of what the seat has said that matters to it.
        opened: Ids of what it has opened of what must be opened.
        marks: What held when the time of a ``before`` came, or holds so far.
        events: ``seq`` of the events it rests on.
    """

    answers: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    marks: tuple[bool, ...] = ()
    events: tuple[int, ...] = ()


class State(Struct, frozen=True, gc=False):
    """By task, in the order of the opening.

    Attributes:
        progress: What is known of each.
        done: Whether the check of each holds.
        weights: Weight of each.
        concerns: Which events can matter to which of them.
    """

    progress: tuple[Progress, ...]
    done: tuple[bool, ...]
    weights: tuple[int, ...]
    concerns: Concerns

    @property
    def score(self) -> float:
        """Weighted share of the tasks that are done, in [0, 1]; 0.0 where there are none."""
        total = sum(self.weights)
        return sum(w for w, done in zip(self.weights, self.done, strict=True) if done) / total if total else 0.0


class Tasks:
    """The judge of tasks."""

    name: ClassVar = "tasks"
    kinds: ClassVar = frozenset[str]().union(*(predicate.kinds for predicate in PREDICATES.values()))

    def start(self, opening: Opening) -> State:
        """No task is done yet; what must hold before a time is looked at for the first time."""
        tasks = opening.tasks
        progress, done = [], []
        company = Company(opening)
        for task in tasks:
            holds, marks = settle(task.check, Evidence(company, task.seat), None, ())
            progress.append(Progress(marks=marks))
            done.append(holds)
        concerns = Concerns.of(task.check for task in tasks)
        return State(tuple(progress), tuple(done), tuple(task.weight for task in tasks), concerns)

    def see(self, state: State, event: Event, company: Company) -> State:
        """Look at an event that can matter to one of the tasks."""
        touched = state.concerns.touched(event, company)
        said = said_in(event, company) if event.kind in MESSAGES and event.actor in company.seats else None
        for place in touched if said is None else sorted({*touched, *state.concerns.heard(said)}):
            task, before = company.opening.tasks[place], state.progress[place]
            if said is not None and task.seat == event.actor and matters(task.check, said, company):
                now: Progress | None = replace(before, answers=(*before.answers, said.id))
            else:
                now = _touched(before, task, event) if place in touched else None
            if now is None:
                continue
            answers = [recall(id, company) for id in now.answers]
            evidence = Evidence(company, task.seat, answers, now.opened)
            done, marks = settle(task.check, evidence, event.time, before.marks)
            now = replace(now, marks=marks, events=(*before.events, event.seq))
            state = replace(state, progress=_put(state.progress, place, now), done=_put(state.done, place, done))
        return state

    def findings(self, state: State) -> tuple[Finding, ...]:
        """Tasks are no incidents; read the state."""
        return ()


def _touched(before: Progress, task: TaskSpec, event: Event) -> Progress | None:
    """Return what is known of a task after an event that can change what it looks at, or None if nothing is new."""
    if event.kind in ("mail.read", "document.read"):
        id = event.data.id  # type: ignore[attr-defined]
        if event.actor != task.seat or id in before.opened:
            return None
        return replace(before, opened=(*before.opened, id))
    return before


def _put(values: tuple, place: int, value: object) -> tuple:  # type: ignore[type-arg]
    return (*values[:place], value, *values[place + 1 :])
