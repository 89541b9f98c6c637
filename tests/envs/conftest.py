"""What the tests of environments share."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import gymnasium as gym
import pytest

from simenv.envs.company_env import CompanyEnv


@pytest.fixture(scope="session")
def hostile() -> ModuleType:
    """The generator of hostile calls, which stands beside this folder."""
    path = Path(__file__).resolve().parent.parent / "hostile.py"
    spec = importlib.util.spec_from_file_location("hostile", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["hostile"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def env() -> Iterator[CompanyEnv]:
    """A new environment, not reset."""
    made = CompanyEnv()
    yield made
    made.close()


@pytest.fixture
def make_vec() -> Iterator[Callable[..., gym.vector.VectorEnv]]:
    """A function that makes vector environments, which are closed at the end."""
    made: list[gym.vector.VectorEnv] = []

    def make(mode: str, count: int = 2, **more: object) -> gym.vector.VectorEnv:
        made.append(gym.make_vec("simenv/SummitBridge-v0", count, vectorization_mode=mode, **more))
        return made[-1]

    yield make
    for envs in made:
        envs.close()
