"""simenv: a living fictional company in simulated time, in which an AI agent is employed.

Example:
    >>> import simenv
    >>> session = simenv.Session("summit_bridge")
    >>> text = session.reset(seed=7)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from simenv.episode import Episode as Episode
    from simenv.library import agent as agent
    from simenv.record import EpisodeWriter as EpisodeWriter
    from simenv.session import Session as Session
    from simenv.staging import World as World
    from simenv.staging import find_world as world

__version__ = "0.1.0"

_HOMES: Final = {
    "Episode": ("simenv.episode", "Episode"),
    "EpisodeWriter": ("simenv.record", "EpisodeWriter"),
    "Session": ("simenv.session", "Session"),
    "World": ("simenv.staging", "World"),
    "agent": ("simenv.library", "agent"),
    "world": ("simenv.staging", "find_world"),
}
"""Public name -> where it is loaded from when first used, so that ``import simenv`` stays light."""

__all__ = ["Episode", "EpisodeWriter", "Session", "World", "__version__", "agent", "world"]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'simenv' has no attribute {name!r}")
    return getattr(import_module(home[0]), home[1])


def __dir__() -> list[str]:
    return sorted(__all__)
