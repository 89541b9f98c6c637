"""What deeds of the past have made of documents, tickets, meetings, alerts and systems.

Each function takes a record (with placeholders, or None if there is none yet) and returns what it is after an act.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from simenv.company.calendar import Meeting
from simenv.company.documents import Document, Version
from simenv.company.systems import Alert, Deployment, Job, System
from simenv.company.text import Template
from simenv.company.tickets import Change, Comment, Ticket
from simenv.company.workflow import (
    CallMeeting,
    Create,
    Deed,
    Edit,
    MoveMeeting,
    MoveTicket,
    OpenTicket,
    Operate,
    RaiseAlert,
    SettleAlert,
    Share,
)
from simenv.worldfile.history import Act
from simenv.worldfile.ids import WORLD


def touches(deed: Deed) -> tuple[str, str] | None:
    """Return what a deed makes or changes: field of the opening and id; None for messages."""
    if isinstance(deed, Create | Edit | Share):
        return "documents", deed.document
    if isinstance(deed, OpenTicket | MoveTicket):
        return "tickets", deed.ticket
    if isinstance(deed, CallMeeting | MoveMeeting):
        return "meetings", deed.meeting
    if isinstance(deed, RaiseAlert | SettleAlert):
        return "alerts", deed.alert
    return ("systems", deed.system) if isinstance(deed, Operate) else None


def after(record: Any, act: Act) -> Any:
    """Return what a record is after an act; what does not exist cannot be changed, and stays None."""
    deed = act.deed
    if isinstance(deed, Create):
        return _create(act, deed)
    if isinstance(deed, OpenTicket):
        return Ticket(
            deed.ticket, deed.number.text, deed.queue, said(deed.title, act), said(deed.text, act), act.actor,
            act.time, deed.assignee, priority=deed.priority, due=deed.due,  # type: ignore[arg-type]  # checked at load
        )  # fmt: skip
    if isinstance(deed, CallMeeting):
        return Meeting(
            deed.meeting, said(deed.title, act), act.actor, deed.start, deed.end, deed.attendees, deed.place,
            said(deed.notes, act), private=deed.private,
        )  # fmt: skip
    if isinstance(deed, RaiseAlert):
        return Alert(deed.alert, deed.system, deed.severity, said(deed.text, act), act.time)  # type: ignore[arg-type]
    if record is None:
        return None
    if isinstance(deed, Edit):
        return _edit(record, act, deed)
    if isinstance(deed, Share):
        field = "readers" if deed.role == "reader" else "editors"
        return replace(record, **{field: tuple(dict.fromkeys((*getattr(record, field), *deed.persons)))})
    if isinstance(deed, MoveTicket):
        return _move_ticket(record, act, deed)
    if isinstance(deed, MoveMeeting):
        return _move_meeting(record, act, deed)
    if isinstance(deed, SettleAlert):
        return replace(record, state=deed.state, by=act.actor, note=said(deed.note, act))
    return _operate(record, act, deed) if isinstance(deed, Operate) else record


def said(template: Template | None, act: Act) -> str:
    """Return a text with its placeholders, but for those of figures that its writer had been told."""
    if template is None:
        return ""
    text = template.text
    for slot in template.slots:
        group, _, unit = slot.partition(".")
        if group == "heard":
            text = text.replace(f"{{{slot}}}", act.heard.get(unit, "(no figure)"))
    return text


def _create(act: Act, deed: Create) -> Document:
    version = Version(1, act.actor, act.time, said(deed.text, act))
    return Document(
        deed.document, said(deed.title, act), deed.folder, act.actor,
        deed.classification, (version,), deed.readers, deed.editors,  # type: ignore[arg-type]  # checked at load
    )  # fmt: skip


def _edit(record: Document, act: Act, deed: Edit) -> Document:
    text = record.last.text if deed.text is None else said(deed.text, act)
    for old, new in deed.replace:
        text = text.replace(old.text, said(new, act))
    if deed.append is not None:
        text = joined(text, said(deed.append, act))
    if text == record.last.text:
        return record
    version = Version(record.last.number + 1, act.actor, act.time, text, said(deed.note, act))
    return replace(record, versions=(*record.versions, version))


def joined(text: str, more: str) -> str:
    """Return a text with a paragraph more."""
    return text.rstrip("\n") + "\n\n" + more


def _move_ticket(record: Ticket, act: Act, deed: MoveTicket) -> Ticket:
    new: dict[str, Any] = {
        field: value
        for field in ("status", "assignee", "priority")
        if (value := getattr(deed, field)) is not None and value != getattr(record, field)
    }
    asked = [("approver", deed.ask)] if deed.ask is not None else []
    decision = "approved" if deed.approve else "rejected"
    decided = [("approval", decision)] if deed.approve is not None else []
    changes = tuple(Change(act.actor, act.time, field, value) for field, value in (*new.items(), *asked, *decided))
    comments = (Comment(act.actor, act.time, said(deed.comment, act)),) if deed.comment is not None else ()
    if deed.ask is not None:
        new |= {"approver": deed.ask, "approval": "asked", "asked_by": act.actor}
    if deed.approve is not None:
        new["approval"] = decision
    return replace(
        record, **new, comments=(*record.comments, *comments), changes=(*record.changes, *changes)
    )  # fmt: skip


def _move_meeting(record: Meeting, act: Act, deed: MoveMeeting) -> Meeting:
    moved = (deed.start or record.start, deed.end or record.end) != (record.start, record.end)
    replies = {} if moved else dict(record.replies)
    if deed.reply is not None:
        replies[act.actor] = deed.reply  # type: ignore[assignment]  # checked at load
    return replace(
        record,
        start=record.start if deed.start is None else deed.start,
        end=record.end if deed.end is None else deed.end,
        notes=record.notes if deed.notes is None else said(deed.notes, act),
        cancelled=record.cancelled or deed.cancel,
        changed=record.changed or deed.start is not None or deed.end is not None or deed.notes is not None,
        replies=tuple(replies.items()),
    )


def _operate(record: System, act: Act, deed: Operate) -> System:
    def job(each: Job) -> Job:
        if each.key != deed.job:
            return each
        if act.actor == WORLD and not each.enabled:
            return each  # by itself a job runs only while it is enabled
        if deed.enabled is not None:
            each = replace(each, enabled=deed.enabled)
        return each if deed.result is None else replace(each, last=act.time, result=said(deed.result, act))

    grants: Mapping[str, str] = {
        person: level
        for person, level in {**dict(record.grants), **dict(deed.grant)}.items()
        if person not in deed.revoke
    }
    deployed = () if deed.deploy is None else (Deployment(said(deed.deploy, act), act.time, act.actor),)
    return replace(
        record,
        jobs=tuple(job(each) for each in record.jobs),
        grants=tuple(grants.items()),
        deployments=(*record.deployments, *deployed),
        settings=tuple({**dict(record.settings), **dict([deed.setting] if deed.setting else [])}.items()),
    )
