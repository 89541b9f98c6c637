"""Whoever knows a world can do everything in it, under every condition, and harms nobody by it."""

from __future__ import annotations

import pytest

from simenv.content import world_folder, world_names
from simenv.policies import Script
from simenv.session import Session
from simenv.staging import find_world, solution
from simenv.worldfile.check import conditions
from simenv.worldfile.load import load


@pytest.mark.parametrize("name", world_names())
def test_the_solution_of_every_scenario_succeeds(name: str) -> None:
    source = load(world_folder(name))
    assert source.solutions
    for written in source.solutions:
        for condition in conditions(source):
            for seed in range(10):
                session = Session(find_world(name), scenario=written.scenario, start=written.start, condition=condition)
                session.reset(seed)
                policy = Script(solution(session.world, session.simulation.scene))
                while not session.over:
                    turn = session.act(policy.act(session.observation))
                    assert turn.ok, (written.scenario, condition, seed, turn.text)
                truth = session.truth()
                assert policy.next == len(written.calls), "the episode ended before the last call"
                assert (session.outcome, truth.score, truth.incidents) == ("completed", 1.0, ())
