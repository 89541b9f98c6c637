"""What follows from what: looked up for every event, so worked out once for an entry point, whatever a seed draws."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from simenv.company.predicates import kinds_of
from simenv.company.workflow import Reaction, Step


class Agenda:
    """A plan the other way round. It never changes, and names steps by ``item.step``, whose figures differ by seed.

    Args:
        steps: ``item.step`` -> step.
        reactions: Person id -> reactions.
        done: Steps done before the opening.
        now: Simulated second of the opening.

    Attributes:
        ahead: The steps that come up by themselves: at a time, or because all is done that they follow.
        followers: Step -> the steps that come after it.
        checked: Kind of event -> the steps of which it can show that they are done.
        reactions: Key -> reaction.
        restoring: Steps at which suspended seats get their tools back.
    """

    __slots__ = ("ahead", "checked", "followers", "reactions", "restoring")

    def __init__(
        self,
        steps: Mapping[str, Step],
        reactions: Mapping[str, tuple[Reaction, ...]],
        done: Collection[str],
        now: int,
    ) -> None:
        self.ahead = tuple(
            name
            for name, step in steps.items()
            if name not in done
            and (all(each in done for each in step.after) if step.after else step.at is not None and step.at >= now)
        )
        self.followers: Mapping[str, tuple[str, ...]] = _grouped(
            (before, name) for name, step in steps.items() for before in step.after
        )
        self.checked: Mapping[str, tuple[str, ...]] = _grouped(
            (kind, name)
            for name, step in steps.items()
            if step.done_when is not None
            for kind in sorted(kinds_of(step.done_when))
        )
        self.reactions: Mapping[str, Reaction] = {each.key: each for some in reactions.values() for each in some}
        self.restoring = frozenset(each.restore for each in self.reactions.values() if each.restore is not None)


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
