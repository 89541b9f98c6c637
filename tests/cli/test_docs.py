"""The page on the command line names everything there is, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from simenv.cli import app
from simenv.commands.exits import EXIT_CODES


@pytest.fixture
def page(repository: Path) -> str:
    return (repository / "docs" / "cli.md").read_text(encoding="utf-8")


def options(command: Any) -> set[str]:
    """Return the long options of a command and of those below it."""
    own = {name for each in command.params for name in getattr(each, "opts", []) if name.startswith("--")}
    return own.union(*(options(each) for each in getattr(command, "commands", {}).values()))


def test_every_command_and_option_stands_there(page: str) -> None:
    root: Any = get_command(app)
    assert set(re.findall(r"^simenv (\w+)", page, re.MULTILINE)) == set(root.commands)
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", page)) == options(root) | {"--help"}


def test_every_exit_code_stands_there(page: str) -> None:
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)] == list(EXIT_CODES)


def test_the_words_shown_in_the_page_are_those_of_a_verdict(page: str, simenv: Any) -> None:
    text = simenv("run", "summit_bridge", "--agent", "idle", "--out", "out").stdout
    labels = re.findall(r"^- \*\*([\w ]+)\*\*:", page, re.MULTILINE)
    assert len(labels) == 9
    assert [label for label in labels if not re.search(rf"^{label} ", text, re.MULTILINE)] == []
