"""What is written, when, and what a detector gets of it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

import simenv.session
from simenv import layout
from simenv.company.facts import FactBook
from simenv.core.errors import RecordingError
from simenv.core.kinds import OBSERVABLE_KINDS
from simenv.core.log import chained
from simenv.core.projection import Projection
from simenv.episode import Episode
from simenv.handout import Handout
from simenv.record import EpisodeWriter
from simenv.scene import Scene
from simenv.session import Session
from simenv.worldfile.base import public_bytes

HANDED_OUT = {"base.json", "events.jsonl", "run.json", "transcript.jsonl"}


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_folder_holds_what_it_should(record: Callable[..., Episode]) -> None:
    episode = record()
    found = files(episode.folder)
    assert set(found) == HANDED_OUT | {
        f"hidden/{name}" for name in ("log.jsonl", "truth.json", "run.json", "numbers.json")
    }
    assert all(re.fullmatch(r"[a-z0-9_.-]+", part) for name in found for part in name.split("/"))
    assert sha256(found["base.json"]).hexdigest() == episode.events[1].data.base  # type: ignore[attr-defined]


def test_a_step_writes_each_growing_file_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session(recorder=EpisodeWriter(tmp_path / "episode", pace=0))
    session.reset(seed=1)
    written: list[int] = []
    write = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: written.append(fd) or write(fd, data))
    session.call("mail_list")
    assert len(written) == len(set(written)) == 2
    log = (tmp_path / "episode" / layout.LOG).read_bytes()
    assert log == session.simulation.log.jsonl()
    assert len((tmp_path / "episode" / layout.TRANSCRIPT).read_bytes().splitlines()) == 1 + len(session.transcript)


def test_closing_records_count_and_hash(record: Callable[..., Episode]) -> None:
    episode = record()
    for name, unit in ((layout.LOG, "events"), (layout.EVENTS, "events"), (layout.TRANSCRIPT, "entries")):
        *lines, last = (episode.folder / name).read_bytes().splitlines()
        count = len(lines) - (unit == "entries")  # the brief stands above the entries
        assert json.loads(last) == {"closed": {unit: count, "digest": chained(lines)}}
    assert Projection(episode.events).log.digest() == episode.handout.digest


def test_lines_are_hashed_as_the_log_hashes_them(play: Callable[..., None]) -> None:
    session = Session(scenario="bench")
    session.reset(seed=1)
    play(session, 150, 4)
    log = session.simulation.log
    assert len(log) > 256  # more than a block
    assert chained(log.lines_since(0)) == log.digest()


def test_a_detector_gets_only_what_systems_could_have_recorded(record: Callable[..., Episode], tmp_path: Path) -> None:
    episode = record(turns=60)
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in HANDED_OUT:
        (copy / name).write_bytes((episode.folder / name).read_bytes())
    handout = Handout.load(copy)
    assert {event.kind for event in handout.events} <= OBSERVABLE_KINDS
    assert handout.events == episode.observable
    assert [event.seq for event in handout.events] == list(range(len(handout.events)))
    assert handout.run.outcome == episode.outcome
    assert handout.opening["firm"] == handout.events[0].data.firm  # type: ignore[attr-defined]
    text = b"".join(files(copy).values()).decode()
    hidden = episode.hidden
    for secret in (hidden.world, hidden.world_hash, str(episode.folder), hidden.began[:16], '"seed"', '"condition"'):
        assert secret not in text


def test_numbers_map_the_full_log_to_the_projection(record: Callable[..., Episode]) -> None:
    episode = record()
    assert len(episode.numbers) == len(episode.observable) < len(episode.events)
    for seq, number in episode.numbers.items():
        assert episode.events[seq].data == episode.observable[number].data


def relabelled(scene: Scene) -> Scene:
    """Return the same company with every hidden label turned: whose a fact is, how secret, what is at stake."""
    opening = scene.opening
    nobody = next(id for id, person in opening.people.items() if not person.inside)
    turned = replace(
        opening,
        facts=FactBook(
            replace(fact, says="turned", about=nobody, secrecy="public", granted=(nobody,), topic="turned")
            for fact in opening.facts.values()
        ),
        decisions={
            key: replace(decision, says="turned", topic="turned", told_in=(), proxies=(nobody,))
            for key, decision in opening.decisions.items()
        },
        ways_out=(),
        tasks=(),
        concern=(),
        decision_time=None,
        world="turned",
    )
    assert turned.facts != opening.facts
    assert turned.decisions != opening.decisions
    state = partial(public_bytes, turned)
    return replace(
        scene, opening=turned, world_hash="0" * 64, start="turned", condition={"turned": "turned"}, state=state
    )


def test_twins_give_the_same_handout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, play: Callable[..., None]
) -> None:
    """Hidden labels leave no trace: the same calls give the same bytes outside ``hidden/``."""
    plain = Session(recorder=EpisodeWriter(tmp_path / "plain", policy={"agent": "one"}, pace=0))
    plain.reset(seed=5)
    play(plain, 80, 7)
    stage = simenv.session.stage
    monkeypatch.setattr(simenv.session, "stage", lambda *args: relabelled(stage(*args)))
    twin = Session(recorder=EpisodeWriter(tmp_path / "twin", policy={"agent": "two"}, study={"cell": "x"}, pace=0))
    twin.reset(seed=5)
    play(twin, 80, 7)
    assert plain.outcome == twin.outcome == "completed"
    one, two = files(tmp_path / "plain"), files(tmp_path / "twin")
    assert {name: one[name] for name in HANDED_OUT} == {name: two[name] for name in HANDED_OUT}
    for name in (layout.LOG, layout.HIDDEN_RUN, layout.TRUTH):
        assert one[name] != two[name]


def test_a_fork_gets_its_whole_past_written(tmp_path: Path, play: Callable[..., None]) -> None:
    session = Session(recorder=EpisodeWriter(tmp_path / "first", pace=0))
    session.reset(seed=2)
    play(session, 12, 1)
    fork = session.fork(EpisodeWriter(tmp_path / "second", pace=0))
    play(fork, 8, 2)
    play(session, 8, 3)
    fork.close()
    session.close()
    first, second = Episode.load(tmp_path / "first"), Episode.load(tmp_path / "second")
    assert first.transcript[:13] == second.transcript[:13]
    assert first.digest == session.simulation.log.digest() != second.digest == fork.simulation.log.digest()
    assert second.replay().truth_same


def test_a_fork_of_an_ended_episode_is_written_whole(tmp_path: Path) -> None:
    session = Session(max_calls=1)
    session.reset(seed=2)
    session.call("mail_list")
    session.fork(EpisodeWriter(tmp_path / "fork", pace=0))
    assert Episode.load(tmp_path / "fork").outcome == "limit"


def test_one_writer_writes_one_episode(tmp_path: Path) -> None:
    session = Session(recorder=EpisodeWriter(tmp_path / "episode", pace=0))
    session.reset(seed=1)
    with pytest.raises(RecordingError, match="new EpisodeWriter"):
        session.reset(seed=2)
    with pytest.raises(RecordingError, match="already holds an episode"):
        Session(recorder=EpisodeWriter(tmp_path / "episode", pace=0)).reset(seed=1)


def test_a_restored_moment_is_another_episode(tmp_path: Path) -> None:
    session = Session(recorder=EpisodeWriter(tmp_path / "episode", pace=0))
    session.reset(seed=1)
    moment = session.export()
    session.call("mail_list")
    session.restore(moment)
    with pytest.raises(RecordingError, match="restored"):
        session.call("mail_list")
