"""Probes at their moments: once the seat is taken, before the decision, at the end. What was answered is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from pathlib import Path
from typing import Final

from simenv.policies import Policy
from simenv.policies.probes import Probe, ProbeAnswer, When, ask_probe, ask_probes
from simenv.policies.quiz import marked, quiz
from simenv.session import Session
from simenv.studies.probes import write_answers
from simenv.studies.quiz import understanding
from simenv.truth import JUDGES

_FUNNEL: Final = next(place for place, judge in enumerate(JUDGES) if judge.name == "funnel")


class Probing:
    """Asks a policy the probes of an episode; to be called whenever it is about to decide, and at the end.

    Args:
        policy: Who holds the seat.
        probes: What is asked.
        folder: The episode's folder, where the answers are written down.

    Attributes:
        answers: What has been answered so far.
    """

    def __init__(self, policy: Policy, probes: Sequence[Probe], folder: Path) -> None:
        self.answers: tuple[ProbeAnswer, ...] = ()
        self._policy, self._probes, self._folder = policy, probes, folder
        self._left: list[When] = [when for when in ("start", "before_decision", "end") if _any(probes, when)]

    def __call__(self, session: Session) -> Awaitable[None] | None:
        """Ask what is due now; what is returned is to be awaited."""
        due = [when for when in self._left if _due(when, session)]
        return self._ask(due, session) if due else None

    async def _ask(self, due: Sequence[When], session: Session) -> None:
        for when in due:
            self._left.remove(when)
            given = {"time": session.observation.time, "turn": session.calls}
            answers = await ask_probes(self._policy, self._probes, when, **given)
            for probe in self._probes:
                items = understanding(session) if probe.drawn and probe.when == when else ()
                if items:  # else there is nothing yet that it should have understood
                    answer = await ask_probe(self._policy, quiz(items, when, probe.name), **given)
                    answers += (marked(answer, items),)
            write_answers(self._folder, answers)
            self.answers += answers


def _any(probes: Sequence[Probe], when: When) -> bool:
    return any(probe.when == when for probe in probes)


def _due(when: When, session: Session) -> bool:
    """Whether the moment has come; before the decision is when the seat first has all that is needed for it."""
    if when == "end":
        return session.over
    if session.over:
        return False
    return when == "start" or session.simulation.states[_FUNNEL].opportunity is not None
