"""Playing a session on from where it stands: one course of an episode, driven by waiting or beside others."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from simenv.core.errors import EpisodeStopError, RecordingError
from simenv.core.turns import Brief, Outcome, check_action
from simenv.core.waiting import settle
from simenv.record import EpisodeWriter
from simenv.session import Seated, Session
from simenv.studies.interrupt import Interrupts
from simenv.studies.waits import StoppedError, Waits

Moment = Callable[[Session], "Awaitable[None] | None"]
"""Called whenever the policy is about to decide, and once more at the episode's end; what it returns is waited for as a
decision would be."""


@dataclass(frozen=True)
class Ended:
    """How an episode had to be ended from outside.

    Attributes:
        outcome: Its outcome.
        ended_by: What ended it.
        error: The error's traceback, or what the policy said when it gave up, if that ended it.
        stops_run: Whether every other episode would meet the same.
    """

    outcome: Outcome
    ended_by: str
    error: str | None = None
    stops_run: bool = False


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
    moment: Moment | None = None,
) -> Ended | None:
    """Let a policy play, to the end of the episode or to a moment in it; wait for it where it is asynchronous.

    Args:
        session: Where it stands; what happened so far is the policy's past.
        policy: Who decides.
        interrupts: Holds Ctrl-C back while the engine works.
        takes_seat: Whether the policy takes the seat now; if not, it has held it all along.
        until: Stop when the seat is due at or after this simulated second.
        brief: What the policy is told, if it is not the session's own brief.
        moment: Called whenever the policy is about to decide, and at the end.

    Returns:
        How the episode must be ended from outside, or None if it went on by itself.

    Raises:
        RecordingError: If the episode can no longer be written.
    """
    course = _course(session, policy, takes_seat, until, brief, moment)
    try:
        value: Any = None
        while (step := _next(course, value)) is not None:
            with interrupts.let_through(), _blamed():
                value = settle(step())
    except KeyboardInterrupt:
        return Ended("interrupted", "keyboard")
    except RecordingError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever ends the episode is told by how it ended
        return _ended(error)
    return None


async def go_on_beside(
    session: Session, policy: Seated, waits: Waits, *, brief: Brief | None = None, moment: Moment | None = None
) -> Ended | None:
    """Let a policy play to the end of the episode, while others play theirs; the arguments are those of :func:`go_on`.

    Args:
        session: Where it stands.
        policy: Who decides.
        waits: Waits for it, until the run is stopped.
        brief: What the policy is told, if it is not the session's own brief.
        moment: Called whenever the policy is about to decide, and at the end.

    Raises:
        RecordingError: If the episode can no longer be written.
    """
    course = _course(session, policy, True, None, brief, moment)
    try:
        value: Any = None
        while (step := _next(course, value)) is not None:
            with _blamed():
                value = await waits.wait(step)
    except StoppedError as stopped:
        return Ended("interrupted", stopped.by)
    except RecordingError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever ends the episode is told by how it ended
        return _ended(error)
    return None


Course = Generator[Callable[[], object], Any, None]


def _course(
    session: Session,
    policy: Seated,
    takes_seat: bool,
    until: int | None,
    brief: Brief | None,
    moment: Moment | None,
) -> Course:
    """Yield what the policy is to be asked; it is sent what came of it. Between that the engine works."""
    if takes_seat:
        yield lambda: policy.reset(brief or session.brief, session.past)
    while not session.over and (until is None or session.observation.time < until):
        if moment is not None:
            yield lambda: moment(session)
        decided = yield lambda: policy.act(session.observation)
        with _blamed():
            action = check_action(decided)
        session.act(action)
    if moment is not None and session.over:
        yield lambda: moment(session)


def _next(course: Course, value: object) -> Callable[[], object] | None:
    """Return what is to be asked next, or None at the end; the first time ``value`` is None."""
    try:
        return course.send(value)
    except StopIteration:
        return None


class _PolicyFailedError(Exception):
    def __init__(self, trace: str) -> None:
        self.trace = trace


@contextmanager
def _blamed() -> Iterator[None]:
    """Tell a policy's errors from the engine's."""
    try:
        yield
    except (StoppedError, EpisodeStopError, RecordingError):
        raise
    except (Exception, asyncio.CancelledError):  # noqa: BLE001 - whatever a policy raises is a result of its episode
        raise _PolicyFailedError(traceback.format_exc()) from None


def _ended(error: Exception) -> Ended:
    """Return how an episode ends by an error."""
    if isinstance(error, EpisodeStopError):
        return Ended(error.outcome, error.ended_by, str(error), error.stops_run)
    if isinstance(error, _PolicyFailedError):
        return Ended("policy_error", "policy", error.trace)
    return Ended("engine_error", "engine", "".join(traceback.format_exception(error)))
