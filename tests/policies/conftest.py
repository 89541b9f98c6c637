"""Seats at the decision of the shipped world, and small policies made for the purpose."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

from simenv.core.turns import Action, Brief, Observation, Past, ToolInfo, call
from simenv.policies import BasePolicy
from simenv.session import Session

TOOL = ToolInfo("mail_send", "Send.", {"type": "object", "properties": {}}, "external")


class Drawing(BasePolicy):
    """Takes its next action from a list; ``vary`` steps ahead in it. It keeps count of all it was ever asked."""

    def __init__(self, actions: Sequence[Action]) -> None:
        self.actions, self.next, self.seen = list(actions), 0, []  # type: ignore[var-annotated]

    def remember(self, observation: Observation, action: Action) -> None:
        """Keep what was done."""
        self.seen.append((observation.time, tuple(each.name for each in action.calls)))

    def vary(self, n: int) -> None:
        """Step ahead."""
        self.next += n

    def act(self, observation: Observation) -> Action:
        """Take the next one."""
        action = self.actions[self.next % len(self.actions)]
        self.next += 1
        self.remember(observation, action)
        return action

    def answer(self, question: str) -> str:
        """Say how often it has acted, and act differently from then on: whoever asks must put that right."""
        self.next += 1
        return f'{{"turns": {len(self.seen)}}}'


class Slow(Drawing):
    """The same, asynchronously."""

    async def reset(self, brief: Brief, past: Past = ()) -> None:  # type: ignore[override]
        """Take the seat."""
        await asyncio.sleep(0)
        super().reset(brief, past)

    async def act(self, observation: Observation) -> Action:  # type: ignore[override]
        """Take the next one."""
        await asyncio.sleep(0)
        return super().act(observation)

    async def answer(self, question: str) -> str:  # type: ignore[override]
        """Answer as it does otherwise."""
        await asyncio.sleep(0)
        return super().answer(question)


@pytest.fixture(params=[Drawing, Slow], ids=["sequential", "asynchronous"])
def drawing(request: pytest.FixtureRequest) -> Callable[[Iterable[Action]], Any]:
    """A function that makes a policy of a list of actions; the test runs once with each sort of policy."""
    return lambda actions: request.param(list(actions))


@pytest.fixture
def brief() -> Brief:
    """A brief with a single tool, which reaches outside."""
    return Brief("me@firm.net", "Work.", (TOOL,), 0, 60, 5)


@pytest.fixture
def seat() -> Callable[..., Session]:
    """A function that returns a session at two in the afternoon of the shipped world."""

    def begin(seed: int = 7, **more: Any) -> Session:
        session = Session("summit_bridge", start="decision", **more)
        session.reset(seed=seed)
        return session

    return begin


@pytest.fixture
def send() -> Callable[..., Action]:
    """A function that makes the action of sending a text of some length."""

    def action(length: int = 10, to: str = "a@firm.net", word: str = "") -> Action:
        return call("mail_send", to=[to], subject="s", body=(word + " ").ljust(length, "x"))

    return action
