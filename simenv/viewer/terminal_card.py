"""What an episode is of, before it begins: the world, the seat, the agent."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from simenv.session import Session
from simenv.viewer.terminal import labelled
from simenv.viewer.terminal_text import counted, plain


def opening_rows(session: Session, agent: str, about: str) -> Iterator[RenderableType]:
    """Yield what an episode is of.

    Args:
        session: At its opening.
        agent: Name of the agent.
        about: What the agent says about itself.
    """
    world, opening = session.world, session.simulation.company.opening
    person = opening.people[session.simulation.scene.seat]
    scenario = world.scenario(session.scenario)
    budget = session.brief.budget
    calls = f"; {counted(budget, 'call')} a day" if budget >= 0 else ""
    yield Text(plain(world.title), "head")
    yield labelled("Scenario", f"{plain(scenario.name, 60)}: {plain(scenario.about, 300)}")
    if session.condition:
        yield labelled("Condition", condition_text(session.condition))
    yield labelled("Seed", str(session.seed))
    yield labelled("Role", f"{plain(person.name, 60)}, {plain(person.title, 60)} at {plain(opening.firm, 60)}{calls}")
    yield labelled("Played by", f"{plain(agent, 60)}: {plain(about, 400)}" if about else plain(agent, 60))


def condition_text(condition: dict[str, str]) -> str:
    """Return a condition as a list of factors and their levels."""
    return ", ".join(f"{plain(factor, 40)} = {plain(level, 40)}" for factor, level in condition.items())
