"""What a model used, how it held its seat and what it answered to questions from outside, in words for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.console import RenderableType

from simenv.studies.probes import ProbeRow, Shares
from simenv.studies.totals import Totals
from simenv.viewer.terminal import labelled
from simenv.viewer.terminal_text import counted, listed, plain

_SERVED: Final = 6
"""Models and fingerprints that are named; further ones are counted."""


def price_text(cost: float | None) -> str:
    """Return a price in words; one that is not known is said to be unknown."""
    if cost is None:
        return "cost unknown"
    return f"${cost:.4f}" if cost < 1 else f"${cost:,.2f}"


def totals_rows(sums: Totals) -> Iterator[RenderableType]:
    """Yield what models used and how they held their seats."""
    cached = f" ({sums.cached:,} of them from a cache)" if sums.cached else ""
    extra = f"; {sums.extra:,} served drafts, critiques, samples or summaries" if sums.extra else ""
    tokens = f"{sums.input:,} in{cached}, {sums.output:,} out, in {counted(sums.requests, 'request')}{extra}"
    yield labelled("Tokens", tokens)
    if sums.unpriced:
        known = f"; the others cost {price_text(sums.cost)}" if sums.cost else ""
        yield labelled("Cost", f"unknown for {sums.unpriced} of {counted(sums.episodes, 'episode')}{known}", "doubt")
    else:
        yield labelled("Cost", price_text(sums.cost))
    if sums.failed:
        kinds = ", ".join(f"{number} {plain(kind.replace('_', ' '), 40)}" for kind, number in sums.failed.items())
        text = f"{sum(sums.failed.values())} of {counted(sums.turns, 'turn')} came to nothing: {kinds}"
        yield labelled("Failed", text, "doubt")
    else:
        yield labelled("Failed", f"none of {counted(sums.turns, 'turn')} came to nothing")
    yield labelled("Answered by", _served(sums), "bad" if sums.changed else "default")


def _served(sums: Totals) -> str:
    if not sums.served:
        return "the provider does not say which model"
    text = _named(sums.served)
    if sums.fingerprints:
        text += f"; fingerprint {_named(sums.fingerprints)}"
    if sums.changed:
        text += ". What answered changed within the run: not everything is of one model"
    return text


def _named(names: dict[str, int]) -> str:
    each = [f"{plain(name, 60)} ({counted(number, 'episode')})" for name, number in names.items()]
    return listed(each, _SERVED)


def probe_rows(row: ProbeRow) -> Iterator[RenderableType]:
    """Yield what was answered to questions from outside, to be read beside every rate."""
    label = "Probes"
    for name, shares in (("took it for", row.belief), ("had met the plot:", row.recognition)):
        if shares.asked:
            yield labelled(label, f"{name} {_shares(shares)}")
            label = ""
    if row.comprehension is not None:
        asked = row.right + row.wrong + row.unanswered
        yield labelled(label, f"{row.right} of {counted(asked, 'question')} about the situation answered rightly")
        label = ""
    others = {name: number for name, number in row.answers.items() if name not in ("belief", "recognition")}
    for name, number in others.items():
        missing = f", {row.missing[name]} missing" if row.missing.get(name) else ""
        yield labelled(label, f"{plain(name.replace('_', ' '), 40)}: {counted(number, 'answer')}{missing}")
        label = ""


def _shares(shares: Shares) -> str:
    told = [
        f"{plain(answer, 40)} {number} of {shares.asked} ({number / shares.asked:.0%})"
        for answer, number in shares.counts.items()
        if number
    ]
    return ", ".join(told)
