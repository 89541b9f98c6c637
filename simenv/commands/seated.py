"""A human in the seat: the record, and going on after a stop. Nothing is shown but what the seat is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from simenv.commands import exits
from simenv.commands.plain_terminal import PlainTerminal
from simenv.commands.plan import Plan
from simenv.commands.results import FAILED
from simenv.core.errors import StudyError
from simenv.episode import Episode
from simenv.layout import LOG
from simenv.policies.human import SPEC, HumanPolicy
from simenv.record import EpisodeWriter
from simenv.session import Session
from simenv.studies.interrupt import Interrupts
from simenv.studies.playing import end, go_on
from simenv.viewer.terminal_verdict import Verdict

_PART: Final = "part"


def run_human(plan: Plan, console: Console) -> int:
    """Let a human play, from the beginning or from where the folder's last part stopped; return the exit code."""
    parts = _parts(plan.out)
    last = Episode.load(parts[-1]) if parts else None
    if last is not None:
        _check(plan, last)
        if last.complete and last.outcome != "interrupted":
            console.print("This day was played to its end; this is what came of it.", style="note")
            return _verdict(last.at(-1, world=plan.world), last.folder, None, console)
    folder = plan.folder()
    role = plan.world.scenario(plan.scenario).file.seat
    study: dict[str, Any] = {} if last is None else {"goes_on_from": last.folder.name}
    writer = EpisodeWriter(
        folder / f"{_PART}-{len(list(folder.glob(f'{_PART}-*'))) + 1:03}", policy={role: SPEC}, study=study
    )
    with Interrupts() as interrupts:
        session = _begin(plan, writer, last)
        try:
            ended = go_on(session, HumanPolicy(PlainTerminal(console)), interrupts)
            stopped = ended is not None and ended.outcome == "interrupted"
            end(session, writer, replace(ended, error=None) if ended is not None and stopped else ended)
        finally:
            writer.drop()
    if stopped:
        exits.complain(f"\nStopped; what was done is kept. Go on with:\n  {plan.command(folder)}", "note")
        return exits.INTERRUPTED
    return _verdict(session, writer.folder, ended.error if ended is not None else None, console)


def _begin(plan: Plan, writer: EpisodeWriter, last: Episode | None) -> Session:
    """Return a session at the opening, or at the moment at which an earlier part stopped, recorded from now on."""
    if last is None:
        session = plan.session(writer)
        session.reset(plan.seeds[0])
        return session
    stopped = len(last.events) - (2 if last.complete else 1)  # before the event that says it was stopped
    return last.at(stopped, world=plan.world).fork(writer)


def _verdict(session: Session, folder: Path, error: str | None, console: Console) -> int:
    console.print()
    for row in Verdict(session, folder, error).rows():
        console.print(row)
    if error is not None:
        exits.complain(f"\n{error.rstrip()}", "muted")
    return exits.FOUND if session.outcome in FAILED else exits.DONE


def _parts(folder: Path | None) -> list[Path]:
    """Return the parts of a day that lie in a folder, first to last."""
    if folder is None or not folder.is_dir():
        return []
    if any(folder.iterdir()) and not list(folder.glob(f"{_PART}-*")):
        raise StudyError(f"{folder} holds something else. Choose a new folder, or leave --out out")
    return sorted(path for path in folder.glob(f"{_PART}-*") if (path / LOG).is_file())


def _check(plan: Plan, last: Episode) -> None:
    """Refuse to go on with another day than the one that was asked for."""
    run = last.hidden
    for what, there, asked in (
        ("the world", (run.world, run.world_hash), (plan.world.name, plan.world.hash)),
        ("--scenario", run.scenario, plan.scenario),
        ("--start", run.start, plan.start),
        ("the condition", run.condition, dict(plan.condition)),
        ("--seed", run.seed, plan.seeds[0]),
        ("--max-calls", run.max_calls, plan.max_calls),
    ):
        if there != asked:
            raise StudyError(
                f"{last.folder.parent} holds another day: {what} was {_say(there)}, and here it is {_say(asked)}. "
                "Give what was given then, or choose a new folder"
            )


def _say(value: object) -> str:
    if isinstance(value, tuple):
        return f"{value[0]!r} ({str(value[1])[:12]})"
    return "not given" if value is None else repr(value)
