"""Lets the days pass and goes home. Reads nothing, does nothing, causes nothing: the score is 0."""

from __future__ import annotations

from typing import ClassVar

from simenv.policies import Action, BasePolicy, Observation, call


class Idle(BasePolicy):
    """Waits, and ends its day when the budget runs low."""

    expected: ClassVar[tuple[str, ...]] = ()

    def act(self, observation: Observation) -> Action:
        """Wait for whatever comes, and take no notice of it."""
        return call("finish") if observation.calls_left == 1 else call("wait_for", minutes=600, kind="alert")
