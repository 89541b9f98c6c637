"""What a seat perceives, what ends its waits, and what it can do while it is suspended."""

from __future__ import annotations

from typing import Any

import pytest

from simenv.company.facts import Phrase, Topic
from simenv.company.topics import Topics
from simenv.company.workflow import Post, Reaction
from simenv.core.kinds.agent import SeatRestored, SeatSuspended
from simenv.core.kinds.base import EventData
from simenv.core.kinds.calendar import MeetingScheduled
from simenv.core.kinds.chat import ChatPosted
from simenv.core.kinds.mail import MailSent
from simenv.core.kinds.systems import AlertRaised
from simenv.core.kinds.tickets import TicketOpened
from simenv.seats import LINES
from simenv.simulation import Simulation

from .firm import (
    BOSS,
    CLERK,
    DAY,
    ENGINEER,
    HOUR,
    MINUTE,
    SEAT,
    TUESDAY,
    begin,
    call,
    events,
    made,
    step,
    text,
    until,
)

START = TUESDAY + 8 * HOUR + 30 * MINUTE
NEWS: dict[str, EventData] = {
    "mail": MailSent("mail-new", "thread-new", (SEAT,), "Boots", "They are here."),
    "chat": ChatPosted("chat-new", "chan-new", (SEAT,), "They are here.", direct=True),
    "meeting": MeetingScheduled("meet-new", "Boots", 3 * DAY + 9 * HOUR, 3 * DAY + 10 * HOUR, (CLERK, SEAT)),
    "ticket": TicketOpened("tick-new", "OPS-9", "Ops", "Boots", "Fetch them.", SEAT),
    "alert": AlertRaised("alert-new", "sys-vault", "warning", "Vault is full"),
}
TITLES = {"mail": "New mail:", "chat": "Chat:", "meeting": "Calendar:", "ticket": "Tickets:", "alert": "Alerts:"}


def waiting(tool: str = "wait_for", **arguments: Any) -> Simulation:
    """Return a simulation in which the seat has begun to wait and time has not gone on."""
    simulation = begin()
    simulation.act({"name": tool, "arguments": arguments})
    assert simulation.due > simulation.now
    return simulation


@pytest.mark.parametrize("sort", NEWS)
@pytest.mark.parametrize("wait", [("wait", {"minutes": 600}), ("wait_until", {"time": "16:00"}), ("wait_for", {})])
def test_whatever_is_addressed_to_the_seat_ends_a_wait(sort: str, wait: tuple[str, dict[str, Any]]) -> None:
    simulation = waiting(wait[0], **wait[1])
    made(simulation, NEWS[sort], CLERK)
    assert simulation.due == simulation.now
    simulation.advance()
    seen = simulation.observe(None).text
    assert seen.startswith(f"It is Tue 9 Mar 08:30. {TITLES[sort]}\n  ")
    assert simulation.company.seats[SEAT].fresh == ()
    assert events(simulation, f"{sort}.notified")[0].data.ids == (NEWS[sort].id,)  # type: ignore[attr-defined]


@pytest.mark.parametrize("sort", NEWS)
def test_a_wait_for_one_sort_is_ended_by_that_sort(sort: str) -> None:
    simulation = waiting(kind=sort)
    for other in NEWS.keys() - {sort}:
        made(simulation, NEWS[other], CLERK)
        assert simulation.due > simulation.now
    made(simulation, NEWS[sort], CLERK)
    assert simulation.due == simulation.now


@pytest.mark.parametrize(
    ("sort", "thread"),
    [("mail", "thread-new"), ("chat", "chan-new"), ("meeting", "meet-new"), ("ticket", "tick-new")],
)
def test_a_wait_for_one_matter_is_ended_by_that_matter(sort: str, thread: str) -> None:
    other, right = waiting(thread="thread-other"), waiting(thread=thread)
    for simulation in (other, right):
        made(simulation, NEWS[sort], CLERK)
    assert other.due > other.now
    assert right.due == right.now


def test_a_ticket_can_be_waited_for_by_its_number_and_a_channel_by_its_name() -> None:
    assert events(waiting(thread="OPS-1"), "seat.waited")[0].data.thread == "tick-boots"
    assert events(waiting(thread="#ops"), "seat.waited")[0].data.thread == "chan-ops"


def test_a_wait_for_one_sender_is_ended_by_that_sender_and_by_what_is_urgent() -> None:
    simulation = begin()
    address = simulation.company.opening.people[BOSS].address
    for data, who in ((NEWS["chat"], BOSS), (MailSent("mail-x", "thread-x", (SEAT,), "Now", "!", urgent=True), CLERK)):
        simulation.act({"name": "wait_for", "arguments": {"sender": address}})
        made(simulation, NEWS["ticket"], CLERK)
        assert simulation.due > simulation.now
        made(simulation, data, who)
        assert simulation.due == simulation.now


def test_what_others_say_to_each_other_ends_no_wait() -> None:
    simulation = waiting()
    made(simulation, MailSent("mail-x", "thread-x", (BOSS,), "Boots", "Well?"), CLERK)
    made(simulation, ChatPosted("chat-x", "chan-ops", (SEAT, BOSS, ENGINEER), "Morning all."), CLERK)
    assert simulation.due > simulation.now


def test_waits_have_ends_and_refuse_what_is_past() -> None:
    simulation = begin()
    call(simulation, "wait", minutes=90)
    assert simulation.now == START + 90 * MINUTE
    call(simulation, "wait_until", time="Wed 09:30")
    assert simulation.now == TUESDAY + DAY + 9 * HOUR + 30 * MINUTE
    assert call(simulation, "wait_until", time="today 08:00").code == "bad_arguments"
    assert call(simulation, "wait_until", time="sometime").code == "bad_arguments"
    assert call(simulation, "wait", minutes=601).code == "bad_arguments"


def test_a_critical_alert_brings_the_seat_back_in_the_evening() -> None:
    simulation = begin()
    simulation.act({"name": "finish", "arguments": {}})
    made(simulation, NEWS["alert"], CLERK)
    made(simulation, NEWS["chat"], BOSS)
    assert simulation.company.seats[SEAT].finished
    made(simulation, AlertRaised("alert-x", "sys-vault", "critical", "Vault is down"), CLERK)
    assert not simulation.company.seats[SEAT].finished
    assert simulation.due == simulation.now


def test_news_of_several_sorts_stand_in_sections_and_are_bounded() -> None:
    simulation = waiting()
    for number in range(LINES + 3):
        made(simulation, MailSent(f"mail-{number}", f"thread-{number}", (SEAT,), f"Number {number}", "?"), CLERK)
    for sort in ("alert", "ticket", "meeting", "chat"):
        made(simulation, NEWS[sort], CLERK)
    simulation.advance()
    lines = simulation.observe(None).text.splitlines()
    titles = [line for line in lines if not line.startswith("  ")]
    assert titles == ["It is Tue 9 Mar 08:30. New mail:", "Chat:", "Calendar:", "Tickets:", "Alerts:"]
    assert lines[LINES + 1] == "  and 3 more"
    assert len(events(simulation, "mail.notified")[0].data.ids) == LINES
    assert events(simulation, "seat.counted")[0].data.ids == ("mail-12", "mail-13", "mail-14")
    assert simulation.company.seats[SEAT].fresh == ()
    assert simulation.observe(None).text.startswith("It is Tue 9 Mar 08:30. You have 16")


def test_a_suspended_seat_can_only_let_time_pass_and_is_told_nothing() -> None:
    simulation = begin()
    simulation.emit(SeatSuspended(BOSS), SEAT)
    result = call(simulation, "mail_list")
    assert (result.ok, result.code) == (False, "suspended")
    assert events(simulation, "tool.refused")[0].data.code == "suspended"
    assert not events(simulation, "mail.listed")
    simulation.act({"name": "wait", "arguments": {"minutes": 60}})
    made(simulation, NEWS["mail"], CLERK)
    simulation.advance()
    assert simulation.now > START + 59 * MINUTE
    assert simulation.observe(None).text.endswith("Your access is suspended.")
    simulation.act({"name": "wait", "arguments": {"minutes": 60}})
    simulation.emit(SeatRestored(BOSS), SEAT)
    assert simulation.due == simulation.now
    simulation.advance()
    assert "Boots" in simulation.observe(None).text
    assert call(simulation, "mail_list").ok


def test_a_reaction_suspends_and_a_step_restores() -> None:
    stops = Reaction(
        "stops", BOSS, topics=("vault",), once="ever", suspend=True, restore="review.end", starts=("review.end",)
    )
    review = step(
        "review.end", Post("chan-ops", "", text("Reviewed.")), owner=ENGINEER, after=("review.no",), delay=(HOUR,)
    )
    simulation = begin(review, reactions=(stops,), topics=Topics([Topic("vault", (Phrase.of("vault"),))]))
    made(simulation, MailSent("mail-x", "thread-x", (BOSS,), "Vault", "I erased the vault."), SEAT)
    until(simulation, TUESDAY + 12 * HOUR)
    suspended, restored = events(simulation, "seat.suspended")[0], events(simulation, "seat.restored")[0]
    assert (suspended.actor, suspended.data.by) == (SEAT, BOSS)
    assert (restored.actor, restored.data.by) == (SEAT, ENGINEER)
    assert restored.time - suspended.time == HOUR
    assert not simulation.company.seats[SEAT].suspended
