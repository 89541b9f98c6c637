"""Worlds that may be damaged: copies of the world of one day, in folders of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from simenv.core.turns import ToolInfo
from simenv.staging import TOOLS

ONE_DAY = Path(__file__).parents[1] / "data" / "worlds" / "one_day"

Change = Callable[[str, str, str], str]
"""File, what stands there once, what shall stand there -> ``file:line``."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a copy of the world of one day."""
    return Path(shutil.copytree(ONE_DAY, tmp_path / "one_day"))


@pytest.fixture
def change(folder: Path) -> Change:
    """A function that replaces what stands once in a file of the copy, and says where that was."""

    def replace(file: str, old: str, new: str) -> str:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file} has {old!r} {text.count(old)} times"
        (folder / file).write_text(text.replace(old, new), encoding="utf-8", newline="\n")
        return f"{file}:{text[: text.index(old)].count(chr(10)) + 1}"

    return replace


@pytest.fixture(scope="session")
def infos() -> list[ToolInfo]:
    """What agents are told of the tools there are."""
    return [tool.info for tool in TOOLS.values()]
