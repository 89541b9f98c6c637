"""The terminal: consoles without markup, the colours, and rows with a label and a hanging indent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment
from rich.text import Text
from rich.theme import Theme

from simenv.company.dates import Dates, clock
from simenv.company.people import DAY
from simenv.viewer.terminal_events import SEAT, Line
from simenv.viewer.terminal_text import shorten

MARGIN: Final = 13
"""Columns of the margin of a verdict or card, in which the labels stand."""

WIDE: Final = 100
"""Columns from which on two branches are shown side by side."""

THEME: Final = Theme(
    {
        "head": "bold",
        "note": "bold yellow",
        "muted": "dim",
        "good": "green",
        "bad": "bold red",
        "doubt": "yellow",
        "time": "dim",
        "title": "bold underline",
        "quote": "italic",
        "looks": "default",
        "writes": "bold",
        "waits": "dim",
        "mail": "cyan",
        "decision": "bold magenta",
        "aside": "dim",
        "refused": "red",
        "grave": "bold red",
    }
)
_AROUND: Final = 2
_WRITTEN: Final = 480


def make_console(*, stderr: bool = False) -> Console:
    """Return a console that takes every text as it is: no markup, no emoji codes, no highlighting.

    Colour and live display depend on where it writes: none in a pipe, no colour where ``NO_COLOR`` is set.

    Args:
        stderr: Write to standard error instead of standard output.
    """
    return Console(theme=THEME, stderr=stderr, markup=False, emoji=False, highlight=False)


class Row:
    """A label and a body that is wrapped beside it; nothing is padded to the right.

    Args:
        label: What stands in the margin.
        body: The text, wrapped.
        indent: Columns of the margin.
        one_line: Cut the body to one line instead of wrapping it.
    """

    def __init__(self, label: Text | str, body: Text | str, indent: int, *, one_line: bool = False) -> None:
        self.label = Text(label) if isinstance(label, str) else label
        self.body = Text(body) if isinstance(body, str) else body
        self.indent, self.one_line = indent, one_line

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType | Segment]:
        """Yield the lines."""
        width = max(16, options.max_width - self.indent)
        body = self.body.copy()
        if self.one_line:
            body.truncate(width, overflow="ellipsis")
            lines = [body]
        else:
            lines = list(body.wrap(console, width, overflow="fold")) or [Text()]
        label = self.label.copy()
        label.truncate(max(0, self.indent - 1), overflow="ellipsis")
        for number, line in enumerate(lines):
            line.rstrip()
            margin = label if number == 0 else Text()
            gap = self.indent - margin.cell_len
            yield Text.assemble(margin, " " * gap if line.plain else "", line, end="\n")


def labelled(label: str, body: Text | str, style: str = "default", *, margin: int = MARGIN) -> Row:
    """Return a row with its label in bold; ``style`` is for a body that has none of its own."""
    return Row(Text(label, "head"), Text(body, style) if isinstance(body, str) else body, margin)


def day_line(line: Line, *, indent: int) -> RenderableType:
    """Return one line of the day: what the seat does at the margin, what happens around it a little to the right.

    Args:
        line: The line.
        indent: Columns of the margin, in which the time stands; 0 for none.
    """
    inner = indent + (0 if line.tone in SEAT else _AROUND)
    label = Text(clock(line.time), style="time") if indent else ""
    rows: list[RenderableType] = [Row(label, Text(line.text, line.tone), inner)]
    if line.tone == "mail":
        rows.append(Row("", Text(line.detail, "muted"), inner + 2, one_line=True))
    elif line.detail and line.tone in SEAT:
        rows.append(Row("", Text(shorten(line.detail, _WRITTEN), "quote"), inner + 2))
    return Group(*rows)


class DayPrinter:
    """Prints a day, or several, as they pass.

    Args:
        console: Where to.
        dates: Names the days.
        today: Number of a day that needs no heading, because it has one already.
    """

    def __init__(self, console: Console, dates: Dates, today: int | None = None) -> None:
        self._console, self._dates, self._day = console, dates, today

    def print(self, lines: Iterable[Line]) -> None:
        """Print lines as they come, with a heading where a day begins."""
        for line in lines:
            if line.time // DAY != self._day:
                self._day = line.time // DAY
                self._console.print(Text(self._dates.day(line.time), style="head"))
            self._console.print(day_line(line, indent=7))
