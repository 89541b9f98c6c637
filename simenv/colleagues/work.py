"""Work: at its time a step's owner sets about it, does what there is to do, and so hands on to whoever follows."""

from __future__ import annotations

from simenv.colleagues.base import Host
from simenv.colleagues.deeds import do
from simenv.colleagues.hours import present, work_until
from simenv.colleagues.voice import write
from simenv.company.workflow import Step
from simenv.core.clock import LATE, Wakeup
from simenv.core.event import Event
from simenv.core.kinds.agent import SeatRemoved, SeatRestored, SeatSuspended
from simenv.core.kinds.decision import DecisionChanged
from simenv.core.kinds.work import WorkBegun, WorkDone


def open_agenda(host: Host) -> None:
    """Schedule every step of every work item, and every decision, that lies ahead."""
    company, opening = host.company, host.company.opening
    now, done, plan = opening.now, company.done, opening.plan
    absences, schedule = opening.absences, host.schedule
    for name, owner, at, after in plan.agenda.ahead:
        if name in done:
            continue
        if after:
            if after[0] in done and all(each in done for each in after):
                schedule_step(host, plan.steps[name], None)
        elif at is not None and at >= now and owner not in company.seats:
            # A time of the world's files stands, early or late; but who is away does nothing.
            time = present(opening, owner, at, night=True) if owner in absences else at
            schedule(Wakeup(time, "work.step", owner, (name,)))
    for decision in opening.decisions.values():
        if decision.at >= opening.now:
            host.schedule(Wakeup(decision.at, "decision.due", decision.controller, (decision.key,), None, LATE))


def go_on(host: Host, event: Event) -> None:
    """Let those set about their work who have waited for a step that is now done."""
    company = host.company
    name = f"{event.data.item}.{event.data.step}"  # type: ignore[attr-defined]
    plan = company.opening.plan
    for follower in plan.agenda.followers.get(name, ()):
        step = plan.steps[follower]
        if all(each in company.done for each in step.after):
            schedule_step(host, step, event.seq)
    if name in plan.agenda.restoring:
        for seat, state in company.seats.items():
            if state.suspended:
                host.emit(SeatRestored(event.actor), seat, event.seq)


def schedule_step(host: Host, step: Step, cause: int | None) -> None:
    """Let a step's owner set about it after the step's delay, if nobody holds the owner's seat and it is not done.

    The delay is working time, and drawn once for a step: it is the same whatever led to it.
    """
    company, name = host.company, step.name
    if step.owner in company.seats or name in company.done:
        return
    delay = step.delay
    seconds = host.streams.delay(delay, "step", step.owner, name) if len(delay) > 1 else sum(delay)
    time = work_until(company.opening, step.owner, host.now, seconds, step.night)
    time = present(company.opening, step.owner, max(time, step.at or 0), night=True)
    host.schedule(Wakeup(time, "work.step", step.owner, (name,), cause))


def do_step(host: Host, wakeup: Wakeup) -> None:
    """Do a step that fell due, unless it is done, what it needs is missing or what makes it needless is the case."""
    company, (name,) = host.company, wakeup.data
    step = company.opening.plan.steps[name]
    done = company.done
    if name in done or any(each not in done for each in step.needs) or any(each in done for each in step.unless):
        return
    told = company.heard.get(step.owner, {})
    if any(told.get(unit) != figure for unit, figure in step.heard):
        return
    if any(told.get(unit) == figure for unit, figure in step.not_heard):
        return
    if step.announces is not None and company.decisions.get(step.announces, ("", ""))[0] in ("postponed", "withdrawn"):
        return  # what is off is not announced any more
    causes = [done[name] for name in step.needs if done[name]]  # what was done before the opening has no event
    begun = host.emit(WorkBegun(step.item, step.key), step.owner, max(causes) if causes else wakeup.cause)
    last = begun.seq
    for deed in step.deeds:
        last = max(last, do(host, deed, step, begun.seq))
    if step.letter is not None:
        last = max(last, write(host, company.opening.plan.letters[step.letter], name, begun.seq))
    if step.announces is not None:
        host.emit(DecisionChanged(step.announces, "announced", "work"), step.owner, last)
    host.emit(WorkDone(step.item, step.key, step.due is not None and host.now > step.due), step.owner, last)


def carry_out(host: Host, wakeup: Wakeup) -> None:
    """Carry a decision out, if it still stands when its time has come."""
    company = host.company
    decision = company.opening.decisions[wakeup.data[0]]
    status, _ = company.decisions.get(decision.key, ("planned", "work"))
    if status in ("postponed", "withdrawn", "carried_out"):
        return
    changed = host.emit(DecisionChanged(decision.key, "carried_out", "work"), decision.controller)
    if decision.affected in company.seats:
        hit = SeatRemoved() if decision.effect == "removal" else SeatSuspended(decision.controller, reading=True)
        host.emit(hit, decision.affected, changed.seq)
