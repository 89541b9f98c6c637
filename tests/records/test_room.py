"""No room left, the folder gone: said clearly, nothing lost, and the episode goes on once there is room. No mocks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from simenv import layout
from simenv.core.errors import RecordingError
from simenv.episode import Episode
from simenv.record import EpisodeWriter
from simenv.session import Session

ONE_DAY = Path(__file__).parents[1] / "data" / "worlds" / "one_day"
LIMITED = """
import resource
from simenv.core.errors import RecordingError
from simenv.record import EpisodeWriter
from simenv.session import Session

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

limit(20_000)
session = Session({world!r}, recorder=EpisodeWriter({folder!r}, pace=0))
session.reset(seed=3)
try:
    while True:
        session.call("mail_search", query="the")
except RecordingError as error:
    print(error)
"""
"""Calls until a file would grow beyond 20 kB, which the system then forbids."""

MORE_ROOM = (
    LIMITED
    + """
limit(resource.RLIM_INFINITY)
session.call("mail_list")
session.close()
"""
)
ELSEWHERE = (
    LIMITED
    + """
limit(resource.RLIM_INFINITY)
session.recorder = EpisodeWriter({elsewhere!r}, pace=0)
session.recorder.opened(session)
session.close()
"""
)


def descriptor(path: Path) -> int:
    """Return the number under which this process has a file open."""
    wanted = path.stat()
    for fd in range(3, 256):
        try:
            if os.path.samestat(os.fstat(fd), wanted):
                return fd
        except OSError:
            continue
    raise AssertionError(f"{path} is not open")


if os.name == "posix":  # elsewhere file sizes have no limit, and an open file keeps its folder

    def test_a_file_that_may_not_grow(tmp_path: Path, fresh: Callable[[str], str]) -> None:
        folder = tmp_path / "episode"
        said = fresh(LIMITED.format(world=str(ONE_DAY), folder=str(folder)))
        assert "cannot be written: there is no room for it" in said
        assert "EpisodeWriter(<another folder>).opened(session)" in said
        episode = Episode.load(folder)
        assert not episode.complete
        assert episode.torn is not None
        assert len(episode.transcript) > 5
        assert episode.replay(ONE_DAY).truth_same is None

    def test_it_goes_on_where_it_stopped_once_there_is_room(tmp_path: Path, fresh: Callable[[str], str]) -> None:
        fresh(MORE_ROOM.format(world=str(ONE_DAY), folder=str(tmp_path / "episode")))
        episode = Episode.load(tmp_path / "episode")
        assert episode.complete
        assert episode.torn is None
        assert episode.replay(ONE_DAY).truth_same

    def test_it_can_be_written_elsewhere(tmp_path: Path, fresh: Callable[[str], str]) -> None:
        first, second = tmp_path / "episode", tmp_path / "elsewhere"
        fresh(ELSEWHERE.format(world=str(ONE_DAY), folder=str(first), elsewhere=str(second)))
        assert not Episode.load(first).complete
        assert Episode.load(second).replay(ONE_DAY).truth_same

    def test_the_folder_is_gone(tmp_path: Path) -> None:
        writer = EpisodeWriter(tmp_path / "episode", pace=0)
        session = Session(recorder=writer)
        session.reset(seed=3)
        session.call("mail_list")
        shutil.rmtree(tmp_path / "episode")
        with pytest.raises(RecordingError, match="its folder is gone"):
            session.close()
        writer.drop()
        session.fork(EpisodeWriter(tmp_path / "elsewhere", pace=0))
        assert Episode.load(tmp_path / "elsewhere").outcome == "interrupted"


if Path("/dev/full").exists():

    def test_a_full_disk(tmp_path: Path) -> None:
        """The log is put on a device that is always full, then back on its file."""
        session = Session(recorder=EpisodeWriter(tmp_path / "episode", pace=0))
        session.reset(seed=3)
        fd = descriptor(tmp_path / "episode" / layout.LOG)
        kept, full = os.dup(fd), os.open("/dev/full", os.O_WRONLY)
        os.dup2(full, fd)
        for _ in range(2):
            with pytest.raises(RecordingError, match=r"log\.jsonl cannot be written: there is no room"):
                session.call("mail_list")
        assert not Episode.load(tmp_path / "episode").complete
        os.dup2(kept, fd)
        os.close(kept)
        os.close(full)
        session.call("mail_search", query="hours")
        session.close()
        episode = Episode.load(tmp_path / "episode")
        assert [entry.name for entry in episode.transcript] == [None, "mail_list", "mail_list", "mail_search"]
        assert episode.replay().calls == 3


def test_a_close_that_failed_can_be_made_up_for(tmp_path: Path) -> None:
    writer = EpisodeWriter(tmp_path / "episode", pace=0)
    session = Session(recorder=writer)
    session.reset(seed=3)
    blocker = tmp_path / "episode" / layout.TRUTH
    blocker.mkdir()  # a folder stands where the file should
    with pytest.raises(RecordingError, match=r"truth\.json cannot be written"):
        session.close()
    assert not Episode.load(tmp_path / "episode").complete
    assert not list((tmp_path / "episode").rglob("*.tmp"))
    blocker.rmdir()
    writer.closed(session)
    assert Episode.load(tmp_path / "episode").complete
    writer.closed(session)  # closed is closed
    assert Episode.load(tmp_path / "episode").complete


def test_a_place_where_nothing_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(RecordingError, match="cannot be written"):
        Session(recorder=EpisodeWriter(tmp_path / "file" / "episode", pace=0)).reset(seed=1)
