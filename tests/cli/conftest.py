"""The command line, called in this process or in one of its own, in an empty folder, with agents made for the test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from typer.testing import CliRunner

from simenv.cli import app

Shell = Callable[..., "subprocess.CompletedProcess[str]"]
Command = Callable[..., Any]

_PLAIN = ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS", "LINES", "PYTHONPATH")


@pytest.fixture
def one_day() -> Path:
    """The folder of a small world of one day, which is read at once."""
    return Path(__file__).resolve().parents[1] / "data" / "worlds" / "one_day"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, as at a pipe of eighty columns."""
    monkeypatch.chdir(tmp_path)
    for name in _PLAIN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def simenv() -> Command:
    """A function that calls the command line in this process; the result has exit_code, stdout and stderr."""
    runner = CliRunner()

    def call(*words: object, code: int = 0) -> Any:
        result = runner.invoke(app, [str(word) for word in words])
        assert result.exit_code == code, f"{result.exit_code}\n{result.stdout}\n{result.stderr}\n{result.exception!r}"
        return result

    return call


@pytest.fixture
def shell(package: Path, tmp_path: Path) -> Shell:
    """A function that calls ``python -m simenv`` in a process of its own, its output in pipes."""

    def call(*words: object, code: int = 0, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if name not in _PLAIN}
        environment |= {"PYTHONPATH": str(package.parent), "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **variables}
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "simenv", *map(str, words)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == code, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    return call


@pytest.fixture
def agent(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes an agent whose ``act`` has the body given, and returns its file."""

    def write(body: str, name: str = "my_agent", head: str = "") -> Path:
        lines = dedent(body).strip().splitlines()
        text = "\n".join(
            [
                dedent(head).strip(),
                "from simenv.policies import Action, BasePolicy, call",
                "class MyAgent(BasePolicy):",
                "    turn = 0",
                "    def act(self, observation):",
                "        self.turn += 1",
                *(f"        {line}" for line in lines),
                "",
            ]
        )
        path = tmp_path / f"{name}.py"
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    return write
