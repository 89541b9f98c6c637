"""An agent is named by its file, or by a class or function in it."""

from __future__ import annotations

from pathlib import Path

import pytest

import simenv
from simenv.content import agent_file
from simenv.core.errors import PolicyError, UnknownNameError
from simenv.core.turns import Observation
from simenv.core.waiting import settle
from simenv.policies import FunctionPolicy
from simenv.policies.load import load_agent
from simenv.policies.remote import RemotePolicy
from simenv.session import Session

FILE = '''"""Two policies and a function."""
from simenv.policies import BasePolicy, call

LIMIT = 3

class One(BasePolicy):
    """Lists.

    And no more."""
    def __init__(self, page=1):
        self.page = page
    def act(self, observation):
        return call("mail_list", page=self.page)

class Two(One):
    def act(self, observation):
        return call("directory")

class Three(BasePolicy):
    def act(self, observation):
        return call("finish")

class Nothing:
    pass

def decide(observation):
    """Waits."""
    return "wait", {"minutes": 5}

async def later(observation, brief):
    return call("finish", note=brief.seat)

def wrong():
    return ""
'''


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with several policies."""
    file = tmp_path / "mine.py"
    file.write_text(FILE, encoding="utf-8", newline="\n")
    return file


def test_a_class_is_named(path: Path) -> None:
    agent = load_agent(agent_file(f"{path}:One"))
    assert (agent.name, agent.made_of, agent.doc) == ("mine:One", "One", "Lists.")
    assert settle(agent.new({"page": 4}).act(Observation(0, "", 0, 5))).calls[0].arguments == {"page": 4}
    assert agent.spec() != load_agent(f"{path}:Three").spec()
    with pytest.raises(PolicyError, match="agent mine:One: One cannot be made"):
        agent.new({"colour": 1})


def test_a_function_is_named(path: Path) -> None:
    agent = load_agent(f"{path}:decide")
    assert (agent.name, agent.doc) == ("mine:decide", "Waits.")
    assert isinstance(agent.new(), FunctionPolicy)
    session = Session("summit_bridge", start="decision", max_calls=2)
    session.reset(seed=3)
    session.play(simenv.agent(f"{path}:later"))
    assert session.transcript[1].name == "finish"
    with pytest.raises(PolicyError, match="agent mine:decide: decide cannot be made"):
        agent.new({"minutes": 4})


def test_it_runs_in_a_process_of_its_own(path: Path) -> None:
    with RemotePolicy(Path(f"{path}:decide")) as policy:
        assert policy.act(Observation(0, "", 0, 60)).calls[0].name == "wait"


@pytest.mark.parametrize(
    ("name", "error", "says"),
    [
        ("", PolicyError, r"found: Two, Three. To use one of several, or a function, name it: mine\.py:name"),
        (":Tow", UnknownNameError, r"no class or function in mine\.py 'Tow'. Did you mean 'Two'"),
        (":decied", UnknownNameError, "Did you mean 'decide'"),
        (":Nothing", PolicyError, "the class Nothing has no method act"),
        (":LIMIT", PolicyError, "LIMIT is neither a class nor a function; its type is int"),
        (":wrong", PolicyError, r"wrong\(\) cannot be called with an observation"),
    ],
)
def test_what_cannot_be_used_is_told(path: Path, name: str, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        load_agent(agent_file(f"{path}{name}"))


def test_a_file_that_is_not_there_is_no_agent(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="There is no agent"):
        agent_file(f"{tmp_path / 'gone.py'}:One")
