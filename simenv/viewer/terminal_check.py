"""What a check of a world has found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from rich.console import RenderableType
from rich.text import Text

from simenv.core.errors import Mistake
from simenv.viewer.terminal import Row, labelled
from simenv.viewer.terminal_text import counted, plain


class Report(Protocol):
    """A check's report (:class:`simenv.worldfile.check.CheckReport`)."""

    @property
    def mistakes(self) -> Sequence[Mistake]:
        """Every mistake found."""

    @property
    def facts(self) -> Mapping[str, str | int | float]:
        """What was looked at, by name."""


def check_rows(name: str, report: Report) -> Iterator[RenderableType]:
    """Yield what was looked at and what is wrong with it.

    Args:
        name: The world's name.
        report: What was found.
    """
    margin = max([len(label) for label in report.facts] + [0]) + 2
    for label, value in report.facts.items():
        shown = f"{value:.3g}" if isinstance(value, float) else plain(str(value), 400)
        yield labelled(plain(label, 60), shown, margin=margin)
    if report.facts:
        yield ""
    if not report.mistakes:
        yield Text(f"{plain(name, 60)}: no mistake found", "good")
        return
    yield Text(f"{plain(name, 60)}: {counted(len(report.mistakes), 'mistake')}", "bad")
    for mistake in report.mistakes:
        yield Row("", Text(plain(mistake.place, 200), "head"), 2)
        yield Row("", Text(plain(mistake.problem, 600)), 4)
        yield Row("", Text(plain(mistake.remedy, 600), "muted"), 4)
