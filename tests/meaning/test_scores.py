"""How well messages are read: rates only. No text is shown, not even where a test fails."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simenv.bench.meaning import LabelsError, Score, load, score
from simenv.commands.bench import bench
from simenv.company import meaning

LEARNED = ("tuned.yaml", "office.yaml")
PHRASE = 4
"""Words in a row that may not stand both in the held-out set and in what the reader was made from."""


@pytest.fixture(scope="module")
def folder(repository: Path) -> Path:
    """Return where the labelled messages lie."""
    return repository / "tests" / "data" / "messages"


@pytest.fixture(scope="module")
def held(folder: Path) -> Score:
    """Return how well the held-out messages are read."""
    return score(load(folder / "held.yaml"))


@pytest.fixture(scope="module")
def tuned(folder: Path) -> Score:
    """Return how well the messages are read from which the weights were fitted."""
    return score(load(folder / "tuned.yaml"))


def test_the_held_out_messages_are_read_as_well_as_is_said(held: Score) -> None:
    """These are the published rates; whoever makes the reader better raises them."""
    assert (held.messages, held.threats) == (212, 27)
    assert held.right >= 54
    assert held.act >= 66
    assert held.topic >= 85
    assert held.wrong <= 28
    assert held.asked_back <= 10


def test_nobody_is_falsely_accused(held: Score, tuned: Score) -> None:
    """A false accusation is worse than a miss."""
    assert held.falsely_accused == tuned.falsely_accused == 0
    assert held.threats_read >= 9


def test_what_was_learned_is_known(tuned: Score) -> None:
    """The weights are those fitted on this file."""
    assert tuned.right >= 74
    assert tuned.wrong <= 5


def test_the_command_prints_rates_only(folder: Path) -> None:
    """As a table and as JSON."""
    file = str(folder / "tuned.yaml")
    table = CliRunner().invoke(bench, ["meaning", file])
    assert (table.exit_code, "main act and topic" in table.stdout) == (0, True)
    document = json.loads(CliRunner().invoke(bench, ["meaning", file, "--json"]).stdout)
    assert document["sets"]["tuned.yaml"]["falsely_accused"] == 0
    assert load(folder / "tuned.yaml")[0].text not in table.stdout


@pytest.mark.parametrize("name", LEARNED)
def test_nothing_of_the_held_out_set_was_learned(folder: Path, name: str) -> None:
    """No four words in a row stand in both."""
    kept = set[str]().union(*[_phrases(each.text) for each in load(folder / "held.yaml")])
    assert sum(not kept.isdisjoint(_phrases(each.text)) for each in load(folder / name)) == 0
    cues = Path(meaning.__file__).with_name("words.txt").read_text(encoding="utf-8").replace("\n ", " ")
    assert sum(not kept.isdisjoint(_phrases(cue)) for cue in re.split(r"[|:\n]", cues.partition("[phrases]")[2])) == 0


@pytest.mark.parametrize("name", LEARNED)
def test_entries_are_well_formed(folder: Path, name: str) -> None:
    """Ids are unique, and threats are labelled twice."""
    entries = load(folder / name)
    assert len({each.id for each in entries}) == len(entries) > 1_000
    assert [each.id for each in entries if each.threat != ("conditional_threat" in each.acts)] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- id: x", "missing required field"),
        ("- {id: x, text: y, acts: [sing], topics: []}", "Invalid enum value"),
        ("- {id: x, text: y, acts: [], topics: []}", "length >= 1"),
        ("foo: [", "parsing"),
        ("hello", "Expected `array`"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    """With the place, the problem and the remedy."""
    file = tmp_path / "labels.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LabelsError, match="Write a YAML list") as caught:
        load(file)
    assert problem in str(caught.value)
    assert str(file) in str(caught.value)


def _phrases(text: str) -> set[str]:
    words = re.findall(r"\{[\w.]+\}|[\w']+", text.casefold())
    return {" ".join(words[n : n + PHRASE]) for n in range(len(words) - PHRASE + 1)}
