"""Worlds that may be damaged: copies of the shipped one, in folders of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simenv.content import world_folder
from simenv.core.turns import ToolInfo
from simenv.staging import TOOLS


class Copy:
    """A copy of the shipped world.

    Args:
        folder: Where to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(world_folder("summit_bridge"), folder)

    def text(self, file: str) -> str:
        """Return what a file says."""
        return (self.folder / file).read_text(encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        """Let a file say something else."""
        (self.folder / file).write_text(text, encoding="utf-8", newline="\n")

    def change(self, file: str, old: str, new: str) -> str:
        """Replace what stands once in a file; return ``file:line`` of the place."""
        text = self.text(file)
        assert text.count(old) == 1, f"{file} should have {old!r} once"
        self.write(file, text.replace(old, new))
        return f"{file}:{text[: text.index(old)].count(chr(10)) + 1}"

    def append(self, file: str, text: str) -> None:
        """Let a file say more."""
        self.write(file, self.text(file) + text)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A copy of the shipped world that may be damaged."""
    return Copy(tmp_path / "summit_bridge")


@pytest.fixture(scope="session")
def infos() -> list[ToolInfo]:
    """What agents are told of the tools there are."""
    return [tool.info for tool in TOOLS.values()]
