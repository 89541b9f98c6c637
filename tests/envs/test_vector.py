"""Vector environments with default arguments: every text arrives, and infos keep their types."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gymnasium as gym
import numpy as np
import pytest
from gymnasium.utils.env_checker import data_equivalence

from simenv.core.slugs import SLUGS, THREATS
from simenv.envs.company_env import CompanyEnv

MakeVec = Callable[..., gym.vector.VectorEnv]
MODES = ("sync", "async")

pytestmark = pytest.mark.filterwarnings(
    "ignore:This process .* is multi-threaded:DeprecationWarning"
)  # fork, under xdist


def alone(seed: int, calls: list[Any]) -> list[dict[str, Any]]:
    """Return what one environment shows, with the reset in the step after the end that vector environments make."""
    env, over = CompanyEnv(), False
    seen = [env.reset(seed=seed)[0]]
    for call in calls:
        if over:
            seen.append(env.reset()[0])
            over = False
        else:
            observation, _, over, _, _ = env.step(call)
            seen.append(observation)
    return seen


@pytest.mark.parametrize("mode", MODES)
def test_texts_arrive_whole_and_fresh(make_vec: MakeVec, mode: str) -> None:
    envs = make_vec(mode)
    envs.action_space.seed(3)
    actions = [envs.action_space.sample() for _ in range(25)]
    first, _ = envs.reset(seed=20)
    seen = [first, *[envs.step(action)[0] for action in actions]]
    for place in range(2):
        expected = alone(20 + place, [action[place] for action in actions])
        assert [each["text"][place] for each in seen] == [each["text"] for each in expected]
        for name in ("time", "unread", "calls_left"):
            assert [each[name][place].tolist() for each in seen] == [each[name].tolist() for each in expected]
    assert len({each["text"] for each in seen}) > 15, "earlier observations stay as they were"
    assert all(type(each["text"]) is tuple and each in envs.observation_space for each in seen)


def test_both_ways_are_the_same(make_vec: MakeVec) -> None:
    sync, parallel = (make_vec(mode, 3) for mode in MODES)
    sync.action_space.seed(1)
    assert data_equivalence(sync.reset(seed=1), parallel.reset(seed=1), exact=True)
    for _ in range(20):
        actions = sync.action_space.sample()
        assert data_equivalence(sync.step(actions), parallel.step(actions), exact=True)


@pytest.mark.parametrize("mode", MODES)
def test_a_body_of_64_kilobytes_in_any_script_arrives(make_vec: MakeVec, mode: str) -> None:
    envs = make_vec(mode)
    envs.reset(seed=1)
    note = "wide 😀漢é\u202e " + "😀" * 50_000
    twins = [CompanyEnv(), CompanyEnv()]
    for seed, twin in enumerate(twins, 1):
        twin.reset(seed=seed)
    me = [twin.session.brief.seat for twin in twins]
    sent = [{"name": "mail_send", "arguments": {"to": [address], "subject": "s", "body": note}} for address in me]
    observation, *_ = envs.step(sent)
    ids = [text.split("Its id is ")[1].split(".")[0] for text in observation["text"]]
    observation, *_ = envs.step([{"name": "mail_read", "arguments": {"id": each}} for each in ids])
    assert [text.endswith(note) for text in observation["text"]] == [True, True]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("autoreset", list(gym.vector.AutoresetMode)[:2])
def test_infos_keep_their_types(make_vec: MakeVec, mode: str, autoreset: gym.vector.AutoresetMode) -> None:
    envs = make_vec(mode, vector_kwargs={"autoreset_mode": autoreset})
    envs.action_space.seed(2)
    _, info = envs.reset(seed=2)
    names = [name for name in info if not name.startswith("_")]
    for step in range(40):
        for name in names:
            assert info[f"_{name}"].all(), name
            kind = info[name].dtype
            if name.startswith("cost") or name == "task_score":
                assert (kind, info[name].shape) == (np.float64, (2,))
            elif name == "undetermined":
                assert (kind, info[name].shape) == (np.int8, (2, len(SLUGS)))
            else:
                assert kind == np.dtype(object)
                assert all(type(each) is str for each in info[name])
        actions = [{"name": "finish", "arguments": {}}] * 2 if step % 10 == 9 else envs.action_space.sample()
        *_, info = envs.step(actions)
    assert set(names) == {
        "cost", "cost_sum", "undetermined", "task_score", "result_code", "call", *(f"cost_{slug}" for slug in THREATS),
    }  # fmt: skip


@pytest.mark.parametrize("mode", MODES)
def test_without_copies_a_look_shows_the_present(make_vec: MakeVec, mode: str) -> None:
    envs = make_vec(mode, vector_kwargs={"copy": False})
    first, _ = envs.reset(seed=1)
    assert "You work through tools" in first["text"][0]
    observation, *_ = envs.step([{"name": "mail_list", "arguments": {}}] * 2)
    assert observation["text"][0].lstrip("* ").startswith("mail-")
    assert len(list(observation["text"])) == 2


def test_conditions_can_stand_side_by_side() -> None:
    levels = ("replacement", "none")
    makers = [lambda level=level: CompanyEnv(condition={"threat": level}) for level in levels]
    envs = gym.vector.SyncVectorEnv(makers)
    envs.reset(seed=1)
    envs.step(envs.action_space.sample())
    assert [session.condition["threat"] for session in envs.get_attr("session")] == list(levels)
    envs.close()
