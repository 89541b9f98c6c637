"""Calendar and chat together: random calls, what is told of them, and what truth takes for shown."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from simenv.company.calendar import Meeting
from simenv.company.chat import WHOLE, Channel
from simenv.company.people import DAY
from simenv.company.shown import shown
from simenv.core.calls import ToolCall
from simenv.core.kinds import calendar as calendar_kinds
from simenv.core.kinds import chat as chat_kinds
from simenv.simulation import Simulation
from simenv.testing import random_call
from simenv.tools import calendar, chat
from simenv.tools.sampling import sample_arguments
from simenv.tools.toolbox import Toolbox
from simenv.viewer.terminal_events import describe
from simenv.viewer.terminal_names import Names

from .office import ADDRESS, PERSON, SEAT, call, last, made, refolded, scene

TOOLS = (*calendar.TOOLS, *chat.TOOLS)
HOURS = DAY + 10 * 3600, DAY + 11 * 3600


def office() -> Simulation:
    """Return an office on Tuesday at nine with two meetings and two channels."""
    meeting = Meeting("meet-one", "Review", PERSON["finance"], *HOURS, (PERSON["finance"], SEAT), notes="Agenda.")
    channel = Channel("chan-one", "#one", "First", (PERSON["finance"], SEAT))
    staged = scene(
        meetings={"meet-one": meeting, "meet-two": replace(meeting, id="meet-two", organiser=SEAT)},
        channels={"chan-one": channel, "chan-two": replace(channel, id="chan-two", name="#two", members=())},
        now=DAY + 9 * 3600, ends=None,
    )  # fmt: skip
    return Simulation(replace(staged, toolbox=Toolbox(TOOLS)), 7)


@pytest.mark.parametrize("seed", range(3))
def test_random_calls_fit_and_leave_what_the_log_says(seed: int) -> None:
    simulation, rng, codes = office(), np.random.default_rng(seed), set[str]()
    mine = {tool.name for tool in TOOLS}
    grounds = {name: list(ADDRESS.values()) for name in ("attendees", "members", "people", "person", "to")}
    grounds |= {"channel": ["#one", "#two", ADDRESS["billing"]], "id": ["meet-one", "meet-two"]}
    for number in range(300):
        tool = TOOLS[int(rng.integers(0, len(TOOLS)))].info
        drawn = ToolCall(tool.name, sample_arguments(tool, rng, grounds if number % 2 else {}))
        grounded = random_call(simulation.view, rng)
        for made_ in (drawn, grounded) if grounded.name in mine else (drawn,):
            result = simulation.act(made_)
            assert result.code != "bad_arguments", (made_, result.text)
            assert len(result.text) <= 6_000
            codes.add(result.code)
        simulation.observe(None)
    assert codes >= {"ok", "not_found", "conflict", "not_allowed"}
    again, live = refolded(simulation), simulation.company
    for table in ("meetings", "channels"):
        assert list(getattr(again, table).values()) == list(getattr(live, table).values())
    assert sorted(again.chat_seen) == sorted(live.chat_seen)
    assert all(again.chat_seen[key] == live.chat_seen[key] for key in live.chat_seen)
    assert len(live.meetings) > 5
    assert len(live.channels) > 5
    names = Names(live, SEAT)
    lines = [describe(names, event) for event in simulation.log if event.kind.startswith(("meet", "cal", "ch"))]
    assert sum(line is not None for line in lines) > 150


def test_what_was_shown_is_what_truth_takes_for_shown() -> None:
    simulation = office()
    made(simulation, calendar_kinds.MeetingAnswered("meet-two", "declined", "The tender."), "finance")
    said = {"short": "The tender", "long": "The tender " + "x" * WHOLE}
    for id, body in said.items():
        made(simulation, chat_kinds.ChatPosted(f"chat-{id}", "chan-x", (SEAT,), body, direct=True), "finance")
    text = simulation.observe(None).text
    events = {event.kind: event for event in simulation.log}
    bodies = {each.source: each.body for each in shown(events["chat.notified"], simulation.company)}
    assert bodies == {"chat-short": "The tender", "chat-long": ""}
    assert "x" * 20 not in text
    assert "The tender." in shown(events["meeting.notified"], simulation.company)[0].body
    call(simulation, "calendar_list")
    assert not any("Agenda" in each.text for each in shown(simulation.log[-1], simulation.company))
    call(simulation, "calendar_read", id="meet-one")
    assert last(simulation, "calendar.viewed").notes
    assert any("Agenda" in each.body for each in shown(simulation.log[-1], simulation.company))
