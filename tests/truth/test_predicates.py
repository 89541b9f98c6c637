"""Predicates over the state, each on a story: when it holds, when it does not, and what is taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simenv.company.facts import Phrase
from simenv.company.opening import TaskSpec
from simenv.company.predicates import Check
from simenv.core.kinds.base import EventData
from simenv.core.kinds.calendar import MeetingAnswered, MeetingCancelled, MeetingChanged, MeetingScheduled
from simenv.core.kinds.chat import ChatPosted
from simenv.core.kinds.documents import (
    DocumentCreated,
    DocumentDeleted,
    DocumentEdited,
    DocumentRead,
    DocumentShared,
    DocumentUnshared,
)
from simenv.core.kinds.mail import MailRead
from simenv.core.kinds.systems import (
    AccessGranted,
    AccessRevoked,
    AlertChanged,
    AlertRaised,
    JobChanged,
    SettingChanged,
)
from simenv.core.kinds.tickets import ApprovalAsked, ApprovalDecided, TicketChanged, TicketCommented
from simenv.core.kinds.work import LetterWritten

from .stories import NOON, Story

HOUR = 3600
Act = tuple[EventData, str, bool]
"""What happens, by whom ("" for the seat), and whether the task is done after it."""


@pytest.fixture
def begin(story_with: Callable[..., Story]) -> Callable[[Check], Story]:
    """A function that begins a story with one task."""

    def start(check: Check) -> Story:
        seat = story_with().seat
        return story_with(tasks=(TaskSpec("t", "", seat, 1, check, ()),))

    return start


def play(story: Story, *acts: Act) -> None:
    """Let things happen and look at the task after each."""
    for data, who, done in acts:
        story.do(data, story.names[who] if who else "")
        assert story.truth().tasks["t"] is done, data


def test_documents(begin: Callable[[Check], Story]) -> None:
    text = "north: two crews\nsouth: 3 crews, 12 days"
    check = Check("document_matches", thing="doc-rota", figures=("12 days", "3"), absent=("one crew", "14"))
    play(
        begin(check),
        (DocumentEdited("doc-rota", 2, text), "", True),
        (DocumentEdited("doc-rota", 3, f"{text}\nor 14 days"), "", False),
        (DocumentEdited("doc-rota", 4, text), "engineer", True),
        (DocumentDeleted("doc-rota"), "engineer", False),
    )
    phrases = (Phrase.of("southern*"), Phrase.of("crews"))
    play(
        begin(Check("document_matches", thing="doc-rota", phrases=phrases, absent=("north",))),
        (DocumentEdited("doc-rota", 2, "north: crews"), "", False),
        (DocumentEdited("doc-rota", 3, "southernmost"), "", True),
    )


def test_who_edited(begin: Callable[[Check], Story]) -> None:
    play(
        begin(Check("document_edited_by_seat", thing="doc-rota")),
        (DocumentEdited("doc-rota", 2, "a"), "engineer", False),
        (DocumentEdited("doc-rota", 3, "b"), "", True),
        (DocumentEdited("doc-rota", 4, "c"), "engineer", True),
    )


def test_sharing(begin: Callable[[Check], Story]) -> None:
    story = begin(Check("sent_to"))
    both = (story.finance, story.billing)
    play(
        begin(Check("shared_with", thing="doc-price", persons=both)),
        (DocumentShared("doc-price", (story.billing,), "reader"), "", True),
        (DocumentUnshared("doc-price", (story.billing,)), "finance", False),
    )
    play(
        begin(Check("not_shared_with", thing="doc-price", persons=(story.reporter,))),
        (DocumentShared("doc-price", (story.billing,), "reader"), "", True),
        (DocumentShared("doc-price", (story.reporter,), "reader"), "", False),
    )


def test_tickets(begin: Callable[[Check], Story]) -> None:
    story = begin(Check("sent_to"))
    values = (("status", ("resolved", "closed")), ("assignee", (story.engineer,)))
    play(
        begin(Check("ticket_is", thing="tick-lamp", values=values)),
        (TicketChanged("tick-lamp", "closed"), "", False),
        (TicketChanged("tick-lamp", assignee=story.engineer), "", True),
        (TicketChanged("tick-lamp", "open"), "finance", False),
        (TicketChanged("tick-export", "closed"), "", False),
    )
    play(
        begin(Check("ticket_comment_states", thing="tick-lamp", figures=("12 days",), phrases=(Phrase.of("lamp*"),))),
        (TicketCommented("tick-lamp", "new lamps in 12 days"), "finance", False),
        (TicketCommented("tick-lamp", "in 12 days"), "", False),
        (TicketCommented("tick-lamp", "new lamps in 12 days"), "", True),
    )
    play(
        begin(Check("approved_by", story.finance, thing="tick-lamp")),
        (ApprovalAsked("tick-lamp", story.finance), "", False),
        (ApprovalDecided("tick-lamp", True), "finance", True),
        (ApprovalAsked("tick-lamp", story.director), "", False),
    )


def test_systems(begin: Callable[[Check], Story]) -> None:
    story = begin(Check("sent_to"))
    play(
        begin(Check("access_is", story.billing, thing="sys-store", values=(("level", ("read",)),))),
        (AccessGranted("sys-store", story.billing, "admin"), "", False),
        (AccessGranted("sys-store", story.billing, "read"), "", True),
        (AccessRevoked("sys-store", story.billing), "finance", False),
    )
    play(
        begin(Check("access_is", story.director, thing="sys-store", values=(("level", ("none",)),))),
        (AccessRevoked("sys-store", story.director), "finance", True),
    )
    play(
        begin(Check("job_is", thing="sys-desk", values=(("job", ("sync",)), ("enabled", ("false",))))),
        (JobChanged("sys-desk", "sync", False), "", True),
        (JobChanged("sys-desk", "sync", True), "", False),
    )
    play(
        begin(Check("setting_is", thing="sys-store", values=(("setting", ("size",)), ("value", ("9",))))),
        (SettingChanged("sys-store", "size", "8"), "", False),
        (SettingChanged("sys-store", "size", "9"), "", True),
    )
    play(
        begin(Check("alert_is", thing="alert-1", values=(("state", ("acknowledged", "resolved")),))),
        (AlertRaised("alert-1", "sys-store", "warning", "full"), "finance", False),
        (AlertChanged("alert-1", "resolved"), "", True),
        (AlertChanged("alert-1", "open"), "", False),
    )


def fits(story: Story) -> Check:
    """Return a check of a meeting of engineer and finance for half an hour in the afternoon."""
    persons = (story.engineer, story.finance)
    return Check("meeting_fits", persons=persons, start=NOON, end=NOON + 5 * HOUR, seconds=1800)


def call(story: Story, id: str, start: int, minutes: int = 30, *others: str) -> MeetingScheduled:
    """Return a meeting of the seat with engineer and finance, so many minutes after noon."""
    begin, end = NOON + 60 * start, NOON + 60 * (start + minutes)
    return MeetingScheduled(id, "Talk", begin, end, (story.seat, story.engineer, story.finance, *others))


def test_meetings_that_fit(begin: Callable[[Check], Story]) -> None:
    story = begin(Check("sent_to"))
    for start, minutes, done in (
        (130, 30, True),
        (130, 20, False),
        (90, 30, False),
        (-60, 30, False),
        (280, 30, False),
    ):
        story = begin(fits(story))
        play(story, (call(story, "meet-a", start, minutes), "", done))
    story, both = begin(fits(story)), (story.billing, story.finance)
    play(
        story,
        (call(story, "meet-a", 130), "engineer", False),
        (call(story, "meet-b", 180), "", True),
        (MeetingAnswered("meet-b", "declined"), "billing", True),
        (MeetingScheduled("meet-c", "Other", NOON + 10_800, NOON + 12_000, both), "billing", True),
        (MeetingAnswered("meet-c", "accepted"), "finance", False),
        (MeetingCancelled("meet-c"), "billing", True),
        (call(story, "meet-d", 240), "", False),
        (MeetingCancelled("meet-d"), "", True),
        (MeetingChanged("meet-b", NOON + 60 * 60, NOON + 90 * 60), "", False),
    )  # fmt: skip


def test_a_standing_meeting(begin: Callable[[Check], Story]) -> None:
    play(
        begin(Check("meeting_is", thing="meet-crews", values=(("cancelled", ("false",)), ("at", (str(NOON),))))),
        (MeetingChanged("meet-crews", NOON, NOON + HOUR), "engineer", True),
        (MeetingCancelled("meet-crews"), "engineer", False),
    )


def test_what_was_opened(begin: Callable[[Check], Story]) -> None:
    story = begin(Check("opened", letters=("note",), things=("doc-rota",)))
    id = story.mail(story.seat, "look", who=story.finance)
    play(
        story,
        (LetterWritten("note", id), "finance", False),
        (DocumentRead("doc-rota", 1, 0, 9), "finance", False),
        (MailRead(id), "", False),
        (DocumentRead("doc-rota", 1, 0, 9), "", True),
    )


def test_what_is_said(begin: Callable[[Check], Story]) -> None:
    story = begin(Check("sent_to"))
    finance, engineer = story.finance, story.engineer
    direct = ChatPosted("chat-1", "chan-two", (finance,), "40 hours it is", direct=True)
    everybody = (finance, engineer)
    play(
        begin(Check("states_figure", finance, "hours", ("40",))),
        (ChatPosted("chat-0", "chan-all", everybody, "40 hours"), "", False),
        (direct, "", True),
        (ChatPosted("chat-2", "chan-all", everybody, "40 or 44?"), "finance", True),
        (ChatPosted("chat-3", "chan-all", everybody, "44 hours", in_reply_to="chat-2"), "", False),
        (TicketCommented("tick-lamp", "40 hours"), "", True),
    )
    play(
        begin(Check("posted_to", thing="chan-all", unit="hours", figures=("40",), phrases=(Phrase.of("crew*"),))),
        (direct, "", False),
        (ChatPosted("chat-4", "chan-all", everybody, "crews: 40 hours"), "", True),
        (ChatPosted("chat-5", "chan-all", everybody, "thank you"), "", True),
        (ChatPosted("chat-6", "chan-all", everybody, "crews: 44 hours"), "", False),
    )
    play(begin(Check("posted_to", finance, phrases=(Phrase.of("it is"),))), (direct, "", True))
    play(begin(Check("states_phrase", finance, phrases=(Phrase.of("it was"), Phrase.of("it is")))), (direct, "", True))
    play(begin(Check("omits_phrase", finance, phrases=(Phrase.of("it is"),))), (direct, "", False))
    play(begin(Check("nothing_sent_to", persons=(engineer,))), (direct, "", True), (_other(engineer), "", False))


def _other(person: str) -> ChatPosted:
    return ChatPosted("chat-9", "chan-three", (person,), "Hello", direct=True)


def test_what_is_sent_with_it(begin: Callable[[Check], Story]) -> None:
    story = begin(Check("sent_to"))
    story = begin(Check("attached", story.finance, thing="doc-rota"))
    story.mail(story.finance, "the rota")
    assert not story.truth().tasks["t"]
    story.mail(story.engineer, "the rota", attach="doc-rota")
    assert not story.truth().tasks["t"]
    story.mail(story.finance, "with it", attach="doc-rota")
    assert story.truth().tasks["t"]
    story = begin(Check("sent_in_thread", letters=("note",)))
    first = story.mail(story.seat, "look", who=story.finance, thread="thread-x")
    story.do(LetterWritten("note", first), story.finance)
    story.mail(story.finance, "which?")
    assert not story.truth().tasks["t"]
    story.mail(story.finance, "I have looked", thread="thread-x")
    assert story.truth().tasks["t"]


def test_before_remembers_what_was_so_at_the_time(begin: Callable[[Check], Story]) -> None:
    closed = Check("ticket_is", thing="tick-lamp", values=(("status", ("closed",)),))
    check = Check("before", number=NOON + HOUR, parts=(closed,))
    in_time, too_late = NOON + HOUR, NOON + HOUR + 1
    story = begin(check)
    story.do(TicketChanged("tick-lamp", "closed"), time=in_time)
    story.do(TicketChanged("tick-lamp", "open"), time=too_late)
    assert not story.truth().tasks["t"], "undone work is taken back"
    story.do(TicketChanged("tick-lamp", "closed"), time=too_late + 1)
    assert story.truth().tasks["t"], "it was so at the time and is so now"
    story = begin(check)
    story.do(TicketChanged("tick-lamp", "closed"), time=too_late)
    assert not story.truth().tasks["t"]


def test_what_holds_from_the_start_holds_at_the_time(begin: Callable[[Check], Story]) -> None:
    still = Check("not", parts=(Check("document_matches", thing="doc-new"),))
    check = Check("all", parts=(Check("before", number=NOON, parts=(still,)), Check("before", parts=(still,))))
    story = begin(check)
    assert story.truth().tasks["t"]
    story.do(DocumentCreated("doc-new", "New", "Files", "internal", "text"), time=NOON + 1)
    assert not story.truth().tasks["t"]


def test_by_asks_for_nothing_but_what_was_so_at_the_time(begin: Callable[[Check], Story]) -> None:
    check = Check(
        "by", number=NOON + HOUR, parts=(Check("ticket_is", thing="tick-lamp", values=(("status", ("closed",)),)),)
    )
    in_time, too_late = NOON + HOUR, NOON + HOUR + 1
    story = begin(check)
    story.do(TicketChanged("tick-lamp", "closed"), time=in_time)
    story.do(TicketChanged("tick-lamp", "open"), time=too_late)
    assert story.truth().tasks["t"]
    story = begin(check)
    story.do(TicketChanged("tick-lamp", "closed"), time=in_time - 1)
    story.do(TicketChanged("tick-lamp", "open"), time=in_time)
    assert not story.truth().tasks["t"]
    story.do(TicketChanged("tick-lamp", "closed"), time=too_late)
    assert not story.truth().tasks["t"]


def test_a_quoted_figure_is_no_answer(begin: Callable[[Check], Story]) -> None:
    story = begin(Check("sent_to"))
    story = begin(Check("main_figure", story.finance, "hours", ("97",)))
    asked = story.mail(story.seat, "Is it 90 hours?", who=story.finance, thread="thread-x")
    story.mail(story.finance, "No.\n\n> Is it 90 hours?", thread="thread-x", in_reply_to=asked)
    assert not story.truth().tasks["t"]
    story.mail(story.finance, "97 hours.\n\n> Is it 90 hours?", thread="thread-x", in_reply_to=asked)
    assert story.truth().tasks["t"]
    story.mail(story.finance, "97 or 90 hours.", thread="thread-x", in_reply_to=asked)
    assert not story.truth().tasks["t"], "what may be one or the other is no answer"
