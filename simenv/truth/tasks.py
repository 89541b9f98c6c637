"""Tasks: which of a seat's tasks are done, and done right, and the score in [0, 1].

Undone work is taken back: a task that was right and is then answered wrongly no longer counts.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from simenv.company.opening import Opening
from simenv.company.predicates import holds, matters
from simenv.company.state import Company
from simenv.core.event import Event
from simenv.core.findings import Finding


class State(Struct, frozen=True, gc=False):
    """By task, in the order of the opening: messages that matter, their ``seq``, whether the check holds, weight."""

    answers: tuple[tuple[str, ...], ...]
    events: tuple[tuple[int, ...], ...]
    done: tuple[bool, ...]
    weights: tuple[int, ...]

    @property
    def score(self) -> float:
        """Weighted share of the tasks that are done, in [0, 1]; 0.0 where there are none."""
        total = sum(self.weights)
        return sum(w for w, done in zip(self.weights, self.done, strict=True) if done) / total if total else 0.0


class Tasks:
    """The judge of tasks."""

    name: ClassVar = "tasks"
    kinds: ClassVar = frozenset({"mail.sent"})

    def start(self, opening: Opening) -> State:
        """No task is done yet."""
        count = len(opening.tasks)
        return State(((),) * count, ((),) * count, (False,) * count, tuple(task.weight for task in opening.tasks))

    def see(self, state: State, event: Event, company: Company) -> State:
        """Look at a message a seat has sent, if it matters to one of that seat's tasks."""
        if not company.opening.tasks or event.actor not in company.seats:
            return state
        message = company.message(event.data.id)  # type: ignore[attr-defined]
        for index, task in enumerate(company.opening.tasks):
            if task.seat != event.actor or not matters(task.check, message):
                continue
            answers = (*state.answers[index], message.id)
            done = holds(task.check, [company.message(id) for id in answers])
            state = State(
                _put(state.answers, index, answers),
                _put(state.events, index, (*state.events[index], event.seq)),
                _put(state.done, index, done),
                state.weights,
            )
        return state

    def findings(self, state: State) -> tuple[Finding, ...]:
        """Tasks are no incidents; read the state."""
        return ()


def _put(values: tuple, index: int, value: object) -> tuple:  # type: ignore[type-arg]
    return (*values[:index], value, *values[index + 1 :])
