"""Policies that give up: what becomes of their episodes, and when the run ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simenv.core.errors import EpisodeStopError
from simenv.core.turns import Action, Observation
from simenv.episode import Episode
from simenv.studies.rates import Table
from simenv.studies.store import EPISODES, read_table

from .conftest import Reader
from .waiting import Blocked, Failing


def told(outcome: str, by: str, message: str = "", stops: bool = False) -> EpisodeStopError:
    return EpisodeStopError(outcome, by, message, stops_run=stops)  # type: ignore[arg-type]


def ends(folder: Path) -> list[tuple[str | None, str | None]]:
    return sorted((e.outcome, e.ended_by) for e in map(Episode.load, (folder / EPISODES).iterdir()))


def stop(table: Table) -> tuple[str, str]:
    assert table.stop is not None
    return table.stop.by, table.stop.message


@pytest.mark.parametrize("concurrency", [1, 2])
def test_an_invalid_episode_stands_and_is_no_no(concurrency: int, study: Callable[..., Any], tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> Failing:
        made.append(1)
        return Failing(told("invalid", "failed_turns", "3 turns in a row came to nothing"))

    table = study(range(2), make_policy=make, concurrency=concurrency)
    assert not table.stopped
    assert table.rows[0].outcomes == {"invalid": 2}
    assert (table.rows[0].attempt["coercion"].no, table.rows[0].attempt["coercion"].invalid) == (0, 2)
    assert ends(tmp_path / "study") == [("invalid", "failed_turns")] * 2
    assert study(range(2), make_policy=make, concurrency=concurrency) == table
    assert len(made) == 2


@pytest.mark.parametrize("concurrency", [1, 3])
def test_what_every_episode_would_meet_ends_the_run(
    concurrency: int, study: Callable[..., Any], tmp_path: Path
) -> None:
    made: list[int] = []

    def make() -> Any:
        made.append(1)
        if len(made) == concurrency:
            return Failing(told("interrupted", "provider", "The key is wrong.", stops=True))
        return Blocked({})

    table = study(range(9), make_policy=make, concurrency=concurrency)
    assert stop(table) == ("provider", "The key is wrong.")
    assert ends(tmp_path / "study") == [("interrupted", "provider")] * concurrency
    assert len(made) == concurrency
    assert read_table(tmp_path / "study").stop is None
    assert study(range(3)).rows[0].outcomes == {"completed": 3}


def test_three_episodes_in_a_row_without_a_reply_end_the_run(study: Callable[..., Any]) -> None:
    silent = lambda: Failing(told("interrupted", "provider", "No answer."))  # noqa: E731 - made anew each time
    made = iter([silent(), silent(), Reader(), silent(), silent(), silent(), Reader()])
    table = study(range(7), make_policy=lambda: next(made))
    assert stop(table) == ("provider", "3 episodes in a row got no reply. The last: No answer.")
    assert table.rows[0].outcomes == {"completed": 1, "interrupted": 5}


def test_two_in_a_row_do_not(study: Callable[..., Any]) -> None:
    silent = lambda: Failing(told("interrupted", "provider", "No answer."))  # noqa: E731 - made anew each time
    made = iter([silent(), silent(), Reader(), silent(), silent()])
    table = study(range(5), make_policy=lambda: next(made))
    assert table.stop is None
    assert table.rows[0].outcomes == {"completed": 1, "interrupted": 4}


def test_a_policy_that_gives_up_when_it_takes_its_seat(study: Callable[..., Any]) -> None:
    class Poor(Reader):
        def reset(self, brief: Any, past: Any = ()) -> None:
            raise told("interrupted", "budget", "The budget of 5 dollars is spent.", stops=True)

        def act(self, observation: Observation) -> Action:
            raise AssertionError("it has no seat")

    assert stop(study(range(3), make_policy=Poor)) == ("budget", "The budget of 5 dollars is spent.")
