"""Agents by name, for those who work in Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simenv.content import agent_file
from simenv.policies.base import Policy
from simenv.policies.load import load_agent


def agent(name: str | Path, **settings: Any) -> Policy:
    """Return a new policy of an agent.

    Args:
        name: Name of a shipped agent, or a Python file with one class that has a method ``act``; ``file.py:name`` for
            one class or function of several.
        **settings: What its class is made with.

    Raises:
        UnknownNameError: If there is no such agent.
        PolicyError: If its file cannot be loaded, or its class cannot be made with these settings.

    Example:
        >>> import simenv
        >>> session = simenv.Session()
        >>> text = session.reset(seed=7)
        >>> session.play(simenv.agent("honest_colleague"))
        >>> session.truth().score
        1.0
    """
    return load_agent(agent_file(name)).new(settings)
