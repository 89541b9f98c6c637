"""How far a run is: a bar on a terminal with the outcomes so far, what they have cost, and the time left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from simenv.llm.client import Spent
from simenv.studies.job import Progress as Step
from simenv.studies.stop import Stop
from simenv.viewer.terminal_models import price_text
from simenv.viewer.terminal_rates import outcomes_text
from simenv.viewer.terminal_text import plain

_ERRORS: Final = 3
"""Errors that are shown; further ones are counted."""


class Bar:
    """A progress bar on a terminal; notes are told anywhere.

    Args:
        console: Where to.
        total: Episodes asked for.
        spent: Says what was spent so far, or None if nothing is.
    """

    def __init__(self, console: Console, total: int, spent: Callable[[], Spent | None] = lambda: None) -> None:
        self._errors: list[tuple[int, str]] = []
        self._outcomes: Counter[str] = Counter()
        self._console = console
        columns = (
            TextColumn("Playing"), BarColumn(), MofNCompleteColumn(), _Outcomes(), _Cost(spent), TimeRemainingColumn()
        )  # fmt: skip
        self._bar = Progress(*columns, console=console, transient=True)
        self._task = self._bar.add_task("", total=total, outcomes=Text())

    def __enter__(self) -> Bar:
        if self._console.is_terminal:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._console.is_terminal:
            self._bar.stop()

    def step(self, progress: Step) -> None:
        """Take in what came of an episode, or a note."""
        result = progress.result
        if result is not None:
            self._outcomes[result.outcome] += 1
            if result.error is not None:
                self._errors.append((result.seed, result.error.rstrip().rsplit("\n", 1)[-1]))
        self._bar.update(self._task, completed=progress.done, outcomes=outcomes_text(dict(self._outcomes)))
        if progress.note:
            self._console.print(plain(progress.note, 400), style="note")

    def complaints(self, stop: Stop | None) -> list[str]:
        """Return the errors to be told, the first few of them; what stopped the run is told elsewhere.

        Args:
            stop: Why the run was stopped, if it was.
        """
        told = [(seed, error) for seed, error in self._errors if stop is None or error not in stop.message]
        lines = [f"seed {seed}: {error}" for seed, error in told[:_ERRORS]]
        if len(told) > _ERRORS:
            lines.append(f"and {len(told) - _ERRORS} more; hidden/run.json of each episode has its error")
        return lines


class _Outcomes(TextColumn):
    """The outcomes so far."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Any) -> Text:
        found: Text = task.fields["outcomes"]
        return found


class _Cost(TextColumn):
    """What was spent so far, episodes under way included."""

    def __init__(self, spent: Callable[[], Spent | None]) -> None:
        super().__init__("")
        self._spent = spent

    def render(self, task: Any) -> Text:
        spent = self._spent()
        return Text() if spent is None else Text(price_text(spent.cost))
