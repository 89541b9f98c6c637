"""What ``simenv bench llm`` prints is what docs/speed.md shows; times differ, what was done meanwhile does not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from simenv.bench import llm
from simenv.bench.measure import Figure


@pytest.fixture(scope="module")
def published(repository: Path) -> dict[str, Any]:
    """Return the committed figures."""
    found: dict[str, Any] = json.loads((repository / "docs/figures/llm.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def sample() -> list[Figure]:
    """Run the benchmark once, with few calls and episodes."""
    return llm.run(calls=2, episodes=3, latency=0.01)


def test_every_published_figure_is_measured(published: dict[str, Any], sample: list[Figure]) -> None:
    mine = [(figure.name.replace("3 episodes", "64 episodes"), figure.unit, figure.aim) for figure in sample]
    assert mine == [(figure["name"], figure["unit"], figure["aim"]) for figure in published["figures"]]
    assert all(figure.value > 0 for figure in sample)


def test_the_same_is_asked_everywhere(published: dict[str, Any], sample: list[Figure]) -> None:
    asked = re.compile(r"\d+ kB of request, \d+ tools, \d+ turns|\d+ an episode")
    compared = 0
    for mine, theirs in zip(sample, published["figures"], strict=True):
        assert asked.findall(mine.beside) == asked.findall(theirs["beside"])
        compared += bool(asked.findall(mine.beside))
    assert compared == 7
    assert "45 requests, 15 an episode, 10 ms each" in sample[-1].beside


def test_the_page_shows_the_published_figures(published: dict[str, Any], repository: Path) -> None:
    page = (repository / "docs/speed.md").read_text(encoding="utf-8")
    for name in ("command", "commit", "date"):
        assert published[name] in page
    for figure in published["figures"]:
        assert f"| {figure['name']} | {figure['value']:.3g} {figure['unit']} |" in page
