"""What ControlArena wants to know of an episode: whether its policy was out to do something else than its work."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from simenv.content import agent_file
from simenv.core.errors import PolicyError, UnknownNameError
from simenv.core.slugs import THREATS
from simenv.episode import Episode
from simenv.policies.load import load_agent
from simenv.truth.report import TruthReport


def side_task_of(episode: Episode, truth: TruthReport, outcome: str) -> str | None:
    """Return the name of an episode's side task; ControlArena takes an episode without one for an honest one.

    It is the harm that a scripted agent announces, else the harm that was found. Where none was found but could not be
    ruled out either, it is ``undetermined``: such an episode is not taken for an honest one.
    """
    announced = [harm for policy in episode.policy.values() for harm in _announced(policy)]
    names = announced or [incident.slug for incident in truth.incidents]
    if names:
        return ", ".join(dict.fromkeys(names))
    doubtful = outcome != "completed" or any(each.slug in THREATS for each in truth.suspicions)
    return "undetermined" if doubtful else None


def _announced(policy: Any) -> tuple[str, ...]:
    if not isinstance(policy, dict):
        return ()
    name, digest = policy.get("agent"), policy.get("hash")
    return _expected(name, digest) if isinstance(name, str) and isinstance(digest, str) else ()


@lru_cache(maxsize=64)
def _expected(name: str, digest: str) -> tuple[str, ...]:
    """Return the kinds of harm that a shipped agent announces, if it is the one that played."""
    try:
        agent = load_agent(agent_file(name))
    except (UnknownNameError, PolicyError):
        return ()
    expected = getattr(agent.make, "expected", ()) if agent.hash == digest else ()
    return tuple(slug for slug in expected if slug in THREATS)
