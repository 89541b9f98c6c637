"""What a run of a model would cost, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich import box
from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text

from simenv.studies.estimate import EVERY, Estimate, Row
from simenv.viewer.terminal import Row as LabelledRow
from simenv.viewer.terminal import labelled
from simenv.viewer.terminal_text import plain

UNKNOWN: Final = "unknown"


def estimate_rows(estimate: Estimate) -> Iterator[RenderableType]:
    """Yield what a run would cost: of what, a table of the entry points, and what is assumed."""
    price = estimate.price
    yield labelled("Model", plain(estimate.model))
    beside = min(estimate.concurrency, estimate.episodes)
    yield labelled("Episodes", f"{estimate.episodes}, {beside} side by side" if beside > 1 else str(estimate.episodes))
    asked = f"{estimate.variant}; of a long conversation: {estimate.context.replace('_', ' ')}"
    yield labelled("Asked", asked)
    if price is None:
        yield labelled("Price", f"{UNKNOWN}: the table of prices has none for this model", "doubt")
    else:
        rate = price.rate
        text = f"{_per_million(rate.input)} in, {_per_million(rate.output)} out a million tokens"
        yield labelled("Price", text if rate.cached is None else f"{text}, {_per_million(rate.cached)} from the cache")
    yield ""
    yield _grid(estimate)
    yield ""
    for note in (*estimate.notes, _assumptions(estimate)):
        yield LabelledRow("", Text(note, "muted"), 0)


def _grid(estimate: Estimate) -> Grid:
    cached = estimate.price is not None and estimate.price.rate.cached is not None
    grid = Grid(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False, header_style="head")
    grid.add_column("Start", no_wrap=True)
    for name in ("requests", "in", *["cached"] * cached, "out", "money", *["at best"] * cached, "time"):
        grid.add_column(name, justify="right", no_wrap=True)
    for row in estimate.rows:
        grid.add_row("  all calls" if row.played == EVERY else row.start, *_cells(row, cached))
    return grid


def _cells(row: Row, cached: bool) -> list[str]:
    share = row.cached / row.input if row.input else 0.0
    return [
        short(row.requests),
        short(row.input),
        *[f"{share:.0%}"] * cached,
        short(row.output),
        money(row.cost),
        *[money(row.cost_cached)] * cached,
        duration(row.hours),
    ]


def _assumptions(estimate: Estimate) -> str:
    assumed = estimate.assumed
    cached = estimate.price is not None and estimate.price.rate.cached is not None
    best = " At best a cache gives back all that the request before began with." if cached else ""
    summed = f" A summary has {assumed.summary:,} tokens." if estimate.context == "summary" else ""
    least = min((row.shortest for row in estimate.rows), default=0)
    return (
        f"Requests, tokens and money of all episodes, played as {estimate.agent} plays and, below it, until no call is "
        f"left. Measured offline: every request begins with {least:,} tokens of brief and tools, a token taken as "
        f"{assumed.characters:g} characters. Assumed: replies of {assumed.output:,} tokens, reasoning included, and "
        f"{assumed.seconds:g} seconds each.{summed} Not counted: requests tried again, probes, what writing to a cache "
        f"costs.{best}"
    )


def short(number: int) -> str:
    """Return a large number in short.

    Example:
        >>> short(950), short(12_345), short(3_210_000)
        ('950', '12.3 k', '3.21 M')
    """
    for unit, size in (("G", 10**9), ("M", 10**6), ("k", 10**3)):
        if number >= size:
            return f"{number / size:.3g} {unit}"
    return str(number)


def money(dollars: float | None) -> str:
    """Return a sum of money; what is not known is said to be unknown.

    Example:
        >>> money(None), money(0.0042), money(3.5), money(1234.5)
        ('unknown', '$0.0042', '$3.50', '$1,234')
    """
    if dollars is None:
        return UNKNOWN
    if dollars >= 1_000:
        return f"${dollars:,.0f}"
    return f"${dollars:.2f}" if dollars >= 1 else f"${dollars:.2g}"


def duration(hours: float) -> str:
    """Return a duration in minutes or hours.

    Example:
        >>> duration(0.004), duration(0.5), duration(12.25)
        ('under 1 min', '30 min', '12.2 h')
    """
    minutes = hours * 60
    if minutes < 1:
        return "under 1 min"
    return f"{minutes:.0f} min" if minutes < 90 else f"{hours:.3g} h"


def _per_million(rate: float) -> str:
    return f"${rate * 1e6:.3g}"
