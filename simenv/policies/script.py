"""A policy that makes calls written down beforehand, each not before its time."""

from __future__ import annotations

from collections.abc import Iterable

from simenv.core.calls import ToolCall
from simenv.core.turns import Action, Observation, call
from simenv.policies.base import BasePolicy

MINUTE = 60


class Script(BasePolicy):
    """Makes calls in order, waiting until each one's time has come, and then finishes.

    Args:
        calls: Pairs of (earliest simulated second, call), in order.
    """

    def __init__(self, calls: Iterable[tuple[int, ToolCall]]) -> None:
        self.calls = list(calls)
        self.next = 0

    def act(self, observation: Observation) -> Action:
        """Make the next call if its time has come, else wait for it."""
        if self.next >= len(self.calls):
            return call("finish")
        time, wanted = self.calls[self.next]
        if observation.time < time:
            return call("wait_for", minutes=min(1440, max(1, -(-(time - observation.time) // MINUTE))))
        self.next += 1
        return Action((wanted,))
