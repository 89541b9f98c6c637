"""Beginning with a past: another policy's actions are played again, and the episode goes on from there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simenv.core.errors import ReplayError
from simenv.core.turns import Action, Observation
from simenv.session import Session


def replay(session: Session, past: Iterable[Any]) -> None:
    """Play a past in a session that was just reset.

    Args:
        session: The session.
        past: Observation-action pairs (:attr:`simenv.session.Session.past`), or actions alone: policies' actions, or
            calls in any form a session takes. A pair's observation must be what is seen here; actions alone are played
            whatever is seen.

    Raises:
        ReplayError: If an observation differs from what happens here, or the past ends the episode.
    """
    seen = session.observation
    for number, item in enumerate(past):
        expected, action = item if _is_pair(item) else (None, item)
        if session.over:
            raise ReplayError(f"the past ends the episode before its action {number}: there is nothing to go on from")
        if expected is not None and expected != seen:
            raise ReplayError(
                f"the past was played elsewhere (another seed, condition or start?): before its action {number} it saw "
                f"{_short(expected)}, and here stands {_short(seen)}"
            )
        seen = (session.act(action) if isinstance(action, Action) else session.step(action)).observation
    if session.over:
        raise ReplayError("the past ends the episode: there is nothing to go on from")


def screens(session: Session) -> str:
    """Return everything a session has shown: brief, then each screen and each call. Reasoning is not among it."""
    parts = [session.brief.text]
    for number, entry in enumerate(session.transcript):
        if number:
            made = entry.say or "" if entry.name is None else f"{entry.name} {entry.arguments}"
            parts.append(f"> {made}".rstrip())
        parts.append(entry.observation.text)
    return "\n\n".join(parts)


def _is_pair(item: Any) -> bool:
    return isinstance(item, (tuple, list)) and len(item) == 2 and isinstance(item[0], Observation)


def _short(observation: Observation) -> str:
    text = observation.text
    return f"{text[:80]!r}{' …' if len(text) > 80 else ''} at second {observation.time}"
