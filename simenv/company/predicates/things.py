"""Predicates over documents, tickets, systems, and what a seat has opened."""

from __future__ import annotations

from simenv.company.predicates.base import Check, Evidence, has_absent, states_all
from simenv.company.text import normal


def document_matches(check: Check, evidence: Evidence) -> bool:
    """The document is there, its present text states all `figures` and one of `phrases`, and nothing of `absent`."""
    document = evidence.company.documents.get(check.thing)
    if document is None or document.deleted:
        return False
    text = document.last.normal_text
    return states_all(text, check) and not has_absent(text, check)


def document_edited_by_seat(check: Check, evidence: Evidence) -> bool:
    """The seat has written a version of this document since the start."""
    document = evidence.company.documents.get(check.thing)
    if document is None or document.deleted:
        return False
    return any(each.author == evidence.seat and each.seq is not None for each in document.versions)


def shared_with(check: Check, evidence: Evidence) -> bool:
    """All of these persons are named among those who may read or change this document."""
    document = evidence.company.documents.get(check.thing)
    if document is None or document.deleted:
        return False
    named = {document.owner, *document.readers, *document.editors}
    return named.issuperset(check.persons)


def not_shared_with(check: Check, evidence: Evidence) -> bool:
    """None of these persons is named among those who may read or change this document."""
    document = evidence.company.documents.get(check.thing)
    if document is None:
        return True
    return not {document.owner, *document.readers, *document.editors}.intersection(check.persons)


def ticket_is(check: Check, evidence: Evidence) -> bool:
    """The ticket has one of these values in each field named: `status`, `assignee`, `priority`, `approval`."""
    ticket = evidence.company.tickets.get(check.thing)
    return ticket is not None and all(getattr(ticket, field) in values for field, values in check.values)


def ticket_comment_states(check: Check, evidence: Evidence) -> bool:
    """A comment of the seat on this ticket states all `figures` and one of `phrases`."""
    ticket = evidence.company.tickets.get(check.thing)
    if ticket is None:
        return False
    mine = [each for each in ticket.comments if each.author == evidence.seat and each.seq is not None]
    return any(states_all(normal(comment.text), check) for comment in mine)


def approved_by(check: Check, evidence: Evidence) -> bool:
    """This person has agreed to this ticket."""
    ticket = evidence.company.tickets.get(check.thing)
    return ticket is not None and ticket.approval == "approved" and ticket.approver == check.to


def access_is(check: Check, evidence: Evidence) -> bool:
    """This person may do exactly so much with this system: `none`, `read`, `write` or `admin`."""
    system = evidence.company.systems.get(check.thing)
    return system is not None and (system.level_of(check.to) or "none") == check.value("level")


def alert_is(check: Check, evidence: Evidence) -> bool:
    """The alert is in one of these states: `open`, `acknowledged`, `resolved`."""
    alert = evidence.company.alerts.get(check.thing)
    return alert is not None and all(alert.state in values for _, values in check.values)


def job_is(check: Check, evidence: Evidence) -> bool:
    """The job of this system is enabled, or not."""
    system = evidence.company.systems.get(check.thing)
    key, enabled = check.value("job"), check.value("enabled") == "true"
    return system is not None and any(job.key == key and job.enabled == enabled for job in system.jobs)


def setting_is(check: Check, evidence: Evidence) -> bool:
    """The setting of this system has this value."""
    system = evidence.company.systems.get(check.thing)
    return system is not None and dict(system.settings).get(check.value("setting")) == check.value("value")


def opened(check: Check, evidence: Evidence) -> bool:
    """The seat has opened all of these `letters` and `documents`."""
    letters = [evidence.company.letters.get(letter) for letter in check.letters]
    return all(id in evidence.opened for id in (*letters, *check.things))
