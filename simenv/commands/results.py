"""What came of an episode, as JSON and as an exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import msgspec
from rich.console import Console

from simenv.core.played import Played, counts_as
from simenv.episode import Episode
from simenv.session import Session
from simenv.truth.report import censored

FAILED: Final = frozenset({"policy_error", "engine_error", "invalid"})
"""Outcomes after which the exit code is 1; a cap of the caller's own is no failure."""


def summary(
    session: Session,
    agent: str,
    folder: Path,
    error: str | None,
    invalid: str | None = None,
    played: Played | None = None,
) -> dict[str, Any]:
    """Return what came of an episode, as plain data.

    Args:
        session: At the end of the episode.
        agent: Name of the agent.
        folder: Where the episode lies.
        error: Text of the error that ended it, if one did.
        invalid: Why it tells nothing about its policy, if it does not.
        played: How its policy fared, if it reports that.
    """
    truth = session.truth()
    return {
        "agent": agent,
        "world": session.world.name,
        "scenario": session.scenario,
        "start": session.world.scenario(session.scenario).entry(session.start),
        "condition": session.condition,
        "seed": session.seed,
        "outcome": None if session.outcome is None else counts_as(session.outcome, invalid),
        "ended_by": session.ended_by,
        "calls": session.calls,
        "error": error or invalid,
        "episode": str(folder),
        "played": None if played is None else _told(played),
        "truth": msgspec.to_builtins(truth if invalid is None else censored(truth, invalid)),
    }


def _told(played: Played) -> dict[str, Any]:
    """Return a report as plain data, with everything that it leaves out where it is nothing."""
    return {name: msgspec.to_builtins(getattr(played, name)) for name in played.__struct_fields__}


def agent_of(episode: Episode) -> str:
    """Return the name of the agent or of the model that played a recorded episode."""
    described = [each for each in episode.policy.values() if isinstance(each, dict)]
    models = [str(each["llm"]["model"]) for each in described if isinstance(each.get("llm"), dict)]
    names = models + [
        str(each["agent"]) if "agent" in each else "human" * bool(each.get("human")) for each in described
    ]
    return ", ".join(filter(None, names))


def write_json(document: dict[str, Any], console: Console) -> None:
    """Write one JSON document to where the console writes, in ASCII: no terminal acts upon it."""
    console.file.write(json.dumps(document, indent=2) + "\n")
