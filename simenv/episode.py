"""An episode, loaded from its folder: what happened, what the seat saw, what was true, and any moment to go on from."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simenv import layout
from simenv.core.errors import EpisodeError
from simenv.core.event import Event
from simenv.core.kinds.opening import EpisodeEnded
from simenv.core.projection import Projection
from simenv.handout import Handout, check_base, events_of, read_event, read_transcript
from simenv.layout import HiddenRun, Opened, Run
from simenv.transcript import Entry
from simenv.truth.report import TruthReport, censored

if TYPE_CHECKING:
    from simenv.replay import Replay, Retracing
    from simenv.session import Session
    from simenv.staging import World


class Episode:
    """An episode that was written down by :class:`simenv.record.EpisodeWriter`, whole or as far as it came.

    Args:
        folder: The episode's folder.

    Attributes:
        folder: Where it lies.
        events: The full log.
        lines: The full log's lines as they were written, without line ends.
        complete: Whether the episode came to an end and all of it was written.
        torn: What was cut off a last line that was not written whole, or None.
        hidden: How the episode was made, the hidden part included.
        run: What a detector may know of that; None if the episode is partial.
        truth: What really happened; None if the episode is partial. Where the episode is invalid no "no" stands.
        base: The opening state as anybody may see it, as bytes of JSON.

    Raises:
        EpisodeError: If a file is missing, damaged, or does not belong to the others, naming file and line.
        VersionError: If a newer simenv wrote it.

    Example:
        >>> episode = Episode.load("runs/first")
        >>> episode.replay().truth_same
        True
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.hidden = layout.read_json(self.folder, layout.HIDDEN_RUN, HiddenRun)
        layout.check_format(self.folder, layout.HIDDEN_RUN, self.hidden.format)
        log = layout.read_lines(self.folder, layout.LOG, read_event)
        self.lines, self.complete, self.digest = log.lines, log.closed, log.digest
        self.events = events_of(self.folder, layout.LOG, log)
        if not self.events:
            raise EpisodeError(f"{self.folder}: {layout.LOG} holds no event: the episode was not begun. Run it again")
        self.run: Run | None = None
        self.truth: TruthReport | None = None
        self._handout: Handout | None = None
        self._retracing: Retracing | None = None
        if self.complete:
            self._handout = Handout(self.folder)
            self.run, self.base = self._handout.run, self._handout.base
            self._transcript = self._handout.transcript
            self.truth = layout.read_json(self.folder, layout.TRUTH, TruthReport)
            if self.hidden.invalid is not None:
                self.truth = censored(self.truth, self.hidden.invalid)
            if not isinstance(self.events[-1].data, EpisodeEnded):
                raise EpisodeError(f"{self.folder}: {layout.LOG} is closed without the episode's end")
        else:
            self._transcript, _ = read_transcript(self.folder)
            self.base = layout.read_bytes(self.folder, layout.BASE)
            check_base(self.folder, self.base, self.events)
        self.torn = "; ".join(filter(None, (log.torn, self._transcript.torn))) or None

    @classmethod
    def load(cls, folder: str | Path) -> Episode:
        """Return the episode in a folder; see the class for what it raises."""
        return cls(folder)

    def __repr__(self) -> str:
        whole = self.outcome if self.complete else "partial"
        return f"Episode({str(self.folder)!r}, {len(self.events)} events, {whole})"

    @property
    def outcome(self) -> str | None:
        """How the episode ended, or None if no end was written."""
        last = self.events[-1].data
        return last.outcome if isinstance(last, EpisodeEnded) else None

    @property
    def ended_by(self) -> str | None:
        """What ended the episode, or None if no end was written."""
        last = self.events[-1].data
        return last.ended_by if isinstance(last, EpisodeEnded) else None

    @property
    def policy(self) -> dict[str, Any]:
        """What held the seat, as the caller described it."""
        return self.hidden.policy

    @property
    def seed(self) -> int:
        """The root seed."""
        return self.hidden.seed

    @property
    def brief(self) -> Opened | None:
        """What the policy was told at the start; None if not even that was written."""
        return self._transcript.brief

    @property
    def transcript(self) -> tuple[Entry, ...]:
        """What the seat saw and did: one entry for the opening and one for every turn."""
        return self._transcript.entries

    @cached_property
    def observable(self) -> tuple[Event, ...]:
        """What a detector may see, numbered on its own."""
        return self._handout.events if self._handout is not None else tuple(self._projection.log)

    @cached_property
    def numbers(self) -> dict[int, int]:
        """Full ``seq`` -> ``seq`` in :attr:`observable`, for the events that are shown."""
        if not self.complete:
            return self._projection.numbers
        shown = layout.read_json(self.folder, layout.NUMBERS, list[int | None])
        return {seq: number for seq, number in enumerate(shown) if number is not None}

    @property
    def handout(self) -> Handout:
        """The part that can be handed to a detector.

        Raises:
            EpisodeError: If the episode is partial.
        """
        if self._handout is None:
            raise EpisodeError(f"{self.folder} is a partial episode; only a whole one can be handed out. Run it again")
        return self._handout

    def at(self, seq: int, *, before: bool = False, world: str | Path | World | None = None) -> Session:
        """Return a session that stands at a point of the episode, to be looked at or to go on from.

        The calls are replayed up to there; a checkpoint is kept for every simulated day, so that asking again is quick.

        Args:
            seq: ``seq`` of an event of the full log; negative counts from the end.
            before: Stand where the seat could last act before the event (its call is then not made yet), instead of
                where it can first act after it. Before the first call there is the opening only.
            world: Where the world lies, if it is not one that is found by its name.

        Raises:
            IndexError: If there is no such event.
            ReplayError: If what happens departs from the record.
            VersionError: If the record was made in another world or under other rules.
        """
        from simenv.replay import Retracing

        if self._retracing is None:
            self._retracing = Retracing(self, world)
        return self._retracing.stand(range(len(self.events))[seq], before)

    def replay(self, world: str | Path | World | None = None) -> Replay:
        """Simulate the episode again from seed and calls, and compare every event with the record.

        Args:
            world: Where the world lies, if it is not one that is found by its name.

        Raises:
            ReplayError: At the first event that differs.
            VersionError: If the record was made in another world or under other rules.
        """
        from simenv.replay import replay

        return replay(self, world)

    @cached_property
    def _projection(self) -> Projection:
        return Projection(self.events)
