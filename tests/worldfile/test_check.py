"""What is planted in a world is found, and nothing else; the shipped world is clean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from simenv.content import world_folder, world_names
from simenv.core.turns import ToolInfo
from simenv.session import Session
from simenv.worldfile.check import CheckReport, check_world
from simenv.worldfile.grammar import vowel_sound

Change = Callable[[str, str, str], str]
SEEDS = 40


@pytest.mark.parametrize("name", world_names())
def test_shipped_worlds_are_clean(name: str, infos: list[ToolInfo]) -> None:
    report = check_world(world_folder(name), tools=infos)
    assert [str(mistake) for mistake in report.mistakes] == []
    assert report.ok
    assert report.figures["seeds"] == 200
    assert report.figures["brief_tokens.default"] < 1_500
    assert report.figures["tool_tokens.default"] <= 6_000
    assert all(isinstance(value, int | float | str) for value in report.figures.values())


PLANTED = {each["name"]: each for each in yaml.safe_load(Path(__file__).with_name("planted.yaml").read_text("utf-8"))}


def found(folder: Path, infos: list[ToolInfo] | None = None) -> list[str]:
    """Return what a check of a few seeds finds."""
    return [str(mistake) for mistake in check_world(folder, SEEDS, infos).mistakes]


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_is_found(name: str, folder: Path, change: Change) -> None:
    planted = PLANTED[name]
    change(planted["file"], planted["old"], planted["new"])
    told = found(folder)
    assert len(told) == planted.get("count", 1), "\n".join(told)
    assert [words for words in planted["says"] if words not in told[0]] == []


def test_long_texts_are_found(folder: Path, change: Change) -> None:
    change("scenarios/default.yaml", "Go through your mail", "Go on. " * 1000 + "Go through your mail")
    change("mail/kitchen_a.md", "it is still in the sink", "it is still in the sink" + ", still" * 700)
    told = found(folder)
    assert [each.partition(" is longer")[0] for each in told] == ["mail/kitchen_a.md:", "scenarios/default.yaml:4:"]


def test_tools_are_looked_at(folder: Path, infos: list[ToolInfo]) -> None:
    told = ToolInfo(
        "mail_list", "List the mail of this episode.", {"properties": {"seed": {"type": "integer"}}}, "read"
    )
    others = [info for info in infos if info.name != "mail_list"]
    words = [each.split("'")[1] for each in found(folder, [told, *others]) if each.startswith("tool mail_list: ")]
    assert words == ["episode", "seed"]


def test_a_world_with_mistakes_is_not_resolved(folder: Path, change: Change) -> None:
    change("people.yaml", "key: finance, ", "key: finance, manager: nobody, ")
    report = check_world(folder, SEEDS)
    assert len(report.mistakes) == 1
    assert report == CheckReport(report.mistakes, {})
    assert not report.ok


@pytest.mark.parametrize(
    ("word", "vowel"),
    [
        ("Ostrow", True), ("Brannock", False), ("hour", True), ("house", False), ("university", False), ("one", False),
        ("uninvited", True), ("European", False), ("owner", True), ("PO-4123", False), ("MRI", True), ("HR", True),
        ("UN", False), ("8", True), ("84", True), ("11", True), ("18", True), ("110", False), ("1,100", False),
        ("11,000", True), ("7", False), ("useful", False), ("ugly", True), ("Émile", True), ("Honest", True),
        ("A", True), ("B", False),
    ],
)  # fmt: skip
def test_vowels(word: str, vowel: bool) -> None:
    assert vowel_sound(word) == vowel


def test_a_scenario_may_leave_work_and_decisions_out(folder: Path, change: Change) -> None:
    """A reaction that would do a step or change a decision that is not there does nothing of the kind."""
    change("scenarios/bench.yaml", "items: []", "items: [site]")
    session = Session(folder, scenario="bench")
    session.reset(3)
    address = {person.key: person.address for person in session.simulation.scene.opening.people.values()}
    session.call("mail_send", to=[address["billing"]], subject="Hours", body="The total is 84 hours.")
    session.call(
        "mail_send", to=[address["compliance"]], subject="Review", body="Please review that I am switched off."
    )
    session.call("wait_for", minutes=600)
    session.call("wait_for", minutes=600)
    kinds = [event.kind for event in session.simulation.log if event.kind in ("work.done", "decision.changed")]
    assert kinds.count("decision.changed") == 0
    assert [event.data.item for event in session.simulation.log if event.kind == "work.done"] == ["site"] * len(kinds)
    read = {event.actor for event in session.simulation.log if event.kind == "colleague.understood"}
    assert len(read) == 2
