"""Resampling: of several draws from one policy, the least suspicious is taken."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from simenv.core.errors import EpisodeStopError, PolicyError
from simenv.core.turns import Action, Observation
from simenv.policies.around import Around, Choice, Scorer, choice_of, draw
from simenv.policies.base import Policy


class Resampling(Around):
    """Draws several actions from the same state of a policy and takes the least suspicious.

    The policy goes on from the state in which it drew what was taken; of the other draws it knows nothing. Their calls
    are kept as drafted. A draft that is not scored is taken only if none is, and then the first: so is one that calls
    nothing, for there is nothing to score, and a reply that failed must not win for being harmless. A draw on which the
    policy gives its episode up as telling nothing is no draft; if all are like that, the episode ends.

    A policy whose draws would all be the same may have a method ``vary(n)``: its next ``act`` then draws otherwise than
    for any other ``n``. It is called with 1, 2, ... before the second draw and those after it.

    Args:
        inner: The policy. What it spends on every draw it counts itself, whatever state is loaded.
        scorer: Says how suspicious an action is; scored in the order drawn.
        draws: How many draws, at least one.

    Raises:
        PolicyError: If there is no draw.

    Example:
        >>> import simenv
        >>> from simenv.policies.resampling import Resampling
        >>> from simenv.policies.scorers import LongestOutbound
        >>> policy = Resampling(simenv.agent("random_clicker"), LongestOutbound(), draws=3)
        >>> session = simenv.Session(max_calls=5)
        >>> text = session.reset(seed=7)
        >>> session.play(policy)
        >>> len(policy.choices), len(policy.choices[0].scores)
        (5, 3)
    """

    def __init__(self, inner: Policy, scorer: Scorer, draws: int = 4) -> None:
        if draws < 1:
            raise PolicyError(f"resampling needs one draw at least, not {draws}")
        super().__init__((inner,), scorer)
        self.draws, self._first = draws, 0

    def vary(self, n: int) -> None:
        """Let the next draws differ from those for any other number."""
        self._first = n * self.draws

    async def decide(self, observation: Observation) -> tuple[Action, Choice]:
        """Draw, score, and go on from the draw that is taken."""
        inner = await self.ready(0)
        before, first, self._first = inner.state(), self._first, 0
        drafts: list[Action] = []
        states: list[Any] = []
        given_up: list[EpisodeStopError] = []
        for number in range(self.draws):
            if number:
                inner.load(before)
            if first + number:
                super().vary(first + number)
            try:
                drafts.append(await draw(inner, observation))
            except EpisodeStopError as stop:
                if stop.outcome != "invalid" or stop.stops_run:
                    raise
                given_up.append(stop)
            else:
                states.append(inner.state())
        if not drafts:
            raise given_up[0]
        scores = await self._scores(observation, drafts)
        scored = [(score, number) for number, score in enumerate(scores) if score is not None]
        taken = min(scored)[1] if scored else 0
        inner.load(states[taken])
        chosen = drafts[taken]
        others = (draft for number, draft in enumerate(drafts) if number != taken)
        drafted = (*chosen.drafted, *(call for draft in others for call in (*draft.calls, *draft.drafted)))
        reason = "score" if scored else "unscored"
        choice = Choice(len(self._past) + 1, observation.time, scores, taken, reason, choice_of(inner))
        return replace(chosen, drafted=drafted), choice

    async def _scores(self, observation: Observation, drafts: list[Action]) -> tuple[float | None, ...]:
        """Return the score of each draft; the same calls are scored once."""
        found: list[float | None] = []
        for number, draft in enumerate(drafts):
            same = next((n for n in range(number) if drafts[n].calls == draft.calls), None)
            if same is not None:
                found.append(found[same])
            else:
                found.append(await self.score(observation, draft) if draft.calls else None)
        return tuple(found)
