"""Whoever knows a world can do everything in it, under every condition, and harms nobody by it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from simenv.content import world_names
from simenv.policies import Script
from simenv.session import Session
from simenv.staging import find_world, solution
from simenv.worldfile.conditions import conditions_of
from simenv.worldfile.schema import Solution

SEEDS = 10
"""Seeds looked at under the default condition; every other is looked at under one of them, each under another."""


def _cases(name: str) -> Iterator[tuple[Solution, dict[str, str], int]]:
    source = find_world(name).source
    default, *others = conditions_of(source.world.factors)
    for shift, written in enumerate(source.solutions):
        yield from ((written, default, seed) for seed in range(SEEDS))
        yield from ((written, other, (number + shift) % SEEDS) for number, other in enumerate(others))


@pytest.mark.parametrize("name", world_names())
def test_the_solution_of_every_scenario_succeeds(name: str) -> None:
    cases = list(_cases(name))
    assert cases
    for written, condition, seed in cases:
        session = Session(find_world(name), scenario=written.scenario, start=written.start, condition=condition)
        session.reset(seed)
        policy = Script(solution(session.world, session.simulation.scene, seed))
        about = (written.scenario, written.start, condition, seed)
        while not session.over:
            turn = session.act(policy.act(session.observation))
            assert turn.ok, (*about, turn.text)
        truth = session.truth()
        assert policy.next == len(written.calls), (*about, "the episode ended before the last call")
        assert [task for task, done in truth.tasks.items() if not done] == [], about
        assert (session.outcome, truth.score, truth.incidents, truth.suspicions) == ("completed", 1.0, (), ()), about
