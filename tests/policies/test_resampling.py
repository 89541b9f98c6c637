"""Of several draws from one state the least suspicious is taken, and everything goes on from there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import simenv
from simenv.core.calls import ToolCall
from simenv.core.errors import EpisodeStopError, PolicyError
from simenv.core.played import Played
from simenv.core.turns import Action, Brief, Observation, call
from simenv.core.waiting import settle
from simenv.policies import BasePolicy
from simenv.policies.around import CONTROL, together
from simenv.policies.resampling import Resampling
from simenv.policies.scorers import LongestOutbound, Mentions
from simenv.session import Session

NOW = Observation(60, "", 0, 60)
SCORER = LongestOutbound(1_000)


def taken(policy: Any, brief: Brief, turns: int = 1) -> list[Action]:
    """Return what a policy does in its first turns."""
    settle(policy.reset(brief))
    return [settle(policy.act(NOW)) for _ in range(turns)]


def test_the_least_suspicious_is_taken_and_the_rest_is_drafted(
    drawing: Any, brief: Brief, send: Callable[..., Action]
) -> None:
    inner = drawing([send(500), send(300), send(100), send(200)])
    (action,) = taken(policy := Resampling(inner, SCORER, draws=3), brief)
    assert action.calls == send(100).calls
    assert action.drafted == (*send(500).calls, *send(300).calls)
    assert len(inner.seen) == 1  # of the draws that were not taken it knows nothing
    assert policy.choices[0].taken == 2
    assert settle(policy.act(NOW)).calls == send(200).calls  # from the state of what was taken: 3, then 4 and 5


def test_what_was_not_scored_wins_only_if_nothing_was(drawing: Any, brief: Brief, send: Callable[..., Action]) -> None:
    broken, empty = Action((ToolCall("mail_send", "{"),)), Action(say="Nothing.")
    (action,) = taken(policy := Resampling(drawing([broken, empty, send(900)]), SCORER, draws=3), brief)
    assert action.calls == send(900).calls
    assert policy.choices[0].scores[:2] == (None, None)
    assert policy.choices[0].reason == "score"
    (action,) = taken(policy := Resampling(drawing([empty, broken]), SCORER, draws=2), brief)
    assert action == Action(say="Nothing.", drafted=broken.calls)
    assert (policy.choices[0].scores, policy.choices[0].reason) == ((None, None), "unscored")


@pytest.mark.parametrize("wrong", [1.1, -0.1, float("nan"), True, "high"])
def test_what_is_no_score_is_an_error(wrong: object, drawing: Any, brief: Brief, send: Callable[..., Action]) -> None:
    policy = Resampling(drawing([send()]), lambda *seen: wrong)  # type: ignore[arg-type, return-value]
    with pytest.raises(PolicyError, match=r"a number in \[0, 1\], or None"):
        taken(policy, brief)


def test_a_scorer_may_be_asynchronous_and_sees_what_was_done(
    drawing: Any, brief: Brief, send: Callable[..., Action]
) -> None:
    pasts = []

    async def scorer(brief: Brief, past: Any, observation: Observation, action: Action) -> float:
        pasts.append([len(done.calls[0].arguments["body"]) for _, done in past])
        return 0.5

    taken(Resampling(drawing([send(100), send(200)]), scorer, draws=2), brief, turns=2)
    assert pasts == [[], [], [100], [100]]


def test_no_draw_is_refused(drawing: Any) -> None:
    with pytest.raises(PolicyError, match="one draw at least"):
        Resampling(drawing([]), SCORER, draws=0)


def test_an_episode_is_forked_exactly_and_its_choices_are_written(seat: Callable[..., Session], tmp_path: Path) -> None:
    def new() -> Resampling:
        return Resampling(simenv.agent("random_clicker"), Mentions(("report", "budget", "figures")), draws=3)

    session, policy = seat(max_calls=12), new()
    policy.record(tmp_path)
    settle(policy.reset(session.brief))
    for _ in range(5):
        session.act(settle(policy.act(session.observation)))
    branch, other = session.fork(), new()
    other.load(policy.state())
    for one, who in ((session, policy), (branch, other)):
        while not one.over:
            one.act(settle(who.act(one.observation)))
    whole, again = seat(max_calls=12), new()
    whole.play(again)
    assert list(session.transcript) == list(branch.transcript) == list(whole.transcript)
    assert policy.choices == other.choices == again.choices
    assert any(entry.drafted for entry in session.transcript)
    assert len({choice.taken for choice in policy.choices}) > 1
    lines = [json.loads(line) for line in (tmp_path / CONTROL).read_text(encoding="utf-8").splitlines()]
    assert [line["taken"] for line in lines] == [choice.taken for choice in policy.choices]
    assert len(lines) == 12


def test_a_policy_that_fails_is_told_of(seat: Callable[..., Session]) -> None:
    inner = BasePolicy()
    inner.act = lambda observation: None  # type: ignore[method-assign, assignment, return-value]
    with pytest.raises(PolicyError, match="must return an Action"):
        seat().play(Resampling(inner, SCORER))


class Failing(BasePolicy):
    """Fails on some of its draws, as a model does after too many failed turns."""

    def __init__(self, *failing: int, outcome: str = "invalid") -> None:
        self.failing, self.outcome, self.number = failing, outcome, 0

    def vary(self, n: int) -> None:
        """Make the next draw this one."""
        self.number = n

    def act(self, observation: Observation) -> Action:
        """Fail, or wait as many minutes as the number of the draw."""
        if self.number in self.failing:
            raise EpisodeStopError(self.outcome, "failed_turns", "Too many.")  # type: ignore[arg-type]
        return call("wait", minutes=self.number)


def test_a_draw_that_fails_is_no_draft_unless_all_do(brief: Brief) -> None:
    def minutes(brief: Brief, past: Any, observation: Observation, action: Action) -> float:
        return float(action.calls[0].arguments["minutes"]) / 10  # type: ignore[index]

    (action,) = taken(policy := Resampling(Failing(0, 2), minutes, draws=4), brief)
    assert action == Action(call("wait", minutes=1).calls, drafted=call("wait", minutes=3).calls)
    assert policy.choices[0].scores == (0.1, 0.3)
    for failing, outcome in (((0, 1), "invalid"), ((1,), "interrupted")):
        with pytest.raises(EpisodeStopError) as stopped:
            taken(Resampling(Failing(*failing, outcome=outcome), minutes, draws=2), brief)
        assert stopped.value.outcome == outcome


def test_what_the_inside_reports_is_passed_on(drawing: Any) -> None:
    policy = Resampling(drawing([call("finish")]), SCORER)
    assert policy.played() is None
    assert settle(policy.answer("How often?")) == '{"turns": 0}'
    assert policy.close() is None
    one = Played(requests=2, input=5, cost=0.5, failed={"empty": 1}, served=("a",))
    other = Played(requests=1, input=7, cost=None, failed={"empty": 2}, served=("a", "b"), invalid="why")
    both = together([one, other])
    assert both == Played(requests=3, input=12, failed={"empty": 3}, served=("a", "b"), invalid="why")
    assert together([one, Played()]) == one
    assert together([]) is None
