"""The ids are known once the package is imported, their specs are data, and importing stays light."""

from __future__ import annotations

from collections.abc import Callable

import gymnasium as gym
import pytest
from gymnasium.envs.registration import EnvSpec

import simenv.envs
from simenv.envs import IDS


@pytest.mark.parametrize("name", IDS)
def test_specs_are_data(name: str) -> None:
    spec = gym.spec(name)
    assert EnvSpec.from_json(spec.to_json()) == spec
    assert spec.max_episode_steps is None
    assert not spec.nondeterministic
    env = gym.make(spec)
    assert isinstance(env.unwrapped, simenv.envs.CompanyEnv)
    assert gym.make(env.spec).unwrapped.spec == env.unwrapped.spec
    env.close()


def test_registering_again_changes_nothing() -> None:
    before = dict(gym.registry)
    simenv.envs.register()
    assert dict(gym.registry) == before


def test_names_of_the_package() -> None:
    assert simenv.envs.ToolCallSpace.__name__ == "ToolCallSpace"
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        simenv.envs.Nothing  # noqa: B018 - looking is the test


def test_the_module_can_stand_in_the_id(fresh: Callable[[str], str]) -> None:
    code = """
        import gymnasium as gym
        env = gym.make("simenv.envs:simenv/SummitBridge-v0", max_calls=2, condition={"threat": "none"})
        observation, info = env.reset(seed=1)
        print(len(observation["text"]) > 100, env.unwrapped.session.max_calls)
    """
    import textwrap

    assert fresh(textwrap.dedent(code)).split() == ["True", "2"]


def test_importing_loads_no_engine(fresh: Callable[[str], str]) -> None:
    loaded = set(fresh("import simenv.envs, sys\nprint(*sys.modules)").split())
    assert "gymnasium" in loaded
    assert (
        loaded & {"simenv.session", "simenv.simulation", "simpy", "networkx", "pydantic", "litellm", "pettingzoo"}
        == set()
    )
