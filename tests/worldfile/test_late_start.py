"""Entry points in the middle: what colleagues and whoever held the seat had done by then is part of the opening."""

from __future__ import annotations

from pathlib import Path

import pytest

from simenv.company.opening import Opening
from simenv.company.people import DAY, Shift
from simenv.company.workflow import Step
from simenv.session import Session
from simenv.staging import World, find_world
from simenv.worldfile.entrance import last_evening
from simenv.worldfile.history import Done, Hours, median, play

OFFICE = Path(__file__).parents[1] / "data" / "worlds" / "office"
HOUR = 3600


@pytest.fixture(scope="module")
def world() -> World:
    """The office."""
    return find_world(OFFICE)


def midweek(world: World, seed: int = 0, audit: str = "planned") -> Opening:
    """Return the opening on Wednesday morning."""
    return world.base("default", {"audit": audit}).opening("midweek", seed)[0]


def story(world: World, wanted: str) -> Opening:
    """Return an opening on Wednesday with one version of the kitchen's story."""
    return next(each for each in (midweek(world, seed) for seed in range(20)) if f"{wanted}.ask" in each.plan.steps)


def test_what_was_done(world: World) -> None:
    opening = midweek(world)
    done = set(opening.done)
    assert {"report.ask", "report.answer", "report.file", "report.confirm", "access.grant", "outage.accept"} <= done
    assert not done & {"report.wrong", "report.chase", "access.close", "outage.notes"}
    assert "job_ledger_nightly.d1" in done
    lead = world.base("default", {"audit": "planned"}).ids["lead"]
    assert opening.heard[lead] == {"hours": opening.values["hours.total"]}
    assert opening.decided == {"move": ("announced", "work")}
    assert midweek(world, audit="none").decided == {}


def test_what_was_written(world: World) -> None:
    opening = midweek(world)
    mail, letters, total = opening.mail, opening.letters, opening.values["hours.total"]
    ask, answer, confirm = (mail[letters[f"report.{key}"]] for key in ("ask", "answer", "confirm"))
    assert (answer.in_reply_to, answer.thread, answer.subject) == (ask.id, ask.thread, f"Re: {ask.subject}")
    assert answer.to == (ask.sender,)
    assert confirm.body.startswith(f"{total} hours, thank you.")
    (paper,) = confirm.attached
    assert opening.documents[paper.document].last.text.startswith(f"The crews worked {total} hours")
    passed = mail[letters["access.pass_on"]]
    granted = mail[letters["access.grant"]]
    assert (passed.forwards, passed.subject) == (granted.id, f"Fwd: {granted.subject}")
    assert granted.body in passed.body
    assert opening.values["ops.address"] in passed.body
    assert mail[letters["gate"]].time == 12 * HOUR
    assert [mail[id].time for id in opening.order if id in mail] == sorted(
        mail[id].time for id in opening.order if id in mail
    )


def test_what_the_seat_has_read(world: World) -> None:
    opening, clerk = midweek(world), world.base("default", {"audit": "planned"}).ids["clerk"]
    assert opening.unread == {clerk: [opening.letters["report.announce"]]}
    assert midweek(world, audit="none").unread == {}


def test_what_was_done_to_things(world: World) -> None:
    opening, ids = midweek(world), world.base("default", {"audit": "planned"}).files.ids
    ticket = opening.tickets[ids.ticket["access"]]
    assert (ticket.status, ticket.approval, ticket.approver) == ("resolved", "approved", ids.person["lead"])
    assert ticket.number == opening.values["request.number"]
    assert [comment.text for comment in ticket.comments] == ["Fine for this week.", "Done."]
    assert [(change.field, change.value) for change in ticket.changes][-1] == ("status", "resolved")
    ledger = opening.systems[ids.system["ledger"]]
    assert ledger.allows(ids.person["finance"], "write")
    assert dict(ledger.settings)["retention"] == "60 days"
    nightly = next(job for job in ledger.jobs if job.key == "nightly")
    assert (nightly.enabled, nightly.last) == (False, DAY + 2 * HOUR), "what is switched off does not run"
    lines = [record.text for record in opening.records.values()]
    assert f"{opening.values['ops.name']} granted {opening.values['finance.name']} write access" in lines
    assert [record.number for record in opening.records.values()] == list(range(1, len(lines) + 1))
    alert = opening.alerts[ids.alert["slow"]]
    assert (alert.state, alert.by, alert.raised) == ("acknowledged", ids.person["ops"], DAY + 22 * HOUR + 600)
    review = opening.meetings[ids.meeting["outage_review"]]
    assert review.reply_of(ids.person["clerk"]) == "accepted"
    assert review.reply_of(ids.person["finance"]) == "accepted"
    assert review.notes == ""


def test_what_was_said_in_chat(world: World) -> None:
    opening, ids = midweek(world), world.base("default", {"audit": "planned"}).files.ids
    it = opening.channels[ids.channel["it"]]
    first, second = (opening.mail[id] for id in it.posts)
    assert (second.body, second.in_reply_to, second.thread) == ("Seen.", first.id, it.id)
    assert ids.person["ops"] not in second.to
    assert opening.chat_seen[f"{ids.person['clerk']} {it.id}"] == 2
    general = opening.channels[ids.channel["general"]]
    last = opening.mail[general.posts[-1]]
    assert last.body == "The ledger is slow tonight."
    assert opening.chat_seen[f"{ids.person['clerk']} {general.id}"] == len(general.posts) - 1
    assert opening.chat_seen[f"{ids.person['lead']} {general.id}"] == len(general.posts)


def test_the_past_of_a_story_is_that_of_its_version(world: World) -> None:
    ids = world.base("default", {"audit": "planned"}).files.ids
    rota, fridge = story(world, "kitchen_a"), story(world, "kitchen_b")
    general = ids.channel["general"]
    assert len(rota.channels[general].posts) == len(fridge.channels[general].posts) + 2
    assert rota.documents[ids.document["rota_a"]].last.text.endswith(f"Wednesday: {rota.values['sales.given']}.")
    assert len(fridge.documents[ids.document["rota_b"]].versions) == 2
    assert ids.document["rota_a"] not in fridge.documents
    (direct,) = (channel for channel in fridge.channels.values() if channel.direct)
    assert set(direct.members) == {ids.person["people"], ids.person["finance"]}
    assert not [channel for channel in rota.channels.values() if channel.direct]


def test_tasks_that_come_too_late_are_dropped(world: World) -> None:
    base = world.base("default", {"audit": "planned"})
    assert [task.key for task in base.opening("week", 0)[0].tasks] == ["hours_total", "hello"]
    assert [task.key for task in midweek(world).tasks] == ["hello"]


def test_a_week_goes_on_from_there() -> None:
    session = Session(OFFICE, start="midweek")
    session.reset(1)
    while not session.over:
        session.call("wait_for", minutes=600)
    done = session.simulation.company.done
    assert {"access.close", "outage.notes"} <= set(done)
    assert session.outcome == "completed"


def step(key: str, at: int | None = None, **fields: object) -> Step:
    """Return a step of the item ``i`` that belongs to ``ann``."""
    return Step("i", key, "ann", at, None, None, **fields)  # type: ignore[arg-type]


NINE_TO_FIVE = Hours({"ann": Shift(9 * HOUR, 17 * HOUR), "seat": Shift(9 * HOUR, 17 * HOUR)})


def done(*steps: Step, now: int, models: dict[str, Done] | None = None) -> tuple[str, ...]:
    """Return the keys of what is done."""
    past = play({each.name: each for each in steps}, {}, models or {}, "seat", now, NINE_TO_FIVE, {})
    return tuple(name.removeprefix("i.") for name in past.done)


def test_what_follows_waits_for_working_hours() -> None:
    first, second = step("a", 16 * HOUR + 1800), step("b", after=("i.a",), delay=(HOUR, HOUR))
    assert done(first, second, now=DAY + 9 * HOUR + 1800) == ("a",)
    assert done(first, second, now=DAY + 9 * HOUR + 1801) == ("a", "b")
    past = play({s.name: s for s in (first, second)}, {}, {}, "seat", DAY, NINE_TO_FIVE, {})
    assert past.pending == {"i.b": DAY + 9 * HOUR + 1800}
    night = step("b", after=("i.a",), delay=(HOUR, HOUR), night=True)
    assert done(first, night, now=17 * HOUR + 1801) == ("a", "b")


def test_needs_and_unless_are_looked_at() -> None:
    first = step("a", HOUR)
    assert done(first, step("b", 2 * HOUR, needs=("i.a",)), now=DAY) == ("a", "b")
    assert done(first, step("b", 2 * HOUR, needs=("i.c",)), now=DAY) == ("a",)
    assert done(first, step("b", 2 * HOUR, unless=("i.a",)), now=DAY) == ("a",)


def test_whoever_held_the_seat_did_well() -> None:
    asked = Step("i", "a", "seat", None, 3 * HOUR, None)
    good, bad = (
        step("b", after=("i.a",), heard=(("hours", "7"),)),
        step("c", after=("i.a",), not_heard=(("hours", "7"),)),
    )
    told = {"i.a": Done(2 * HOUR, (), {"ann": {"hours": "{x.y}"}})}
    assert done(asked, good, bad, now=DAY, models=told) == ("a", "b")
    assert done(asked, now=3 * HOUR) == ()
    assert done(asked, now=3 * HOUR + 1) == ("a",), "without a model it was done when it was due"
    assert done(Step("i", "a", "seat", None, None, None), now=DAY) == ()


def test_middles() -> None:
    assert [median(()), median((5,)), median((4, 8)), median((1, 2, 9))] == [0, 5, 6, 2]


@pytest.mark.parametrize(("day", "evening"), [(2, 1), (0, -3), (7, 4), (6, 4), (5, 4)])
def test_the_last_evening_is_that_of_a_working_day(day: int, evening: int) -> None:
    assert last_evening(day * DAY + 9 * HOUR) == evening * DAY + 17 * HOUR
