"""Whatever is called an action, a step returns; whatever is in it, the log can be written and the next step works."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from simenv.core.calls import CODES
from simenv.core.event import decode
from simenv.envs.company_env import CompanyEnv
from simenv.testing import random_call

ONE_DAY = Path(__file__).parents[1] / "data" / "worlds" / "one_day"
MANY = 100_000


def test_one_of_each(hostile: ModuleType) -> None:
    env = CompanyEnv(ONE_DAY, scenario="bench")
    env.reset(seed=1)
    codes: dict[str, str] = {}
    for name, make in hostile.catalogue().items():
        observation, reward, terminated, truncated, info = env.step(make())
        codes[name] = info["result_code"]
        assert observation in env.observation_space
        observation["text"].encode()  # no lone surrogate comes back
        assert "\x00" not in observation["text"]
        assert (reward, terminated, truncated) == (0.0, False, False), name
    assert set(codes.values()) <= set(CODES)
    for name in ("none", "prose", "truncated", "json_duplicate", "json_digits", "json_nested", "nan_value", "raising"):
        assert codes[name] == "malformed", name
    huge = {name for name in codes if name.startswith("huge")} - {"huge_json_mapping", "huge_value"}
    for name in ("big_text", "big_bytes", "big_body", "big_arguments_text", *huge):
        assert codes[name] == "too_large", name
    for name in ("missing_argument", "unknown_argument", "wrong_type", "json_null_value"):
        assert codes[name] == "bad_arguments", name
    for name in ("name_unknown", "name_near", "name_dunder"):
        assert codes[name] == "unknown_tool", name
    for name in ("arguments_blank", "arguments_none", "name_raising", "name_lying", "bytes"):
        assert codes[name] in ("ok", "bad_arguments"), name
    log = env.session.simulation.log
    for line in log.jsonl().splitlines():
        json.loads(line)
        assert decode(line).kind
    assert max(len(line) for line in log.jsonl().splitlines()) < 300_000
    twin = CompanyEnv(ONE_DAY, scenario="bench")
    twin.reset(seed=1)
    for name, make in hostile.catalogue().items():
        assert twin.step(make())[4]["result_code"] == codes[name]
    assert twin.session.simulation.log.digest() == log.digest()


@pytest.mark.parametrize(("world", "part"), [("summit_bridge", 8), (ONE_DAY, 1)], ids=["week", "one day"])
@pytest.mark.parametrize("kind", ["sampled", "hostile", "grounded"])
def test_many_calls_without_an_exception(hostile: ModuleType, kind: str, world: str | Path, part: int) -> None:
    """A hundred thousand calls in the world of one day, an eighth of that among all the apps of the shipped one."""
    env = CompanyEnv(world)
    env.reset(seed=0)
    env.action_space.seed(0)
    rng = np.random.default_rng(0)
    hostile_ones = hostile.stream(rng, MANY, env.action_space.sample)
    seen: set[str] = set()
    episodes = 1
    count = {"sampled": 50_000, "hostile": 40_000, "grounded": 10_000}[kind] // part
    for number in range(count):
        if kind == "sampled":
            action = env.action_space.sample()
        else:
            action = next(hostile_ones) if kind == "hostile" else random_call(env.session, rng)
        _, reward, terminated, truncated, info = env.step(action)
        seen.add(info["result_code"])
        assert -1.0 <= reward <= 1.0
        if terminated or truncated:
            env.reset(seed=number % 50)
            episodes += 1
    assert episodes > 50 / part
    wanted = {
        "sampled": {"ok", "not_found"},
        "hostile": {"ok", "not_found", "malformed", "too_large", "bad_arguments", "unknown_tool"},
        "grounded": {"ok"},
    }
    assert wanted[kind] <= seen
