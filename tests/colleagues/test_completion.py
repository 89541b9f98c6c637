"""Steps of a seat are done when what they ask for is the case, and others go on from there."""

from __future__ import annotations

from simenv.company.predicates import Check
from simenv.company.workflow import Letter, Post
from simenv.core.kinds.chat import ChatPosted
from simenv.core.kinds.mail import MailSent
from simenv.core.kinds.tickets import TicketChanged, TicketCommented

from .firm import BOSS, CLERK, HOUR, SEAT, TUESDAY, begin, events, made, step, text, until

TOTAL = Check("main_figure", to=CLERK, unit="hours", figures=("97",))
NOON = TUESDAY + 12 * HOUR


def mail(body: str, id: str = "mail-one", to: str = CLERK) -> MailSent:
    """Return a mail."""
    return MailSent(id, f"thread-{id}", (to,), "Hours", body)


def test_what_the_seat_says_completes_its_step_and_can_be_answered() -> None:
    thanks = Letter("thanks", BOSS, (), (), None, text("Thank you."), answers="sum.total")
    simulation = begin(
        step("sum.total", owner=SEAT, done_when=TOTAL, due=NOON),
        step("sum.thank", thanks, owner=BOSS, after=("sum.total",), delay=(HOUR,)),
    )
    made(simulation, mail("It is 12 hours."), SEAT)
    assert not events(simulation, "work.done")
    made(simulation, mail("It is 97 hours.", "mail-two"), BOSS)
    assert not events(simulation, "work.done")
    sent = made(simulation, mail("It is 97 hours.", "mail-three"), SEAT)
    (done,) = events(simulation, "work.done")
    assert (done.actor, done.data.item, done.data.step, done.data.late) == (SEAT, "sum", "total", False)
    assert simulation.log[done.cause].cause == sent.seq  # type: ignore[index]
    made(simulation, mail("Again: 97 hours.", "mail-four"), SEAT)
    assert len(events(simulation, "work.done")) == 1
    until(simulation, NOON)
    answer = events(simulation, "mail.sent")[-1]
    assert (answer.actor, answer.data.in_reply_to, answer.data.to) == (BOSS, "mail-three", (SEAT,))


def test_work_that_is_late_is_done_late_and_what_had_to_be_before_is_not_done() -> None:
    early = Check("before", number=TUESDAY + 9 * HOUR, parts=(TOTAL,))
    simulation = begin(
        step("sum.late", owner=SEAT, done_when=TOTAL, due=TUESDAY + 9 * HOUR),
        step("sum.early", owner=SEAT, done_when=early),
    )
    until(simulation, TUESDAY + 10 * HOUR)
    made(simulation, mail("It is 97 hours."), SEAT)
    assert [(event.data.step, event.data.late) for event in events(simulation, "work.done")] == [("late", True)]


def test_the_state_of_things_completes_a_step_whoever_brought_it_about() -> None:
    resolved = Check("ticket_is", thing="tick-boots", values=(("status", ("resolved",)),))
    simulation = begin(
        step("boots.get", owner=SEAT, done_when=resolved),
        step("boots.tell", Post("chan-ops", "", text("They are here.")), after=("boots.get",)),
    )
    changed = made(simulation, TicketChanged("tick-boots", "resolved"), BOSS)
    (done,) = events(simulation, "work.done")
    assert (done.actor, done.cause) == (SEAT, changed.seq)
    until(simulation, NOON)
    assert len(events(simulation, "chat.posted")) == 1


def test_a_step_can_take_several_things_in_any_order() -> None:
    both = Check("all", parts=(TOTAL, Check("sent_to", to=BOSS)))
    simulation = begin(step("sum.both", owner=SEAT, done_when=both))
    made(simulation, TicketCommented("tick-boots", "On the ticket: 97 hours."), SEAT)
    assert not events(simulation, "work.done")
    made(simulation, ChatPosted("chat-one", "chan-new", (BOSS,), "It is on the ticket.", direct=True), SEAT)
    assert len(events(simulation, "work.done")) == 1


def test_an_opening_with_a_step_done_leaves_it_done() -> None:
    simulation = begin(step("sum.total", owner=SEAT, done_when=TOTAL), done=("sum.total",))
    made(simulation, mail("It is 97 hours."), SEAT)
    assert not events(simulation, "work.done")
