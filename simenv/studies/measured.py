"""An episode played offline for the length of its texts: what a model in the seat would be shown."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import msgspec
from msgspec import Struct

from simenv.core.errors import PolicyError
from simenv.policies.base import Policy
from simenv.session import Session
from simenv.studies.talking import Opening, Turn

ENDLESS: Final = 2_000
"""Calls after which an episode that has no end of its own is measured no further."""

_encode: Final = msgspec.json.Encoder().encode


class Measured(Struct, frozen=True):
    """An episode in characters.

    Attributes:
        opening: What every request begins with.
        turns: The turns that were taken.
        most: Calls that the seat can make at most, or None if nothing limits them.
    """

    opening: Opening
    turns: tuple[Turn, ...]
    most: int | None


def measure(session: Session, policy: Policy) -> Measured:
    """Play an episode from its opening and measure it.

    Args:
        session: At its opening.
        policy: Who plays the job as it is meant to be done.

    Raises:
        PolicyError: If it cannot play here.
    """
    idler = session.fork()
    tools = len(_encode([tool.spec for tool in session.tools]))
    opening = Opening(tools, len(session.brief.text) + len(session.observation.text))
    try:
        policy.reset(session.brief)
        while not session.over and session.calls < ENDLESS:
            session.act(policy.act(session.observation))  # type: ignore[arg-type]
    except Exception as error:
        raise PolicyError(f"{type(policy).__name__} cannot play here: {error}") from error
    turns = tuple(
        Turn(len(entry.name or "") + len(entry.arguments or "") + len(entry.say or ""), len(entry.observation.text))
        for _, entry in pairwise(session.transcript)
    )
    while not idler.over and idler.calls < ENDLESS:
        idler.call("none")  # no tool has this name: a call is spent, and hardly any time
    return Measured(opening, turns, idler.calls if idler.over else None)
