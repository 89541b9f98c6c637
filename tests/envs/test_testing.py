"""The checks for authors of agents and worlds: they accept what is right, and each planted fault is found."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import simenv.testing
from simenv import Session
from simenv.company.state import Company
from simenv.core.calls import ToolCall
from simenv.core.errors import UnknownNameError
from simenv.core.turns import Action, Observation
from simenv.policies import BasePolicy, call
from simenv.staging import TOOLS, find_world
from simenv.testing import ConformanceError, check_policy, check_world, random_call


class Listing(BasePolicy):
    """Lists its mail a few times, page by page, and goes home."""

    def __init__(self) -> None:
        self.page = 0

    def act(self, observation: Observation) -> Action:
        """List the next page."""
        self.page += 1
        return call("mail_list", page=self.page) if self.page < 6 else call("finish")


class Forgetful(Listing):
    """Forgets in its state what it needs."""

    def state(self) -> Any:
        """Forget."""
        return {}

    def load(self, state: Any) -> None:
        """Load nothing."""


class Talkative(Listing):
    """A question changes what it does next."""

    def answer(self, question: str) -> str:
        """Turn a page while talking."""
        self.page += 1
        return "Well."


class Texting(Listing):
    """Returns text where an action is wanted."""

    def act(self, observation: Observation) -> Any:
        """Talk."""
        return "finish"


class Mute(Listing):
    """Does not answer with text."""

    def answer(self, question: str) -> Any:
        """Say nothing at all."""


class Bare:
    """Has one method only."""

    def act(self, observation: Observation) -> Action:
        """Go home."""
        return call("finish")


def test_a_good_policy_passes() -> None:
    check_policy(Listing)
    check_policy(Forgetful, deterministic=False)


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (Forgetful, "must be in state"),
        (Talkative, "must not change it"),
        (Texting, "returned str at call 0"),
        (Mute, "did not return text"),
        (Bare, "lacks one of"),
    ],
)
def test_a_wrong_policy_is_found(wrong: Any, what: str) -> None:
    with pytest.raises(ConformanceError, match=what):
        check_policy(wrong)


def test_a_policy_that_chooses_by_chance_is_told_apart() -> None:
    rng = np.random.default_rng(0)

    class Guessing(BasePolicy):
        def act(self, observation: Observation) -> Action:
            return call("mail_list", page=int(rng.integers(1, 1000)))

        def state(self) -> None:
            return None

        def load(self, state: None) -> None:
            return None

    with pytest.raises(ConformanceError, match="decides otherwise"):
        check_policy(Guessing)
    check_policy(Guessing, deterministic=False)


def test_the_world_passes() -> None:
    check_world("summit_bridge", seeds=[1, 2], scenario="default")
    check_world("summit_bridge", seeds=[3], calls=150)


def test_a_fork_that_shares_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Company.fork

    def sharing(self: Company) -> Company:
        other = honest(self)
        other.seats = self.seats
        return other

    monkeypatch.setattr(Company, "fork", sharing)
    with pytest.raises(ConformanceError, match="a session that was forked went on with"):
        check_world("summit_bridge", seeds=[1], scenario="default")


def test_a_fork_that_is_another_episode_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(self: Session, recorder: object = None) -> Session:
        other = Session("summit_bridge")
        other.reset(self.seed)
        return other

    monkeypatch.setattr(Session, "fork", late)
    with pytest.raises(ConformanceError, match="a fork went on with"):
        check_world("summit_bridge", seeds=[1], scenario="default")


def test_bytes_that_hold_too_little_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Session, "restore", lambda self, data: None)
    with pytest.raises(ConformanceError, match="restored from bytes went on with"):
        check_world("summit_bridge", seeds=[1], scenario="default")


def test_a_tool_that_refuses_what_its_schema_allows_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simenv.testing, "random_call", lambda session, rng: ToolCall("mail_read", {"page": 1}))
    with pytest.raises(ConformanceError, match="was refused"):
        check_world("summit_bridge", seeds=[1], scenario="default")


def test_judges_that_look_back_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simenv.testing, "refold", lambda scene, events: (None, []))
    with pytest.raises(ConformanceError, match="step by step"):
        check_world("summit_bridge", seeds=[1], calls=5, scenario="default")


def test_a_world_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="world"):
        check_world(tmp_path / "nowhere")


def test_random_calls_are_about_what_is_there() -> None:
    session, rng = Session("summit_bridge", scenario="bench"), np.random.default_rng(1)
    session.reset(1)
    codes: Counter[str] = Counter()
    tools: Counter[str] = Counter()
    for _ in range(600):
        made = random_call(session, rng)
        tools[made.name] += 1
        codes.update(result.code for result in session.step(made).results)
        if session.over:
            session.reset(1)
    assert set(tools) == {tool.name for tool in session.tools}
    assert 0 < tools["finish"] < tools["mail_read"]
    assert codes["ok"] > 0.97 * codes.total()
    assert set(codes) <= {"ok", "not_found"}


def test_random_calls_are_seeded_and_need_no_session() -> None:
    session = Session(find_world("summit_bridge"))
    session.reset(1)
    view = session.simulation.view
    seeds = range(25 * len(TOOLS))
    first = [random_call(view, np.random.default_rng(seed)) for seed in seeds]
    assert first == [random_call(view, np.random.default_rng(seed)) for seed in seeds]
    assert {made.name for made in first} == set(TOOLS)
    ids = {made.arguments["id"] for made in first if made.name.startswith("mail_") and "id" in made.arguments}
    shown = {message.id for folder in ("inbox", "sent") for message in view.folder(folder, False, 0, 30)}
    assert ids <= shown
    assert len(ids) > len(shown) / 2
