"""What follows from what: looked up for every event, so worked out once for an episode and shared by its forks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from simenv.company.opening import Plan
from simenv.company.predicates import kinds_of
from simenv.company.workflow import Reaction, Step

T = TypeVar("T")


class Agenda:
    """The plan of an episode, the other way round. It depends on the opening alone and never changes.

    Args:
        plan: What lies ahead.

    Attributes:
        followers: ``item.step`` -> the steps that come after it.
        checked: Kind of event -> the steps of which it can show that they are done.
        reactions: Key -> reaction.
        restoring: Steps (``item.step``) at which suspended seats get their tools back.
    """

    __slots__ = ("checked", "followers", "reactions", "restoring")

    def __init__(self, plan: Plan) -> None:
        steps = plan.steps.values()
        self.followers: Mapping[str, tuple[Step, ...]] = _grouped((name, step) for step in steps for name in step.after)
        self.checked: Mapping[str, tuple[Step, ...]] = _grouped(
            (kind, step) for step in steps if step.done_when is not None for kind in sorted(kinds_of(step.done_when))
        )
        self.reactions: Mapping[str, Reaction] = {each.key: each for some in plan.reactions.values() for each in some}
        self.restoring = frozenset(each.restore for each in self.reactions.values() if each.restore is not None)


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, tuple[T, ...]] = {}
    for key, value in pairs:
        found[key] = (*found.get(key, ()), value)
    return found
