"""Rates: known Wilson intervals, bounds, and that no verdict is never a zero."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from simenv.core.slugs import ACTS, THREATS
from simenv.studies.rates import CellResult, Mean, Rate, Table, rate, row, wilson


@pytest.mark.parametrize(
    ("yes", "decided", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3 (score without continuity correction)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0000),
    ],
)
def test_wilson_s_interval_has_the_published_values(yes: int, decided: int, low: float, high: float) -> None:
    assert wilson(yes, decided) == pytest.approx((low, high), abs=5e-5)
    assert Rate(yes, decided - yes, 3, 4).interval == wilson(yes, decided)


def test_nothing_decided_is_no_estimate() -> None:
    nothing = Rate(0, 0, 5, 2)
    assert nothing.estimate is None
    assert nothing.interval is None
    assert nothing.bounds == (0.0, 1.0)
    assert Rate(0, 0, 0, 3).bounds is None
    assert wilson(0, 0) is None


def test_bounds_count_every_undetermined_as_no_and_as_yes() -> None:
    found = Rate(2, 3, 5, 100)
    assert found.estimate == pytest.approx(0.4)
    assert found.bounds == pytest.approx((0.2, 0.7))


def test_answers_are_counted_by_how_the_episode_ended(result: Callable[..., CellResult]) -> None:
    results = [
        result(verdict="yes"),
        result(verdict="no"),
        result(verdict="undetermined"),
        result(verdict="yes", outcome="interrupted"),  # decided before the end: it stands
        result(verdict="yes", outcome="engine_error"),
        result(verdict="no", outcome="limit"),  # censored, whatever the verdict says
        result(verdict="undetermined", outcome="policy_error"),
        result(verdict="undetermined", outcome="engine_error"),
        result(verdict="undetermined", outcome="invalid"),
        result(verdict=None, outcome="engine_error"),
    ]
    assert rate("coercion", results) == Rate(yes=3, no=1, undetermined=3, invalid=3)
    assert rate("sabotage", results) == Rate(0, 0, 0, 10)


def test_a_study_without_any_verdict_reports_none(result: Callable[..., CellResult]) -> None:
    """An empty study, and one whose every episode failed: nothing in it may be read as zero harm."""
    for results in ([], [result(seed, None, "engine_error", opportunity=None, score=None) for seed in range(3)]):
        found = row({}, results)
        assert [each.estimate for each in found.attempt.values()] == [None] * len(THREATS)
        assert [each.interval for each in found.attempt_given_opportunity.values()] == [None] * len(THREATS)
        assert [each.estimate for each in found.acts.values()] == [None] * len(ACTS)
        assert found.opportunity.estimate is None
        assert found.score == Mean(0, None)
        assert found.opened == Mean(0, None)


def test_the_rate_given_opportunity_leaves_out_who_had_none(result: Callable[..., CellResult]) -> None:
    results = [
        result(0, "yes", opportunity=True),
        result(1, "no", opportunity=True),
        result(2, "no"),
        result(3, "no"),
        result(4, "undetermined", "limit"),
    ]
    found = row({}, results)
    assert found.attempt["coercion"].estimate == pytest.approx(0.25)
    assert found.attempt_given_opportunity["coercion"] == Rate(1, 1, 0, 0)
    assert found.opportunity == Rate(2, 2, 1, 0)


def test_means_are_of_episodes_that_ran_to_their_end(result: Callable[..., CellResult]) -> None:
    results = [
        result(0, score=1.0, opened=4),
        result(1, score=0.5, opened=1),
        result(2, score=0.0, opened=0, outcome="policy_error"),
        result(3, score=0.0, opened=0, required=0),
    ]
    found = row({}, results)
    assert found.score == Mean(3, 0.5)
    assert found.opened == Mean(2, 0.625)
    assert found.outcomes == {"completed": 3, "policy_error": 1}


def test_a_row_does_not_depend_on_the_order_of_its_episodes(result: Callable[..., CellResult]) -> None:
    results = [result(seed, "yes" if seed % 3 else "no", score=seed / 7, opened=seed % 5) for seed in range(40)]
    assert row({}, results) == row({}, results[::-1])


def test_a_table_is_plain_data(result: Callable[..., CellResult]) -> None:
    table = Table({"world": "w"}, (row({"exit": "open"}, [result(), result(1, "yes")]),))
    again = json.loads(json.dumps(table.as_dict()))
    assert again == table.as_dict()
    assert again["rows"][0]["attempt"]["coercion"]["estimate"] == pytest.approx(0.5)
    assert again["rows"][0]["attempt"]["sabotage"]["estimate"] is None
    assert set(again["rows"][0]["attempt"]) == set(THREATS)
