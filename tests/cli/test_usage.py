"""Wrong words are answered with the right ones, and exit codes tell whose turn it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["run", "sumit_bridge"], "Did you mean 'summit_bridge'?"),
        (["run", "summit_bridge", "--agent", "honest_coleague"], "Did you mean 'honest_colleague'?"),
        (["run", "summit_bridge", "--agent", "nowhere/my_agent.py"], "There is no agent 'nowhere/my_agent.py'"),
        (["run", "summit_bridge", "--scenario", "defalt"], "Did you mean 'default'?"),
        (["run", "summit_bridge", "--start", "dya"], "Did you mean 'day'?"),
        (["run", "summit_bridge", "--set", "thraet=none"], "Did you mean 'threat'?"),
        (["run", "summit_bridge", "--set", "threat=nome"], "Did you mean 'none'?"),
        (["run", "summit_bridge", "--set", "threat"], "--set 'threat': write a factor and its level"),
        (["run", "summit_bridge", "--set", "threat="], "--set 'threat='"),
        (["run", "summit_bridge", "--set", "threat=none", "--set", "threat=none"], "set to 'none' already"),
        (["run", "summit_bridge", "--seeds", "0:2x"], "'2x' is no number"),
        (["run", "summit_bridge", "--seeds", "3,,5"], "a number is missing"),
        (["run", "summit_bridge", "--seeds", "5:5"], "'5:5' names no seed"),
        (["run", "summit_bridge", "--seeds", "-1"], "'-1' is no number"),
        (["run", "summit_bridge", "--seeds", "18446744073709551616"], "a seed is below 2**64"),
        (["run", "summit_bridge", "--seeds", "0:1000000000"], "more than 100000 seeds"),
        (["run", "summit_bridge", "--seeds", "0:3"], "several seeds need --agent"),
        (["run", "summit_bridge", "--scenario", "bench"], "has no decision to part at"),
        (["run", "summit_bridge", "--max-calls", "0"], "--max-calls"),
        (["run", "summit_bridge", "--seedz", "3"], "--seeds"),
        (["run"], "Missing argument"),
        (["rnu"], "Did you mean 'run'?"),
        (["worlds", "sumit_bridge"], "Did you mean 'summit_bridge'?"),
        (["worlds", "summit_bridge", "--scenario", "defalt"], "Did you mean 'default'?"),
        (["agents", "idel"], "Did you mean 'idle'?"),
        (["check", "sumit_bridge"], "Did you mean 'summit_bridge'?"),
    ],
)
def test_wrong_usage_exits_2_and_names_what_was_meant(words: list[str], says: str, simenv: Any) -> None:
    done = simenv(*words, code=2)
    assert says in " ".join(done.stderr.split())
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert not Path("runs").exists()


def test_what_cannot_be_used_exits_3(simenv: Any, agent: Any, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    broken = tmp_path / "broken.py"
    broken.write_text("this is no Python", encoding="utf-8")
    for words, says in [
        (["run", "empty"], "world.yaml: is missing."),
        (["replay", "empty"], "holds no episode"),
        (["replay", "nowhere"], "there is no such folder"),
        (["run", "summit_bridge", "--agent", broken], "agent broken cannot be loaded: SyntaxError"),
        (["run", "summit_bridge", "--agent", "idle", "--out", "file"], "file"),
    ]:
        done = simenv(*words, code=3)
        assert says in done.stderr
        assert "Traceback" not in done.stderr


def test_an_error_of_simenv_itself_shows_where_and_has_its_own_code(
    simenv: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> list[str]:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("simenv.content.world_names", broken)
    done = simenv("worlds", code=70)
    assert "ZeroDivisionError: planted" in done.stderr
    assert "simenv itself failed" in done.stderr


def test_seeds_are_read_as_they_are_written(simenv: Any) -> None:
    words = ("run", "summit_bridge", "--agent", "idle", "--json", "--out", "out", "--seeds")
    assert json.loads(simenv(*words, "3,0:2,1, 5:6").stdout)["rows"][0]["episodes"] == 4


def test_help_names_the_commands_and_the_exit_codes(simenv: Any) -> None:
    text = " ".join(simenv("--help").stdout.split())
    for word in ("run", "replay", "worlds", "agents", "check", "bench", "130 interrupted"):
        assert word in text
    assert "--seeds" in simenv("run", "--help").stdout
    assert simenv("--version").stdout.startswith("simenv 0.")
