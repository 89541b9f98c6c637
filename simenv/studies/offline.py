"""A model's episode played again from its record alone: the same requests, the same replies, the same log.

Replaying a log shows that the simulation is the same; this shows that the policy is: it is asked anew at every turn,
and every request that it makes is compared with the recorded one before its reply is served.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from simenv.core.errors import EpisodeStopError, ReplayError, VersionError
from simenv.core.kinds.opening import EpisodeEnded
from simenv.core.turns import Action, check_action
from simenv.core.waiting import settle
from simenv.episode import Episode
from simenv.layout import REPLIES
from simenv.llm.cassette import Replayer
from simenv.policies.llm.policy import LLMPolicy
from simenv.policies.llm.settings import LLMSettings
from simenv.replay import Retrace, begin
from simenv.session import Session
from simenv.staging import World
from simenv.studies.cell_run import brief_of


class Offline(Struct, frozen=True):
    """What came of playing a policy again from its record.

    Attributes:
        replies: Replies served from the record.
        probes: Recorded questions from outside; they are not asked again, for they change nothing.
        digest: Hash of the log, the same in record and replay.
    """

    replies: int
    probes: int
    digest: str


def is_recorded(episode: Episode) -> bool:
    """Whether a model's replies lie beside an episode."""
    return (episode.folder / REPLIES).is_file()


def settings_of(episode: Episode) -> LLMSettings | None:
    """Return how a model held the seat, or None if the record does not say so.

    Raises:
        VersionError: If it says so in a way that cannot be read here.
    """
    for described in episode.policy.values():
        if isinstance(described, dict) and "llm" in described:
            try:
                return LLMSettings.from_spec(described)
            except (msgspec.ValidationError, TypeError) as error:
                raise VersionError(
                    f"{episode.folder}: the settings of its model cannot be read here: {error}. Use the simenv that "
                    "recorded it"
                ) from None
    return None


def replay_policy(episode: Episode, settings: LLMSettings, world: str | Path | World | None = None) -> Offline:
    """Play a model's episode again, its replies served from the record.

    Args:
        episode: The record.
        settings: How the model held the seat (:func:`settings_of`).
        world: Where the world lies, if it is not one that is found by its name.

    Raises:
        EpisodeError: If the record of replies is damaged.
        ReplayError: If a request is not the recorded one, or what happens departs from the record.
        VersionError: If the record was made in another world or under other rules.
    """
    replayer = Replayer(episode.folder / REPLIES, probes=False)
    recorded = replayer.left
    policy = LLMPolicy(settings, lambda _: replayer)
    session = begin(episode, world)
    again = _Again(episode, session, policy, replayer, recorded)
    again.play()
    if replayer.left:
        raise ReplayError(f"{episode.folder}: {replayer.left} of {recorded} recorded requests were not made again")
    return Offline(recorded, replayer.left_out, session.simulation.log.digest())


class _Again:
    """One way along a record, decided by the policy."""

    def __init__(
        self, episode: Episode, session: Session, policy: LLMPolicy, replayer: Replayer, recorded: int
    ) -> None:
        self._episode, self._session, self._policy = episode, session, policy
        self._replayer, self._recorded = replayer, recorded
        self._retrace = Retrace(episode, session)

    def play(self) -> None:
        """Play to the record's end."""
        session = self._session
        brief = brief_of(session, int(self._episode.hidden.study.get("repeat", 0)))
        resetting: Any = self._policy.reset(brief, session.past)
        settle(resetting)
        while not session.over and not self._torn():
            number = len(session.simulation.log)
            action = self._decided()
            ended = self._ended()
            if ended is None and action is None:
                raise ReplayError(
                    f"{self._episode.folder}: the policy stops at event {number}, where the record goes on"
                )
            if ended is not None:
                session.close(ended.outcome, ended.ended_by)  # type: ignore[arg-type]
            elif action is not None:
                session.act(action)
            self._retrace.compare(number)

    def _decided(self) -> Action | None:
        """Return what the policy decides, or None where it gives up, or where the record has no more for it."""
        try:
            deciding: Any = self._policy.act(self._session.observation)
            return check_action(settle(deciding))
        except EpisodeStopError:
            return None
        except ReplayError:
            if self._replayer.asked > self._recorded and (self._ended() is not None or not self._episode.complete):
                return None  # it was stopped from outside while it waited for this reply
            raise

    def _ended(self) -> EpisodeEnded | None:
        """Return the end that was written where the replay stands, if one was."""
        number = len(self._session.simulation.log)
        events = self._episode.events
        data = events[number].data if number < len(events) else None
        return data if isinstance(data, EpisodeEnded) else None

    def _torn(self) -> bool:
        """Whether a record that breaks off has been followed as far as it goes."""
        return not self._episode.complete and len(self._session.simulation.log) >= len(self._episode.events)
