"""Simulating a recorded episode again: seed and calls in, the same events out, or the first that differs."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from simenv import layout
from simenv.company.people import DAY
from simenv.core.calls import ToolCall
from simenv.core.errors import ReplayError, UnknownNameError, VersionError
from simenv.core.event import Event
from simenv.core.kinds.agent import ToolCalled, ToolMalformed, TurnEmpty
from simenv.core.kinds.opening import EpisodeEnded
from simenv.core.versions import MEANING, RULES
from simenv.episode import Episode
from simenv.session import Session
from simenv.staging import World
from simenv.transcript import Entry
from simenv.truth.report import censored

_arguments: Final = msgspec.json.Decoder(dict[str, Any]).decode
_NO_CALL: Final = "That was no tool call: "


class Replay(Struct, frozen=True):
    """What came of a replay that agreed with its record.

    Attributes:
        events: Events compared.
        calls: Turns replayed.
        digest: Hash of the log, the same in record and replay.
        truth_same: Whether the truth came out the same; None for a partial episode, whose truth was not written.
    """

    events: int
    calls: int
    digest: str
    truth_same: bool | None


def replay(episode: Episode, world: str | Path | World | None = None) -> Replay:
    """Simulate an episode again and compare every event.

    Args:
        episode: The record.
        world: Where the world lies, if it is not one that is found by its name.

    Raises:
        ReplayError: At the first event that differs.
        VersionError: If the record was made in another world or under other rules.
    """
    session = begin(episode, world)
    retrace = Retrace(episode, session)
    while retrace.turn():
        pass
    truth, invalid = session.truth(), episode.hidden.invalid
    if invalid is not None:
        truth = censored(truth, invalid)
    same = None if episode.truth is None else layout.encode(truth) == layout.encode(episode.truth)
    return Replay(len(episode.events), retrace.turns, episode.digest, same)


def begin(episode: Episode, world: str | Path | World | None = None) -> Session:
    """Return a session at the opening of a recorded episode.

    Raises:
        VersionError: If the record was made in another world or under other rules.
    """
    run = episode.hidden
    for what, recorded, here in (("rules", run.rules, RULES), ("reader of texts (meaning)", run.meaning, MEANING)):
        if recorded != here:
            raise VersionError(
                f"{episode.folder} was recorded under version {recorded} of the {what}; here is version {here}. "
                f"To replay or fork it, install a simenv with version {recorded}"
            )
    try:
        session = Session(
            run.world if world is None else world,
            scenario=run.scenario,
            start=run.start,
            condition=run.condition,
            max_calls=run.max_calls,
        )
    except UnknownNameError as error:
        raise VersionError(f"{episode.folder} was recorded in the world {run.world!r}, scenario {run.scenario!r}, "
                           f"which cannot be opened here: {error} Give its folder: world=...") from error  # fmt: skip
    if session.world.hash != run.world_hash:
        raise VersionError(
            f"{episode.folder} was recorded in the world {run.world!r} with hash {run.world_hash[:12]}; the one here "
            f"has hash {session.world.hash[:12]}. Give the folder of the world as it was: world=..."
        )
    session.reset(run.seed)
    return session


class Retrace:
    """One way along a record.

    Args:
        episode: The record.
        session: Where it stands, somewhere along the record.
        turns: Turns made so far.

    Raises:
        ReplayError: If what happened so far departs from the record.
    """

    def __init__(self, episode: Episode, session: Session, turns: int = 0) -> None:
        self._episode, self.session, self.turns = episode, session, turns
        self._entries = {entry.call: entry for entry in episode.transcript}
        self.compare(0)

    def turn(self) -> bool:
        """Make the record's next turn; return whether there was one.

        Raises:
            ReplayError: If what happens departs from the record.
        """
        session, events = self.session, self._episode.events
        log = session.simulation.log
        number = len(log)
        if number >= len(events):
            if self._episode.complete and not session.over:
                raise ReplayError(f"{self._episode.folder}: the record ends here and the replay goes on")
            return False
        event = events[number]
        data = event.data
        if session.over:
            raise self._departs(number, "nothing, for the episode is over")
        if isinstance(data, EpisodeEnded):
            session.close(data.outcome, data.ended_by)  # type: ignore[arg-type]
        else:
            self._act(event)
            self.turns += 1
        self.compare(number)
        return True

    def _act(self, event: Event) -> None:
        session, data = self.session, event.data
        entry = self._entries.get(event.call)
        reasoning, say = (entry.reasoning, entry.say) if entry is not None else (None, None)
        drafted = [ToolCall(each.name, each.arguments) for each in entry.drafted] if entry is not None else []
        if isinstance(data, ToolCalled):
            session.step(ToolCall(data.tool, _arguments(data.arguments)), reasoning, say, drafted)
            return
        simulation = session.simulation
        if isinstance(data, ToolMalformed):
            result = simulation.act_malformed(data, _why(entry))
        elif isinstance(data, TurnEmpty):
            result = simulation.say_nothing(data.size)
        else:
            raise self._departs(event.seq, "nothing until the seat acts")
        session.taken(result, reasoning, say, drafted)

    def compare(self, start: int) -> None:
        """Compare the events from ``start`` on with the record, as far as it goes.

        Raises:
            ReplayError: At the first event that differs.
        """
        made = self.session.simulation.log.lines_since(start)
        if made == self._episode.lines[start : start + len(made)]:
            return
        lines = self._episode.lines
        for number, line in enumerate(made, start):
            beyond = number >= len(lines)
            if self._episode.complete if beyond else line != lines[number]:
                raise self._departs(number, line.decode("utf-8", "replace"))

    def _departs(self, number: int, made: str) -> ReplayError:
        lines = self._episode.lines
        recorded = lines[number].decode("utf-8", "replace") if number < len(lines) else "nothing, for the record ends"
        return ReplayError(
            f"{self._episode.folder}: the replay departs from the record at event {number}\n"
            f"  recorded: {recorded[:400]}\n  replayed: {made[:400]}"
        )


class Retracing:
    """Moments of a recorded episode, with a checkpoint for every simulated day passed.

    Args:
        episode: The record.
        world: Where the world lies, if it is not one that is found by its name.
    """

    def __init__(self, episode: Episode, world: str | Path | World | None) -> None:
        self._episode = episode
        self._marks: list[tuple[int, int, Session]] = []
        self._mark(begin(episode, world), 0)

    def stand(self, seq: int, before: bool) -> Session:
        """Return a session of its own at the moment around event ``seq``; see :meth:`simenv.episode.Episode.at`."""
        if before:
            acts = (ToolCalled, ToolMalformed, TurnEmpty)
            seq = next((e.seq - 1 for e in reversed(self._episode.events[: seq + 1]) if isinstance(e.data, acts)), 0)
        _, turns, session = next((m for m in reversed(self._marks) if m[0] <= seq + 1), self._marks[0])
        retrace = Retrace(self._episode, session.fork(), turns)
        while len(retrace.session.simulation.log) <= seq and retrace.turn():
            session = retrace.session
            if session.simulation.now // DAY > self._marks[-1][2].simulation.now // DAY and not session.over:
                self._mark(session.fork(), retrace.turns)
        return retrace.session

    def _mark(self, session: Session, turns: int) -> None:
        self._marks.append((len(session.simulation.log), turns, session))


def _why(entry: Entry | None) -> str:
    """Return what an agent was told was wrong; the event does not say, the transcript does."""
    if entry is None or not entry.observation.text.startswith(_NO_CALL):
        return "it could not be read"
    return entry.observation.text.removeprefix(_NO_CALL).split("\n\n")[0].removesuffix(".")
