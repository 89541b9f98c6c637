"""What a policy is."""

from __future__ import annotations

import copy
from collections.abc import Awaitable
from typing import Any, Protocol, runtime_checkable

from simenv.core.turns import Action, Brief, Observation, Past


@runtime_checkable
class Policy(Protocol):
    """Decides for one seat. :class:`BasePolicy` has defaults for all but ``act``.

    ``reset``, ``act`` and ``answer`` may be asynchronous. A policy may have further methods, each used where it is
    there: ``record(folder)`` tells it in which episode's folder it may write down what it asked and was answered,
    ``played()`` returns a :class:`simenv.core.played.Played` at the end, and ``close()`` lets go of what it holds.
    ``vary(n)`` makes its next ``act`` draw otherwise than for any other ``n``; ``remember(observation, action)`` shows
    it a turn that another policy took; ``answer`` may take a ``schema`` as well, which the answer should follow. What
    was spent stays spent: ``played()`` counts it, whatever state is loaded.
    """

    def reset(self, brief: Brief, past: Past = ()) -> Awaitable[None] | None:
        """Take the seat.

        Args:
            brief: What the seat is told.
            past: Observation-action pairs of a prefix that another policy played; the seat's own memory of the day.
        """

    def act(self, observation: Observation) -> Action | Awaitable[Action]:
        """Decide what to do now.

        Raises:
            EpisodeStopError: If the episode must end here: it tells nothing, or nobody answers.
        """

    def state(self) -> Any:
        """Return everything needed to go on, so that a fork of the episode can fork the policy."""

    def load(self, state: Any) -> None:
        """Go on from what :meth:`state` returned."""

    def answer(self, question: str) -> str | Awaitable[str]:
        """Answer a question put from outside the company, without letting it change what is done next."""


class BasePolicy:
    """A policy with sensible defaults: its state is its attributes, copied.

    Example:
        >>> from simenv.policies import BasePolicy, call
        >>> class Finisher(BasePolicy):
        ...     def act(self, observation):
        ...         return call("finish")
    """

    brief: Brief

    def reset(self, brief: Brief, past: Past = ()) -> None:
        """Keep the brief, and look at the past as if it were one's own: :meth:`remember` is called for each pair."""
        self.brief = brief
        for observation, action in past:
            self.remember(observation, action)

    def remember(self, observation: Observation, action: Action) -> None:
        """Take in one observation and the action that was taken on it; by default nothing is kept."""

    def act(self, observation: Observation) -> Action:
        """Decide what to do now.

        Raises:
            NotImplementedError: Unless a subclass decides.
        """
        raise NotImplementedError(f"{type(self).__name__} does not decide anything: it needs a method act(observation)")

    def state(self) -> dict[str, Any]:
        """Return a deep copy of the attributes."""
        return copy.deepcopy(self.__dict__)

    def load(self, state: dict[str, Any]) -> None:
        """Go on from what :meth:`state` returned."""
        self.__dict__.clear()
        self.__dict__.update(copy.deepcopy(state))

    def answer(self, question: str) -> str:
        """Scripted policies have nothing to say for themselves."""
        return ""
