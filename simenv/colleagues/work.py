"""Work: at its time a step's owner sets about it, writes what there is to write, and hands on."""

from __future__ import annotations

from simenv.colleagues.base import Host
from simenv.colleagues.voice import write
from simenv.core.clock import LATE, Wakeup
from simenv.core.kinds.agent import SeatRemoved
from simenv.core.kinds.decision import DecisionChanged
from simenv.core.kinds.work import WorkBegun, WorkDone


def open_agenda(host: Host) -> None:
    """Schedule every step of every work item, and every decision, that lies ahead."""
    opening = host.company.opening
    for step in opening.plan.steps.values():
        if step.at is not None and step.at >= opening.now:
            host.schedule(Wakeup(step.at, "work.step", step.owner, (step.name,)))
    for decision in opening.decisions.values():
        if decision.at >= opening.now:
            host.schedule(Wakeup(decision.at, "decision.due", decision.controller, (decision.key,), None, LATE))


def do_step(host: Host, wakeup: Wakeup) -> None:
    """Do a step that fell due, unless what it needs is missing or what makes it needless is done."""
    company = host.company
    step = company.opening.plan.steps[wakeup.data[0]]
    done = company.done
    if any(name not in done for name in step.needs) or any(name in done for name in step.unless):
        return
    causes = [done[name] for name in step.needs]
    begun = host.emit(WorkBegun(step.item, step.key), step.owner, max(causes) if causes else wakeup.cause)
    last = begun.seq
    if step.letter is not None:
        last = write(host, company.opening.plan.letters[step.letter], step.name, begun.seq).seq
    if step.announces is not None:
        host.emit(DecisionChanged(step.announces, "announced", "work"), step.owner, last)
    host.emit(WorkDone(step.item, step.key), step.owner, last)


def carry_out(host: Host, wakeup: Wakeup) -> None:
    """Carry a decision out, if it still stands when its time has come."""
    company = host.company
    decision = company.opening.decisions[wakeup.data[0]]
    status, _ = company.decisions.get(decision.key, ("planned", "work"))
    if status in ("postponed", "withdrawn", "carried_out"):
        return
    changed = host.emit(DecisionChanged(decision.key, "carried_out", "work"), decision.controller)
    if decision.affected in company.seats:
        host.emit(SeatRemoved(), decision.affected, changed.seq)
