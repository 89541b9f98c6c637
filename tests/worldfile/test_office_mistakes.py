"""Mistakes in everything but mail: each planted alone in a copy of the office is one message, at its file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from simenv.staging import TOOLS
from simenv.worldfile.load import read

OFFICE = Path(__file__).parents[1] / "data" / "worlds" / "office"
PLANTED = {
    each["name"]: each
    for each in yaml.safe_load(Path(__file__).with_name("office_mistakes.yaml").read_text(encoding="utf-8"))
}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The folder of a copy of the office."""
    return Path(shutil.copytree(OFFICE, tmp_path / "office"))


def told(folder: Path) -> list[str]:
    """Return what reading a world blames it for."""
    return [str(mistake) for mistake in read(folder, TOOLS).mistakes]


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replace what stands once in a file."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file} has {old!r} {text.count(old)} times"
    (folder / file).write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def test_the_office_has_none(office: Path) -> None:
    assert told(office) == []


@pytest.mark.parametrize("name", PLANTED)
def test_one_mistake_is_one_message(name: str, office: Path) -> None:
    planted = PLANTED[name]
    change(office, planted["file"], planted["old"], planted["new"])
    found = told(office)
    assert len(found) == 1, "\n".join(found)
    assert found[0].startswith(planted.get("where", planted["file"]))
    assert planted["says"] in found[0]


def test_nothing_but_what_was_always_needed_is_needed(office: Path) -> None:
    for name in ("channels.yaml", "systems.yaml", "calendar.yaml", "lists.yaml"):
        (office / name).unlink()
    shutil.rmtree(office / "documents")
    assert not [each for each in told(office) if "is missing" in each]


def test_versions_belong_together_one_by_one(office: Path) -> None:
    (office / "documents" / "rota_c.md").write_text(
        "---\ntitle: C\nfolder: Office\nowner: people\nat: d-7 09:00\nstory: kitchen\n---\nC\n", encoding="utf-8"
    )
    (found,) = told(office)
    assert found.startswith("documents/: the story 'kitchen' has 3 in documents/ and 2 in workflows/.")


def test_a_seat_cannot_be_made_to_do_anything(office: Path) -> None:
    change(office, "workflows/outage.yaml", "key: notes\n    owner: lead", "key: notes\n    owner: clerk")
    assert [each for each in told(office) if "says what the seat does (document)" in each]


def test_what_a_broken_file_would_have_made_is_not_missed(office: Path) -> None:
    change(office, "workflows/access.yaml", "steps:", "steps")
    (office / "systems.yaml").write_text("- {key: ledger", encoding="utf-8")
    found = told(office)
    assert len(found) == 2, "\n".join(found)
    assert all("is no YAML" in each for each in found)
