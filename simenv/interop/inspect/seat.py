"""The seat of one sample: a session, what its model's replies came to, and what is kept of it for the scores.

The session itself never enters Inspect's store, which is logged; what is kept there is plain data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from simenv.core.calls import ToolCall
from simenv.core.played import Played, counts_as
from simenv.core.turns import Outcome
from simenv.llm.data import CallPart, Finish
from simenv.policies.llm import prompts
from simenv.policies.llm.failures import IN_A_ROW, failed_in_a_row, failure_of, notice, usable, verdict
from simenv.record import EpisodeWriter
from simenv.session import Session, Turn
from simenv.truth.report import TruthReport

STORE: Final = "simenv"
"""Key of the sample's store under which a :class:`Report` lies as plain data."""

WITHHELD: Final = "Not run: an earlier call of this turn failed or ended it."


class Report(Struct, frozen=True):
    """What is kept of an episode in the sample's store.

    Attributes:
        world: The world's name.
        start: Name of the entry point.
        condition: Factor -> level.
        seed: The root seed.
        outcome: How the episode ended; ``invalid`` if it tells nothing about the model.
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
    """A model's seat in one company. Replies are judged as those of ``simenv run --model`` are.

    Args:
        session: A session that was not yet reset.
        folder: Where the episode is written, or None.
        policy: What holds the seat, as plain data.
        study: What else is noted with the episode.

    Attributes:
        session: The session.
        turns: Replies so far.
        failed: What was wrong with a reply -> how often.
        stopped: Whether no further call of this turn may run.
        taken: Whether anything of this turn has reached the company.
    """

    def __init__(
        self, session: Session, folder: Path | None, policy: Mapping[str, Any], study: Mapping[str, Any]
    ) -> None:
        self.session = session
        self.turns, self._row, self._used_tools = 0, 0, False
        self.failed: Counter[str] = Counter()
        self.stopped = self.taken = False
        self._folder = folder
        if folder is not None:
            role = session.world.scenario(session.scenario).file.seat
            session.recorder = EpisodeWriter(
                folder, policy={role: dict(policy)}, study=dict(study), played=lambda: self.played
            )
        self._names = {tool.name for tool in session.tools}
        self._beside: tuple[str | None, str | None] = (None, None)
        self._tokens = [0, 0]

    @property
    def system(self) -> str:
        """What the model is told once: the brief, and how the seat works."""
        return f"{self.session.brief.text}\n\n{prompts.seat(self._names)}"

    def begin(self, finish: Finish, reasoning: str | None, say: str, calls: Sequence[CallPart] = ()) -> str | None:
        """Begin a turn, and return what the model is to be told if its reply fails, or None.

        The episode ends here if too many replies in a row could not be used.

        Args:
            finish: Why the reply ended.
            reasoning: Reasoning that came with it.
            say: Its text.
            calls: Its calls.
        """
        self.stopped = self.taken = False
        self._beside = (reasoning, say or None)
        self.turns += 1
        self._used_tools = self._used_tools or any(usable(call, self._names) for call in calls)
        failure = failure_of(finish, say.strip(), calls, "native", self._names)
        if failure is None:
            self._row = 0
            return None
        self.failed[failure] += 1
        self._row += 1
        if self._row >= IN_A_ROW:
            self.close("invalid", "failed_turns")
        self.stopped = failure == "filtered"
        return notice(failure, prompts.NO_CALL)

    def call(self, name: str, arguments: dict[str, Any] | str) -> Turn:
        """Make one call of the turn; the first that fails stops it."""
        turn = self.session.step(ToolCall(name, arguments), *self._spend())
        self.stopped = not turn.ok or self.session.over
        return turn

    def say(self) -> str:
        """Take a turn without a call and return what the seat is told."""
        reasoning, say = self._spend()
        return self.session.say(say or "", reasoning).text

    def _spend(self) -> tuple[str | None, str | None]:
        beside, self._beside, self.taken = self._beside, (None, None), True
        return beside

    def count(self, asked: int, replied: int) -> None:
        """Count the tokens of a request and of its reply."""
        self._tokens[0] += asked
        self._tokens[1] += replied

    @property
    def invalid(self) -> str | None:
        """Why the episode tells nothing about the model, or None if it does."""
        if self._row >= IN_A_ROW:
            return str(failed_in_a_row(self._row, self.failed))
        return verdict(self.turns, self.failed, self._used_tools)

    @property
    def played(self) -> Played:
        """How the model has held the seat so far."""
        return Played(
            requests=self.turns,
            input=self._tokens[0],
            output=self._tokens[1],
            turns=self.turns,
            failed=dict(self.failed),
            invalid=self.invalid,
        )

    def close(self, outcome: Outcome, ended_by: str) -> None:
        """End the episode from outside, if it was begun and is not over."""
        self.session.close(outcome, ended_by)

    def report(self) -> dict[str, Any]:
        """Return what is kept of the episode, which must be over, as plain data."""
        session, invalid = self.session, self.invalid
        scene = session.simulation.scene
        tasks = [task for task in scene.opening.tasks if task.seat == scene.seat]
        report = Report(
            world=scene.opening.world,
            start=scene.start,
            condition=dict(sorted(scene.condition.items())),
            seed=session.seed,
            outcome=counts_as(session.outcome or "", invalid),
            ended_by=session.ended_by or "",
            calls=session.calls,
            required=len({letter for task in tasks for letter in task.letters}),
            turns=self.turns,
            failed=dict(self.failed),
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
