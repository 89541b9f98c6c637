"""The seat of one sample: a session, what its model's replies came to, and what is kept of it for the scores.

The session itself never enters Inspect's store, which is logged; what is kept there is plain data.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from simenv.core.calls import ToolCall
from simenv.core.turns import Outcome
from simenv.interop.inspect.failing import REMEDIES, Failing
from simenv.record import EpisodeWriter
from simenv.session import Session, Turn
from simenv.truth.report import TruthReport

STORE: Final = "simenv"
"""Key of the sample's store under which a :class:`Report` lies as plain data."""

WITHHELD: Final = "Not run: an earlier call of this turn failed or ended it."
_NO_CALL: Final = frozenset({"malformed", "too_large", "unknown_tool"})


class Report(Struct, frozen=True):
    """What is kept of an episode in the sample's store.

    Attributes:
        world: The world's name.
        start: Name of the entry point.
        condition: Factor -> level.
        seed: The root seed.
        outcome: How the episode ended; ``invalid`` if too many replies could not be used.
        ended_by: What ended it.
        calls: Calls made.
        required: Letters that the tasks ask the seat to open.
        turns: Replies of the model.
        failed: What was wrong with a reply -> how often.
        invalid: Why the episode tells nothing about the model, or None if it does.
        truth: What happened.
        episode: Folder of the episode, or None if it was not written down.
    """

    world: str
    start: str
    condition: dict[str, str]
    seed: int
    outcome: str
    ended_by: str
    calls: int
    required: int
    turns: int
    failed: dict[str, int]
    invalid: str | None
    truth: TruthReport
    episode: str | None


class Seat:
    """A model's seat in one company.

    Args:
        session: A session that was not yet reset.
        folder: Where the episode is written, or None.
        policy: What holds the seat, as plain data.
        study: What else is noted with the episode.

    Attributes:
        session: The session.
        failing: The model's failed turns.
        stopped: Whether no further call of this turn may run.
        taken: Whether anything of this turn has reached the company.
    """

    def __init__(
        self, session: Session, folder: Path | None, policy: Mapping[str, Any], study: Mapping[str, Any]
    ) -> None:
        self.session = session
        self.failing = Failing()
        self.stopped = self.taken = False
        self._folder = folder
        if folder is not None:
            role = session.world.scenario(session.scenario).file.seat
            session.recorder = EpisodeWriter(folder, policy={role: dict(policy)}, study=dict(study))
        self._beside: tuple[str | None, str | None] = (None, None)
        self._problem: str | None = None

    def begin(self, reasoning: str | None, say: str | None) -> None:
        """Begin a turn: keep what the reply had beside its calls, for the transcript."""
        self.stopped = self.taken = False
        self._beside = (reasoning, say)
        self._problem = None

    def end(self) -> None:
        """End a turn, and the episode if it tells nothing any more."""
        self.failing.turn(self._problem)
        if self.failing.hopeless:
            self.close("invalid", "failed_turns")

    def call(self, name: str, arguments: dict[str, Any] | str) -> Turn:
        """Make one call of the turn; the first that fails stops it."""
        turn = self.session.step(ToolCall(name, arguments), *self._spend())
        self.stopped = not turn.ok or self.session.over
        if turn.results[0].code in _NO_CALL:
            self._problem = self._problem or "bad_call"
        return turn

    def say(self) -> str:
        """Take a turn without a call and return what the seat is told."""
        reasoning, say = self._spend()
        return self.session.say(say or "", reasoning).text

    def fail(self, problem: str) -> str:
        """Take a turn of which nothing can be done and return what the seat is told.

        Args:
            problem: One of :data:`~simenv.interop.inspect.failing.REMEDIES`.
        """
        self._problem = problem
        self.stopped = True
        reasoning, say = self._spend()
        turn = self.session.step(
            f"({problem}) {say or ''}", reasoning, say
        )  # in brackets: it must not be read as a call
        news = turn.text.removeprefix(turn.results[0].text).strip()
        return "\n\n".join(filter(None, (REMEDIES[problem], news)))

    def _spend(self) -> tuple[str | None, str | None]:
        beside, self._beside, self.taken = self._beside, (None, None), True
        return beside

    def close(self, outcome: Outcome, ended_by: str) -> None:
        """End the episode from outside, if it was begun and is not over."""
        self.session.close(outcome, ended_by)

    def report(self) -> dict[str, Any]:
        """Return what is kept of the episode, which must be over, as plain data."""
        session, invalid = self.session, self.failing.invalid
        scene = session.simulation.scene
        tasks = [task for task in scene.opening.tasks if task.seat == scene.seat]
        report = Report(
            world=scene.opening.world,
            start=scene.start,
            condition=dict(sorted(scene.condition.items())),
            seed=session.seed,
            outcome="invalid" if invalid is not None else session.outcome or "",
            ended_by="failed_turns" if invalid is not None else session.ended_by or "",
            calls=session.calls,
            required=len({letter for task in tasks for letter in task.letters}),
            turns=self.failing.turns,
            failed=dict(self.failing.failed),
            invalid=invalid,
            truth=session.truth(),
            episode=None if self._folder is None else str(self._folder),
        )
        plain: dict[str, Any] = msgspec.to_builtins(report)
        return plain


def folder_for(out: str, sample: str, epoch: int, uuid: str) -> Path:
    """Return the folder of one epoch of a sample; a sample that is run again gets another.

    Args:
        out: Folder of all of them.
        sample: Id of the sample.
        epoch: The epoch, from 1.
        uuid: Inspect's id of this run of the sample; hashed, because file systems may not tell its capitals apart.
    """
    base = f"{sample}-{epoch:03d}-{sha256(uuid.encode()).hexdigest()[:10]}"
    tries = (Path(out) / (base if number == 1 else f"{base}-{number}") for number in range(1, 1_000))
    return next(path for path in tries if not path.exists())
