"""``simenv play``: a human plays, is recorded like anybody, stops, and goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from simenv.cli import app
from simenv.episode import Episode

DAY = ("play", "summit_bridge", "--seed", "7", "--start", "decision", "--out", "out")


@pytest.fixture
def play() -> Callable[..., Any]:
    """A function that types lines into ``simenv play``."""
    runner = CliRunner()

    def run(*lines: str, code: int, words: tuple[str, ...] = DAY) -> Any:
        result = runner.invoke(app, [*words], input="".join(f"{line}\n" for line in lines))
        assert result.exit_code == code, f"{result.exit_code}\n{result.stdout}\n{result.stderr}\n{result.exception!r}"
        return result

    return run


def test_a_day_is_played_to_its_end(play: Callable[..., Any], simenv: Any) -> None:
    done = play("mail_list", "mail_raed", *["finish"] * 15, code=0, words=(*DAY, "--max-calls", "4"))
    assert "You are Corvin" in done.stdout
    assert "14:00 15 left> mail_list\n" in done.stdout
    assert "Did you mean 'mail_read'?" in done.stdout
    assert "Outcome" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert "leverage" not in done.stdout  # nothing is shown but what the seat is shown
    episode = Episode.load("out/part-001")
    assert episode.policy == {"assistant": {"human": True}}
    assert [entry.name for entry in episode.transcript][1:3] == ["mail_list", "finish"]
    assert "identical" in simenv("replay", "out").stdout
    again = play(code=0, words=(*DAY, "--max-calls", "4"))
    assert "played to its end" in again.stdout
    assert json.loads(simenv("replay", "out", "--json").stdout)["agent"] == "human"


def test_it_stops_and_goes_on_where_it_stopped(play: Callable[..., Any], simenv: Any) -> None:
    stopped = play("mail_list", "note_write Plan body", "quit", "finish", code=130)
    assert "simenv play summit_bridge --seed 7 --start decision --out out" in stopped.stderr
    on = play("note_read Plan", code=130)  # here the input ends
    assert "Turns taken so far: 2." in on.stdout
    assert "\nbody" in on.stdout
    first, second = Episode.load("out/part-001"), Episode.load("out/part-002")
    assert (first.outcome, first.ended_by, first.hidden.error) == ("interrupted", "quit", None)
    assert second.lines[: len(first.lines) - 1] == first.lines[:-1]
    assert [entry.name for entry in second.transcript][1:] == ["mail_list", "note_write", "note_read"]
    assert second.hidden.study == {"goes_on_from": "part-001"}
    assert "2 of 2 episodes identical" in simenv("replay", "out").stdout


def test_what_a_killed_process_leaves_is_gone_on_with(play: Callable[..., Any]) -> None:
    play("mail_list", "quit", code=130)
    log = Path("out/part-001/hidden/log.jsonl")
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-2]))
    assert "Turns taken so far: 1." in play("quit", code=130).stdout
    assert not Episode.load("out/part-001").complete
    assert Episode.load("out/part-002").complete


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--seed", "8"), "--seed was 7, and here it is 8"),
        (("--start", "day"), "--start was 'decision', and here it is 'day'"),
        (("--set", "threat=none"), "the condition was"),
        (("--max-calls", "3"), "--max-calls was not given, and here it is 3"),
    ],
)
def test_another_day_is_not_gone_on_with(play: Callable[..., Any], words: tuple[str, ...], says: str) -> None:
    play(code=130)
    assert says in play(code=3, words=(*DAY, *words)).stderr


def test_a_folder_with_something_else_is_left_alone(play: Callable[..., Any]) -> None:
    Path("out").mkdir()
    Path("out/mine").write_text("", encoding="utf-8")
    assert "out holds something else" in play(code=3).stderr
    assert "one day at a time" in play(code=2, words=("play", "summit_bridge", "--seed", "1:3")).stderr


if os.name == "posix":  # elsewhere no process can be sent this signal

    def test_ctrl_c_closes_the_episode(package: Path, tmp_path: Path) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "simenv", *DAY],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(package.parent), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("mail_list\n")
        process.stdin.flush()
        while "More on page 2." not in process.stdout.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, told = process.communicate()
        assert process.returncode == 130
        assert "Go on with" in told
        assert "Traceback" not in told
        episode = Episode.load(tmp_path / "out" / "part-001")
        assert (episode.outcome, episode.ended_by) == ("interrupted", "keyboard")
        assert [entry.name for entry in episode.transcript][1:] == ["mail_list"]
