"""``--agent`` takes a class or a function in a file by its name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = '''from simenv.policies import BasePolicy, call

class One(BasePolicy):
    def act(self, observation):
        return call("finish")

class Two(One):
    """Lists first."""
    def __init__(self, page=1):
        self.page = page
    def act(self, observation):
        return call("mail_list", page=self.page) if observation.calls_left == 15 else call("finish")

class Three(BasePolicy):
    def act(self, observation):
        return call("finish")

def wait(observation):
    """Waits for an hour, and again."""
    return "wait_for", {"minutes": 60}
'''
RUN = ("run", "summit_bridge", "--start", "decision", "--json", "--agent")


def test_a_class_or_a_function_of_several_is_played(simenv: Any) -> None:
    Path("mine.py").write_text(FILE, encoding="utf-8")
    one = json.loads(simenv(*RUN, "mine.py:Two", "--out", "one").stdout)
    assert (one["agent"], one["outcome"]) == ("mine:Two", "completed")
    assert json.loads(simenv(*RUN, "mine.py:wait", "--out", "two").stdout)["agent"] == "mine:wait"
    table = json.loads(simenv(*RUN, "mine.py:wait", "--seeds", "0:2", "--out", "three").stdout)
    assert table["rows"][0]["outcomes"] == {"completed": 2}
    assert simenv("replay", "two").stdout.count("identical") == 1
    assert "found: Two, Three. To use one of several" in simenv(*RUN, "mine.py", code=3).stderr
    assert "Did you mean 'wait'?" in simenv(*RUN, "mine.py:wiat", code=2).stderr


def test_a_card_says_what_it_is(simenv: Any) -> None:
    Path("mine.py").write_text(FILE, encoding="utf-8")
    lines = [line.split() for line in simenv("agents", "mine.py:wait").stdout.splitlines()]
    assert ["Function", "wait"] in lines
    assert ["Settings", "none"] in lines
    assert "Settings     page=1" in simenv("agents", "mine.py:Two").stdout
