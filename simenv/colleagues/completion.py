"""Steps of a seat: nobody says that they are done, it shows in what the seat has said and in the state of things."""

from __future__ import annotations

from simenv.colleagues.base import Host
from simenv.company.flows import said_by, said_in
from simenv.company.predicates import Evidence, befores, matters, settle
from simenv.company.predicates.base import MESSAGES
from simenv.core.event import Event
from simenv.core.kinds.work import LetterWritten, WorkDone


def complete(host: Host, event: Event) -> None:
    """Note which steps of seats are done, now that something has happened; what a check says of the past is past."""
    company = host.company
    plan = company.opening.plan
    concerns = plan.agenda.concerns
    touched = concerns.touched(event, company)
    said = said_in(event, company) if event.kind in MESSAGES and event.actor in company.seats else None
    for place in touched if said is None else sorted({*touched, *concerns.heard(said)}):
        name = plan.agenda.checked[place]
        step = plan.steps[name]
        check, seat = step.done_when, step.owner
        if check is None or seat not in company.seats or name in company.done:
            continue
        if place not in touched and (said is None or event.actor != seat or not matters(check, said, company)):
            continue
        evidence = Evidence(company, seat, said_by(seat, company))
        if not settle(check, evidence, host.now, (False,) * befores(check))[0]:
            continue
        cause = event.seq
        if event.actor == seat and event.kind in ("mail.sent", "chat.posted") and name not in company.letters:
            message: str = event.data.id  # type: ignore[attr-defined]
            cause = host.emit(LetterWritten(name, message), seat, cause).seq  # later letters may answer it
        host.emit(WorkDone(step.item, step.key, step.due is not None and host.now > step.due), seat, cause)
