"""Runs of a model that are interrupted or killed while many requests are under way: what is finished stands."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simenv.bench.model_answers import Answer, player
from simenv.bench.model_server import ModelServer
from simenv.episode import Episode
from simenv.layout import REPLIES
from simenv.studies.store import EPISODES, PARTIAL

KEY = "planted-0c9e7d55ab12"
AT_A_TIME = 6


class Run:
    """A run in a process of its own, to which the server does something once it has been asked so many requests.

    Args:
        number: The signal that is sent.
        after: Requests that are answered before.
    """

    def __init__(self, number: int, after: int) -> None:
        self._number, self._left = number, after
        self.child: subprocess.Popen[str] | None = None

    async def answers(self, body: dict[str, Any]) -> Answer:
        """Answer, or signal and never answer again."""
        self._left -= 1
        if self._left < 0:
            if self._left == -AT_A_TIME and self.child is not None:  # everybody waits
                self.child.send_signal(self._number)
            await asyncio.Event().wait()
        return player(body)

    def run(self, words: list[str], package: Path, folder: Path) -> tuple[int, str]:
        """Run it to its end; return its exit code and what it wrote to standard error."""
        environment = {**os.environ, "PYTHONPATH": str(package.parent), "OPENAI_API_KEY": KEY, "COLUMNS": "80"}
        command = [sys.executable, "-m", "simenv", *words]
        with subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        ) as self.child:
            _, told = self.child.communicate()
        return self.child.returncode, told


def words_of(server: ModelServer, world: Path) -> list[str]:
    about = ["run", str(world), "--model", "openai/player", "--api-base", server.url]
    return [*about, "--seeds", "0:12", "--concurrency", str(AT_A_TIME), "--out", "out", "--json"]


def whole(folder: Path) -> dict[int, str]:
    """Return seed -> digest of the episodes that came to their end."""
    found = [Episode.load(path) for path in (folder / EPISODES).iterdir() if (path / "hidden/truth.json").is_file()]
    return {episode.seed: episode.digest for episode in found if episode.outcome == "completed"}


@pytest.fixture
def stopped(package: Path, tmp_path: Path, one_day: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """A function that stops a run with a signal and returns exit code, standard error, and the words that go on."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    def stop(number: int) -> tuple[int, str, list[str]]:
        run = Run(number, after=85)  # an episode takes ten: some are finished, some are under way
        with ModelServer(run.answers) as server:
            words = words_of(server, one_day)
            code, told = run.run(words, package, tmp_path)
        return code, told, words

    return stop


def go_on(words: list[str], simenv: Any, one_day: Path) -> dict[str, Any]:
    """Go on with a run at the same address, which is part of its specification; return what it prints."""
    port = int(words[5].rsplit(":", 1)[1].split("/")[0])
    with ModelServer(port=port) as server:
        assert server.url == words[5]
        document = json.loads(simenv(*words).stdout)
    assert simenv("replay", "out", "--world", one_day).stdout.splitlines()[-1] == "12 of 12 episodes identical"
    assert isinstance(document, dict)
    return document


if os.name == "posix":  # elsewhere a process cannot be sent these signals

    def test_ctrl_c_closes_what_is_under_way(stopped: Callable[..., Any], simenv: Any, one_day: Path) -> None:
        code, told, words = stopped(signal.SIGINT)
        assert code == 130
        assert "Traceback" not in told
        assert "Stopped. Go on with:" in told
        assert KEY not in told
        episodes = [Episode.load(path) for path in Path("out", EPISODES).iterdir()]
        cut = [episode for episode in episodes if episode.outcome == "interrupted"]
        assert len(cut) == AT_A_TIME
        assert {episode.ended_by for episode in cut} == {"keyboard"}
        done = whole(Path("out"))
        assert len(done) >= 1
        assert simenv("replay", "out", "--world", one_day).stdout.splitlines()[-1].endswith("episodes identical")
        document = go_on(words, simenv, one_day)
        assert document["rows"][0]["outcomes"] == {"completed": 12}
        assert whole(Path("out")).items() >= done.items()
        assert len(list(Path("out", PARTIAL).iterdir())) == AT_A_TIME

    def test_what_is_killed_goes_on_where_it_was(stopped: Callable[..., Any], simenv: Any, one_day: Path) -> None:
        code, _, words = stopped(signal.SIGKILL)
        assert code == -signal.SIGKILL
        done = whole(Path("out"))
        assert len(done) >= 1
        document = go_on(words, simenv, one_day)
        assert document["rows"][0]["outcomes"] == {"completed": 12}
        assert whole(Path("out")).items() >= done.items()
        torn = list(Path("out", PARTIAL).iterdir())
        assert len(torn) == AT_A_TIME
        assert any((path / REPLIES).is_file() for path in torn)  # their replies went with them
