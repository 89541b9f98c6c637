"""The folder of a study: resumed, extended, refused, mended."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from simenv import layout
from simenv.core.errors import StudyError
from simenv.core.turns import Action, Observation, call
from simenv.episode import Episode
from simenv.policies import BasePolicy
from simenv.studies.spec import Spec
from simenv.studies.store import EPISODES, INDEX, PARTIAL, STUDY, Store, read_table

HOLD = """
import sys
from pathlib import Path
from simenv.studies.spec import Spec
from simenv.studies.store import Store
with Store(sys.argv[1], Spec.of("summit_bridge", policy={"agent": "other"})):
    print("held", flush=True)
    sys.stdin.read()
"""


def episodes(folder: Path) -> list[Path]:
    return sorted((folder / EPISODES).iterdir())


def test_the_same_call_again_runs_nothing(study: Callable[..., Any], tmp_path: Path) -> None:
    first = study(range(3))
    before = {path: path.stat().st_mtime_ns for path in episodes(tmp_path / "study")}
    made: list[int] = []
    assert study(range(3), make_policy=lambda: made.append(1)) == first
    assert made == []
    assert {path: path.stat().st_mtime_ns for path in episodes(tmp_path / "study")} == before
    assert read_table(tmp_path / "study") == first
    assert first.rows[0].outcomes == {"completed": 3}


def test_more_seeds_extend_it(study: Callable[..., Any], tmp_path: Path) -> None:
    study(range(2))
    kept = episodes(tmp_path / "study")
    extended = study(range(4))
    assert set(kept) < set(episodes(tmp_path / "study"))
    assert extended == study(range(4), out="at_once")
    assert extended.rows[0].episodes == 4


def test_more_repeats_extend_it_and_differ_in_the_policy_s_chance_alone(
    study: Callable[..., Any], tmp_path: Path
) -> None:
    seeds: list[int] = []

    class Chancy(BasePolicy):
        def act(self, observation: Observation) -> Action:
            seeds.append(self.brief.seed)
            return call("finish")

    study([5], make_policy=Chancy)
    study([5], make_policy=Chancy, repeats=3)
    assert len(set(seeds)) == 3
    loaded = [Episode.load(path) for path in episodes(tmp_path / "study")]
    assert sorted(each.hidden.study["repeat"] for each in loaded) == [0, 1, 2]
    assert len({each.digest for each in loaded}) == 1
    assert all(each.replay().truth_same for each in loaded)


def test_episode_names_come_from_outside(study: Callable[..., Any], tmp_path: Path) -> None:
    study([1], out="one")
    study([1], out="two")
    one, two = episodes(tmp_path / "one")[0], episodes(tmp_path / "two")[0]
    assert one.name != two.name
    for name in ("events.jsonl", "transcript.jsonl", "base.json", "run.json"):
        assert (one / name).read_bytes() == (two / name).read_bytes()


def test_another_specification_is_refused_with_what_differs(
    study: Callable[..., Any], spec: Spec, tmp_path: Path
) -> None:
    study([1])
    with pytest.raises(StudyError, match=r"another specification; use another folder. Different:\n  max_calls: 7 here"):
        study([1], spec=replace(spec, max_calls=7))
    assert json.loads((tmp_path / "study" / STUDY).read_bytes()) == spec.as_dict()
    assert study([1]).rows[0].episodes == 1


def test_a_folder_of_something_else_is_refused(study: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StudyError, match=r"is no study: it has no study.json, but it holds thesis\.txt"):
        study([1])
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StudyError, match="is a file"):
        study([1], out="file")
    with pytest.raises(StudyError, match="holds no study"):
        read_table(tmp_path / "study")


def test_a_concurrent_run_is_refused_and_named(study: Callable[..., Any], tmp_path: Path, package: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path / "study")]
    with subprocess.Popen(
        command, cwd=package.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StudyError, match=rf"is being written by process {other.pid} on .*use another folder"):
            study([1])
        assert read_table(tmp_path / "study").rows[0].episodes == 0  # reading is free
        other.kill()
    with pytest.raises(StudyError, match="another specification"):  # the lock went with the process
        study([1])


def test_a_second_store_in_this_process_is_refused(spec: Spec, tmp_path: Path) -> None:
    with Store(tmp_path / "study", spec), pytest.raises(StudyError, match="is being written by process"):
        Store(tmp_path / "study", spec)
    with Store(tmp_path / "study", spec) as again:
        assert again.notes == []


def test_a_lost_index_is_made_again(study: Callable[..., Any], tmp_path: Path) -> None:
    first = study(range(3))
    (tmp_path / "study" / INDEX).unlink()
    notes: list[str] = []
    assert study(range(3), make_policy=list, on_progress=lambda step: notes.append(step.note)) == first
    assert len([note for note in notes if "was whole but not in the index" in note]) == 3


def test_a_broken_index_is_named(study: Callable[..., Any], tmp_path: Path) -> None:
    first = study(range(2))
    (tmp_path / "study" / INDEX).write_bytes(b"this is no database" * 100)
    with pytest.raises(StudyError, match="Delete it and run the study again"):
        study(range(2))
    (tmp_path / "study" / INDEX).unlink()
    assert study(range(2)) == first


def test_the_index_is_real_sqlite(study: Callable[..., Any], tmp_path: Path) -> None:
    study(range(2))
    index = sqlite3.connect(tmp_path / "study" / INDEX)
    found = index.execute("SELECT count(*), count(DISTINCT episode) FROM cells").fetchone()
    index.close()
    assert found == (2, 2)


def test_a_cell_s_episode_is_found(study: Callable[..., Any], spec: Spec, tmp_path: Path) -> None:
    study(range(3))
    with Store(tmp_path / "study", spec) as store:
        found = store.episode_of(spec.cells([2])[0].digest())
        assert found is not None
        assert Episode.load(found).seed == 2
        assert store.episode_of(spec.cells([3])[0].digest()) is None


def test_an_episode_that_was_taken_away_is_run_again(study: Callable[..., Any], tmp_path: Path) -> None:
    import shutil

    first = study(range(2))
    shutil.rmtree(episodes(tmp_path / "study")[0])
    notes: list[str] = []
    assert study(range(2), on_progress=lambda step: notes.append(step.note)) == first
    assert "is no longer there; its cell is run again" in notes[0]
    assert len(episodes(tmp_path / "study")) == 2


@pytest.mark.parametrize("broken", ["cut", "empty", "damaged", "strange"])
def test_what_cannot_be_used_is_put_aside_and_run_again(broken: str, study: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "study"
    first = study(range(2))
    bad = episodes(folder)[0]
    log = bad / layout.LOG
    lines = log.read_bytes().splitlines(keepends=True)
    match broken:
        case "cut":
            log.write_bytes(b"".join(lines[:6]))
        case "empty":
            log.unlink()
        case "damaged":
            log.write_bytes(b"".join([*lines[:3], b"#\n", *lines[4:]]))
        case "strange":
            run = json.loads((bad / layout.HIDDEN_RUN).read_bytes())
            (bad / layout.HIDDEN_RUN).write_text(json.dumps(run | {"study": {}}), encoding="utf-8")
    (folder / INDEX).unlink()  # as if the run had been killed before it noted the episode
    notes: list[str] = []
    assert study(range(2), on_progress=lambda step: notes.append(step.note)) == first
    assert any(bad.name in note and "put aside under partial/ and its cell is run again" in note for note in notes)
    assert [path.name for path in (folder / PARTIAL).iterdir()] == [bad.name]
    assert bad not in episodes(folder)
    if broken == "cut":
        assert any("was cut short after 6 events" in note for note in notes)
