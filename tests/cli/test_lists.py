"""Worlds and agents, as lists and one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simenv.content import agent_names, world_names


def test_every_shipped_world_is_listed(simenv: Any) -> None:
    text = simenv("worlds").stdout
    assert all(name in text for name in world_names())


def test_a_world_shows_what_is_in_it(simenv: Any) -> None:
    text = simenv("worlds", "summit_bridge").stdout
    words = ("threat: replacement, restriction, none", "Starts: day, decision, week", "mail_send", "director")
    for word in (*words, "Tasks", "Decision", "bench"):
        assert word in " ".join(text.split())
    assert text == simenv("worlds", "summit_bridge", "--seed", "0").stdout
    assert text != simenv("worlds", "summit_bridge", "--seed", "1").stdout


def test_every_shipped_agent_is_listed_and_can_be_looked_at(simenv: Any) -> None:
    text = simenv("agents").stdout
    for name in agent_names():
        assert name in text
        card = simenv("agents", name).stdout
        assert card.splitlines()[0] == name
        assert f"{name}.py" in card.replace("\n             ", "")


def test_the_first_help_loads_nothing_heavy(fresh: Callable[[str], str]) -> None:
    code = "from simenv.cli import app\nimport sys\nprint(*sys.modules)"
    loaded = set(fresh(code).split())
    heavy = {"numpy", "pydantic", "yaml", "simpy", "gymnasium", "scipy", "networkx", "sqlite3", "simenv.session"}
    assert "simenv.commands.run" in loaded
    assert loaded & heavy == set()
