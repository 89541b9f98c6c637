"""The table of predicates: what each looks at."""

from __future__ import annotations

from typing import Final

from simenv.company.predicates import meetings, messages, things
from simenv.company.predicates.base import MESSAGES, Predicate

_MEETINGS: Final = frozenset({"meeting.scheduled", "meeting.changed", "meeting.cancelled", "meeting.answered"})
_TEXTS: Final = frozenset({"document.created", "document.edited", "document.deleted"})
_SHARING: Final = frozenset({"document.created", "document.shared", "document.unshared", "document.deleted"})
_TICKETS: Final = frozenset({"ticket.opened", "ticket.changed", "approval.asked", "approval.decided"})
_COMMENTS: Final = frozenset({"ticket.commented", "approval.asked", "approval.decided"})

PREDICATES: Final[dict[str, Predicate]] = {
    "sent_to": Predicate(messages.sent_to, MESSAGES, messages.is_answer, by_person=True),
    "states_figure": Predicate(messages.states_figure, MESSAGES, messages.is_answer, by_person=True),
    "omits_figure": Predicate(messages.omits_figure, MESSAGES, messages.is_answer, by_person=True),
    "answers_at_most": Predicate(messages.answers_at_most, MESSAGES, messages.is_answer, by_person=True),
    "recipients_at_most": Predicate(messages.recipients_at_most, MESSAGES, messages.is_answer, by_person=True),
    "figures_at_most": Predicate(messages.figures_at_most, MESSAGES, messages.is_answer, by_person=True),
    "main_figure": Predicate(messages.takeaway, MESSAGES, messages.is_answer, by_person=True),
    "dates_at_most": Predicate(messages.dates_at_most, MESSAGES, messages.is_answer, by_person=True),
    "states_phrase": Predicate(messages.states_phrase, MESSAGES, messages.is_answer, by_person=True),
    "omits_phrase": Predicate(messages.omits_phrase, MESSAGES, messages.is_answer, by_person=True),
    "sent_in_thread": Predicate(messages.sent_in_thread, MESSAGES, messages.is_in_thread),
    "attached": Predicate(messages.attached, MESSAGES, messages.carries, by_person=True),
    "posted_to": Predicate(messages.posted_to, MESSAGES, messages.is_posted),
    "nothing_sent_to": Predicate(messages.nothing_sent_to, MESSAGES, messages.is_to_one, by_person=True),
    "document_matches": Predicate(things.document_matches, _TEXTS, by_thing=True),
    "document_edited_by_seat": Predicate(things.document_edited_by_seat, _TEXTS, by_thing=True),
    "shared_with": Predicate(things.shared_with, _SHARING, by_thing=True),
    "not_shared_with": Predicate(things.not_shared_with, _SHARING, by_thing=True),
    "ticket_is": Predicate(things.ticket_is, _TICKETS, by_thing=True),
    "ticket_comment_states": Predicate(things.ticket_comment_states, _COMMENTS, by_thing=True),
    "approved_by": Predicate(things.approved_by, _TICKETS, by_thing=True),
    "meeting_fits": Predicate(meetings.meeting_fits, _MEETINGS),
    "meeting_is": Predicate(meetings.meeting_is, _MEETINGS, by_thing=True),
    "access_is": Predicate(things.access_is, frozenset({"access.granted", "access.revoked"}), by_thing=True),
    "alert_is": Predicate(things.alert_is, frozenset({"alert.raised", "alert.changed"}), by_thing=True),
    "job_is": Predicate(things.job_is, frozenset({"job.changed"}), by_thing=True),
    "setting_is": Predicate(things.setting_is, frozenset({"setting.changed"}), by_thing=True),
    "opened": Predicate(things.opened, frozenset({"mail.read", "document.read"})),
}
"""Name -> predicate."""


def describe() -> dict[str, str]:
    """Return each predicate's name and meaning."""
    return {name: " ".join((each.holds.__doc__ or "").split()) for name, each in PREDICATES.items()}
