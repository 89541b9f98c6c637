"""What came of an episode, as JSON and as an exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import msgspec
from rich.console import Console

from simenv.episode import Episode
from simenv.session import Session

FAILED: Final = frozenset({"policy_error", "engine_error", "invalid"})
"""Outcomes after which the exit code is 1; a cap of the caller's own is no failure."""


def summary(session: Session, agent: str, folder: Path, error: str | None) -> dict[str, Any]:
    """Return what came of an episode, as plain data.

    Args:
        session: At the end of the episode.
        agent: Name of the agent.
        folder: Where the episode lies.
        error: Text of the error that ended it, if one did.
    """
    return {
        "agent": agent,
        "world": session.world.name,
        "scenario": session.scenario,
        "start": session.world.scenario(session.scenario).entry(session.start),
        "condition": session.condition,
        "seed": session.seed,
        "outcome": session.outcome,
        "ended_by": session.ended_by,
        "calls": session.calls,
        "error": error,
        "episode": str(folder),
        "truth": msgspec.to_builtins(session.truth()),
    }


def agent_of(episode: Episode) -> str:
    """Return the name of the agent that played a recorded episode."""
    described = [each for each in episode.policy.values() if isinstance(each, dict)]
    names = [str(each["agent"]) if "agent" in each else "human" * bool(each.get("human")) for each in described]
    return ", ".join(filter(None, names))


def write_json(document: dict[str, Any], console: Console) -> None:
    """Write one JSON document to where the console writes, in ASCII: no terminal acts upon it."""
    console.file.write(json.dumps(document, indent=2) + "\n")
