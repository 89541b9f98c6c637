"""The environment keeps Gymnasium's contract, and tells the seat what the session tells it."""

from __future__ import annotations

import warnings
from typing import Any

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env, data_equivalence
from gymnasium.utils.passive_env_checker import check_action_space, check_observation_space

from simenv import Session
from simenv.core.calls import ToolCall
from simenv.core.errors import SessionStateError, UnknownNameError
from simenv.core.turns import Action
from simenv.envs.company_env import MAX_BYTES, MAX_TEXT, CompanyEnv
from simenv.policies import Script
from simenv.staging import solution

LIST = {"name": "mail_list", "arguments": {}}
WAIT = {"name": "wait_for", "arguments": {"minutes": 30}}
FINISH = {"name": "finish", "arguments": {}}


def play(env: CompanyEnv, seed: int, count: int = 30) -> list[Any]:
    """Play sampled calls and return everything that came back."""
    env.action_space.seed(seed)
    seen: list[Any] = [env.reset(seed=seed)]
    for _ in range(count):
        seen.append(env.step(env.action_space.sample()))
        if seen[-1][2]:
            break
    return seen


@pytest.mark.parametrize("arguments", [{}, {"max_calls": 20}, {"condition": {"threat": "none"}}, {"scenario": "bench"}])
def test_check_env_has_nothing_to_say(arguments: dict[str, Any]) -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        env = gym.make("simenv/SummitBridge-v0", **arguments)
        check_env(env.unwrapped)
        env.close()
    assert [str(each.message) for each in said] == []


def test_the_spaces(env: CompanyEnv) -> None:
    check_action_space(env.action_space)
    check_observation_space(env.observation_space)
    observation, _ = env.reset(seed=1)
    assert list(observation) == ["text", "time", "unread", "calls_left"]
    assert {name: type(value) for name, value in observation.items()}.pop("text") is str
    for name in ("time", "unread", "calls_left"):
        assert (observation[name].dtype, observation[name].shape) == (np.int64, (1,))
    assert observation in env.observation_space
    assert env.observation_space["text"].max_length == MAX_TEXT
    assert env.observation_space["text"].max_bytes == MAX_BYTES


def test_it_says_what_the_session_says(env: CompanyEnv) -> None:
    session = Session("summit_bridge")
    observation, _ = env.reset(seed=7)
    assert observation["text"] == session.reset(7)
    assert observation["text"].startswith(env.brief)
    rewards = 0.0
    for action in (
        LIST,
        WAIT,
        '{"name": "mail_search", "arguments": {"query": "hours"}}',
        ToolCall("directory"),
        *[FINISH] * 4,
    ):
        if session.over:
            break
        observation, reward, terminated, truncated, _ = env.step(action)
        turn = session.step(action)
        assert (observation["text"], reward) == (turn.text, turn.reward)
        assert observation["time"] == turn.observation.time
        assert observation["unread"] == turn.observation.unread
        assert observation["calls_left"] == turn.observation.calls_left
        assert (terminated, truncated) == (turn.terminated, turn.truncated)
        assert (type(reward), type(terminated), type(truncated)) == (float, bool, bool)
        rewards += reward
    assert terminated
    assert env.session.simulation.log.digest() == session.simulation.log.digest()
    assert env.tools == session.tools
    assert env.truth() == session.truth()


def test_the_return_is_the_final_score(env: CompanyEnv) -> None:
    env.reset(seed=3)
    policy = Script(solution(env.session.world, env.session.simulation.scene))
    rewards, over, info = [], False, {}
    while not over:
        _, reward, over, _, info = env.step(policy.act(env.session.observation))
        rewards.append(reward)
    assert sum(rewards) == info["task_score"] == env.truth().score == 1.0
    assert len([reward for reward in rewards if reward]) > 1
    assert info["cost"] == 0.0


def test_seeds(env: CompanyEnv) -> None:
    first, again, other = play(env, 5), play(env, 5), play(env, 6)
    assert data_equivalence(first, again, exact=True)
    assert first[0][0]["text"] != other[0][0]["text"]
    assert env.session.seed == 6
    env.reset(seed=5)
    drawn = [(env.reset()[0]["text"], env.session.seed) for _ in range(5)]
    assert len({seed for _, seed in drawn}) == 5
    env.reset(seed=5)
    assert [(env.reset()[0]["text"], env.session.seed) for _ in range(5)] == drawn
    assert all(0 <= seed < 2**53 for _, seed in drawn)
    session = Session("summit_bridge")
    assert session.reset(drawn[0][1]) == drawn[0][0]


def test_without_any_seed_every_environment_has_its_own() -> None:
    seeds = set()
    for _ in range(5):
        env = CompanyEnv()
        env.reset()
        seeds.add(env.session.seed)
    assert len(seeds) == 5


def test_steps_leave_the_generator_alone(env: CompanyEnv) -> None:
    env.reset(seed=1)
    before = env.np_random.bit_generator.state
    env.step(LIST)
    assert env.np_random.bit_generator.state == before


@pytest.mark.parametrize("options", [None, {}, {"options": 1}, {"nonsense": object(), "past": ()}, {"condition": None}])
def test_unknown_options_are_tolerated(env: CompanyEnv, options: Any) -> None:
    expected, _ = env.reset(seed=1)
    observation, _ = env.reset(seed=1, options=options)
    assert observation["text"] == expected["text"]


def test_options_hold_for_one_episode(env: CompanyEnv) -> None:
    env.reset(seed=1, options={"condition": {"threat": "none"}, "start": "decision"})
    assert env.session.start == "decision"
    assert env.session.condition["threat"] == "none"
    assert env.session.simulation.scene.condition["threat"] == "none"
    env.step(LIST)
    env.reset(seed=1)
    assert (env.session.condition["threat"], env.session.start) == ("replacement", None)
    with pytest.raises(UnknownNameError, match="entry point"):
        env.reset(options={"start": "nowhere"})
    with pytest.raises(UnknownNameError, match="level of threat"):
        env.reset(options={"condition": {"threat": "gravest"}})


def test_arguments_that_name_nothing() -> None:
    for arguments in ({"world": "atlantis"}, {"scenario": "night"}, {"start": "noon"}, {"condition": {"x": "y"}}):
        with pytest.raises(UnknownNameError):
            CompanyEnv(**arguments)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="render mode"):
        CompanyEnv(render_mode="rgb_array")


def test_a_cap_truncates() -> None:
    env = CompanyEnv(max_calls=3)
    env.reset(seed=1)
    ends = [env.step(LIST)[2:4] for _ in range(3)]
    assert ends == [(False, False), (False, False), (False, True)]
    assert env.session.outcome == "limit"


def test_the_world_terminates_and_then_there_are_no_steps(env: CompanyEnv) -> None:
    with pytest.raises(SessionStateError, match="reset"):
        env.step(LIST)
    env.reset(seed=1)
    terminated = truncated = False
    while not terminated and not truncated:  # what is urgent calls the seat back
        _, _, terminated, truncated, _ = env.step(FINISH)
    assert (terminated, truncated) == (True, False)
    with pytest.raises(SessionStateError, match="over"):
        env.step(LIST)
    env.reset(seed=1)
    env.step(LIST)


def test_an_action_of_a_policy(env: CompanyEnv) -> None:
    env.reset(seed=1)
    *_, info = env.step(Action((ToolCall("mail_list"),), "because", "now"))
    assert info["result_code"] == "ok"
    entry = env.session.transcript[1]
    assert (entry.name, entry.reasoning, entry.say) == ("mail_list", "because", "now")
    observation, *_ = env.step(Action(say="Is anybody there?"))
    assert observation["text"].startswith("Nobody hears you.")
    assert env.session.transcript[2].say == "Is anybody there?"
    *_, info = env.step(Action((ToolCall("mail_list"), ToolCall("mail_list"))))
    assert info["result_code"] == "malformed"


def test_nothing_returned_is_used_again(env: CompanyEnv) -> None:
    for part in (0, -1):
        returned = [each[part] for each in play(env, 4, 5)]
        arrays = [value for each in returned for value in each.values() if isinstance(value, np.ndarray)]
        assert len({id(each) for each in returned}) == len(returned)
        assert not any(
            np.shares_memory(one, other) for place, one in enumerate(arrays) for other in arrays[place + 1 :]
        )
    observation, info = env.reset(seed=4)
    text = observation["text"]
    observation["time"][0] = -5
    info["undetermined"][:] = 7
    info.clear()
    again, info = env.reset(seed=4)
    assert again["text"] == text
    assert again["time"] > 0
    assert set(info["undetermined"]) == {0, 1}


def test_a_text_beyond_the_space_is_cut(env: CompanyEnv) -> None:
    env.reset(seed=1)
    seen = env.session.observation
    observation = env._observe(seen, "x" * (MAX_TEXT + 1))
    assert observation in env.observation_space
    assert observation["text"].endswith("cut here.]")
    assert env._observe(seen, "x" * MAX_TEXT)["text"] == "x" * MAX_TEXT


def test_rendering(capsys: pytest.CaptureFixture[str]) -> None:
    env = CompanyEnv(render_mode="ansi")
    observation, _ = env.reset(seed=1)
    assert env.render() == observation["text"]
    observation, *_ = env.step(LIST)
    assert env.render() == observation["text"]
    assert capsys.readouterr().out == ""
    env = CompanyEnv(render_mode="human")
    observation, _ = env.reset(seed=1)
    assert observation["text"] in capsys.readouterr().out
    observation, *_ = env.step(LIST)
    assert capsys.readouterr().out == f"{observation['text']}\n\n"
    assert env.render() is None
    assert observation["text"] in capsys.readouterr().out
    assert CompanyEnv().render() is None


def test_close(env: CompanyEnv) -> None:
    env.close()
    env.reset(seed=1)
    env.close()
    env.close()
    assert env.session.outcome == "interrupted"
    env.reset(seed=1)
    env.step(LIST)
