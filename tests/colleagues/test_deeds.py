"""Each deed at a step becomes events of the step's owner, caused by the step."""

from __future__ import annotations

from typing import Any

import pytest

from simenv.colleagues.base import WORLD
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
)
from simenv.simulation import Simulation

from .firm import (
    BOSS,
    CLERK,
    DAY,
    ENGINEER,
    HOUR,
    PEOPLE,
    SEAT,
    TUESDAY,
    begin,
    events,
    last,
    step,
    text,
    until,
)

NOON = TUESDAY + 12 * HOUR


def done(*deeds: Deed, owner: str = CLERK, **more: Any) -> Simulation:
    """Return the simulation after somebody has done these things, each at a step of its own."""
    steps = [step(f"work.s{n}", deed, owner=owner, at=TUESDAY + 10 * HOUR + n) for n, deed in enumerate(deeds)]
    simulation = begin(*steps, **more)
    until(simulation, NOON)
    for event in simulation.log:
        if event.kind == "work.done":
            assert event.cause is not None
            assert event.cause > 0
    return simulation


def test_a_letter_is_rendered_and_carries_documents_as_they_are() -> None:
    letter = Letter(
        "note", CLERK, (SEAT,), (BOSS,), text("Plan"), text("Dear {assistant.given}"), bcc=(ENGINEER,),
        attach=("doc-plan", "doc-none"),
    )  # fmt: skip
    simulation = done(Edit("doc-plan", append=text("South too.")), letter)
    sent = last(simulation, "mail.sent")
    assert sent.body == f"Dear {PEOPLE[SEAT].given}"
    assert (sent.to, sent.cc, sent.bcc) == ((SEAT,), (BOSS,), (ENGINEER,))
    assert [(each.document, each.version, each.title) for each in sent.attached] == [("doc-plan", 2, "Plan")]


def test_a_letter_can_carry_another_on_and_answer_one() -> None:
    first = Letter("work.s0", CLERK, (BOSS,), (), text("Hours"), text("They are 97 hours."))
    onward = Letter("work.s1", CLERK, (ENGINEER,), (), None, text("See below."), forwards="work.s0")
    again = Letter("work.s2", CLERK, (), (), None, text("Any news?"), answers="work.s0")
    simulation = done(first, onward, again)
    asked, carried, reminder = (event.data for event in events(simulation, "mail.sent"))
    assert carried.forwards == asked.id
    assert carried.body.startswith("See below.\n\n-- Forwarded message --\nFrom: ")
    assert carried.body.endswith("They are 97 hours.")
    assert carried.subject == "Fwd: Hours"
    assert (reminder.to, reminder.in_reply_to, reminder.thread) == ((BOSS,), asked.id, asked.thread)


def test_an_answer_to_what_nobody_wrote_is_not_written() -> None:
    answer = Letter("late", CLERK, (), (), None, text("Thank you."), answers="work.never")
    assert events(done(answer), "mail.sent") == []


def test_a_post_in_a_channel_and_its_answer_in_the_same_one() -> None:
    simulation = done(Post("chan-ops", "", text("Who has the plan?")), Post("", "", text("I do."), answers="work.s0"))
    asked, answered = (event.data for event in events(simulation, "chat.posted"))
    assert asked.channel == answered.channel == "chan-ops"
    assert set(asked.to) == {SEAT, BOSS, ENGINEER}
    assert answered.in_reply_to == asked.id
    assert simulation.company.channels["chan-ops"].posts == (asked.id, answered.id)
    assert simulation.company.message(answered.id).body == "I do."


def test_a_direct_message_goes_to_one_and_stays_in_one_conversation() -> None:
    simulation = done(Post("", SEAT, text("Are you there?")), Post("", SEAT, text("Hello?")))
    first, second = (event.data for event in events(simulation, "chat.posted"))
    assert first.direct
    assert first.channel == second.channel
    assert first.to == (SEAT,)
    assert first.id != second.id


def test_documents_are_made_changed_and_shared() -> None:
    simulation = done(
        Create("doc-new", text("Report"), "Work", "confidential", text("For {assistant.given}")),
        Edit("doc-plan", replace=((text("open"), text("97")), (text("nowhere"), text("x"))), note=text("Sum")),
        Edit("doc-plan", append=text("South: 40.")),
        Edit("doc-none", text=text("lost")),
        Edit("doc-plan", replace=((text("nowhere"), text("x")),)),
        Share("doc-new", (SEAT,), "editor"),
    )  # fmt: skip
    new, plan = simulation.company.documents["doc-new"], simulation.company.documents["doc-plan"]
    assert new.last.text == f"For {PEOPLE[SEAT].given}"
    assert (new.owner, new.editable(SEAT), new.readable(BOSS)) == (CLERK, True, False)
    assert [version.number for version in plan.versions] == [1, 2, 3]
    assert plan.versions[1].note == "Sum"
    assert plan.last.text == "Crew: north.\nHours: 97.\n\nSouth: 40."


def test_tickets_are_opened_and_moved() -> None:
    simulation = done(
        OpenTicket("tick-new", text("OPS-7"), "Ops", text("Ropes"), text("Two ropes"), SEAT, "high", NOON),
        MoveTicket("tick-boots", "in_progress", BOSS, None, text("Ordered."), ask=BOSS),
        MoveTicket("tick-boots", approve=True),
        MoveTicket("tick-none", "closed"),
    )
    new, boots = simulation.company.tickets["tick-new"], simulation.company.tickets["tick-boots"]
    assert (new.number, new.assignee, new.priority, new.due, new.reporter) == ("OPS-7", SEAT, "high", NOON, CLERK)
    assert (boots.status, boots.assignee, boots.approver, boots.approval) == ("in_progress", BOSS, BOSS, "approved")
    assert [comment.text for comment in boots.comments] == ["Ordered."]


def test_meetings_are_called_moved_answered_and_cancelled() -> None:
    start = 3 * DAY + 9 * HOUR
    simulation = done(
        CallMeeting("meet-new", text("Ropes"), start, start + HOUR, (SEAT,), "Room 1", text("Agenda")),
        MoveMeeting("meet-new", start + HOUR, start + 2 * HOUR, text("Later")),
        MoveMeeting("meet-site", reply="accepted"),
        MoveMeeting("meet-new", cancel=True),
    )
    meeting = simulation.company.meetings["meet-new"]
    assert (meeting.start, meeting.notes, meeting.attendees) == (start + HOUR, "Later", (CLERK, SEAT))
    assert meeting.cancelled
    assert simulation.company.meetings["meet-site"].reply_of(CLERK) == "accepted"


def test_alerts_are_raised_in_the_owners_name_and_settled() -> None:
    simulation = done(
        RaiseAlert("alert-full", "sys-vault", "warning", text("Vault is full")),
        SettleAlert("alert-full", "acknowledged", text("Looking")),
    )
    alert = simulation.company.alerts["alert-full"]
    assert events(simulation, "alert.raised")[0].actor == ENGINEER
    assert (alert.state, alert.by, alert.note) == ("acknowledged", CLERK, "Looking")


def test_systems_are_operated_and_keep_their_log() -> None:
    simulation = done(
        Operate("sys-vault", "nightly", text("ok"), True, text("2.1"), ((SEAT, "admin"),), setting=("keep", "9")),
        Operate("sys-vault", revoke=(SEAT,), record=text("By hand")),
    )
    vault = simulation.company.systems["sys-vault"]
    assert (vault.jobs[0].result, vault.release, dict(vault.settings)["keep"]) == ("ok", "2.1", "9")
    assert vault.level_of(SEAT) == ""
    assert {"access.granted", "access.revoked"} <= {event.kind for event in simulation.log}
    assert "By hand" in [record.text for record in simulation.company.records.values()]


def test_what_is_switched_off_does_not_run_by_itself() -> None:
    off, run = Operate("sys-vault", "nightly", enabled=False), Operate("sys-vault", "nightly", text("ok"))
    steps = [step("job.a", run, owner=WORLD, at=TUESDAY + 9 * HOUR, night=True), step("job.off", off)]
    simulation = begin(*steps, step("job.b", run, owner=WORLD, at=TUESDAY + 11 * HOUR, night=True))
    until(simulation, NOON)
    assert [event.time for event in events(simulation, "job.run")] == [TUESDAY + 9 * HOUR]


@pytest.mark.parametrize(
    "deed",
    [
        Share("doc-none", (SEAT,), "reader"),
        Post("chan-none", "", text("Hello?")),
        Post("", "", text("Hello?"), answers="work.never"),
        MoveMeeting("meet-none", cancel=True),
        SettleAlert("alert-none", "resolved"),
        RaiseAlert("alert-new", "sys-none", "info", text("?")),
        Operate("sys-none", deploy=text("3")),
    ],
    ids=lambda deed: type(deed).__name__,
)
def test_what_has_become_pointless_is_left_out(deed: Deed) -> None:
    simulation = done(deed)
    made = [event for event in simulation.log if event.actor == CLERK]
    assert [event.kind for event in made] == ["work.begun", "work.done"]
