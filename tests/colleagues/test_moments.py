"""Everything that waits is data: a fork, a snapshot and a moment saved as bytes go on like a world never touched."""

from __future__ import annotations

import pytest

from simenv.company.facts import Phrase, Topic
from simenv.company.opening import Absence
from simenv.company.predicates import Check
from simenv.company.topics import Topics
from simenv.company.workflow import Edit, Letter, MoveTicket, Post, Reaction
from simenv.core.calls import ToolCall
from simenv.scene import Scene
from simenv.simulation import Simulation
from simenv.snapshot import from_bytes, refold, to_bytes

from .firm import BOSS, CLERK, DAY, ENGINEER, HOUR, PEOPLE, SEAT, TUESDAY, events, scene, step, text

DELAY = (600, 9 * HOUR)
MAIL = {"to": [PEOPLE[CLERK].address], "subject": "Hours"}
CALLS = (
    ToolCall("mail_send", {**MAIL, "body": "The total is 97 hours."}),
    ToolCall("wait", {"minutes": 30}),
    ToolCall("chat_direct", {"to": PEOPLE[ENGINEER].address, "text": "Could you look at the hours, please?"}),
    ToolCall("ticket_comment", {"ticket": "OPS-1", "text": "What about the hours?"}),
    ToolCall("wait_for", {"minutes": 1440, "kind": "chat"}),
    ToolCall("finish"),
    ToolCall("mail_send", {**MAIL, "body": "Blue elephants."}),
    ToolCall("mail_list"),
    ToolCall("wait_until", {"time": "tomorrow 17:00"}),
    ToolCall("wait", {"minutes": 600}),
)


def busy() -> Scene:
    """Return a scene in which something always waits: follow-ons, absences, delayed reactions, checks."""
    letters = (Letter("thanks", CLERK, (), (), None, text("Thank you: {heard.hours}.")),)
    return scene(
        step("sum.total", owner=SEAT, done_when=Check("main_figure", to=CLERK, unit="hours", figures=("97",))),
        step("sum.file", Edit("doc-plan", append=text("97.")), after=("sum.total",), delay=DELAY),
        step("sum.say", Post("chan-ops", "", text("Filed.")), owner=ENGINEER, after=("sum.file",), delay=DELAY),
        step("sum.end", MoveTicket("tick-boots", "closed"), owner=BOSS, after=("sum.say", "sum.look"), delay=DELAY),
        step("sum.look", Post("", SEAT, text("I look.")), owner=ENGINEER, after=("sum.no",), delay=DELAY),
        reactions=(
            Reaction("told", CLERK, topics=("hours",), states="hours", reply="thanks", delay=5 * HOUR),
            Reaction("looks", ENGINEER, acts=("ask", "request"), topics=("hours",), once="ever", starts=("sum.look",)),
        ),
        letters=letters,
        topics=Topics([Topic("hours", (Phrase.of("hours"),))]),
        absences={ENGINEER: (Absence(TUESDAY + 15 * HOUR, TUESDAY + DAY + 15 * HOUR, text("Away.")),)},
        ends=TUESDAY + 8 * DAY,
    )


def play(simulation: Simulation, calls: tuple[ToolCall, ...]) -> Simulation:
    """Let the seat make calls, and the world go on after each."""
    for call in calls:
        if not simulation.company.ended:
            result = simulation.act(call)
            assert result.ok, result.text
            simulation.advance()
            simulation.observe(result)
    return simulation


def opened() -> Simulation:
    """Return the simulation with the seat due."""
    simulation = Simulation(busy(), 11)
    simulation.advance()
    return simulation


def test_something_of_everything_happens() -> None:
    simulation = play(opened(), CALLS)
    kinds = {event.kind for event in simulation.log}
    assert {"colleague.understood", "work.done", "document.edited", "chat.posted", "ticket.changed"} <= kinds
    assert "sum.end" in simulation.company.done
    assert {event.actor for event in events(simulation, "mail.sent")} >= {CLERK, SEAT}


@pytest.mark.parametrize("moment", range(len(CALLS)))
def test_a_fork_and_saved_bytes_go_on_like_a_world_never_forked(moment: int) -> None:
    never = play(opened(), CALLS)
    parent = play(opened(), CALLS[:moment])
    saved, child = to_bytes(parent), parent.fork()
    play(parent, CALLS[:moment:-1])
    assert play(child, CALLS[moment:]).log.jsonl() == never.log.jsonl()
    loaded = from_bytes(saved, busy())
    assert to_bytes(loaded) == saved
    assert play(loaded, CALLS[moment:]).log.jsonl() == never.log.jsonl()


def test_the_state_is_a_fold_of_the_log() -> None:
    simulation = play(opened(), CALLS)
    company, states = refold(simulation.scene, list(simulation.log))
    assert company.done == simulation.company.done
    assert company.reactions() == simulation.company.reactions()
    assert company.heard == simulation.company.heard
    assert repr(company.seats) == repr(simulation.company.seats)
    assert states == simulation.states


def test_only_plain_records_wait() -> None:
    simulation = play(opened(), CALLS[:4])
    kinds = {wakeup.kind for wakeup in simulation.clock.waiting()}
    assert {"colleague.reads", "work.step", "scenario.end"} <= kinds
    assert all(isinstance(part, str) for wakeup in simulation.clock.waiting() for part in wakeup.data)
