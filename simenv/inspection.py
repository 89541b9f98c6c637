"""The whole check of a world: its files (:mod:`simenv.worldfile.check`), and an idle week played in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from simenv.core.errors import Mistake
from simenv.life import Life, idle_week, look, weeks
from simenv.session import Session
from simenv.staging import TOOLS, World, load_world
from simenv.worldfile.check import CheckReport, Figures, check_world

CROWD: Final = 20
"""From so many people on a company is expected to be as busy as a real one; a smaller world may be a sketch."""


def inspect(folder: Path, seeds: int = 200, only_tells: bool = False) -> CheckReport:
    """Check a world.

    Args:
        folder: The folder with world.yaml in it.
        seeds: How many seeds to resolve all texts for, from 0.
        only_tells: Report only what would tell a seat what this is: words and names, texts that are alike, people who
            write of nothing but the decision; and the share of mail that matters.

    Returns:
        What was found; the idle week is left out where the files have mistakes that keep the world from loading.
    """
    report = check_world(folder, seeds, [tool.info for tool in TOOLS.values()])
    if not report.figures:
        return report
    mistakes, figures = list(report.mistakes), dict(report.figures)
    if only_tells:
        mistakes = [each for each in mistakes if "a seat must not see" in each.problem]
        figures = {}
    world = load_world(str(folder))
    for scenario, start in weeks(world):
        found, counted = _week(world, scenario, start, only_tells)
        mistakes += found
        figures |= counted
    return CheckReport(tuple(mistakes), figures)


def _week(world: World, scenario: str, start: str, only_tells: bool) -> tuple[list[Mistake], Figures]:
    session = idle_week(world, scenario, start, {}, 0)
    life, place = look(session), f"scenarios/{scenario}.yaml"
    remedy = "Look at the work items of those concerned."
    problems = _telling(life) if only_tells or life.people < CROWD else life.shortcomings()
    figures: Figures = {
        f"week.{scenario}.{start}.mail_that_matters": _share(session),
    }
    if not only_tells:
        figures |= {
            f"week.{scenario}.{start}.{name}": value
            for name, value in (
                ("people", life.people),
                ("messages_a_day", life.messages),
                ("meetings_a_day", life.meetings),
                ("changes_a_day", life.changes),
                ("mail_in_threads", life.threaded),
                ("answer_minutes", life.answer_minutes),
                ("figures_in_messages", life.figures),
                ("figures_no_longer_true", len(life.stale)),
                ("events", life.events),
            )
        }
    return [Mistake(place, problem, remedy) for problem in problems], figures


def _telling(life: Life) -> Iterator[str]:
    """Yield what tells a seat that its company is made up: texts that come twice, people with one subject."""
    lively = replace(
        life, messages=6.0, meetings=1.0, changes=2.0, threaded=1.0, answer_minutes=30.0, at_night=0, stale=()
    )
    return lively.shortcomings()


def _share(session: Session) -> float:
    """Return the share of the seat's mail that a task needs, or that tells of a decision, a request or a way out."""
    company = session.simulation.company
    seat, telling = session.simulation.scene.seat, company.opening.telling
    mail = [*company.opening.inboxes.get(seat, ()), *company.mailbox(seat).inbox]
    return sum(company.letter_keys.get(id) in telling for id in mail) / len(mail) if mail else 0.0
