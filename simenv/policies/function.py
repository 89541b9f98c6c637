"""Any Python callable as a policy.

Example:
    >>> import simenv
    >>> from simenv.policies.function import FunctionPolicy
    >>> session = simenv.Session(start="decision")
    >>> text = session.reset(seed=7)
    >>> session.play(FunctionPolicy(lambda observation: ("wait_for", {"minutes": 60})))
    >>> session.outcome
    'completed'
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Any

from simenv.core.calls import ToolCall
from simenv.core.errors import PolicyError
from simenv.core.turns import Action, Brief, Observation, Past


class FunctionPolicy:
    """Asks a callable what to do at every turn.

    The callable is given the observation, and the brief as well if it takes two arguments; it may be asynchronous. It
    returns an :class:`~simenv.policies.Action`, a :class:`~simenv.policies.ToolCall`, ``{"name": ..., "arguments":
    {...}}``, ``(name, arguments)``, or text, which is said and heard by nobody.

    Whatever the callable keeps is its own affair: a fork of the episode shares it, unless the callable has methods
    ``state()`` and ``load(state)``. One that must know the past takes it from a method ``reset(brief, past)``, if it
    has one, and is asked questions by a method ``answer(question)``.

    Args:
        function: The callable.

    Raises:
        PolicyError: If it cannot be called with an observation.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self.name = getattr(function, "__name__", type(function).__name__)
        if not callable(function):
            raise PolicyError(f"{self.name} cannot be called; a policy's function takes an observation")
        self._function, self._arguments = function, _arguments(function, self.name)

    def reset(self, brief: Brief, past: Past = ()) -> Awaitable[None] | None:
        """Take the seat."""
        self.brief = brief
        reset = getattr(self._function, "reset", None)
        taken: Awaitable[None] | None = reset(brief, past) if callable(reset) else None
        return taken

    def act(self, observation: Observation) -> Action | Awaitable[Action]:
        """Ask the callable, and return what it says as an action.

        Raises:
            PolicyError: If that is no action.
        """
        said = self._function(observation, self.brief) if self._arguments == 2 else self._function(observation)
        return self._later(said) if inspect.isawaitable(said) else as_action(said, self.name)

    async def _later(self, said: Awaitable[object]) -> Action:
        return as_action(await said, self.name)

    def state(self) -> Any:
        """Return what the callable says is its state, and the brief."""
        state = getattr(self._function, "state", None)
        return getattr(self, "brief", None), state() if callable(state) else None

    def load(self, state: Any) -> None:
        """Go on from what :meth:`state` returned."""
        self.brief, inside = state
        load = getattr(self._function, "load", None)
        if callable(load):
            load(inside)

    def answer(self, question: str) -> str | Awaitable[str]:
        """Ask the callable, if it can be asked."""
        answer = getattr(self._function, "answer", None)
        said: str | Awaitable[str] = answer(question) if callable(answer) else ""
        return said


def as_action(said: object, name: str = "the policy") -> Action:
    """Return what a callable said as an action.

    Args:
        said: See :class:`FunctionPolicy`.
        name: Who said it.

    Raises:
        PolicyError: If it is nothing of that sort.
    """
    match said:
        case Action():
            return said
        case ToolCall():
            return Action((said,))
        case str():
            return Action(say=said)
        case {"name": str(tool), **rest} if not set(rest) - {"arguments"}:
            return Action((ToolCall(tool, _checked(rest.get("arguments", {}), name)),))
        case (str(tool), arguments):
            return Action((ToolCall(tool, _checked(arguments, name)),))
    raise PolicyError(
        f"{name} returned {_kind(said)}; return an Action, a ToolCall, "
        '{"name": ..., "arguments": {...}}, (name, arguments), or text to be said'
    )


def _checked(arguments: object, name: str) -> dict[str, Any] | str:
    if isinstance(arguments, dict | str):
        return arguments
    raise PolicyError(f"{name} returned a call whose arguments are {_kind(arguments)}; they must be a dict, by name")


def _arguments(function: Callable[..., Any], name: str) -> int:
    """Return how many of (observation, brief) a callable is given."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return 1  # built in: it does not say
    for given in (("observation",), ("observation", "brief")):
        try:
            signature.bind(*given)
        except TypeError:
            continue
        return len(given)
    raise PolicyError(f"{name}{signature} cannot be called with an observation, nor with an observation and the brief")


def _kind(value: object) -> str:
    if isinstance(value, dict):
        return f"a dict with the keys {', '.join(map(repr, list(value)[:5])) or '(none)'}"
    return "nothing" if value is None else f"a value of type {type(value).__name__}"
