"""What is wrong with a request to serve a seat is said before anything is served."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def test_how_must_be_said(simenv: Any, one_day: Path) -> None:
    assert simenv("serve", one_day, code=2).stderr == "Error: say how the seat is to be served: --mcp\n"


def test_a_folder_that_is_taken_is_refused(simenv: Any, one_day: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "hidden").mkdir(parents=True)
    assert "--out out: there is an episode already" in simenv("serve", one_day, "--mcp", "--out", "out", code=2).stderr


def test_settings_are_read(simenv: Any, one_day: Path) -> None:
    assert "--set 'threat'" in simenv("serve", one_day, "--mcp", "--set", "threat", code=2).stderr
