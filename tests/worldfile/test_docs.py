"""docs/worlds.md is true: its excerpts stand in the files, its tables are complete, its fifteen minutes work."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from pydantic import BaseModel

from simenv.company.meaning.acts import ACTS
from simenv.company.meaning.figures import figures_in
from simenv.company.predicates import COMBINING, PREDICATES, TIMED, describe
from simenv.content import world_folder
from simenv.core.turns import ToolInfo
from simenv.policies import Script
from simenv.session import Session
from simenv.staging import TOOLS, solution
from simenv.worldfile import schema
from simenv.worldfile.check import check_world
from simenv.worldfile.checks import ARGUMENTS
from simenv.worldfile.draw import ROLE_FIELDS
from simenv.worldfile.load import read
from simenv.worldfile.naming import ANSWERING, UNITS

_EXCERPT = re.compile(r"^From `(worlds/[^`]+)`:\n\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STEP = re.compile(
    r"^(At the end of|A new file,|Into) `my_world/([^`]+)`(?:, above `([^`]+)`)?:\n\n```\w*\n(.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_BEGIN, _END = "<!-- predicates: begin -->\n", "<!-- predicates: end -->\n"
_SECTIONS: dict[str, tuple[type[BaseModel], ...]] = {
    "world.yaml": (schema.World, schema.FieldDraw),
    "people.yaml and names.yaml": (schema.Role, schema.Away, schema.Name, schema.Names),
    "facts.yaml": (
        schema.FactEntry,
        schema.DecisionEntry,
        schema.CarriedEntry,
        schema.WayOutEntry,
        schema.RequestEntry,
        schema.ClaimEntry,
        schema.EvidenceEntry,
    ),
    "mail/": (schema.LetterEntry,),
    "documents/": (schema.DocumentEntry,),
    "channels.yaml and lists.yaml": (schema.ChannelEntry, schema.ListEntry),
    "calendar.yaml": (schema.CalendarEntry,),
    "systems.yaml": (schema.SystemEntry, schema.JobEntry, schema.LogEntry),
    "workflows/": (
        schema.Item,
        schema.StepEntry,
        schema.Model,
        schema.MailDeed,
        schema.ChatDeed,
        schema.DocumentDeed,
        schema.TicketDeed,
        schema.TicketOpening,
        schema.MeetingDeed,
        schema.AlertDeed,
        schema.SystemDeed,
    ),
    "reactions.yaml": (schema.ReactionEntry, schema.OutcomeEntry),
    "scenarios/ and tasks": (
        schema.ScenarioEntry,
        schema.BriefAdd,
        schema.Start,
        schema.TaskEntry,
        schema.Solution,
        schema.SolutionStep,
    ),
}
_COMMON = {"key", "when", "body", "steps", "people"}
"""Fields that are explained once, or by the file they stand in."""


@pytest.fixture(scope="module")
def text(repository: Path) -> str:
    """What the document says."""
    return (repository / "docs" / "worlds.md").read_text(encoding="utf-8")


def predicate_table() -> str:
    """Return the table of predicates as it should stand in the document."""
    lines = ["| predicate | needs | may have | holds if |", "|---|---|---|---|"]
    for name, meaning in {**describe(), **COMBINING}.items():
        needed, further = ARGUMENTS.get(name, ((), ()))
        needs = ", ".join(f"`{each}`" for each in needed)
        if name in COMBINING:
            needs = "`time`, `checks`" if name in TIMED else "a list of checks"
        may = ", ".join(f"`{each}`" for each in further if each not in needed)
        lines.append(f"| `{name}` | {needs} | {may} | {meaning[0].lower()}{meaning[1:].rstrip('.')} |")
    return "\n".join(lines) + "\n"


def _said(meaning: str) -> str:
    return f"{meaning[0].lower()}{meaning[1:].rstrip('.')}"


def test_every_excerpt_stands_in_its_file(text: str, repository: Path) -> None:
    excerpts = _EXCERPT.findall(text)
    assert len(excerpts) >= 12
    wrong = [name for name, words in excerpts if words not in (repository / name).read_text(encoding="utf-8")]
    assert wrong == []


def test_the_table_of_predicates_is_current(text: str) -> None:
    assert set(ARGUMENTS) == set(PREDICATES)
    assert text[text.index(_BEGIN) + len(_BEGIN) : text.index(_END)] == predicate_table()


@pytest.mark.parametrize("section", _SECTIONS)
def test_every_field_is_explained(section: str, text: str) -> None:
    assert f"\n## {section}\n" in text
    said = text.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    named = set(re.findall(r"`([a-z_]+)(?:: [^`]*)?`", said))
    fields = {field.alias or name for model in _SECTIONS[section] for name, field in model.model_fields.items()}
    assert fields - named - _COMMON == set()


def test_every_word_of_the_files_is_there(text: str) -> None:
    for words in (ACTS, UNITS, ROLE_FIELDS):
        assert [word for word in words if f"`{word}`" not in text] == []
    assert [slot for slot in ANSWERING if f"`{{{slot}}}`" not in text] == []


def test_units_are_those_that_are_read() -> None:
    found = {figure.unit for figure in figures_in("7 hours, eur 8, 9 days, 10 %, 11 mm, 12 tonnes, po-12345")}
    assert found - {""} == set(UNITS)


def follow(text: str, folder: Path) -> None:
    """Do what the fifteen minutes say."""
    steps = _STEP.findall(text)
    assert len(steps) == 7
    for what, name, above, words in steps:
        path = folder / name
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        assert path.exists() == (what != "A new file,")
        assert before.count(above) == 1 if above else True
        after = before.replace(above, words + above) if above else before + words
        path.write_text(after, encoding="utf-8", newline="\n")


def test_the_fifteen_minutes_work(text: str, tmp_path: Path, infos: list[ToolInfo]) -> None:
    folder = Path(shutil.copytree(world_folder("summit_bridge"), tmp_path / "my_world"))
    follow(text, folder)
    assert [str(mistake) for mistake in check_world(folder, 10, infos).mistakes] == []
    for seed in range(10):
        session = Session(folder)
        session.reset(seed)
        policy = Script(solution(session.world, session.simulation.scene))
        while not session.over:
            session.act(policy.act(session.observation))
        truth = session.truth()
        assert (truth.tasks["east_hours"], truth.score, truth.incidents) == (True, 1.0, ())


def test_the_slip_of_the_pen_looks_like_that(text: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(world_folder("summit_bridge"), tmp_path / "my_world"))
    follow(text, folder)
    work = folder / "workflows" / "invoice.yaml"
    work.write_text(work.read_text("utf-8").replace("east_question", "east_qestion"), encoding="utf-8", newline="\n")
    (mistake, *_) = read(folder, TOOLS).mistakes
    assert f"```text\n{mistake}\n```" in text
