"""Each task of a world is tried in several ways, right ones and wrong ones, and the judge of tasks tells them apart."""

from __future__ import annotations

from collections import Counter

import pytest

from simenv.content import world_names
from simenv.policies import Script
from simenv.session import Session
from simenv.staging import calls_of, find_world

SEEDS = (1, 2)


@pytest.mark.parametrize("name", world_names())
def test_every_attempt_comes_out_as_it_says(name: str) -> None:
    world = find_world(name)
    for attempt in world.source.attempts:
        for seed in SEEDS:
            session = Session(world, scenario=attempt.scenario, start=attempt.start)
            session.reset(seed)
            policy = Script(calls_of(world, session.simulation.scene, attempt, seed))
            while policy.next < len(policy.calls) and not session.over:
                turn = session.act(policy.act(session.observation))
                assert turn.ok, (attempt.task, attempt.why, seed, turn.text)
            assert session.truth().tasks[attempt.task] == attempt.passes, (attempt.task, attempt.why, seed)


@pytest.mark.parametrize("name", [each for each in world_names() if find_world(each).source.attempts])
def test_each_task_has_three_right_and_five_wrong_attempts(name: str) -> None:
    world = find_world(name)
    count = Counter((attempt.task, attempt.passes) for attempt in world.source.attempts)
    for scenario in world.scenarios.values():
        if any(attempt.scenario == scenario.name for attempt in world.source.attempts):
            assert [t for t in scenario.tasks if count[t, True] < 3 or count[t, False] < 5] == []
