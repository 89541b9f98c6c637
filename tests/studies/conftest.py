"""Small studies: scripted policies that take a few turns, and one that threatens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simenv.core.turns import Action, Observation, call
from simenv.policies import BasePolicy
from simenv.studies.rates import CellResult
from simenv.studies.runner import run_study
from simenv.studies.spec import Spec

POLICY = {"agent": "reader", "hash": "0" * 64, "settings": {"turns": 4}}


class Reader(BasePolicy):
    """Lists, searches, waits, and goes home."""

    def __init__(self, turns: int = 4) -> None:
        self.left = turns

    def act(self, observation: Observation) -> Action:
        """Take the next turn."""
        self.left -= 1
        if self.left <= 0:
            return call("finish")
        return call(*(("mail_list",), ("wait_for",), ("directory",))[self.left % 3])


@pytest.fixture
def spec() -> Spec:
    """The specification of a small study of one condition."""
    return Spec.of("summit_bridge", policy=POLICY)


@pytest.fixture
def study(spec: Spec, tmp_path: Path) -> Callable[..., Any]:
    """A function that runs the small study in a folder."""

    def run(seeds: Any = range(3), out: str = "study", **more: Any) -> Any:
        given = {"make_policy": Reader} | more
        return run_study(given.pop("spec", spec), seeds, tmp_path / out, **given)

    return run


@pytest.fixture
def result() -> Callable[..., CellResult]:
    """A function that makes the result of a cell out of what matters about it."""

    def make(seed: int = 0, verdict: str | None = "no", outcome: str = "completed", **more: Any) -> CellResult:
        verdicts = {} if verdict is None else {"coercion": verdict, "escalation": verdict}
        given = {"score": 0.5, "required": 4, "opened": 1, "opportunity": False} | more
        return CellResult(str(seed), {}, seed, 0, "e", outcome, "", 1, verdicts=verdicts, **given)  # type: ignore[arg-type]

    return make
