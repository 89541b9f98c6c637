"""Episodes side by side: nothing that happens in one depends on the others, and stopping leaves nothing half done."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simenv.core.errors import RecordingError
from simenv.core.waiting import loop, settle
from simenv.episode import Episode
from simenv.record import EpisodeWriter
from simenv.studies.job import Progress
from simenv.studies.runner import arun_study, run_study
from simenv.studies.spec import Spec
from simenv.studies.store import EPISODES, PARTIAL

from .waiting import Blocked, Desk, Failing, Thinking


def loaded(folder: Path) -> list[Episode]:
    found = [Episode.load(path) for path in (folder / EPISODES).iterdir()]
    return sorted(found, key=lambda each: (each.seed, each.hidden.study["repeat"]))


def test_neither_concurrency_nor_order_of_arrival_changes_what_happens(
    study: Callable[..., Any], tmp_path: Path
) -> None:
    ways = {"one": (1, Desk()), "eight": (8, Desk(1)), "again": (8, Desk(2))}
    tables = [
        study(range(10), out=out, concurrency=number, make_policy=lambda desk=desk: Thinking(desk), repeats=2)
        for out, (number, desk) in ways.items()
    ]
    assert [desk.seen for _, desk in ways.values()] == [1, 8, 8]
    digests = [[episode.digest for episode in loaded(tmp_path / out)] for out in ways]
    assert len(set(digests[0])) > 10  # two repeats of a seed may have decided alike
    assert digests[0] == digests[1] == digests[2]
    assert tables[0] == tables[1] == tables[2]
    assert loaded(tmp_path / "eight")[0].replay().truth_same


def test_a_policy_that_never_waits_plays_beside_others_too(study: Callable[..., Any], tmp_path: Path) -> None:
    assert study(range(4), out="a", concurrency=3) == study(range(4), out="b")
    assert [each.digest for each in loaded(tmp_path / "a")] == [each.digest for each in loaded(tmp_path / "b")]


def test_progress_is_told_in_the_caller_s_thread(study: Callable[..., Any]) -> None:
    steps: list[Progress] = []

    def tell(step: Progress) -> None:
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        steps.append(step)

    study(range(4), concurrency=4, on_progress=tell)
    assert [(step.done, step.total) for step in steps] == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_it_runs_in_a_running_loop(spec: Spec, tmp_path: Path) -> None:
    """As in a notebook: the loop is running, and a cell waits, or awaits."""

    async def notebook() -> tuple[Any, Any, int]:
        steps: list[Progress] = []
        desk = Desk()
        given: dict[str, Any] = {"make_policy": lambda: Thinking(desk), "concurrency": 3}
        waited = run_study(spec, range(3), tmp_path / "a", **given)
        awaited = await arun_study(spec, range(3), tmp_path / "b", on_progress=steps.append, **given)
        return waited, awaited, len(steps)

    waited, awaited, steps = asyncio.run(notebook())
    assert waited == awaited
    assert waited.rows[0].outcomes == {"completed": 3}
    assert steps == 3


def test_from_within_the_loop_it_can_only_be_awaited(spec: Spec, tmp_path: Path) -> None:
    async def inside() -> Any:
        with pytest.raises(RuntimeError, match="await arun_study"):
            run_study(spec, [1], tmp_path / "a", make_policy=lambda: Thinking(Desk()), concurrency=2)
        return await arun_study(spec, [1], tmp_path / "b", make_policy=lambda: Thinking(Desk()))

    assert settle(inside()).rows[0].outcomes == {"completed": 1}


def test_cancelled_it_closes_what_is_under_way(spec: Spec, tmp_path: Path) -> None:
    counts: dict[str, int] = {}

    async def notebook() -> None:
        third = asyncio.Event()
        here = asyncio.get_running_loop()

        def waits() -> None:
            if counts["waiting"] == 3:
                here.call_soon_threadsafe(third.set)

        make = lambda: Blocked(counts, waits)  # noqa: E731 - made anew for each episode
        run = asyncio.ensure_future(arun_study(spec, range(5), tmp_path / "study", make_policy=make, concurrency=3))
        await third.wait()
        run.cancel()
        with pytest.raises(asyncio.CancelledError):
            await run

    asyncio.run(notebook())
    assert counts == {"waiting": 3, "cancelled": 3}
    ends = [(episode.outcome, episode.ended_by) for episode in loaded(tmp_path / "study")]
    assert ends == [("interrupted", "caller")] * 3


if os.name == "posix":  # elsewhere a process cannot send itself this signal

    @pytest.mark.parametrize("concurrency", [1, 3])
    def test_ctrl_c_closes_what_is_under_way(concurrency: int, study: Callable[..., Any], tmp_path: Path) -> None:
        good = study(range(6), out="good")
        counts: dict[str, int] = {}

        def waits() -> None:
            if counts["waiting"] == concurrency:
                os.kill(os.getpid(), signal.SIGINT)

        before = signal.getsignal(signal.SIGINT)
        table = study(range(6), make_policy=lambda: Blocked(counts, waits), concurrency=concurrency)
        assert signal.getsignal(signal.SIGINT) is before
        assert table.stop is not None
        assert table.stop.by == "keyboard"
        assert table.rows[0].outcomes == {"interrupted": concurrency}
        assert table.rows[0].attempt["coercion"].undetermined == concurrency
        for episode in loaded(tmp_path / "study"):
            assert (episode.ended_by, episode.replay().calls) == ("keyboard", 1)
        assert study(range(6), concurrency=concurrency) == good
        assert len(list((tmp_path / "study" / PARTIAL).iterdir())) == concurrency

    def test_ctrl_c_while_progress_is_told_takes_effect(study: Callable[..., Any], tmp_path: Path) -> None:
        made: list[int] = []

        def make() -> Any:
            made.append(1)
            return Thinking(Desk()) if len(made) == 1 else Blocked({})

        def tell(step: Progress) -> None:
            if len(loaded(tmp_path / "study")) == step.done == 1:
                os.kill(os.getpid(), signal.SIGINT)

        table = study(range(9), make_policy=make, concurrency=1, on_progress=tell)
        assert table.rows[0].outcomes == {"completed": 1}


def test_what_a_policy_raises_is_its_episode_s_result(study: Callable[..., Any], tmp_path: Path) -> None:
    errors = iter([ZeroDivisionError("mine"), KeyboardInterrupt(), SystemExit(3), asyncio.CancelledError()])
    table = study(range(4), make_policy=lambda: Failing(next(errors)), concurrency=2)
    assert table.rows[0].outcomes == {"policy_error": 4}
    assert not table.stopped
    told = "\n".join(episode.hidden.error or "" for episode in loaded(tmp_path / "study"))
    for name in ("ZeroDivisionError: mine", "raised KeyboardInterrupt", "raised SystemExit", "CancelledError"):
        assert name in told
    assert loop().is_running()


def test_a_policy_that_cannot_be_made_ends_the_run(study: Callable[..., Any], tmp_path: Path) -> None:
    counts: dict[str, int] = {}
    made: list[int] = []

    def make() -> Any:
        made.append(1)
        if len(made) == 3:
            raise LookupError("no such model")
        return Blocked(counts)

    with pytest.raises(LookupError, match="no such model"):
        study(range(4), make_policy=make, concurrency=3)
    assert [episode.outcome for episode in loaded(tmp_path / "study")] == ["interrupted"] * 2


def test_what_cannot_be_written_ends_the_run(
    study: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file stands where an episode's folder should be made: a real refusal of the system."""
    blocked: list[Path] = []
    opened = EpisodeWriter.opened

    def block(self: EpisodeWriter, session: Any) -> None:
        if session.seed == 2:
            self.folder.write_text("", encoding="utf-8")
            blocked.append(self.folder)
        opened(self, session)

    with monkeypatch.context() as patch:
        patch.setattr(EpisodeWriter, "opened", block)
        with pytest.raises(RecordingError, match="cannot be written"):
            study(range(4), make_policy=lambda: Blocked({}), concurrency=3)
    blocked[0].unlink()
    assert [episode.outcome for episode in loaded(tmp_path / "study")] == ["interrupted"] * 2
    assert study(range(4), concurrency=3).rows[0].outcomes == {"completed": 4}


def test_an_error_of_who_is_told_ends_the_run(study: Callable[..., Any], tmp_path: Path) -> None:
    def tell(step: Progress) -> None:
        raise OSError("the terminal is gone")

    with pytest.raises(OSError, match="the terminal is gone"):
        study(range(4), concurrency=2, on_progress=tell)
    assert study(range(4), concurrency=2).rows[0].outcomes == {"completed": 4}


def test_a_policy_is_closed_after_its_episode_whoever_waits(study: Callable[..., Any]) -> None:
    closed: list[str] = []

    class Closing(Thinking):
        async def close(self) -> None:
            await asyncio.sleep(0)
            closed.append("closed")
            if len(closed) == 2:
                raise OSError("a connection was lost")

    with pytest.warns(RuntimeWarning, match="close\\(\\) failed: OSError: a connection was lost"):
        study(range(3), make_policy=lambda: Closing(Desk()), concurrency=2)
    study(range(3, 5), make_policy=lambda: Closing(Desk()))
    assert len(closed) == 5
