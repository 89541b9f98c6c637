"""What people do at the steps of their work, each deed turned into events.

What a deed presupposes may be gone by then (a document deleted, a meeting called off): then it is left out, as people
leave out what has become pointless.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from simenv.colleagues.base import WORLD, Host
from simenv.colleagues.chatting import say, say_to
from simenv.colleagues.voice import write
from simenv.colleagues.words import words_of
from simenv.company.systems import last_number
from simenv.company.workflow import (
    CallMeeting,
    Create,
    Deed,
    Edit,
    Letter,
    MoveMeeting,
    MoveTicket,
    OpenTicket,
    Operate,
    Post,
    RaiseAlert,
    SettleAlert,
    Share,
    Step,
)
from simenv.core.kinds.base import EventData
from simenv.core.kinds.calendar import MeetingAnswered, MeetingCancelled, MeetingChanged, MeetingScheduled
from simenv.core.kinds.documents import DocumentCreated, DocumentEdited, DocumentShared
from simenv.core.kinds.systems import (
    AccessGranted,
    AccessRevoked,
    AlertChanged,
    AlertRaised,
    JobChanged,
    JobRun,
    LogWritten,
    SettingChanged,
    VersionDeployed,
)
from simenv.core.kinds.tickets import ApprovalAsked, ApprovalDecided, TicketChanged, TicketCommented, TicketOpened
from simenv.core.kinds.work import LetterWritten


def do(host: Host, deed: Deed, step: Step, cause: int) -> int:
    """Do one deed of a step.

    Args:
        host: The simulation.
        deed: What to do.
        step: The step it belongs to; its owner does it.
        cause: ``seq`` of the event that brought it about.

    Returns:
        ``seq`` of its last event, or ``cause`` if there was nothing to be done.
    """
    return _DOERS[type(deed)](host, deed, step, cause)


Words = Mapping[str, str]


def _letter(host: Host, deed: Letter, step: Step, cause: int) -> int:
    return write(host, deed, step.name, cause)


def _post(host: Host, deed: Post, step: Step, cause: int) -> int:
    owner, company = step.owner, host.company
    first = company.letters.get(deed.answers) if deed.answers else None
    before = company.message(first) if first is not None else None
    id = host.streams.make_id("chat", owner, f"step:{step.name}")
    text = deed.text.render(words_of(host, owner))
    to = deed.to or (before.sender if before is not None else "")
    if before is not None and before.id.startswith("chat-"):
        said = say(host, owner, before.thread, id, text, cause, before.id)
    elif deed.channel:
        said = say(host, owner, deed.channel, id, text, cause)
    else:
        said = say_to(host, owner, to, id, text, cause) if to else cause
    if said != cause and step.name not in company.letters:  # a letter of the same step goes before
        host.emit(LetterWritten(step.name, id), owner, said)
    return said


def _create(host: Host, deed: Create, step: Step, cause: int) -> int:
    if deed.document in host.company.documents:
        return cause
    words = words_of(host, step.owner)
    made = DocumentCreated(
        deed.document, deed.title.render(words), deed.folder, deed.classification, deed.text.render(words),
        deed.readers, deed.editors,
    )  # fmt: skip
    return host.emit(made, step.owner, cause).seq


def _edit(host: Host, deed: Edit, step: Step, cause: int) -> int:
    document = host.company.documents.get(deed.document)
    if document is None or document.deleted:
        return cause
    words = words_of(host, step.owner)
    text = before = document.last.text
    if deed.text is not None:
        text = deed.text.render(words)
    for old, new in deed.replace:
        text = text.replace(old.render(words), new.render(words))
    if deed.append is not None:
        text = text.rstrip("\n") + "\n\n" + deed.append.render(words)
    if text == before:
        return cause
    note = deed.note.render(words) if deed.note is not None else ""
    return host.emit(DocumentEdited(document.id, document.last.number + 1, text, note), step.owner, cause).seq


def _share(host: Host, deed: Share, step: Step, cause: int) -> int:
    document = host.company.documents.get(deed.document)
    if document is None or document.deleted:
        return cause
    return host.emit(DocumentShared(document.id, deed.persons, deed.role), step.owner, cause).seq


def _open_ticket(host: Host, deed: OpenTicket, step: Step, cause: int) -> int:
    if deed.ticket in host.company.tickets:
        return cause
    words = words_of(host, step.owner)
    opened = TicketOpened(
        deed.ticket, deed.number.render(words), deed.queue, deed.title.render(words), deed.text.render(words),
        deed.assignee, deed.priority, deed.due,
    )  # fmt: skip
    return host.emit(opened, step.owner, cause).seq


def _move_ticket(host: Host, deed: MoveTicket, step: Step, cause: int) -> int:
    id = deed.ticket
    if id not in host.company.tickets:
        return cause
    made: list[EventData] = []
    if deed.status is not None or deed.assignee is not None or deed.priority is not None:
        made.append(TicketChanged(id, deed.status, deed.assignee, deed.priority))
    if deed.comment is not None:
        made.append(TicketCommented(id, deed.comment.render(words_of(host, step.owner))))
    if deed.ask is not None:
        made.append(ApprovalAsked(id, deed.ask))
    if deed.approve is not None:
        made.append(ApprovalDecided(id, deed.approve))
    return _emit_all(host, made, step.owner, cause)


def _call_meeting(host: Host, deed: CallMeeting, step: Step, cause: int) -> int:
    if deed.meeting in host.company.meetings:
        return cause
    words = words_of(host, step.owner)
    called = MeetingScheduled(
        deed.meeting, deed.title.render(words), deed.start, deed.end,
        tuple(dict.fromkeys((step.owner, *deed.attendees))), deed.place,
        deed.notes.render(words) if deed.notes is not None else "", deed.private,
    )  # fmt: skip
    return host.emit(called, step.owner, cause).seq


def _move_meeting(host: Host, deed: MoveMeeting, step: Step, cause: int) -> int:
    id = deed.meeting
    meeting = host.company.meetings.get(id)
    if meeting is None or meeting.cancelled:
        return cause
    made: list[EventData] = []
    if deed.start is not None or deed.end is not None or deed.notes is not None:
        notes = deed.notes.render(words_of(host, step.owner)) if deed.notes is not None else None
        made.append(MeetingChanged(id, deed.start, deed.end, notes=notes))
    if deed.reply is not None:
        made.append(MeetingAnswered(id, deed.reply))
    if deed.cancel:
        made.append(MeetingCancelled(id))
    return _emit_all(host, made, step.owner, cause)


def _raise_alert(host: Host, deed: RaiseAlert, step: Step, cause: int) -> int:
    system = host.company.systems.get(deed.system)
    if system is None or deed.alert in host.company.alerts:
        return cause
    seats = host.company.seats
    # A system speaks in its owner's name; but what a seat has not done must not look as if it had.
    actor = next((each for each in (system.owner, step.owner) if each and each not in seats), WORLD)
    raised = AlertRaised(deed.alert, deed.system, deed.severity, deed.text.render(words_of(host, step.owner)))
    return host.emit(raised, actor, cause).seq


def _settle_alert(host: Host, deed: SettleAlert, step: Step, cause: int) -> int:
    alert = host.company.alerts.get(deed.alert)
    if alert is None or alert.state in (deed.state, "resolved"):
        return cause
    note = deed.note.render(words_of(host, step.owner)) if deed.note is not None else ""
    return host.emit(AlertChanged(deed.alert, deed.state, note), step.owner, cause).seq


def _operate(host: Host, deed: Operate, step: Step, cause: int) -> int:
    id, owner = deed.system, step.owner
    system = host.company.systems.get(id)
    if system is None:
        return cause
    words = words_of(host, owner)
    made: list[EventData] = []
    if deed.job is not None:
        if deed.enabled is not None:
            made.append(JobChanged(id, deed.job, deed.enabled))
        runs = owner != WORLD or any(job.key == deed.job and job.enabled for job in system.jobs)
        if deed.result is not None and runs:  # what is switched off does not run by itself
            made.append(JobRun(id, deed.job, deed.result.render(words)))
    if deed.deploy is not None:
        made.append(VersionDeployed(id, deed.deploy.render(words)))
    made += [AccessGranted(id, person, level) for person, level in deed.grant]
    made += [AccessRevoked(id, person) for person in deed.revoke]
    if deed.setting is not None:
        made.append(SettingChanged(id, *deed.setting))
    last = _emit_all(host, made, owner, cause)
    if deed.record is not None:  # its number follows on what the others have left in the log
        number = last_number(host.company.systems[id], host.company.records) + 1
        last = host.emit(LogWritten(id, number, owner, deed.record.render(words)), owner, last).seq
    return last


def _emit_all(host: Host, made: list[EventData], actor: str, cause: int) -> int:
    for data in made:
        cause = host.emit(data, actor, cause).seq
    return cause


_DOERS: Final[dict[type, Callable[[Host, Any, Step, int], int]]] = {
    Letter: _letter,
    Post: _post,
    Create: _create,
    Edit: _edit,
    Share: _share,
    OpenTicket: _open_ticket,
    MoveTicket: _move_ticket,
    CallMeeting: _call_meeting,
    MoveMeeting: _move_meeting,
    RaiseAlert: _raise_alert,
    SettleAlert: _settle_alert,
    Operate: _operate,
}
