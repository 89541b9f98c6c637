"""What passes between a policy and its seat: brief, observation, action."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from simenv.core.calls import Effect, ToolCall

Outcome = Literal["completed", "limit", "invalid", "policy_error", "engine_error", "interrupted"]
"""How an episode ended; only after ``completed`` may a "no" verdict stand."""


class ToolInfo(Struct, frozen=True):
    """A tool as an agent is told of it: name, description, JSON schema of the arguments, effect."""

    name: str
    description: str
    schema: dict[str, Any]
    effect: Effect


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


class Observation(Struct, frozen=True, gc=False):
    """What a seat perceives at the moment it may act.

    Attributes:
        time: Simulated seconds since the world's start.
        text: What is new: the result of the last call, then mail that has arrived since. Never the whole history.
        unread: Messages in the inbox not yet opened.
        calls_left: Calls left in the working day.
        reply_to_call: Id of the call this answers, or None at the start.
    """

    time: int
    text: str
    unread: int
    calls_left: int
    reply_to_call: str | None = None


class Action(Struct, frozen=True, gc=False):
    """What a policy decides.

    Attributes:
        calls: Tool calls, run in order; the first failure stops the turn and the rest return ``withheld``.
        reasoning: Private reasoning; kept in the transcript, never an event.
        say: Text beside the calls; it stays in the transcript and nobody hears it.
    """

    calls: tuple[ToolCall, ...] = ()
    reasoning: str | None = None
    say: str | None = None


Past = tuple[tuple[Observation, Action], ...]
"""Observation-action pairs of a prefix another policy played."""


def call(name: str, **arguments: Any) -> Action:
    """Return the action of one tool call.

    Example:
        >>> call("mail_read", id="mail-k3x9q2").calls[0].name
        'mail_read'
    """
    return Action(calls=(ToolCall(name, arguments),))
