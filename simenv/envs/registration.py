"""The ids under which the environments are known to Gymnasium."""

from __future__ import annotations

from typing import Any, Final

import gymnasium as gym

IDS: Final[dict[str, dict[str, Any]]] = {"simenv/SummitBridge-v0": {"world": "summit_bridge"}}
"""Id -> arguments of :class:`simenv.envs.company_env.CompanyEnv`. A change of observation text or of rules makes a new
version."""

_ENTRY_POINT: Final = "simenv.envs.company_env:CompanyEnv"  # text, so that a spec can be written as JSON


def register() -> None:
    """Make the ids known; may be called again. Importing :mod:`simenv.envs` does it."""
    for id, arguments in IDS.items():
        if id not in gym.registry:
            gym.register(id, entry_point=_ENTRY_POINT, kwargs=dict(arguments))
