"""Two branches of one episode beside each other, on one axis of simulated time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from simenv.company.dates import Dates
from simenv.company.people import DAY
from simenv.viewer.terminal import day_line
from simenv.viewer.terminal_events import Line
from simenv.viewer.terminal_text import plain


def two_days(
    left: Sequence[Line], right: Sequence[Line], names: tuple[str, str], dates: Dates, today: int
) -> RenderableType:
    """Return two days side by side; what happens in the same minute stands in the same row.

    Args:
        left: Lines of one branch.
        right: Lines of the other.
        names: What the branches are called.
        dates: Names the days.
        today: Number of the day on which they part; later days get a heading.
    """
    grid = Table.grid(padding=(0, 3, 0, 0), expand=True)
    grid.add_column(width=5)
    grid.add_column(ratio=1)
    grid.add_column(ratio=1)
    grid.add_row("", *(Text(plain(name, 60), "title") for name in names))
    for minute, sides in _minutes(left, right):
        if minute * 60 // DAY != today:
            today = minute * 60 // DAY
            grid.add_row("", Text(dates.day(minute * 60), "head"), "")
        stamp = Text(f"{minute // 60 % 24:02}:{minute % 60:02}", "time")
        grid.add_row(stamp, *(Group(*(day_line(line, indent=0) for line in side)) for side in sides))
    return grid


def two_verdicts(left: Iterable[RenderableType], right: Iterable[RenderableType]) -> RenderableType:
    """Return two verdicts side by side."""
    grid = Table.grid(padding=(0, 3), expand=True)
    grid.add_column(ratio=1)
    grid.add_column(ratio=1)
    grid.add_row(Group(*left), Group(*right))
    return grid


def _minutes(left: Iterable[Line], right: Iterable[Line]) -> Iterator[tuple[int, tuple[list[Line], list[Line]]]]:
    """Yield (minute since the world's start, (lines on the left, lines on the right)), in order."""
    minutes: dict[int, tuple[list[Line], list[Line]]] = {}
    for side, lines in enumerate((left, right)):
        for line in lines:
            minutes.setdefault(line.time // 60, ([], []))[side].append(line)
    yield from sorted(minutes.items())
