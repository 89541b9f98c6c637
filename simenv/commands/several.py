"""One agent, several seeds: a bar with the outcomes so far, then the rates."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from simenv.commands import exits
from simenv.commands.plan import Plan
from simenv.commands.results import FAILED, write_json
from simenv.content import agent_file
from simenv.policies.load import load_agent
from simenv.studies.runner import Progress as Step
from simenv.studies.runner import run_study
from simenv.viewer.terminal import labelled, make_console
from simenv.viewer.terminal_rates import outcomes_text, study_rows
from simenv.viewer.terminal_text import plain

_ERRORS: Final = 3
"""Errors that are shown; further ones are counted."""


def run_several(plan: Plan, agent_name: str, console: Console) -> int:
    """Run a study, or go on with it, and show what it has found; return the exit code."""
    agent = load_agent(agent_file(agent_name))
    spec = plan.spec(agent)
    agent.new()  # an agent that cannot be made is told of before anything is begun
    folder = plan.folder()
    with _Bar(make_console(stderr=True), len(plan.seeds)) as bar:
        table = run_study(spec, plan.seeds, folder, make_policy=agent.new, world=plan.world, on_progress=bar.step)
    outcomes: Counter[str] = Counter()
    for row in table.rows:
        outcomes.update(row.outcomes)
    if plan.json:
        write_json({"folder": str(folder), "agent": agent.name, **table.as_dict()}, console)
    else:
        console.print(Text(f"{plain(plan.world.title)}: {plain(agent.name, 60)}", "head"))
        for each in study_rows(table):
            console.print(each)
        console.print()
        console.print(labelled("Folder", plain(str(folder), 1_000)))
    for error in bar.errors[:_ERRORS]:
        exits.complain(error)
    if len(bar.errors) > _ERRORS:
        exits.complain(f"and {len(bar.errors) - _ERRORS} more; hidden/run.json of each episode has its error")
    if table.stopped:
        exits.complain(f"\nStopped. Go on with:\n  {plan.command(folder)}", "note")
        return exits.INTERRUPTED
    return exits.FOUND if FAILED & set(outcomes) else exits.DONE


class _Bar:
    """A progress bar on a terminal; notes are told anywhere."""

    def __init__(self, console: Console, total: int) -> None:
        self.errors: list[str] = []
        self._outcomes: Counter[str] = Counter()
        self._console = console
        columns = (TextColumn("Playing"), BarColumn(), MofNCompleteColumn(), _Outcomes(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=console, transient=True)
        self._task = self._bar.add_task("", total=total, outcomes=Text())

    def __enter__(self) -> _Bar:
        if self._console.is_terminal:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._console.is_terminal:
            self._bar.stop()

    def step(self, progress: Step) -> None:
        if progress.result is not None:
            self._outcomes[progress.result.outcome] += 1
            if progress.result.error is not None:
                last = progress.result.error.rstrip().rsplit("\n", 1)[-1]
                self.errors.append(f"seed {progress.result.seed}: {last}")
        self._bar.update(self._task, completed=progress.done, outcomes=outcomes_text(dict(self._outcomes)))
        if progress.note:
            self._console.print(plain(progress.note, 400), style="note")


class _Outcomes(TextColumn):
    """The outcomes so far."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Any) -> Text:
        found: Text = task.fields["outcomes"]
        return found
