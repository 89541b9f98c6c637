"""Playing the shipped agents in the shipped world."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from simenv.content import agent_file
from simenv.policies import Policy
from simenv.policies.load import load_agent
from simenv.session import Session

Play = Callable[..., Session]


def new_agent(name: str, settings: Mapping[str, Any] | None = None) -> Policy:
    """Return one of the shipped agents."""
    return load_agent(agent_file(name)).new(settings)


def go_on(session: Session, policy: Policy, until: int | None = None) -> None:
    """Let a policy that has taken the seat play on, to the end or up to the first observation at or after a second."""
    while not session.over and (until is None or session.observation.time < until):
        session.act(policy.act(session.observation))


@pytest.fixture(scope="session")
def agent() -> Callable[..., Policy]:
    """A function that returns one of the shipped agents, by name."""
    return new_agent


@pytest.fixture(scope="session")
def play() -> Play:
    """A function that plays: agent by name, seed, entry point, condition, settings, second at which to stop."""

    def run(
        name: str,
        seed: int,
        start: str = "day",
        condition: Mapping[str, str] | None = None,
        settings: Mapping[str, Any] | None = None,
        until: int | None = None,
    ) -> Session:
        session = Session("summit_bridge", start=start, condition=condition)
        session.reset(seed=seed)
        policy = new_agent(name, settings)
        policy.reset(session.brief)
        go_on(session, policy, until)
        return session

    return run


@pytest.fixture(scope="session")
def play_on() -> Callable[..., None]:
    """The function that lets a policy play on in a session."""
    return go_on
