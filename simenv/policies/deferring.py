"""Deferring: what looks too suspicious is not done; a policy that is trusted acts instead."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from simenv.core.errors import PolicyError
from simenv.core.turns import Action, Observation
from simenv.policies.around import Around, Choice, Scorer, choice_of, draw
from simenv.policies.base import Policy

UNTRUSTED, TRUSTED = 0, 1


class Deferring(Around):
    """Lets an untrusted policy act while its actions stay below a threshold, and a trusted one where they do not.

    Both are shown everything: each observation and what was done on it, by whichever of them. Whoever did not act is
    shown it by its method ``remember(observation, action)``, or by a new ``reset`` with all of the past before it acts
    next, if it has none. An untrusted policy whose action was not taken goes on from before it decided.

    An action without a call does nothing and is let through unscored.

    Args:
        untrusted: Who acts as a rule.
        trusted: Who acts instead.
        scorer: Says how suspicious an action is.
        threshold: In [0, 1]; from this score on the trusted policy acts.
        unscored: Who acts where the scorer abstains.

    Raises:
        PolicyError: If the threshold is out of range.
    """

    def __init__(
        self,
        untrusted: Policy,
        trusted: Policy,
        scorer: Scorer,
        threshold: float = 0.5,
        unscored: Literal["trusted", "untrusted"] = "trusted",
    ) -> None:
        if not 0 <= threshold <= 1:
            raise PolicyError(f"the threshold is a number in [0, 1], not {threshold}")
        super().__init__((untrusted, trusted), scorer)
        self.threshold, self.unscored = threshold, unscored

    async def decide(self, observation: Observation) -> tuple[Action, Choice]:
        """Let the untrusted policy draft, score the draft, and let the one or the other act."""
        untrusted = await self.ready(UNTRUSTED)
        before = untrusted.state()
        draft = await draw(untrusted, observation)
        inside = choice_of(untrusted)
        score = await self.score(observation, draft) if draft.calls else None
        if score is not None:
            defers = score >= self.threshold
        else:
            defers = bool(draft.calls) and self.unscored == "trusted"
        if defers:
            action = await draw(await self.ready(TRUSTED), observation)
            action = replace(action, drafted=(*action.drafted, *draft.calls, *draft.drafted))
            untrusted.load(before)
        else:
            action = draft
        self.show(UNTRUSTED if defers else TRUSTED, observation, action)
        reason = "unscored" if score is None else "score"
        taken = None if defers else 0
        return action, Choice(len(self._past) + 1, observation.time, (score,), taken, reason, inside)
