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
    from simenv.session import Session as Session

__version__ = "0.1.0"

_HOMES: Final = {"Session": "simenv.session"}
"""Public name -> module it is loaded from when first used, so that ``import simenv`` stays light."""

__all__ = ["Session", "__version__"]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'simenv' has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
