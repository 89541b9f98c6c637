"""Whatever way something reaches a colleague, it is read, understood and answered the way it came."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from simenv.company.facts import Phrase, Topic
from simenv.company.opening import Absence
from simenv.company.topics import Topics
from simenv.company.workflow import Letter, Operate, Reaction
from simenv.core.kinds.chat import ChatPosted
from simenv.core.kinds.documents import DocumentCreated
from simenv.core.kinds.mail import Attached, MailSent
from simenv.core.kinds.systems import AccessAsked
from simenv.core.kinds.tickets import ApprovalAsked, TicketCommented
from simenv.simulation import Simulation

from .firm import (
    BOSS,
    CLERK,
    DAY,
    ENGINEER,
    HOUR,
    MINUTE,
    PEOPLE,
    SEAT,
    TUESDAY,
    begin,
    events,
    last,
    made,
    step,
    text,
    until,
)

TOPICS = Topics([Topic("site_hours", (Phrase.of("hours"),)), Topic("vault", (Phrase.of("vault"),))])
THANKS = Letter("thanks", CLERK, (), (), None, text("Thank you, {sender.given}: {heard.hours}."))
TOLD = Reaction("told", CLERK, topics=("site_hours",), states="hours", once="message", reply="thanks")
SAYS = "The total is 97 hours."


def firm(*steps: Any, reactions: tuple[Reaction, ...] = (TOLD,), **more: Any) -> Simulation:
    """Return a simulation in which the clerk waits for hours."""
    return begin(*steps, reactions=reactions, letters=(THANKS, *more.pop("letters", ())), topics=TOPICS, **more)


def mail(body: str, to: str = CLERK, id: str = "mail-one", thread: str = "thread-one", **more: Any) -> MailSent:
    """Return a mail."""
    return MailSent(id, thread, (to,), "Something", body, **more)


def direct(body: str, to: str = CLERK, id: str = "chat-one") -> ChatPosted:
    """Return a direct message."""
    return ChatPosted(id, "chan-direct", (to,), body, direct=True)


def understood(simulation: Simulation) -> list[Any]:
    """Return what was understood, in order."""
    return [event.data for event in events(simulation, "colleague.understood")]


def test_mail_is_read_understood_and_answered_by_mail() -> None:
    simulation = firm()
    made(simulation, mail(SAYS), SEAT)
    until(simulation, TUESDAY + 10 * HOUR)
    (read,) = understood(simulation)
    assert (read.reply, read.channel, read.confidence, read.figures) == ("told", "", 90, ("hours=97",))
    answer = last(simulation, "mail.sent")
    assert answer.body == f"Thank you, {PEOPLE[SEAT].given}: 97."
    assert (answer.in_reply_to, answer.thread) == ("mail-one", "thread-one")


def test_a_direct_message_is_answered_there_and_sooner() -> None:
    slow, quick = firm(), firm()
    for simulation, data in ((slow, mail(SAYS)), (quick, direct(SAYS))):
        until(simulation, TUESDAY + 10 * HOUR)
        made(simulation, data, SEAT)
        until(simulation, TUESDAY + 12 * HOUR)
    (read,) = understood(quick)
    assert (read.message, read.channel, read.reply) == ("chat-one", "chan-direct", "told")
    answer = last(quick, "chat.posted")
    assert (answer.channel, answer.to, answer.in_reply_to) == ("chan-direct", (SEAT,), "chat-one")
    assert answer.body == f"Thank you, {PEOPLE[SEAT].given}: 97."
    assert [event.data.ids for event in events(quick, "chat.read")] == [("chat-one",)]
    assert not events(quick, "mail.sent")
    times = [events(each, "colleague.understood")[0].time - TUESDAY - 10 * HOUR for each in (quick, slow)]
    assert times[0] <= 5 * MINUTE < 10 * MINUTE <= times[1]


@pytest.mark.parametrize("how", ["@{name}, the total is 97 hours.", "@{given} 97 hours", "97 hours, {given}"])
def test_in_a_channel_only_those_who_are_named_react(how: str) -> None:
    simulation = firm()
    clerk = PEOPLE[CLERK]
    to = simulation.company.channels["chan-ops"].members
    body = how.format(name=clerk.name, given=clerk.given)
    made(simulation, ChatPosted("chat-one", "chan-ops", to, body), SEAT)
    made(simulation, ChatPosted("chat-two", "chan-ops", to, "All of you: it is 12 hours."), SEAT)
    until(simulation, TUESDAY + 12 * HOUR)
    assert [event.actor for event in events(simulation, "colleague.understood")] == [CLERK]
    assert last(simulation, "chat.posted").channel == "chan-ops"


def test_who_is_answered_in_a_channel_reacts() -> None:
    simulation = firm()
    to = simulation.company.channels["chan-ops"].members
    made(simulation, ChatPosted("chat-one", "chan-ops", to, "How many?"), CLERK)
    made(simulation, ChatPosted("chat-two", "chan-ops", to, SAYS, "chat-one"), SEAT)
    until(simulation, TUESDAY + 12 * HOUR)
    assert [(event.actor, event.data.message) for event in events(simulation, "colleague.understood")] == [
        (CLERK, "chat-two")
    ]


def test_a_comment_reaches_who_opened_the_ticket_and_who_does_it() -> None:
    simulation = firm()
    made(simulation, TicketCommented("tick-boots", SAYS), SEAT)
    until(simulation, TUESDAY + 12 * HOUR)
    assert {event.actor for event in events(simulation, "colleague.understood")} == {CLERK, ENGINEER}
    assert {read.channel for read in understood(simulation)} == {"tick-boots"}
    comments = simulation.company.tickets["tick-boots"].comments
    assert [comment.text for comment in comments] == [SAYS, f"Thank you, {PEOPLE[SEAT].given}: 97."]
    assert events(simulation, "ticket.read")


def test_an_approval_that_is_asked_for_can_start_work() -> None:
    starts = Reaction("looks", BOSS, acts=("request",), topics=("vault",), starts=("boots.decide",))
    decide = step("boots.decide", owner=BOSS, after=("boots.never",), delay=(600,))
    simulation = firm(decide, reactions=(starts,))
    made(simulation, ApprovalAsked("tick-boots", BOSS, "The vault needs it."), SEAT)
    until(simulation, TUESDAY + 12 * HOUR)
    (done,) = events(simulation, "work.done")
    (read,) = events(simulation, "colleague.understood")
    assert done.time == read.time + 600
    assert done.actor == BOSS


def test_a_request_for_access_reaches_the_owner() -> None:
    letter = Letter("granted", ENGINEER, (), (), None, text("You have it."))
    grants = Reaction(
        "grants", ENGINEER, acts=("request",), topics=("vault",), reply="granted", starts=("vault.grant",)
    )
    grant = step("vault.grant", Operate("sys-vault", grant=((SEAT, "admin"),)), owner=ENGINEER, after=("vault.never",))
    simulation = firm(grant, reactions=(grants,), letters=(letter,))
    made(simulation, AccessAsked("sys-vault", "admin", "I have to look at last night's copy."), SEAT)
    until(simulation, TUESDAY + 12 * HOUR)
    assert simulation.company.systems["sys-vault"].level_of(SEAT) == "admin"
    assert last(simulation, "mail.sent").subject == "Re: Access to Vault"
    assert understood(simulation)[0].channel == "sys-vault"


def test_what_is_attached_is_read_where_the_mail_states_nothing() -> None:
    simulation = firm()
    made(simulation, DocumentCreated("doc-sum", "Sum", "Work", "internal", SAYS), SEAT)
    made(simulation, mail("Here you are.", attached=(Attached("doc-sum", 1, "Sum"),)), SEAT)
    until(simulation, TUESDAY + 10 * HOUR)
    assert understood(simulation)[0].figures == ("hours=97",)
    assert simulation.company.heard[CLERK] == {"hours": "97"}
    assert [(event.actor, event.data.id, event.data.via) for event in events(simulation, "document.read")] == [
        (CLERK, "doc-sum", "mail-one")
    ]


def test_what_is_quoted_is_nobodys_new_statement_and_what_is_forwarded_is_read() -> None:
    simulation = firm()
    made(simulation, mail("I count 12 hours."), CLERK)
    quoting = mail("No idea.\n> I count 12 hours.", id="mail-two", in_reply_to="mail-one")
    made(simulation, quoting, SEAT)
    until(simulation, TUESDAY + 10 * HOUR)
    assert understood(simulation)[0].figures == ()
    made(simulation, mail(SAYS, SEAT, "mail-three"), BOSS)
    made(simulation, mail(f"See below.\n\n{SAYS}", id="mail-four", thread="thread-two", forwards="mail-three"), SEAT)
    until(simulation, TUESDAY + 12 * HOUR)
    assert understood(simulation)[1].figures == ("hours=97",)


def test_what_is_unclear_is_asked_back_once_then_passed_on_once() -> None:
    passes_on = text("I do not know what {sender.name} needs of me:\n\n{mail.text}")
    simulation = firm(passes_on=passes_on)
    for number in range(3):
        made(simulation, mail("Blue elephants.\nAnd hours!", id=f"mail-{number}"), SEAT)
        until(simulation, TUESDAY + (10 + number) * HOUR)
    assert [read.reply for read in understood(simulation)] == ["ask_back", "passes_on", "none"]
    asked, passed = (event.data for event in events(simulation, "mail.sent") if event.actor == CLERK)
    assert asked.body == f"{PEOPLE[SEAT].given}, what do you need in the matter of site hours?"
    assert passed.to == (PEOPLE[CLERK].manager,)
    assert passed.body.endswith("> Blue elephants.\n> And hours!")
    assert passed.subject == "Fwd: Something"


def test_what_stands_on_a_ticket_is_asked_back_only_if_it_is_a_question() -> None:
    simulation = firm()
    made(simulation, ApprovalAsked("tick-boots", BOSS), SEAT)
    until(simulation, TUESDAY + 11 * HOUR)
    made(simulation, TicketCommented("tick-boots", "Blue elephants."), SEAT)
    until(simulation, TUESDAY + 13 * HOUR)
    assert {read.reply for read in understood(simulation)} == {"none"}
    made(simulation, TicketCommented("tick-boots", "Blue elephants?"), SEAT)
    until(simulation, TUESDAY + 15 * HOUR)
    asked = {(event.actor, event.data.id) for event in events(simulation, "ticket.commented") if event.actor != SEAT}
    assert asked == {(CLERK, "tick-boots"), (ENGINEER, "tick-boots")}


def test_a_chat_is_another_conversation_every_day() -> None:
    simulation = firm()
    for number, when in enumerate([10 * HOUR, 12 * HOUR, DAY + 10 * HOUR]):
        until(simulation, TUESDAY + when)
        made(simulation, direct("Can you?", id=f"chat-{number}"), SEAT)
    until(simulation, TUESDAY + DAY + 12 * HOUR)
    assert [read.reply for read in understood(simulation)] == ["ask_back", "none", "ask_back"]


def test_a_reaction_can_take_its_time_and_is_not_taken_twice_meanwhile() -> None:
    slow = replace(TOLD, once="ever", delay=3 * HOUR)
    simulation = firm(reactions=(slow,))
    made(simulation, mail(SAYS), SEAT)
    until(simulation, TUESDAY + 10 * HOUR)
    made(simulation, mail(SAYS, id="mail-two"), SEAT)
    (read,) = events(simulation, "colleague.understood")
    assert read.data.reply == "told"
    until(simulation, TUESDAY + 17 * HOUR)
    (answer,) = [event for event in events(simulation, "mail.sent") if event.actor == CLERK]
    assert answer.time == read.time + 3 * HOUR
    assert answer.data.in_reply_to == "mail-one"
    assert answer.cause == read.seq


def test_who_is_away_reads_when_back() -> None:
    back = TUESDAY + DAY + 11 * HOUR
    simulation = firm(absences={CLERK: (Absence(TUESDAY + 8 * HOUR, back),)})
    made(simulation, mail(SAYS), SEAT)
    until(simulation, TUESDAY + 2 * DAY)
    assert [event.time for event in events(simulation, "colleague.understood")] == [back]


def test_nobody_reacts_to_what_a_system_wrote() -> None:
    simulation = firm()
    made(simulation, mail(SAYS, auto=True), SEAT)
    until(simulation, TUESDAY + 12 * HOUR)
    assert understood(simulation) == []
