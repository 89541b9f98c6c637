"""What a check of a world has found."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from simenv.viewer.terminal import Row, labelled
from simenv.viewer.terminal_text import counted, plain
from simenv.worldfile.check import CheckReport


def check_rows(name: str, report: CheckReport) -> Iterator[RenderableType]:
    """Yield what was looked at and what is wrong with it.

    Args:
        name: The world's name.
        report: What was found.
    """
    labels = {key: plain(key.replace("_", " "), 60) for key in report.figures}
    margin = max(map(len, labels.values()), default=0) + 2
    for key, value in report.figures.items():
        shown = f"{value:.3g}" if isinstance(value, float) else plain(str(value), 400)
        yield labelled(labels[key], shown, margin=margin)
    if report.figures:
        yield ""
    if report.ok:
        yield Text(f"{plain(name, 60)}: no mistake found", "good")
        return
    yield Text(f"{plain(name, 60)}: {counted(len(report.mistakes), 'mistake')}", "bad")
    for mistake in report.mistakes:
        yield Row("", Text(plain(mistake.place, 200), "head"), 2)
        yield Row("", Text(plain(mistake.problem, 600)), 4)
        yield Row("", Text(plain(mistake.remedy, 600), "muted"), 4)
