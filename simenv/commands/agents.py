"""``simenv agents``: which agents there are, and what one is."""

from __future__ import annotations

from typing import Annotated

import typer

from simenv.commands.exits import reporting


@reporting
def agents(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="AGENT", help="Name or file of an agent; all shipped ones if left out.", show_default=False
        ),
    ] = None,
) -> None:
    """List the shipped agents, or show what one is."""
    from simenv.content import agent_file, agent_names
    from simenv.policies.load import load_agent
    from simenv.viewer.terminal import make_console
    from simenv.viewer.terminal_agent import agent_rows, agents_table

    console = make_console()
    if name is None:
        console.print(agents_table([load_agent(agent_file(each)) for each in agent_names()]))
        return
    path = agent_file(name)
    for row in agent_rows(load_agent(path), path):
        console.print(row)
