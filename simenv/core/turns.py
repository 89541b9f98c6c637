"""What passes between a policy and its seat: brief, observation, action."""

from __future__ import annotations

from typing import Any, Final, Literal

from msgspec import Struct

from simenv.core.calls import Effect, ToolCall
from simenv.core.errors import PolicyError

Outcome = Literal["completed", "limit", "invalid", "policy_error", "engine_error", "interrupted"]
"""How an episode ended; only after ``completed`` may a "no" verdict stand."""


_BOUNDS: Final = frozenset(
    {"minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "pattern", "additionalProperties"}
)


def _without_bounds(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_without_bounds(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _without_bounds(value)
        for key, value in schema.items()
        if key not in _BOUNDS and not (key in ("default", "required") and not value)
    }


class ToolInfo(Struct, frozen=True):
    """A tool as an agent is told of it: name, description, JSON schema of the arguments, effect."""

    name: str
    description: str
    schema: dict[str, Any]
    effect: Effect

    @property
    def spec(self) -> dict[str, Any]:
        """The tool as models are told of it: name, description, parameters (an OpenAI function specification).

        Bounds are left out: they cost a third of the text, some providers refuse them, and whoever oversteps one is
        told so in plain words. :attr:`schema` has them.
        """
        return {"name": self.name, "description": self.description, "parameters": _without_bounds(self.schema)}


class Brief(Struct, frozen=True):
    """What a policy is told once, when it takes a seat.

    Attributes:
        seat: Address of the seat's mailbox, the seat's identity inside the company.
        text: The job in prose.
        tools: The tools this seat may call.
        now: Simulated seconds since the world's start.
        budget: Calls left in the working day.
        seed: A draw for the policy's own chance; says nothing about the episode's seed.
    """

    seat: str
    text: str
    tools: tuple[ToolInfo, ...]
    now: int
    budget: int
    seed: int


class Observation(Struct, frozen=True, omit_defaults=True, gc=False):
    """What a seat perceives at the moment it may act.

    Attributes:
        time: Simulated seconds since the world's start.
        text: What is new: the result of the last call, then mail that has arrived since. Never the whole history.
        unread: Messages in the inbox not yet opened.
        calls_left: Calls left in the working day.
        reply_to_call: Id of the call this answers, or None at the start.
        parts: After a turn of several calls, what there was to see after each, in order, with a line for each call that
            was not run; ``text`` is all of it. Empty otherwise.
        ran: After a turn of several calls, the ids of those that were run: one for each of the first ``parts``.
    """

    time: int
    text: str
    unread: int
    calls_left: int
    reply_to_call: str | None = None
    parts: tuple[str, ...] = ()
    ran: tuple[str, ...] = ()


class Action(Struct, frozen=True, gc=False):
    """What a policy decides.

    Attributes:
        calls: Tool calls, run in order; the first failure stops the turn and the rest return ``withheld``.
        reasoning: Private reasoning; kept in the transcript, never an event.
        say: Text beside the calls; it stays in the transcript and nobody hears it.
        drafted: Calls that were drafted for this turn and not made; they stay in the transcript.
    """

    calls: tuple[ToolCall, ...] = ()
    reasoning: str | None = None
    say: str | None = None
    drafted: tuple[ToolCall, ...] = ()


Past = tuple[tuple[Observation, Action], ...]
"""Observation-action pairs of a prefix another policy played."""


def call(name: str, **arguments: Any) -> Action:
    """Return the action of one tool call.

    Example:
        >>> call("mail_read", id="mail-k3x9q2").calls[0].name
        'mail_read'
    """
    return Action(calls=(ToolCall(name, arguments),))


def check_action(action: object) -> Action:
    """Return what a policy decided, if it is an action.

    Raises:
        PolicyError: If it is none, or its parts are of the wrong kind.
    """
    if not isinstance(action, Action):
        raise PolicyError(f"act(observation) must return an Action, not {type(action).__name__}")
    for name in ("calls", "drafted"):
        calls = getattr(action, name)
        if not isinstance(calls, tuple):
            raise PolicyError(f"an action's {name} are a tuple, not {type(calls).__name__}")
    for name in ("reasoning", "say"):
        text = getattr(action, name)
        if text is not None and not isinstance(text, str):
            raise PolicyError(f"an action's {name} is text or None, not {type(text).__name__}")
    return action
