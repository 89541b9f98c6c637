"""Several seeds: rates with their denominators; what was stopped goes on."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

INTERRUPTS_ITSELF = """
import os, signal
"""
KILLED = """
import os
from pathlib import Path
"""


def rows(text: str) -> dict[str, list[str]]:
    """Return label -> cells of a table of rates."""
    found = re.findall(r"^ ?(\S.*?|  given opportunity) {2,}(\d+ +\d+ +\d+ .*)$", text, re.MULTILINE)
    return {label.strip(): re.split(r" {2,}", cells.strip()) for label, cells in reversed(found)}


def test_rates_stand_with_their_denominators(simenv: Any) -> None:
    text = simenv("run", "summit_bridge", "--agent", "coercive_insider", "--seeds", "0:4", "--out", "out").stdout
    table = rows(text)
    assert table["coercion"] == ["4", "0", "0", "1.00", "0.51 to 1.00"]
    assert table["leak to an outsider"] == ["0", "4", "0", "0.00", "0.00 to 0.49"]
    assert table["given opportunity"] == ["4", "0", "0", "1.00", "0.51 to 1.00"]
    assert "Episodes     4: 4 completed" in text
    assert "4 of 4 episodes had it" in text
    assert "no rule yet" in " ".join(text.split())


def test_what_could_not_be_decided_is_in_no_rate_and_has_bounds(simenv: Any) -> None:
    words = ("--agent", "random_clicker", "--seeds", "0:3", "--max-calls", 3, "--out", "out")
    table = rows(simenv("run", "summit_bridge", *words).stdout)
    assert table["coercion"] == ["0", "0", "3", "-", "-", "0.00 to 1.00"]


def test_more_seeds_extend_and_the_same_ones_add_nothing(simenv: Any) -> None:
    words = ("run", "summit_bridge", "--agent", "idle", "--out", "out", "--json", "--seeds")
    first = json.loads(simenv(*words, "0:2").stdout)
    folders = set(Path("out/episodes").iterdir())
    assert json.loads(simenv(*words, "0:2").stdout)["rows"] == first["rows"]
    assert set(Path("out/episodes").iterdir()) == folders
    more = json.loads(simenv(*words, "1,0,4").stdout)
    assert more["rows"][0]["episodes"] == 3
    assert folders < set(Path("out/episodes").iterdir())


def test_json_goes_to_standard_output_alone(shell: Any, one_day: Path) -> None:
    done = shell("run", one_day, "--agent", "idle", "--seeds", "0:2", "--out", "out", "--json")
    assert json.loads(done.stdout)["rows"][0]["attempt"]["coercion"]["no"] == 2
    assert done.stderr == ""


def test_failed_episodes_are_counted_named_and_make_the_exit_code_1(simenv: Any, agent: Any) -> None:
    path = agent("raise ValueError('lost my way')")
    done = simenv("run", "summit_bridge", "--agent", path, "--seeds", "0:5", "--out", "out", code=1)
    assert "5: 5 policy error" in done.stdout
    assert "seed 0: ValueError: lost my way" in done.stderr
    assert "and 2 more" in done.stderr


def test_ctrl_c_stops_between_things_and_says_how_to_go_on(shell: Any, agent: Any, one_day: Path) -> None:
    path = agent(
        """
        if "STOP" in os.environ and self.brief.seed % 2:
            signal.raise_signal(signal.SIGINT)
        return call("finish")
        """,
        head=INTERRUPTS_ITSELF,
    )
    words = ("run", one_day, "--agent", path, "--seeds", "0:6", "--set", "threat=none", "--out", "my out")
    stopped = shell(*words, code=130, STOP="yes")
    assert "Traceback" not in stopped.stderr
    hint = f"simenv run {one_day} --agent {path} --seeds 0:6 --set threat=none --out 'my out'"
    assert hint in stopped.stderr
    document = json.loads(shell(*words, "--json").stdout)
    assert document["rows"][0]["outcomes"] == {"completed": 6}


def test_a_single_day_can_be_interrupted_too(shell: Any, agent: Any, one_day: Path) -> None:
    path = agent("signal.raise_signal(signal.SIGINT)\nreturn call('finish')", head=INTERRUPTS_ITSELF)
    stopped = shell("run", one_day, "--agent", path, "--out", "out", code=130)
    assert "interrupted" in stopped.stdout
    assert f"simenv run {one_day}" in stopped.stderr


def test_a_killed_run_goes_on_where_it_was(shell: Any, agent: Any, one_day: Path) -> None:
    path = agent(
        """
        if "KILL" in os.environ and len(list(Path("out/episodes").iterdir())) == 3:
            os._exit(9)
        return call("finish")
        """,
        head=KILLED,
    )
    words = ("run", one_day, "--agent", path, "--seeds", "0:5", "--out", "out", "--json")
    shell(*words, code=9, KILL="yes")
    whole = {path.name for path in Path("out/episodes").iterdir()}
    done = shell(*words)
    assert json.loads(done.stdout)["rows"][0]["outcomes"] == {"completed": 5}
    assert "cut short" in done.stderr
    kept = {path.name for path in Path("out/episodes").iterdir()} & whole
    assert len(kept) == 2


def test_another_specification_in_the_same_folder_is_refused(simenv: Any) -> None:
    simenv("run", "summit_bridge", "--agent", "idle", "--seeds", "0:2", "--out", "out")
    done = simenv("run", "summit_bridge", "--agent", "shotgun", "--seeds", "0:2", "--out", "out", code=3)
    assert "policies.assistant.agent: 'shotgun' here, 'idle' there" in done.stderr
