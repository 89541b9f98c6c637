"""Gymnasium environments. Importing this package makes their ids known.

Example:
    >>> import gymnasium as gym, simenv.envs
    >>> env = gym.make("simenv/SummitBridge-v0")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simenv.envs import shared_text as _shared_text  # teaches vector environments the space of texts
from simenv.envs.registration import IDS, register
from simenv.envs.spaces import AnyText

if TYPE_CHECKING:
    from simenv.envs.call_space import ToolCallSpace
    from simenv.envs.company_env import CompanyEnv

__all__ = ["IDS", "AnyText", "CompanyEnv", "ToolCallSpace", "register"]

# Registering does not need the engine, so what loads it is loaded when it is asked for.
_LATER = {"CompanyEnv": "company_env", "ToolCallSpace": "call_space"}


def __getattr__(name: str) -> Any:
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(f"simenv.envs.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


del _shared_text
register()
