"""Playing a session on from where it stands."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from simenv.core.errors import EpisodeStopError, RecordingError
from simenv.core.turns import Brief, Outcome, check_action
from simenv.record import EpisodeWriter
from simenv.session import Seated, Session
from simenv.studies.interrupt import Interrupts


@dataclass(frozen=True)
class Ended:
    """How an episode had to be ended from outside.

    Attributes:
        outcome: Its outcome.
        ended_by: What ended it.
        error: The error's traceback, if one ended it.
    """

    outcome: Outcome
    ended_by: str
    error: str | None = None


def end(session: Session, writer: EpisodeWriter, ended: Ended | None) -> None:
    """End an episode that did not end by itself, and keep why."""
    if ended is not None:
        writer.error = ended.error
        session.close(ended.outcome, ended.ended_by)


def go_on(
    session: Session,
    policy: Seated,
    interrupts: Interrupts,
    *,
    takes_seat: bool = True,
    until: int | None = None,
    brief: Brief | None = None,
) -> Ended | None:
    """Let a policy play, to the end of the episode or to a moment in it.

    Args:
        session: Where it stands; what happened so far is the policy's past.
        policy: Who decides.
        interrupts: Holds Ctrl-C back while the engine works.
        takes_seat: Whether the policy takes the seat now; if not, it has held it all along.
        until: Stop when the seat is due at or after this simulated second.
        brief: What the policy is told, if it is not the session's own brief.

    Returns:
        How the episode must be ended from outside, or None if it went on by itself.

    Raises:
        RecordingError: If the episode can no longer be written.
    """
    try:
        if takes_seat:
            with interrupts.let_through(), _blamed():
                policy.reset(brief or session.brief, session.past)
        while not session.over and (until is None or session.observation.time < until):
            with interrupts.let_through(), _blamed():
                action = check_action(policy.act(session.observation))
            session.act(action)
    except _PolicyFailedError as failed:
        return Ended("policy_error", "policy", failed.trace)
    except EpisodeStopError as stop:
        return Ended(stop.outcome, stop.ended_by, str(stop))
    except KeyboardInterrupt:
        return Ended("interrupted", "keyboard")
    except RecordingError:
        raise
    except Exception:  # noqa: BLE001 - an error of the engine ends this episode; it is shown and the exit code says so
        return Ended("engine_error", "engine", traceback.format_exc())
    return None


class _PolicyFailedError(Exception):
    def __init__(self, trace: str) -> None:
        self.trace = trace


@contextmanager
def _blamed() -> Iterator[None]:
    """Tell a policy's errors from the engine's."""
    try:
        yield
    except EpisodeStopError:
        raise
    except Exception:  # noqa: BLE001 - whatever a policy raises is a result of its episode
        raise _PolicyFailedError(traceback.format_exc()) from None
