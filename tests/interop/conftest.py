"""A served seat in a process of its own, and what was recorded of it."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simenv.cli import app
from simenv.episode import Episode

_START = "decision"


@dataclass
class Served:
    """A server as it runs, or ran.

    Attributes:
        process: Its process, with all three streams in pipes.
        url: Its address, over HTTP.
        printed: What it wrote to standard output, once it has ended.
        said: What it wrote to standard error.
    """

    process: asyncio.subprocess.Process
    url: str = ""
    printed: bytes = b""
    said: str = ""
    code: int | None = field(default=None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the episode is written."""
    return tmp_path / "episode"


@pytest.fixture
def command(folder: Path) -> list[str]:
    """The command that serves the seat from the decision on."""
    words = ["-m", "simenv", "serve", "summit_bridge", "--mcp", "--seed", "7", "--start", _START, "--out", str(folder)]
    return [sys.executable, *words]


@pytest.fixture
def environment(package: Path) -> dict[str, str]:
    """Variables with which a process finds the tested simenv."""
    return {**os.environ, "PYTHONPATH": str(package.parent), "PYTHONUTF8": "1"}


@pytest.fixture
def recorded(folder: Path) -> Callable[[], Episode]:
    """A function that loads the episode."""
    return lambda: Episode.load(folder)


@pytest.fixture
def serving(command: list[str], environment: dict[str, str]) -> Callable[..., object]:
    """A context in which the server runs; when it ends, the server must end by itself."""

    @asynccontextmanager
    async def run(*more: str) -> AsyncIterator[Served]:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *command, *more, stdin=pipe, stdout=pipe, stderr=pipe, env=environment
        )
        assert process.stderr is not None
        served = Served(process)
        if "--http" in more:
            served.said = (await process.stderr.readline()).decode()
            served.url = served.said.split()[-1]
        try:
            yield served
            printed, said = await asyncio.wait_for(process.communicate(), 60)
        except BaseException:
            process.kill()
            await process.communicate()
            raise
        served.printed, served.said, served.code = printed, served.said + said.decode(), process.returncode

    return run


@pytest.fixture
def simenv_command() -> Callable[..., str]:
    """A function that calls the command line in this process and returns what it prints."""
    runner = CliRunner()

    def call(*words: object, code: int = 0) -> str:
        result = runner.invoke(app, [str(word) for word in words])
        assert result.exit_code == code, result.output
        return result.output

    return call
