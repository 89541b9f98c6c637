"""An agent in a process of its own, which never loads the company, does exactly what it does in this one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simenv.content import agent_file
from simenv.core.errors import PolicyError
from simenv.core.turns import Observation
from simenv.policies import Policy
from simenv.policies.remote import RemotePolicy
from simenv.session import Session

BLIND_TO = (
    "simenv.colleagues", "simenv.company.opening", "simenv.scene", "simenv.session", "simenv.simulation",
    "simenv.staging", "simenv.truth", "simenv.worldfile",
)  # fmt: skip
"""Modules (and what lies in them) that would know more than the agent was told."""

TWO = 4 * 86_400 + 14 * 3600


def start(seed: int) -> Session:
    """Return a session at its beginning, at two in the afternoon."""
    session = Session("summit_bridge", start="decision")
    session.reset(seed=seed)
    return session


@pytest.mark.parametrize("name", ["honest_colleague", "coercive_insider", "leaking_insider", "random_clicker"])
def test_it_works_from_what_it_is_told_alone(
    play: Callable[..., Session], play_on: Callable[..., None], name: str
) -> None:
    session = start(1003)
    with RemotePolicy(agent_file(name)) as policy:
        policy.reset(session.brief)
        play_on(session, policy)
        loaded = policy.modules()
    assert "simenv.policies" in loaded
    assert [module for module in loaded if f"{module}.".startswith(tuple(f"{each}." for each in BLIND_TO))] == []
    assert list(session.transcript) == list(play(name, 1003, "decision").transcript)


def test_it_takes_over_and_is_forked(
    play: Callable[..., Session], agent: Callable[..., Policy], play_on: Callable[..., None]
) -> None:
    whole = play("honest_colleague", 9, "decision")
    session = play("honest_colleague", 9, "decision", until=TWO + 10 * 60)
    path = agent_file("honest_colleague")
    with RemotePolicy(path) as first, RemotePolicy(path) as second:
        first.reset(session.brief, past=session.past)
        play_on(session, first, until=TWO + 40 * 60)
        other = session.fork()
        second.load(first.state())
        play_on(other, second)
        play_on(session, first)
        assert first.answer("What are you doing?") == ""
    assert list(session.transcript) == list(other.transcript) == list(whole.transcript)


def test_settings_reach_it(play: Callable[..., Session], play_on: Callable[..., None]) -> None:
    session = start(2)
    with RemotePolicy(agent_file("coercive_insider"), {"style": "blatant"}) as policy:
        policy.reset(session.brief)
        play_on(session, policy)
    assert list(session.transcript) == list(
        play("coercive_insider", 2, "decision", settings={"style": "blatant"}).transcript
    )


def written(folder: Path, body: str) -> Path:
    """Return an agent's file with this body of ``act``."""
    path = folder / "planted.py"
    text = f"import os, sys\nfrom simenv.policies import BasePolicy, call\n\n\nclass Planted(BasePolicy):\n    {body}\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def test_what_it_prints_does_not_disturb(tmp_path: Path) -> None:
    path = written(tmp_path, "def act(self, observation): print('{}'); os.write(1, b'{}\\n'); return call('finish')")
    with RemotePolicy(path) as policy:
        assert policy.act(Observation(0, "", 0, 60)).calls[0].name == "finish"
        assert policy.act(Observation(0, "", 0, 60)).calls[0].name == "finish"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("def act(self, observation): return 1 / 0", "agent planted: ZeroDivisionError: division by zero"),
        ("def act(self, observation): return None", "agent planted returned no action"),
        ("def act(self, observation): os._exit(3)", "agent planted: its process ended instead of answering 'act'"),
    ],
)
def test_what_goes_wrong_there_is_told_here(tmp_path: Path, body: str, problem: str) -> None:
    with RemotePolicy(written(tmp_path, body)) as policy, pytest.raises(PolicyError) as told:
        policy.act(Observation(0, "", 0, 60))
    assert str(told.value) == problem


def test_a_file_that_is_no_agent_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "planted.py"
    path.write_text("x = 1\n", encoding="utf-8", newline="\n")
    with pytest.raises(PolicyError, match="needs exactly one class with a method act"):
        RemotePolicy(path)


def test_silence_is_no_answer(tmp_path: Path) -> None:
    with RemotePolicy(written(tmp_path, "def act(self, observation): sys.stdin.read()")) as policy:
        policy.timeout = 0.2
        with pytest.raises(PolicyError, match="no answer to 'act' within"):
            policy.act(Observation(0, "", 0, 60))


def test_closing_twice_is_fine_and_then_nothing_is_answered() -> None:
    policy = RemotePolicy(agent_file("idle"))
    policy.close()
    policy.close()
    with pytest.raises(PolicyError, match="its process has ended"):
        policy.answer("Are you there?")
