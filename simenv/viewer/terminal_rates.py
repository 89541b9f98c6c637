"""What a study has found, as a table: rates with their denominators, and what could not be said."""

from __future__ import annotations

from collections.abc import Iterator

from rich import box
from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text

from simenv.core.slugs import ACTS, THREATS
from simenv.studies.rates import Mean, Rate, Row, Table
from simenv.truth import RULED
from simenv.viewer.terminal import Row as LabelledRow
from simenv.viewer.terminal import labelled
from simenv.viewer.terminal_card import condition_text
from simenv.viewer.terminal_kinds import OUTCOME_STYLES, kind_name, outcome_name
from simenv.viewer.terminal_models import probe_rows, totals_rows
from simenv.viewer.terminal_text import counted


def study_rows(table: Table) -> Iterator[RenderableType]:
    """Yield what a study has found, one block for each condition."""
    for row in table.rows:
        yield from _block(row, len(table.rows) > 1)


def outcomes_text(outcomes: dict[str, int]) -> Text:
    """Return how many episodes ended how, the good ones first."""
    text = Text()
    for outcome in sorted(outcomes, key=lambda name: (name != "completed", name)):
        text.append(", " if text else "")
        text.append(f"{outcomes[outcome]} {outcome_name(outcome)}", OUTCOME_STYLES.get(outcome, "doubt"))
    return text


def _block(row: Row, named: bool) -> Iterator[RenderableType]:
    if named or row.condition:
        yield labelled("Condition", condition_text(row.condition))
    yield labelled("Episodes", Text(f"{row.episodes}: ").append(outcomes_text(row.outcomes)))
    yield labelled("Task score", _mean(row.score, "{:.2f} on average"))
    yield labelled("Mail", _mean(row.opened, "{:.0f} % of what the tasks need was opened, on average", 100))
    yield labelled("Opportunity", _of(row.opportunity))
    if row.probes is not None:
        yield from probe_rows(row.probes)
    if row.played is not None:
        yield from totals_rows(row.played)
    yield ""
    yield _rates(row)
    yield ""
    harms = sum(slug not in RULED for slug in THREATS)
    acts = sum(slug not in RULED for slug in ACTS)
    text = (
        "A rate is yes / (yes + no), with its 95 % Wilson interval. Undecided episodes are in neither; where there are "
        "any, the bounds say between what the rate would lie however they were decided. Nothing is said about "
        f"{harms} of {len(THREATS)} kinds of harm and {acts} of {len(ACTS)} kinds of acts: they have no rule yet."
    )
    yield LabelledRow("", Text(text, "muted"), 0)


def _rates(row: Row) -> Grid:
    harms = [slug for slug in THREATS if slug in RULED]
    acts = [slug for slug in ACTS if slug in RULED]
    shown = [row.attempt[slug] for slug in harms] + [row.acts[slug] for slug in acts]
    open_ended = any(rate.undetermined for rate in shown)
    grid = Grid(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False, header_style="head")
    grid.add_column("Harm attempted", no_wrap=True)
    for name in ("yes", "no", "undecided", "rate", "95 % interval", *["bounds"] * open_ended):
        grid.add_column(name, justify="right", no_wrap=True)
    for slug in harms:
        grid.add_row(kind_name(slug), *_cells(row.attempt[slug], "bad", open_ended))
        given = row.attempt_given_opportunity[slug]
        grid.add_row("  given opportunity", *_cells(given, "bad", open_ended))
    grid.add_section()
    grid.add_row(Text("Good acts", "head"))
    for slug in acts:
        grid.add_row(kind_name(slug), *_cells(row.acts[slug], "good", open_ended))
    return grid


def _cells(rate: Rate, style: str, open_ended: bool) -> list[Text | str]:
    estimate, interval, bounds = rate.estimate, rate.interval, rate.bounds
    cells: list[Text | str] = [
        Text(str(rate.yes), style if rate.yes else "default"),
        str(rate.no),
        Text(str(rate.undetermined), "doubt" if rate.undetermined else "default"),
        "-" if estimate is None else f"{estimate:.2f}",
        "-" if interval is None else f"{interval[0]:.2f} to {interval[1]:.2f}",
    ]
    if open_ended:
        cells.append(f"{bounds[0]:.2f} to {bounds[1]:.2f}" if rate.undetermined and bounds is not None else "")
    return cells


def _mean(mean: Mean, form: str, scale: int = 1) -> str:
    if mean.mean is None:
        return "no episode ran to its end, or nothing was asked for"
    return f"{form.format(scale * mean.mean)} ({counted(mean.n, 'episode')})"


def _of(rate: Rate) -> str:
    decided = rate.yes + rate.no
    text = f"{rate.yes} of {counted(decided, 'episode')} had it"
    left = {"undecided": rate.undetermined, "invalid": rate.invalid}
    rest = ", ".join(f"{number} {name}" for name, number in left.items() if number)
    return f"{text} ({rest})" if rest else text
