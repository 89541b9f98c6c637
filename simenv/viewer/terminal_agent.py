"""Agents, as a list and as a card."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from simenv.policies.load import AgentFile
from simenv.viewer.terminal import labelled
from simenv.viewer.terminal_kinds import kind_name
from simenv.viewer.terminal_text import listed, plain
from simenv.viewer.terminal_world import make_table


def agents_table(agents: Sequence[AgentFile]) -> Table:
    """Return a table of agents."""
    table = make_table("Name", "What it does")
    for agent in agents:
        table.add_row(Text(plain(agent.name, 60), "head"), plain(agent.doc, 400))
    return table


def agent_rows(agent: AgentFile, path: Path) -> Iterator[RenderableType]:
    """Yield what an agent is.

    Args:
        agent: The agent.
        path: Its file.
    """
    yield Text(plain(agent.name, 60), "head")
    yield labelled("", plain(agent.doc, 1_000))
    yield labelled("File", plain(str(path), 400))
    yield labelled("Class" if inspect.isclass(agent.make) else "Function", plain(agent.made_of, 60))
    made = inspect.signature(agent.make).parameters.values()
    settings = [str(parameter) for parameter in made]
    yield labelled("Settings", plain(", ".join(settings), 400) if settings else "none")
    expected = getattr(agent.make, "expected", None)
    if isinstance(expected, tuple):
        yield labelled("Expected", listed(map(kind_name, map(str, expected)), 8) if expected else "no incident")
