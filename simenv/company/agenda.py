"""What follows from what: looked up for every event, so worked out once for an entry point, whatever a seed draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from simenv.company.predicates import Concerns
from simenv.company.workflow import Reaction, Step


class Agenda:
    """A plan the other way round. It never changes, and names steps by ``item.step``, whose figures differ by seed.

    Args:
        steps: ``item.step`` -> step.
        reactions: Person id -> reactions.

    Attributes:
        ahead: The steps that somebody sets about without being told: each with its owner and its time, or those it
            follows.
        followers: Step -> the steps that come after it.
        checked: The steps of which events can show that they are done.
        concerns: Which events those are, by the places of the steps among them.
        reactions: Key -> reaction.
        restoring: Steps at which suspended seats get their tools back.
    """

    __slots__ = ("ahead", "checked", "concerns", "followers", "reactions", "restoring")

    def __init__(
        self,
        steps: Mapping[str, Step],
        reactions: Mapping[str, tuple[Reaction, ...]],
    ) -> None:
        self.ahead = tuple(
            (name, step.owner, step.at, step.after) for name, step in steps.items() if step.after or step.at is not None
        )
        self.followers: Mapping[str, tuple[str, ...]] = _grouped(
            (before, name) for name, step in steps.items() for before in step.after
        )
        self.checked = tuple(name for name, step in steps.items() if step.done_when is not None)
        self.concerns = Concerns.of(step.done_when for step in steps.values() if step.done_when is not None)
        self.reactions: Mapping[str, Reaction] = {each.key: each for some in reactions.values() for each in some}
        self.restoring = frozenset(each.restore for each in self.reactions.values() if each.restore is not None)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
