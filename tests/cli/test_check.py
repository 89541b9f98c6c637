"""Checking a world from the command line."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any


def test_a_sound_world_has_no_mistakes(simenv: Any, one_day: Path) -> None:
    done = simenv("check", one_day, "--seeds", 3)
    assert done.stdout.splitlines()[-1] == "one_day: no mistake found"


def test_every_mistake_is_listed_with_its_place_and_remedy(simenv: Any, one_day: Path) -> None:
    shutil.copytree(one_day, "mine")
    path = Path("mine/people.yaml")
    text = path.read_text(encoding="utf-8").replace("manager: director", "manager: directr", 1)
    path.write_text(text.replace("title: Finance Manager", "titel: Finance Manager"), encoding="utf-8", newline="\n")
    done = simenv("check", "mine", "--seeds", 3, code=1)
    assert "directr" in done.stdout
    assert "titel" in done.stdout
    assert "people.yaml" in done.stdout
    assert "Traceback" not in done.stderr
