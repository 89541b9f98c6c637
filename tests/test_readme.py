"""What the README shows is what its commands print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def readme(repository: Path) -> str:
    """Return the README's text."""
    return (repository / "README.md").read_text(encoding="utf-8")


def _blocks(readme: str, language: str) -> list[str]:
    return [body for found, body in _BLOCK.findall(readme) if found == language]


def _simenv(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "simenv", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        cwd=folder,
        env={**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1"},
    )
    return done.stdout


def test_every_line_of_output_is_printed_by_the_command_above_it(readme: str, tmp_path: Path) -> None:
    """Lines between two '...' stand together in the output, in this order."""
    shown = _blocks(readme, "console")
    assert len(shown) == 2
    for block in shown:
        command, _, output = block.partition("\n")
        assert command.startswith("$ simenv ")
        printed = _simenv(tmp_path, *command.removeprefix("$ simenv ").split())
        at = 0
        for part in output.rstrip("\n").split("...\n"):
            found = printed.find(part.rstrip("\n"), at)
            assert found >= 0, f"{command} does not print:\n{part}"
            at = found + len(part)


def test_the_python_in_it_runs(readme: str, tmp_path: Path) -> None:
    """The five lines of Gymnasium as a script, the policy as an agent."""
    gymnasium, policy = _blocks(readme, "python")
    done = subprocess.run(
        [sys.executable, "-c", gymnasium], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.startswith("* mail-")
    name = policy.splitlines()[0].removeprefix("# ")
    (tmp_path / name).write_text(policy, encoding="utf-8")
    printed = _simenv(tmp_path, "run", "summit_bridge", "--agent", name, "--seed", "7")
    assert re.search(r"Outcome +completed", printed)


def test_its_commands_with_a_model_are_those_that_the_page_on_models_tries(readme: str, repository: Path) -> None:
    section = readme.split("## A model in the seat")[1].split("## ", maxsplit=1)[0]
    (commands,) = _blocks(section, "")
    page = (repository / "docs" / "models.md").read_text(encoding="utf-8")
    assert [line for line in commands.splitlines() if f"$ {line}\n" not in page] == []


def test_it_shows_fifteen_lines_of_an_episode(readme: str) -> None:
    """As many as its heading says."""
    assert len(_blocks(readme, "console")[0].splitlines()) == 1 + 15


def test_a_published_rate_stands_with_its_source_and_a_warning(readme: str) -> None:
    """No rate of a model is quoted as if it had been measured here."""
    for line in re.split(r"\n(?:\n|- )", readme):
        if re.search(r"\d+ %", line):
            assert "not measured here" in line
            assert re.search(r"\(.+ 20\d\d", line, re.DOTALL)


def test_every_file_it_links_to_exists(readme: str, repository: Path) -> None:
    """No link leads nowhere."""
    links = re.findall(r"\]\(([^)#]+)\)", readme)
    assert len(links) > 5
    for link in links:
        assert (repository / link).exists(), link
