"""Replay: seed and calls in, the same events out; and any moment, to go on from."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from simenv import layout
from simenv.content import content
from simenv.core.errors import ReplayError, VersionError
from simenv.core.event import encode
from simenv.core.kinds.agent import ToolCalled, ToolMalformed, TurnEmpty
from simenv.core.log import chained
from simenv.episode import Episode
from simenv.record import EpisodeWriter
from simenv.session import Session

ACTS = (ToolCalled, ToolMalformed, TurnEmpty)


def rewrite(episode: Episode, lines: list[bytes]) -> Episode:
    """Write a log anew as if it had always been so, and load the episode."""
    end = layout.closing("events", len(lines), chained(lines)) if episode.complete else b""
    (episode.folder / layout.LOG).write_bytes(b"".join(line + b"\n" for line in lines) + end)
    return Episode.load(episode.folder)


@pytest.mark.parametrize("number", range(6))
def test_a_replay_agrees(number: int, record: Callable[..., Episode]) -> None:
    episode = record(turns=70, number=number, seed=number)
    assert {type(event.data) for event in episode.events} >= set(ACTS)
    found = episode.replay()
    assert (found.events, found.digest, found.truth_same) == (len(episode.events), episode.digest, True)
    assert found.calls == episode.hidden.calls


@pytest.mark.parametrize("turns", [0, 1, 30])
def test_a_partial_episode_replays_as_far_as_it_goes(turns: int, partial: Callable[..., Path]) -> None:
    found = Episode.load(partial(turns=turns)).replay()
    assert found.calls == turns
    assert found.truth_same is None


def test_an_episode_cut_in_the_middle_of_a_turn_replays(partial: Callable[..., Path]) -> None:
    folder = partial()
    log = folder / layout.LOG
    lines = log.read_bytes().splitlines(keepends=True)
    for kept in range(3, len(lines)):
        log.write_bytes(b"".join(lines[:kept]))
        assert Episode.load(folder).replay().events == kept


@pytest.mark.parametrize(
    ("outcome", "by"), [("interrupted", "keyboard"), ("policy_error", "policy"), ("limit", "steps")]
)
def test_an_end_from_outside_replays(outcome: str, by: str, tmp_path: Path, play: Callable[..., None]) -> None:
    session = Session(recorder=EpisodeWriter(tmp_path / "episode", pace=0))
    session.reset(seed=4)
    play(session, 5, 2)
    session.close(outcome, by)  # type: ignore[arg-type]
    found = Episode.load(tmp_path / "episode").replay()
    assert found.truth_same


def test_an_end_before_the_first_call_replays(record: Callable[..., Episode]) -> None:
    assert record(turns=0).replay().calls == 0


def test_a_caller_s_limit_replays(record: Callable[..., Episode]) -> None:
    episode = record(turns=50, max_calls=9)
    assert episode.outcome == "limit"
    assert episode.replay().calls == 9


def test_a_policy_s_turn_of_several_calls_replays(tmp_path: Path) -> None:
    from simenv.core.calls import ToolCall
    from simenv.core.turns import Action

    session = Session(recorder=EpisodeWriter(tmp_path / "episode", pace=0))
    session.reset(seed=4)
    calls = (ToolCall("mail_list"), ToolCall("mail_read", {"id": "mail-none"}), ToolCall("finish"))
    assert len(session.act(Action(calls, "reasoning", "saying")).results) == 3
    session.close()
    assert Episode.load(tmp_path / "episode").replay().calls == 2


def test_the_first_event_that_differs_is_named(record: Callable[..., Episode]) -> None:
    episode = record()
    place = next(event.seq for event in episode.events if event.kind == "mail.sent")
    lines = list(episode.lines)
    lines[place] = lines[place].replace(b'"body":"', b'"body":"X')
    with pytest.raises(ReplayError, match=rf"departs from the record at event {place}\n  recorded: .*\"body\":\"X"):
        rewrite(episode, lines).replay()


def test_another_call_makes_another_episode(record: Callable[..., Episode]) -> None:
    episode = record()
    place = next(e.seq for e in episode.events if isinstance(e.data, ToolCalled) and e.data.tool == "mail_list")
    lines = list(episode.lines)
    lines[place] = lines[place].replace(b'"mail_list"', b'"directory"')
    with pytest.raises(ReplayError, match="departs from the record"):
        rewrite(episode, lines).replay()


def test_an_event_too_many_is_named(record: Callable[..., Episode]) -> None:
    from msgspec.structs import replace

    episode = record()
    extra = replace(episode.events[-1], seq=len(episode.events))
    with pytest.raises(
        ReplayError, match=rf"at event {len(episode.events)}\n.*\n  replayed: nothing, for the episode is"
    ):
        rewrite(episode, [*episode.lines, encode(extra)]).replay()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("rules", 99, "version 99 of the rules; here is version"),
        ("meaning", 98, r"version 98 of the reader of texts \(meaning\); here is version"),
        ("world_hash", "f" * 64, "with hash ffffffffffff; the one here has hash"),
        ("world", "elsewhere", "cannot be opened here: There is no world 'elsewhere'.*world="),
        ("scenario", "dawn", "There is no scenario 'dawn'"),
    ],
)
def test_other_rules_and_worlds_are_refused(
    field: str, value: object, said: str, record: Callable[..., Episode]
) -> None:
    folder = record().folder
    path = folder / layout.HIDDEN_RUN
    path.write_text(json.dumps(json.loads(path.read_bytes()) | {field: value}), encoding="utf-8")
    with pytest.raises(VersionError, match=said):
        Episode.load(folder).replay()
    with pytest.raises(VersionError, match=said):
        Episode.load(folder).at(5)


def test_a_world_elsewhere_can_be_named(record: Callable[..., Episode], tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(content("worlds") / "summit_bridge", moved)
    episode = record()
    assert episode.replay(moved).truth_same
    (moved / "names.yaml").write_text(
        (moved / "names.yaml").read_text(encoding="utf-8") + "\n# more\n", encoding="utf-8"
    )
    again = tmp_path / "again"
    moved.rename(again)
    with pytest.raises(VersionError, match="Give the folder of the world as it was"):
        episode.replay(again)


def test_a_session_stands_at_any_point(record: Callable[..., Episode]) -> None:
    """After every event, and before it: as a session does that was led there step by step."""
    episode = record(turns=25)
    acts = [event.seq for event in episode.events if isinstance(event.data, ACTS)]
    points = [*acts, len(episode.events) - 1, len(episode.events)]  # it was closed from outside, after its last turn
    for seq in range(len(episode.events)):
        after, before = episode.at(seq), episode.at(seq, before=True)
        assert len(after.simulation.log) == next(point for point in points if point > seq)
        assert len(before.simulation.log) == max((act for act in acts if act <= seq), default=acts[0])
        assert tuple(after.transcript) == episode.transcript[: len(after.transcript)]
        assert after.simulation.log.lines_since(0) == episode.lines[: len(after.simulation.log)]
        assert after.observation == after.transcript[-1].observation
    end = episode.at(-1)
    assert (end.outcome, end.total, end.truth()) == (episode.outcome, episode.hidden.score, episode.truth)


def test_points_may_be_asked_for_in_any_order(record: Callable[..., Episode]) -> None:
    episode = record(turns=30, number=1)
    orders = [range(0, len(episode.events), 7), range(len(episode.events) - 1, -1, -7)]
    digests = [{seq: episode.at(seq).simulation.log.digest() for seq in order} for order in orders]
    for seq in set(digests[0]) & set(digests[1]):
        assert digests[0][seq] == digests[1][seq]
    assert all(Episode.load(episode.folder).at(seq).simulation.log.digest() == each for seq, each in digests[1].items())


def test_what_goes_on_from_a_point_is_a_branch(record: Callable[..., Episode], tmp_path: Path) -> None:
    episode = record(turns=20)
    point = next(event.seq for event in episode.events if event.call == "call-10")
    branch = episode.at(point, before=True)
    assert branch.calls == 9
    branch.recorder = EpisodeWriter(tmp_path / "branch", pace=0)
    branch.recorder.opened(branch)
    branch.call("directory")
    branch.close()
    written = Episode.load(tmp_path / "branch")
    assert written.lines[:point] == episode.lines[:point]
    assert written.replay().truth_same
    assert episode.at(-1).simulation.log.digest() == episode.digest  # the record itself is as it was


def test_checkpoints_save_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session(scenario="bench", recorder=EpisodeWriter(tmp_path / "days", pace=0))
    session.reset(seed=1)
    for _ in range(12):
        session.call("wait_for", minutes=1000)
    session.close()
    episode = Episode.load(tmp_path / "days")
    last = next(event.seq for event in reversed(episode.events) if event.kind == "tool.called")
    first = episode.at(last).simulation.log.digest()
    steps: list[int] = []
    step = Session.step
    monkeypatch.setattr(Session, "step", lambda *args: steps.append(1) or step(*args))
    assert episode.at(last).simulation.log.digest() == first
    assert len(steps) <= 2


def test_there_is_no_such_event(record: Callable[..., Episode]) -> None:
    episode = record(turns=2)
    with pytest.raises(IndexError):
        episode.at(len(episode.events))
