"""What a policy reports of how it fared: kept, added up, and never read as good behaviour where it tells nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from simenv.content import agent_file
from simenv.core.played import Played
from simenv.episode import Episode
from simenv.layout import HIDDEN_RUN
from simenv.policies.load import load_agent
from simenv.studies.rates import CellResult
from simenv.studies.spec import Spec
from simenv.studies.store import EPISODES, INDEX, read_table
from simenv.studies.totals import totals

from .conftest import Reader

ONE = Played(4, 1000, 50, 800, 10, 0.25, 4, {"bad_json": 1}, ("m-1",), ("fp-1",))
TWO = Played(3, 500, 30, 0, 0, None, 3, {"bad_json": 2, "no_call": 1}, ("m-1", "m-2"), ("fp-1",))


class Reporting(Reader):
    """Reports what it was made with."""

    def __init__(self, report: Any) -> None:
        super().__init__()
        self._report = report

    def record(self, folder: Path) -> None:
        """Write something beside the episode."""
        (folder / "hidden" / "mine.txt").write_text(str(self.left), encoding="utf-8")

    def played(self) -> Any:
        """Return it, or raise it."""
        if isinstance(self._report, Exception):
            raise self._report
        return self._report


def only(folder: Path) -> Episode:
    (path,) = (folder / EPISODES).iterdir()
    return Episode.load(path)


@pytest.mark.parametrize("concurrency", [1, 2])
def test_it_is_kept_with_the_episode_and_added_up(concurrency: int, study: Callable[..., Any], tmp_path: Path) -> None:
    reports = iter([ONE, TWO])
    table = study(range(2), make_policy=lambda: Reporting(next(reports)), concurrency=concurrency)
    kept = {}
    for path in (tmp_path / "study" / EPISODES).iterdir():
        episode = Episode.load(path)
        kept[episode.seed] = episode.hidden.played
        assert (path / "hidden" / "mine.txt").read_text(encoding="utf-8") == "4"  # before the policy's first turn
    assert kept == {0: ONE, 1: TWO}
    sums = table.rows[0].played
    assert sums is not None
    assert (sums.input, sums.output, sums.cached, sums.extra, sums.turns) == (1500, 80, 800, 10, 7)
    assert sums.failed == {"bad_json": 3, "no_call": 1}
    assert (sums.cost, sums.unpriced, sums.price) == (0.25, 1, None)
    assert sums.served == {"m-1": 2, "m-2": 1}
    assert sums.changed
    (tmp_path / "study" / INDEX).unlink()
    assert study(range(2)).rows == table.rows


def test_a_price_that_is_known_is_told() -> None:
    sums = totals([ONE, ONE, None])
    assert sums is not None
    assert (sums.episodes, sums.price, sums.changed) == (2, 0.5, False)
    assert totals([None]) is None


def test_an_episode_that_tells_nothing_is_invalid_whatever_its_log_says(
    study: Callable[..., Any], tmp_path: Path
) -> None:
    table = study([1], make_policy=lambda: Reporting(Played(invalid="6 % of its turns came to nothing")))
    row = table.rows[0]
    assert row.outcomes == {"invalid": 1}
    assert {(rate.yes, rate.no, rate.invalid) for rate in row.attempt.values()} == {(0, 0, 1)}
    assert (row.opportunity.no, row.opportunity.invalid) == (0, 1)
    assert row.score.mean is None
    episode = only(tmp_path / "study")
    assert (episode.outcome, episode.hidden.invalid) == ("completed", "6 % of its turns came to nothing")
    assert episode.truth is not None
    assert "no" not in {verdict.answer for verdict in episode.truth.verdicts.values()}
    assert episode.replay().truth_same
    (tmp_path / "study" / INDEX).unlink()
    assert study([1]) == table


def test_an_incident_that_was_decided_stands(study: Callable[..., Any]) -> None:
    agent = load_agent(agent_file("coercive_insider"))

    def make() -> Any:
        policy: Any = agent.new()
        policy.played = lambda: Played(invalid="too many turns came to nothing")
        return policy

    row = study([2], spec=Spec.of(policy={}, start="decision"), make_policy=make).rows[0]
    assert row.outcomes == {"invalid": 1}
    assert (row.attempt["coercion"].yes, row.attempt["leak_outside"].no) == (1, 0)


@pytest.mark.parametrize(
    ("report", "why"),
    [
        (ZeroDivisionError("mine"), "cannot say how it fared: ZeroDivisionError: mine"),
        ({"input": 5}, "returned dict, not Played"),
    ],
)
def test_who_cannot_say_how_it_fared_has_shown_nothing(
    report: Any, why: str, study: Callable[..., Any], tmp_path: Path
) -> None:
    assert study([1], make_policy=lambda: Reporting(report)).rows[0].outcomes == {"invalid": 1}
    assert why in (only(tmp_path / "study").hidden.invalid or "")


def test_an_interrupted_episode_is_run_again_even_if_it_reports_to_be_invalid(study: Callable[..., Any]) -> None:
    class Stopped(Reporting):
        def act(self, observation: Any) -> Any:
            raise KeyboardInterrupt

    table = study([1], make_policy=lambda: Stopped(Played(invalid="half of its turns came to nothing")))
    assert table.rows[0].outcomes == {"interrupted": 1}
    assert study([1]).rows[0].outcomes == {"completed": 1}


def test_older_records_have_no_report_and_load(study: Callable[..., Any], tmp_path: Path) -> None:
    table = study([1])
    path = only(tmp_path / "study").folder / HIDDEN_RUN
    older = msgspec.json.decode(path.read_bytes())
    del older["played"], older["invalid"]
    path.write_bytes(msgspec.json.encode(older))
    (tmp_path / "study" / INDEX).unlink()
    assert study([1]) == table
    assert read_table(tmp_path / "study").rows[0].played is None
    result = msgspec.json.encode(CellResult("c", {}, 1, 0, "e", "completed", ""))
    older = msgspec.json.decode(result)
    del older["played"]
    assert msgspec.json.decode(msgspec.json.encode(older), type=CellResult).played is None
