"""A study whose process is killed, again and again, at any moment: it resumes, and ends with the same table."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from simenv.core.errors import EpisodeError
from simenv.episode import Episode
from simenv.studies.store import EPISODES, PARTIAL, read_table

KILLS = 20
AHEAD = 10
SEEDS = 24

ONE_DAY = Path(__file__).parents[1] / "data" / "worlds" / "one_day"
SCRIPT = f"""
import sys
from simenv.core.turns import call
from simenv.policies import BasePolicy
from simenv.studies.runner import run_study
from simenv.studies.spec import Spec

class Busy(BasePolicy):
    def __init__(self):
        self.left = 24

    def act(self, observation):
        print("turn", flush=True)
        sys.stdin.readline()
        self.left -= 1
        if self.left == 0:
            return call("finish")
        return (call("mail_list"), call("directory"), call("mail_search", query="hours"))[self.left % 3]

run_study(
    Spec.of({str(ONE_DAY)!r}, policy={{"agent": "busy"}}),
    range({SEEDS}),
    sys.argv[1],
    make_policy=Busy,
    world={str(ONE_DAY)!r},
    on_progress=lambda step: print("note" if step.note else "cell", flush=True),
)
"""


def start(folder: Path, package: Path, stdin: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-c", SCRIPT, str(folder)]
    return subprocess.Popen(
        command, cwd=package.parent, stdin=stdin, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )


def run_and_kill(folder: Path, package: Path, turns: int) -> None:
    """Kill a run once it has begun so many turns.

    It gets leave for a few turns more and no further, so that it is in the midst of something when it is killed, and
    never through: what it can do is less than two episodes.
    """
    with start(folder, package, subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write("\n" * (turns + AHEAD))
        child.stdin.flush()
        while turns:
            said = child.stdout.readline()
            assert said, "it ended by itself"
            turns -= said == "turn\n"
        assert child.poll() is None
        child.kill()


def parts(folder: Path) -> int:
    """Return how many episodes are partial; the others are whole and in order."""
    partial = 0
    for each in sorted((folder / EPISODES).iterdir()):
        try:
            partial += not Episode.load(each).complete
        except EpisodeError as error:  # killed before the first event was written
            assert "is missing" in str(error) or "holds no event" in str(error)  # noqa: PT017
            partial += 1
    return partial


def test_a_killed_study_resumes_to_the_same_table(tmp_path: Path, package: Path) -> None:
    chance = random.Random(20)  # noqa: S311 - moments to kill at, no secret
    torn, partial = tmp_path / "torn", 0
    for _ in range(KILLS):
        run_and_kill(torn, package, chance.randrange(1, 35))
        partial += parts(torn)
    assert partial > KILLS // 2
    for folder in (torn, tmp_path / "whole"):
        with start(folder, package, subprocess.DEVNULL) as child:
            child.communicate()
            assert child.returncode == 0
    table = read_table(torn)
    assert table.as_dict() == read_table(tmp_path / "whole").as_dict()
    assert table.rows[0].outcomes == {"completed": SEEDS}
    assert len(list((torn / EPISODES).iterdir())) == SEEDS
    assert len(list((torn / PARTIAL).iterdir())) == partial
    for each in (torn / EPISODES).iterdir():
        assert Episode.load(each).replay(ONE_DAY).truth_same
