"""Notes: one's own, bounded, kept over a fork."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from simenv.company.view import CompanyView
from simenv.core.calls import ToolCall, ToolResult
from simenv.core.kinds.notes import NoteRead, NoteWritten
from simenv.simulation import Simulation
from simenv.snapshot import refold
from simenv.staging import find_world, stage
from simenv.tools import notes
from simenv.tools.toolbox import Toolbox
from simenv.viewer.terminal_calls import _TRIES
from simenv.viewer.terminal_events import describe
from simenv.viewer.terminal_names import Names

ONE_DAY = Path(__file__).parents[1] / "data" / "worlds" / "one_day"

SEED = 7


@pytest.fixture
def simulation() -> Simulation:
    """A company at its opening, in which two people have a note."""
    world = find_world(ONE_DAY)
    scene = stage(world, "default", None, world.condition({}), SEED)
    other = next(person for person in scene.opening.people if person != scene.seat)
    kept = {f"{scene.seat} To do": "Order boots.", f"{other} Private": "Not for others."}
    opening = replace(scene.opening, notes=kept)
    return Simulation(replace(scene, opening=opening, toolbox=Toolbox(notes.TOOLS), calls=None), SEED)


def call(simulation: Simulation, tool: str, **arguments: Any) -> ToolResult:
    """Make a call of the seat's."""
    result = simulation.act(ToolCall(tool, arguments))
    assert len(result.text) <= 6_000
    return result


def test_notes_are_written_read_and_listed(simulation: Simulation) -> None:
    assert call(simulation, "note_write", title=" Call \n Ellis ", text="About the hours.").text == "Noted."
    assert call(simulation, "note_read", title="Call Ellis").text == "About the hours."
    assert simulation.log[-1].data == NoteRead("Call Ellis", 0, 16)
    assert call(simulation, "note_list").data == ["To do", "Call Ellis"]
    call(simulation, "note_write", title="To do", text="Nothing.")
    assert call(simulation, "note_read", title="To do").text == "Nothing."
    assert simulation.log[-3].data == NoteWritten("To do", "Nothing.")
    assert call(simulation, "note_list").data == ["To do", "Call Ellis"]


def test_an_empty_text_removes(simulation: Simulation) -> None:
    assert call(simulation, "note_write", title="To do", text="").ok
    assert call(simulation, "note_list").text == "You have no notes."
    assert call(simulation, "note_read", title="To do").code == "not_found"
    assert call(simulation, "note_write", title="To do", text="").code == "not_found"
    assert call(simulation, "note_write", title="To do", text="Again.").ok


def test_notes_are_for_oneself(simulation: Simulation) -> None:
    missing = call(simulation, "note_read", title="Private")
    assert missing.code == "not_found"
    assert call(simulation, "note_read", title="To d").text.endswith("Did you mean To do?")
    assert "Private" not in call(simulation, "note_list").text
    other = next(person for person in simulation.company.opening.people if person != simulation.scene.seat)
    assert CompanyView(simulation.company, other).notes.titles() == ["Private"]


def test_bounds(simulation: Simulation) -> None:
    assert call(simulation, "note_write", title=" ", text="x").code == "bad_arguments"
    assert call(simulation, "note_write", title="x" * 121, text="x").code == "bad_arguments"
    assert call(simulation, "note_write", title="x", text="x" * 8_001).code == "bad_arguments"
    text = "".join(f"{number} " for number in range(2_000))[:8_000]
    call(simulation, "note_write", title="Long", text=text)
    pages = [call(simulation, "note_read", title="Long", page=page) for page in (1, 2, 3)]
    assert "".join(page.data["text"] for page in pages[:2]) == text
    assert pages[2].code == "not_found"
    for number in range(198):
        assert call(simulation, "note_write", title=f"{number:0120}", text="x").ok
    assert call(simulation, "note_write", title="One more", text="x").code == "too_large"
    assert call(simulation, "note_write", title="Long", text="y").ok
    listed = [call(simulation, "note_list", page=page) for page in range(1, 7)]
    assert sum(len(page.data) for page in listed) == 200
    assert listed[5].text == "There is no page 6."


def test_forks_and_folds(simulation: Simulation) -> None:
    call(simulation, "note_write", title="Before", text="1")
    fork = simulation.fork()
    call(simulation, "note_write", title="Before", text="parent")
    call(fork, "note_write", title="After", text="child")
    assert call(simulation, "note_list").data == ["To do", "Before"]
    assert call(fork, "note_read", title="Before").text == "1"
    for side in (simulation, fork):
        folded, _ = refold(side.scene, list(side.log))
        assert list(folded.notes.values()) == list(side.company.notes.values())
        assert list(folded.notes) == list(side.company.notes)


def test_every_tool_and_kind_has_its_words(simulation: Simulation) -> None:
    call(simulation, "note_write", title="A\x1b[2J", text="x")
    call(simulation, "note_read", title="To do")
    call(simulation, "note_list")
    names = Names(simulation.company, simulation.scene.seat)
    said = [describe(names, event) for event in simulation.log if event.kind.startswith("note.")]
    assert len(said) == 3
    assert all(line is not None and line.text.isprintable() for line in said)
    assert {tool.name for tool in notes.TOOLS} <= set(_TRIES)
