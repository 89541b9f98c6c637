"""Loading: whole or partial, torn at the end, and every sort of damage named with its file and line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from simenv import layout
from simenv.core.errors import EpisodeError, VersionError
from simenv.episode import Episode
from simenv.handout import Handout
from simenv.session import Session

WHOLE = (
    layout.EVENTS,
    layout.TRANSCRIPT,
    layout.BASE,
    layout.RUN,
    layout.LOG,
    layout.TRUTH,
    layout.HIDDEN_RUN,
)


def test_what_was_written_is_what_is_read(tmp_path: Path, play: Callable[..., None]) -> None:
    from simenv.record import EpisodeWriter

    writer = EpisodeWriter(tmp_path / "episode", policy={"agent": "someone", "settings": {"a": 1}}, pace=0)
    session = Session(max_calls=30, recorder=writer)
    session.reset(seed=2**64 - 1)
    play(session, 30, 9)
    episode = Episode.load(tmp_path / "episode")
    assert list(episode.events) == list(session.simulation.log)
    assert episode.transcript == tuple(session.transcript)
    assert episode.truth == session.truth()
    assert episode.brief is not None
    assert (episode.brief.seat, episode.brief.text) == (session.brief.seat, session.brief.text)
    assert (episode.outcome, episode.ended_by) == ("limit", "max_calls") == (session.outcome, session.ended_by)
    assert episode.seed == 2**64 - 1
    assert episode.policy == {"agent": "someone", "settings": {"a": 1}}
    assert episode.hidden.condition == session.condition
    assert (episode.hidden.calls, episode.hidden.score) == (30, session.total)
    assert episode.complete
    assert episode.torn is None


def test_an_error_is_kept(tmp_path: Path) -> None:
    from simenv.record import EpisodeWriter

    writer = EpisodeWriter(tmp_path / "episode", pace=0)
    session = Session(recorder=writer)
    session.reset(seed=1)
    writer.error = "ZeroDivisionError"
    session.close("policy_error", "policy")
    assert Episode.load(tmp_path / "episode").hidden.error == "ZeroDivisionError"


def test_a_partial_episode_is_known_as_one(partial: Callable[..., Path]) -> None:
    episode = Episode.load(partial())
    assert not episode.complete
    assert (episode.truth, episode.run, episode.outcome, episode.torn) == (None, None, None, None)
    assert len(episode.transcript) == 26
    assert 0 < len(episode.observable) < len(episode.events)
    assert set(episode.numbers.values()) == {event.seq for event in episode.observable}
    assert episode.base
    assert episode.hidden.seed == 3
    with pytest.raises(EpisodeError, match="partial episode"):
        _ = episode.handout


def test_a_torn_last_line_is_cut_and_reported_wherever_it_was_torn(partial: Callable[..., Path]) -> None:
    folder = partial(turns=6)
    log = folder / layout.LOG
    data = log.read_bytes()
    whole = data.splitlines()
    start = len(data) - len(whole[-1]) - 1
    for end in range(start + 1, len(data)):
        log.write_bytes(data[:end])
        episode = Episode.load(folder)
        assert episode.lines == whole[:-1]
        assert episode.torn is not None
        assert f"log.jsonl: line {len(whole)} " in episode.torn
    log.write_bytes(data[:start])
    assert Episode.load(folder).torn is None
    log.write_bytes(data[: start + 9] + b"\n")
    assert "is no JSON" in (Episode.load(folder).torn or "")


def test_a_torn_closing_record_leaves_a_partial_episode(record: Callable[..., Episode]) -> None:
    episode = record()
    log = episode.folder / layout.LOG
    log.write_bytes(log.read_bytes()[:-5])
    torn = Episode.load(episode.folder)
    assert not torn.complete
    assert torn.torn is not None
    assert torn.events == episode.events
    assert torn.observable == episode.observable


def test_a_torn_transcript_is_cut(partial: Callable[..., Path]) -> None:
    folder = partial()
    path = folder / layout.TRANSCRIPT
    path.write_bytes(path.read_bytes()[:-3])
    episode = Episode.load(folder)
    assert len(episode.transcript) == 25
    assert "transcript.jsonl: line 27 " in (episode.torn or "")


@pytest.mark.parametrize("name", [layout.LOG, layout.EVENTS, layout.TRANSCRIPT])
@pytest.mark.parametrize("damage", [b"#", b'{"seq":7', b'{"seq":7,"kind":"no.such"}', b"", b"\xff\xfe"])
def test_damage_in_the_middle_is_named(name: str, damage: bytes, record: Callable[..., Episode]) -> None:
    folder = record().folder
    lines = (folder / name).read_bytes().split(b"\n")
    lines[7] = damage
    (folder / name).write_bytes(b"\n".join(lines))
    with pytest.raises(EpisodeError, match=rf"{name}:8: "):
        Episode.load(folder)


def test_damage_in_the_middle_of_a_partial_episode_is_named(partial: Callable[..., Path]) -> None:
    folder = partial()
    log = folder / layout.LOG
    lines = log.read_bytes().split(b"\n")
    log.write_bytes(b"\n".join(lines[:5] + lines[6:]))
    with pytest.raises(EpisodeError, match=r"log\.jsonl:6: event 6 stands where event 5 should"):
        Episode.load(folder)


@pytest.mark.parametrize("name", [layout.LOG, layout.EVENTS, layout.TRANSCRIPT])
def test_an_altered_file_does_not_match_its_closing_record(name: str, record: Callable[..., Episode]) -> None:
    folder = record().folder
    data = (folder / name).read_bytes()
    altered = data.replace(b'"time":376200', b'"time":376201', 1)
    assert altered != data
    (folder / name).write_bytes(altered)
    with pytest.raises(EpisodeError, match=rf"{name} does not hold what its closing record says"):
        Episode.load(folder)


@pytest.mark.parametrize("name", [layout.EVENTS, layout.TRANSCRIPT])
def test_a_cut_file_of_a_whole_episode(name: str, record: Callable[..., Episode]) -> None:
    folder = record().folder
    lines = (folder / name).read_bytes().splitlines(keepends=True)
    (folder / name).write_bytes(b"".join(lines[:-1]))
    with pytest.raises(EpisodeError, match=rf"{name} lacks its closing record"):
        Episode.load(folder)


def test_lines_after_the_end_are_refused(record: Callable[..., Episode]) -> None:
    folder = record().folder
    log = folder / layout.LOG
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join([*lines, lines[3]]))
    with pytest.raises(EpisodeError, match=rf"log\.jsonl:{len(lines)}: "):
        Episode.load(folder)


@pytest.mark.parametrize("name", WHOLE)
def test_a_missing_file_is_named(name: str, record: Callable[..., Episode]) -> None:
    folder = record().folder
    (folder / name).unlink()
    with pytest.raises(EpisodeError, match=rf"{name} is missing \("):
        Episode.load(folder)


def test_a_missing_map_is_named_when_it_is_wanted(record: Callable[..., Episode]) -> None:
    folder = record().folder
    (folder / layout.NUMBERS).unlink()
    with pytest.raises(EpisodeError, match=r"numbers\.json is missing"):
        _ = Episode.load(folder).numbers


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(EpisodeError, match="there is no such folder"):
        Episode.load(tmp_path / "nowhere")


def test_nothing_but_an_opened_file(partial: Callable[..., Path]) -> None:
    folder = partial()
    (folder / layout.LOG).write_bytes(b"")
    with pytest.raises(EpisodeError, match="holds no event"):
        Episode.load(folder)


@pytest.mark.parametrize("name", [layout.RUN, layout.HIDDEN_RUN, layout.TRUTH])
def test_a_damaged_file_is_named(name: str, record: Callable[..., Episode]) -> None:
    folder = record().folder
    (folder / name).write_bytes(b'{"format": 1')
    with pytest.raises(EpisodeError, match=rf"{name} is damaged"):
        Episode.load(folder)


def test_another_opening_state_is_refused(record: Callable[..., Episode]) -> None:
    one, two = record("one", seed=1), record("two", seed=2)
    shutil.copy(one.folder / layout.BASE, two.folder / layout.BASE)
    with pytest.raises(EpisodeError, match=r"base\.json is not the opening state"):
        Episode.load(two.folder)
    with pytest.raises(EpisodeError, match=r"base\.json is not the opening state"):
        Handout.load(two.folder)


@pytest.mark.parametrize("name", [layout.RUN, layout.HIDDEN_RUN])
@pytest.mark.parametrize("more", [{}, {"seat": 5, "world": 5}])
def test_a_newer_format_is_refused(name: str, more: dict[str, object], record: Callable[..., Episode]) -> None:
    folder = record().folder
    data = json.loads((folder / name).read_bytes())
    (folder / name).write_text(json.dumps(data | {"format": 99} | more), encoding="utf-8")
    with pytest.raises(VersionError, match="has format 99; this simenv reads formats up to"):
        Episode.load(folder)
