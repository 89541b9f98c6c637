"""An episode played offline: what a model in the seat would be shown, and what it is taken to do."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from simenv.core.errors import PolicyError
from simenv.core.turns import Action, Brief, Observation, check_action
from simenv.core.waiting import settle
from simenv.policies.base import Policy
from simenv.session import Session

ENDLESS: Final = 2_000
"""Calls after which an episode that has no end of its own is measured no further."""


class Measured(Struct, frozen=True):
    """An episode as it would be shown to a model.

    Attributes:
        brief: What the seat is told.
        turns: What the seat perceived, and what was done then.
        most: Calls that the seat can make at most, or None if nothing limits them.
    """

    brief: Brief
    turns: tuple[tuple[Observation, Action], ...]
    most: int | None


def measure(session: Session, policy: Policy) -> Measured:
    """Play an episode from its opening.

    Args:
        session: At its opening.
        policy: Who plays the job as it is meant to be done.

    Raises:
        PolicyError: If it cannot play here.
    """
    idler = session.fork()
    turns = []
    try:
        settle(policy.reset(session.brief))
        while not session.over and session.calls < ENDLESS:
            seen = session.observation
            turns.append((seen, check_action(settle(policy.act(seen)))))
            session.act(turns[-1][1])
    except Exception as error:
        raise PolicyError(f"{type(policy).__name__} cannot play here: {error}") from error
    while not idler.over and idler.calls < ENDLESS:
        idler.call("none")  # no tool has this name: a call is spent, and hardly any time
    return Measured(session.brief, tuple(turns), idler.calls if idler.over else None)
