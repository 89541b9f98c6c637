"""What ``simenv bench`` prints is what docs/speed.md shows, and its fixed sample is the same on every machine."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from simenv.bench import steps, week
from simenv.bench.measure import Figure


@pytest.fixture(scope="module")
def published(repository: Path) -> dict[str, Any]:
    """Return the committed figures."""
    found: dict[str, Any] = json.loads((repository / "docs/figures/steps.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def sample() -> list[Figure]:
    """Run the benchmark once, with few calls a take."""
    return steps.run(rounds=1, calls=80)


def test_every_published_figure_is_measured(published: dict[str, Any], sample: list[Figure]) -> None:
    """Same names, units and aims, in the same order."""
    mine = [(figure.name, figure.unit, figure.aim, figure.better) for figure in sample]
    assert mine == [(f["name"], f["unit"], f["aim"], f["better"]) for f in published["figures"]]
    assert all(figure.value > 0 for figure in sample)


def test_the_fixed_sample_is_the_same_everywhere(published: dict[str, Any], sample: list[Figure]) -> None:
    """Times differ from machine to machine; what was done while they were taken does not."""
    counts = re.compile(r"(?<![\d.])([\d,]+) events(?! a )")
    beside = {figure.name: counts.findall(figure.beside) for figure in sample}
    compared = 0
    for figure in published["figures"]:
        assert beside[figure["name"]] == counts.findall(figure["beside"])
        compared += bool(beside[figure["name"]])
    assert compared >= 8


def test_the_page_shows_the_published_figures(published: dict[str, Any], repository: Path) -> None:
    """Command, commit, date and every figure stand on the page."""
    page = (repository / "docs/speed.md").read_text(encoding="utf-8")
    for name in ("command", "commit", "date"):
        assert published[name] in page
    for figure in published["figures"]:
        assert f"| {figure['name']} | {figure['value']:.3g} {figure['unit']} |" in page


def test_a_week_is_measured() -> None:
    """Everything that is asked of the large world has a figure, and the tree has as many leaves as it says."""
    figures = {figure.name: figure for figure in week.run(rounds=1, batches=1, leaves=12)}
    aims = {name: figure.aim for name, figure in figures.items() if figure.aim is not None}
    assert {aims[f"warm reset, {start}"] for start in ("week", "day", "decision")} == {2.0}
    assert (aims["idle week"], aims["tree of 1,000 forks at the decision"]) == (2.0, 10.0)
    assert {"reading calls", "mail calls", "env.step at 10 % sends"} < set(aims)
    assert "12 of them played to the end" in figures["tree of 1,000 forks at the decision"].beside
    assert all(figure.value > 0 for figure in figures.values())


def test_a_full_tree_has_a_thousand_forks() -> None:
    """Ten, then nine of each, then ten of each of those."""
    forks, leaves = 0, 1
    for branches in week.BRANCHES:
        leaves *= branches
        forks += leaves
    assert forks == 1_000


def test_an_aim_is_reached_or_not() -> None:
    """More is better for rates, less for times; without an aim nothing is claimed."""
    assert Figure("a", 0.6, "x", 0.5, "more", "").reached is True
    assert Figure("a", 0.4, "x", 0.5, "more", "").reached is False
    assert Figure("a", 0.4, "x", 0.5, "less", "").reached is True
    assert Figure("a", 0.4, "x", None, "less", "").reached is None
