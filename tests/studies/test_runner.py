"""Running a study: whatever becomes of an episode is a result, and says so."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import simenv.session
from simenv.core.calls import ToolCall
from simenv.core.errors import RecordingError, StudyError
from simenv.core.turns import Action, Observation, call
from simenv.episode import Episode
from simenv.policies import BasePolicy
from simenv.record import EpisodeWriter
from simenv.simulation import Simulation
from simenv.studies.runner import Progress
from simenv.studies.spec import Spec
from simenv.studies.store import EPISODES, PARTIAL


def loaded(folder: Path) -> list[Episode]:
    return [Episode.load(path) for path in sorted((folder / EPISODES).iterdir())]


class Acting(BasePolicy):
    """Does what it is given, turn by turn, and then finishes."""

    def __init__(self, *turns: Callable[[], Any]) -> None:
        self.turns = list(turns)

    def act(self, observation: Observation) -> Action:
        """Take the next turn."""
        return self.turns.pop(0)() if self.turns else call("finish")  # type: ignore[no-any-return]


def fail() -> Action:
    raise ZeroDivisionError("a policy's own mistake")


def interrupt() -> Action:
    raise KeyboardInterrupt


def test_episodes_are_written_and_replay(study: Callable[..., Any], tmp_path: Path) -> None:
    steps: list[Progress] = []
    table = study(range(3), on_progress=steps.append)
    assert [(step.done, step.total) for step in steps] == [(1, 3), (2, 3), (3, 3)]
    for step, episode in zip(steps, sorted(loaded(tmp_path / "study"), key=lambda each: each.seed), strict=True):
        assert step.result is not None
        assert step.result.episode == episode.folder.name
        assert episode.policy == {"assistant": {"agent": "reader", "hash": "0" * 64, "settings": {"turns": 4}}}
        assert episode.truth is not None
        assert step.result.verdicts == {slug: verdict.answer for slug, verdict in episode.truth.verdicts.items()}
        assert (step.result.calls, step.result.score) == (episode.hidden.calls, episode.truth.score)
        assert episode.replay().truth_same
    assert table.rows[0].episodes == 3
    assert not table.stopped


def test_conditions_are_rows(study: Callable[..., Any]) -> None:
    world = simenv.session.find_world("summit_bridge")
    factor, levels = next(iter(world.factors.items()))
    spec = Spec.of(policy={}, conditions=[{factor: level} for level in levels])
    table = study(range(2), spec=spec)
    assert sorted(each.condition[factor] for each in table.rows) == sorted(levels)
    assert [each.episodes for each in table.rows] == [2] * len(levels)


def test_a_policy_s_error_is_a_result_and_stands(study: Callable[..., Any], tmp_path: Path) -> None:
    table = study([1], make_policy=lambda: Acting(lambda: call("mail_list"), fail))
    assert table.rows[0].outcomes == {"policy_error": 1}
    assert table.rows[0].attempt["coercion"].estimate is None
    assert table.rows[0].attempt["coercion"].undetermined == 1
    (episode,) = loaded(tmp_path / "study")
    assert (episode.outcome, episode.ended_by) == ("policy_error", "policy")
    assert "ZeroDivisionError: a policy's own mistake" in (episode.hidden.error or "")
    assert episode.replay().calls == 1
    made: list[int] = []
    assert study([1], make_policy=lambda: made.append(1)) == table
    assert made == []


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (None, "must return an Action, not NoneType"),
        (Action(calls=[ToolCall("finish")]), "calls are a tuple, not list"),  # type: ignore[arg-type]
        (Action(say=5), "say is text or None, not int"),  # type: ignore[arg-type]
        (Action(reasoning=b"x"), "reasoning is text or None, not bytes"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_action_is_the_policy_s_error(
    action: Any, said: str, study: Callable[..., Any], tmp_path: Path
) -> None:
    assert study([1], make_policy=lambda: Acting(lambda: action)).rows[0].outcomes == {"policy_error": 1}
    assert said in (loaded(tmp_path / "study")[0].hidden.error or "")


def test_a_policy_that_cannot_be_made_is_no_result(study: Callable[..., Any], tmp_path: Path) -> None:
    def make() -> Any:
        raise LookupError("no such model")

    with pytest.raises(LookupError, match="no such model"):
        study([1], make_policy=make)
    assert loaded(tmp_path / "study") == []


def test_a_policy_that_cannot_take_its_seat_is_the_policy_s_error(study: Callable[..., Any]) -> None:
    class Refusing(Acting):
        def reset(self, brief: Any, past: Any = ()) -> None:
            fail()

    assert study([1], make_policy=Refusing).rows[0].outcomes == {"policy_error": 1}


def test_a_policy_is_closed_after_its_episode(study: Callable[..., Any]) -> None:
    closed: list[str] = []

    class Closing(Acting):
        def close(self) -> None:
            closed.append("closed")
            if len(closed) == 2:
                raise OSError("a connection was lost")

    study([1], make_policy=lambda: Closing(fail))
    with pytest.warns(RuntimeWarning, match="close\\(\\) failed: OSError: a connection was lost"):
        table = study([1, 2], make_policy=Closing)
    assert len(closed) == 2
    assert table.rows[0].outcomes == {"completed": 1, "policy_error": 1}


def test_an_engine_s_error_is_run_again(
    study: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = study([1], out="good")
    with monkeypatch.context() as patch:
        patch.setattr(Simulation, "act", _failing(Simulation.act, after=2))
        table = study([1])
    assert table.rows[0].outcomes == {"engine_error": 1}
    assert table.rows[0].attempt["coercion"].invalid == 1
    (episode,) = loaded(tmp_path / "study")
    assert "RuntimeError: a mistake of the engine" in (episode.hidden.error or "")
    assert study([1]) == good
    assert [path.name for path in (tmp_path / "study" / PARTIAL).iterdir()] == [episode.folder.name]


def test_an_engine_that_cannot_even_close_leaves_a_result(
    study: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = study([1], out="good")

    def broken(self: Simulation, outcome: str, ended_by: str) -> None:
        raise RuntimeError("it cannot close")

    with monkeypatch.context() as patch:
        patch.setattr(Simulation, "act", _failing(Simulation.act, after=1))
        patch.setattr(Simulation, "close", broken)
        steps: list[Progress] = []
        table = study([1], on_progress=steps.append)
    assert table.rows[0].outcomes == {"engine_error": 1}
    assert steps[0].result is not None
    assert steps[0].result.episode is None
    assert "a mistake of the engine" in (steps[0].result.error or "")
    assert "it cannot close" in (steps[0].result.error or "")
    assert len(list((tmp_path / "study" / PARTIAL).iterdir())) == 1
    assert study([1]) == good


def _failing(act: Any, after: int) -> Any:
    calls: list[int] = []

    def wrong(self: Simulation, raw: object) -> Any:
        calls.append(1)
        if len(calls) > after:
            raise RuntimeError("a mistake of the engine")
        return act(self, raw)

    return wrong


def test_ctrl_c_closes_the_episode_and_stops(study: Callable[..., Any], tmp_path: Path) -> None:
    good = study(range(3), out="good")
    made = iter([Acting(), Acting(lambda: call("mail_list"), interrupt)])
    table = study(range(3), make_policy=lambda: next(made))
    assert table.stopped
    assert table.rows[0].outcomes == {"completed": 1, "interrupted": 1}
    cut = next(each for each in loaded(tmp_path / "study") if each.outcome == "interrupted")
    assert cut.ended_by == "keyboard"
    assert cut.replay().calls == 1
    again = study(range(3))
    assert again.rows[0].outcomes == {"completed": 3} == good.rows[0].outcomes
    assert [path.name for path in (tmp_path / "study" / PARTIAL).iterdir()] == [cut.folder.name]


if os.name == "posix":  # elsewhere a process cannot send itself this signal

    def test_ctrl_c_waits_for_the_engine(
        study: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Pressed while the engine is in the middle of a call, it takes effect when the policy is asked next."""
        act = Simulation.act

        def pressed(self: Simulation, raw: object) -> Any:
            os.kill(os.getpid(), signal.SIGINT)
            return act(self, raw)

        before = signal.getsignal(signal.SIGINT)
        with monkeypatch.context() as patch:
            patch.setattr(Simulation, "act", pressed)
            assert study(range(3)).stopped
        (episode,) = loaded(tmp_path / "study")
        assert episode.outcome == "interrupted"
        assert episode.replay().calls == 1
        assert signal.getsignal(signal.SIGINT) is before

    def test_ctrl_c_reaches_a_policy_at_once(study: Callable[..., Any], tmp_path: Path) -> None:
        def pressed() -> Action:
            os.kill(os.getpid(), signal.SIGINT)
            signal.pause()  # never reached: the signal is delivered before
            raise AssertionError("not interrupted")

        assert study(range(3), make_policy=lambda: Acting(pressed)).stopped
        assert loaded(tmp_path / "study")[0].outcome == "interrupted"

    def test_ctrl_c_between_episodes_begins_no_other(study: Callable[..., Any], tmp_path: Path) -> None:
        table = study(range(3), on_progress=lambda step: os.kill(os.getpid(), signal.SIGINT))
        assert table.stopped
        assert [each.outcome for each in loaded(tmp_path / "study")] == ["completed"]


def test_a_study_runs_in_any_thread(study: Callable[..., Any]) -> None:
    """Signals reach the main thread alone; a study in another does without them."""
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(study, range(2)).result().rows[0].outcomes == {"completed": 2}


def test_what_cannot_be_written_stops_the_study(
    study: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file stands where an episode's folder should be made: a real refusal of the system."""
    good = study(range(2), out="good")
    study(range(1))
    blocked: list[Path] = []
    opened = EpisodeWriter.opened

    def block(self: EpisodeWriter, session: Any) -> None:
        self.folder.write_text("", encoding="utf-8")
        blocked.append(self.folder)
        opened(self, session)

    with monkeypatch.context() as patch:
        patch.setattr(EpisodeWriter, "opened", block)
        with pytest.raises(RecordingError, match="cannot be written"):
            study(range(2))
    blocked[0].unlink()
    assert study(range(2)) == good


def test_another_world_is_refused(study: Callable[..., Any], spec: Spec) -> None:
    from msgspec.structs import replace

    with pytest.raises(StudyError, match=r"of the world 'summit_bridge' with hash ffffffffffff; this one is"):
        study([1], spec=replace(spec, world_hash="f" * 64))


def test_a_cap_of_the_caller_s_own(study: Callable[..., Any]) -> None:
    table = study([1], spec=Spec.of(policy={}, max_calls=2))
    assert table.rows[0].outcomes == {"limit": 1}
    assert table.rows[0].attempt["coercion"].estimate is None
