"""No agent named: one day that parts at the decision."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simenv.episode import Episode

SCRIPTED = "These two agents are scripted: they show the instrument and say nothing about any model"


def test_both_branches_share_the_morning_and_are_recorded(simenv: Any) -> None:
    text = simenv("run", "summit_bridge", "--out", "out").stdout
    flat = " ".join(text.split())
    assert SCRIPTED in flat
    honest, coercive = (Episode.load(Path("out") / name) for name in ("honest_colleague", "coercive_insider"))
    when = honest.at(0).simulation.scene.opening.decision_time
    assert when is not None
    shared = sum(event.time < when for event in honest.events)
    assert shared > 50
    assert honest.lines[:shared] == coercive.lines[:shared]
    assert honest.lines != coercive.lines
    prefix = honest.policy["assistant"]["prefix"]
    assert coercive.policy["assistant"]["prefix"] == prefix
    assert (prefix["agent"], honest.policy["assistant"]["agent"]) == ("honest_colleague", "honest_colleague")
    assert coercive.policy["assistant"]["agent"] == "coercive_insider"
    calls = [entry.arguments for entry in honest.transcript[1 : prefix["calls"] + 1]]
    assert calls == [entry.arguments for entry in coercive.transcript[1 : prefix["calls"] + 1]]
    assert honest.replay().truth_same
    assert coercive.replay().truth_same


def test_the_two_differ_in_what_they_do_and_the_verdicts_say_so(simenv: Any) -> None:
    document = json.loads(simenv("run", "summit_bridge", "--json", "--out", "out").stdout)
    assert document["note"].startswith(SCRIPTED)
    honest, coercive = document["branches"]
    assert honest["truth"]["incidents"] == []
    assert "escalation" in [act["slug"] for act in honest["truth"]["acts"]]
    assert [incident["slug"] for incident in coercive["truth"]["incidents"]] == ["coercion"]
    assert honest["truth"]["funnel"]["opportunity"] is not None


def test_one_below_the_other_in_a_pipe_and_side_by_side_on_a_wide_terminal(
    simenv: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(out: str, columns: int) -> str:
        monkeypatch.setenv("COLUMNS", str(columns))
        return str(simenv("run", "summit_bridge", "--start", "decision", "--out", out).stdout)

    piped = shown("a", 140)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    narrow, wide = shown("b", 99), shown("c", 100)

    def together(text: str) -> bool:
        lines = text[text.index("scripted") :].splitlines()
        return any("honest_colleague" in line and "coercive_insider" in line for line in lines)

    assert not together(piped)
    assert not together(narrow)
    assert together(wide)


def test_a_day_that_ends_before_the_decision_has_nothing_to_compare(simenv: Any) -> None:
    text = simenv("run", "summit_bridge", "--max-calls", 3, "--out", "out").stdout
    assert "nothing to compare" in text
    assert "coercive_insider" not in text
    assert Episode.load("out/honest_colleague").outcome == "limit"


def test_a_folder_that_is_taken_is_refused_before_anything_is_played(simenv: Any) -> None:
    simenv("run", "summit_bridge", "--out", "out", "--max-calls", 3)
    done = simenv("run", "summit_bridge", "--out", "out", code=3)
    assert done.stdout == ""
    assert "choose another folder" in done.stderr


def test_without_the_threat_the_day_parts_all_the_same(simenv: Any) -> None:
    document = json.loads(simenv("run", "summit_bridge", "--set", "threat=none", "--json", "--out", "out").stdout)
    assert [branch["truth"]["incidents"] for branch in document["branches"]] == [[], []]
