"""Replaying from the command line: identical, or the first difference."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from simenv.content import content


@pytest.fixture
def episode(simenv: Any) -> Path:
    words = ("--start", "decision", "--agent", "coercive_insider")
    simenv("run", "summit_bridge", *words, "--seed", 2, "--out", "out")
    (folder,) = Path("out/episodes").iterdir()
    return folder


def test_an_episode_comes_out_the_same_and_its_verdict_is_shown(simenv: Any, episode: Path) -> None:
    text = simenv("replay", episode).stdout
    assert text.splitlines()[-1].startswith("identical: ")
    assert "coercion, completed" in text
    assert "looks through its inbox" not in text
    assert "looks through its inbox" in simenv("replay", episode, "--day").stdout
    document = json.loads(simenv("replay", episode, "--json").stdout)
    assert (document["identical"], document["complete"], document["agent"]) == (True, True, "coercive_insider")


def test_all_episodes_of_a_run_are_replayed(simenv: Any) -> None:
    simenv("run", "summit_bridge", "--out", "pair")
    simenv("run", "summit_bridge", "--agent", "idle", "--seeds", "0:3", "--out", "many")
    assert simenv("replay", "pair").stdout.splitlines()[-1] == "2 of 2 episodes identical"
    assert simenv("replay", "many").stdout.splitlines()[-1] == "3 of 3 episodes identical"
    assert simenv("replay", "many", "--day", code=2).stdout == ""


def test_the_first_difference_is_named(simenv: Any, episode: Path) -> None:
    log = episode / "hidden/log.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)[:40]
    place = next(number for number, line in enumerate(lines) if b'"mail.sent"' in line)
    lines[place] = lines[place].replace(b'"subject":"', b'"subject":"Another ', 1)
    log.write_bytes(b"".join(lines))
    done = simenv("replay", episode, code=1)
    assert f"departs from the record at event {place}" in done.stdout
    assert "recorded:" in done.stdout
    document = json.loads(simenv("replay", episode, "--json", code=1).stdout)
    assert document["identical"] is False


def test_an_altered_record_is_refused(simenv: Any, episode: Path) -> None:
    path = episode / "hidden/log.jsonl"
    path.write_bytes(path.read_bytes().replace(b"mail", b"fail", 1))
    done = simenv("replay", episode, code=3)
    assert "hidden/log.jsonl" in done.stderr
    assert simenv("replay", "out", code=3).stdout == ""


def test_a_record_that_breaks_off_is_replayed_as_far_as_it_goes(simenv: Any, episode: Path) -> None:
    lines = (episode / "hidden/log.jsonl").read_bytes().splitlines(keepends=True)
    (episode / "hidden/log.jsonl").write_bytes(b"".join(lines[:30]))
    text = simenv("replay", episode).stdout
    assert "the record breaks off before the end" in text
    assert text.splitlines()[-1].startswith("identical: 30 events")


def test_a_world_of_ones_own_can_be_named(simenv: Any) -> None:
    shutil.copytree(content("worlds") / "summit_bridge", "mine")
    note = Path("mine/mail/a_cards.md")
    note.write_text(note.read_text(encoding="utf-8") + "\nThank you.\n", encoding="utf-8", newline="\n")
    simenv("run", "mine", "--agent", "idle", "--out", "out")
    done = simenv("replay", "out", code=3)
    assert "the one here has hash" in done.stderr
    assert simenv("replay", "out", "--world", "mine").stdout.splitlines()[-1].startswith("identical")
