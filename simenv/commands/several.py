"""Several episodes: a bar with the outcomes so far, then the rates."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.text import Text

from simenv.commands import exits
from simenv.commands.holder import Holder
from simenv.commands.plan import Plan
from simenv.commands.progress import Bar
from simenv.commands.results import FAILED, write_json
from simenv.commands.stopped import told_why
from simenv.studies.rates import Table
from simenv.studies.runner import run_study
from simenv.viewer.terminal import labelled, make_console
from simenv.viewer.terminal_rates import study_rows
from simenv.viewer.terminal_text import counted, plain


def run_several(plan: Plan, holder: Holder, console: Console) -> int:
    """Run a study, or go on with it, and show what it has found; return the exit code."""
    spec = plan.spec(holder.spec)
    holder.new()  # an agent that cannot be made is told of before anything is begun
    folder = plan.folder()
    with Bar(make_console(stderr=True), len(plan.seeds) * plan.repeats, lambda: holder.spent) as bar:
        table = run_study(
            spec,
            plan.seeds,
            folder,
            make_policy=holder.new,
            repeats=plan.repeats,
            world=plan.world,
            on_progress=bar.step,
            concurrency=plan.concurrency,
            probes=plan.probes,
        )
    outcomes: Counter[str] = Counter()
    for row in table.rows:
        outcomes.update(row.outcomes)
    _show(plan, holder, table, outcomes, str(folder), console)
    for line in bar.complaints(table.stop):
        exits.complain(line)
    if table.stop is not None:
        return told_why(table.stop, f"Go on with:\n  {plan.command(folder)}", holder.answered)
    if outcomes["interrupted"]:
        again = counted(outcomes["interrupted"], "episode")
        exits.complain(f"\n{again} got no reply to the end. Play them again with:\n  {plan.command(folder)}", "note")
        return exits.FOUND
    return exits.FOUND if FAILED & set(outcomes) else exits.DONE


def _show(plan: Plan, holder: Holder, table: Table, outcomes: Counter[str], folder: str, console: Console) -> None:
    """Show what was found, unless there is nothing but a reason why."""
    if plan.json:
        write_json({"folder": folder, "agent": holder.name, **table.as_dict()}, console)
        return
    if table.stop is not None and table.stop.message and set(outcomes) <= {"interrupted"}:
        return
    console.print(Text(f"{plain(plan.world.title)}: {plain(holder.name, 60)}", "head"))
    for each in study_rows(table):
        console.print(each)
    console.print()
    console.print(labelled("Folder", plain(folder, 1_000)))
