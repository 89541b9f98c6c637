"""Specifications: everything that decides what can happen is in the digest, and nothing else."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from simenv.core.errors import StudyError, UnknownNameError
from simenv.staging import find_world
from simenv.studies.spec import Spec


def test_what_is_left_out_is_filled_in(spec: Spec) -> None:
    world = find_world("summit_bridge")
    assert (spec.world, spec.world_hash) == ("summit_bridge", world.hash)
    assert spec.start == world.scenario("default").starts[0]
    assert spec.conditions == (world.condition({}),)
    assert list(spec.policies) == [world.scenario("default").file.seat]
    whole = Spec.of(
        world,
        policy=next(iter(spec.policies.values())),
        scenario="default",
        start=spec.start,
        conditions=[world.condition({})],
    )
    assert whole.digest() == spec.digest()


@pytest.mark.parametrize(
    "change",
    [
        {"world_hash": "f" * 64},
        {"scenario": "other"},
        {"start": "other"},
        {"conditions": ({"x": "y"},)},
        {"policies": {"assistant": {"agent": "other"}}},
        {"max_calls": 3},
        {"rules": 99},
        {"meaning": 99},
    ],
)
def test_every_part_is_in_the_digest(spec: Spec, change: dict[str, object]) -> None:
    other = replace(spec, **change)
    assert other.digest() != spec.digest()
    assert other.cells([1])[0].digest() != spec.cells([1])[0].digest()
    place = next(iter(change))
    assert any(line.startswith(place) for line in spec.differences(other))


def test_the_order_of_keys_is_not_in_the_digest(spec: Spec) -> None:
    one = Spec.of(policy={"a": 1, "b": {"c": 2, "d": (3,)}})
    two = Spec.of(policy={"b": {"d": [3], "c": 2}, "a": 1})
    assert one == two
    assert one.digest() == two.digest()
    assert spec.differences(spec) == []


def test_cells_differ_by_condition_seed_and_repeat(spec: Spec) -> None:
    world = find_world("summit_bridge")
    factor, levels = next(iter(world.factors.items()))
    both = Spec.of(policy={}, conditions=[{factor: levels[1]}, {factor: levels[0]}])
    cells = both.cells([4, 2, 4], repeats=2)
    assert [(cell.seed, cell.repeat) for cell in cells] == [(4, 0)] * 2 + [(4, 1)] * 2 + [(2, 0)] * 2 + [(2, 1)] * 2
    assert len({cell.digest() for cell in cells}) == 8
    assert both.digest() == Spec.of(policy={}, conditions=[{factor: levels[0]}, {factor: levels[1]}]).digest()


def test_differences_name_their_place(spec: Spec) -> None:
    other = Spec.of(policy={"agent": "reader", "hash": "1" * 64, "settings": {"turns": 4}}, max_calls=7)
    assert spec.differences(other) == [
        f"policies.assistant.hash: '{'0' * 64}' here, '{'1' * 64}' there",
        "max_calls: None here, 7 there",
    ]


@pytest.mark.parametrize("seeds", [[], [-1], [2**64]])
def test_seeds_must_be_seeds(spec: Spec, seeds: list[int]) -> None:
    with pytest.raises(StudyError, match="seed"):
        spec.cells(seeds)


def test_there_must_be_a_repeat(spec: Spec) -> None:
    with pytest.raises(StudyError, match="repeat"):
        spec.cells([1], repeats=0)


def test_conditions_must_be_there_once() -> None:
    with pytest.raises(StudyError, match="at least one condition"):
        Spec.of(policy={}, conditions=[])
    with pytest.raises(StudyError, match="is there twice"):
        Spec.of(policy={}, conditions=[{}, {}])
    with pytest.raises(UnknownNameError, match="factor"):
        Spec.of(policy={}, conditions=[{"no_such": "level"}])


def test_a_policy_is_described_by_plain_data() -> None:
    with pytest.raises(StudyError, match="must be plain data"):
        Spec.of(policy={"agent": object()})
