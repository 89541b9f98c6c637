"""What the pages on models and policies show is what happens: their files are written, their commands run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"# ([\w-]+\.(?:py|toml|md))\n")
_SERVER = "python -m simenv.bench.model_server "
_ADDRESS = "http://127.0.0.1:{}/v1"


class Reader:
    """Does what a page says, from top to bottom, in one folder.

    Commands may start model servers at the ports that stand in the page; they really get free ones.
    """

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.ran = folder, 0
        self._environment = environment
        self._servers: dict[str, subprocess.Popen[str]] = {}
        self._addresses: dict[str, str] = {}

    def follow(self, page: str) -> None:
        """Do everything that the page says."""
        for language, body in _BLOCK.findall(page):
            if named := _FILE.match(body):
                (self.folder / named[1]).write_text(body, encoding="utf-8")
            elif language == "python":
                self._run([sys.executable, "-W", "error", "-c", body], body)
            elif language == "console":
                for command, shown in re.findall(r"^\$ ((?:.*\\\n)*.*)\n((?:[^$].*\n|\n)*)", body, re.MULTILINE):
                    self._do(command.replace("\\\n", ""), shown)

    def _do(self, command: str, shown: str) -> None:
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            self._environment[name] = value
        elif command.startswith(_SERVER):
            self._serve(command.removeprefix(_SERVER))
        else:
            assert command.startswith("simenv "), command
            for written, real in self._addresses.items():
                command = command.replace(written, real)
            printed = self._run([sys.executable, "-m", *shlex.split(command)], command)
            for written, real in self._addresses.items():
                printed = printed.replace(real, written)
            self._check(command, printed, shown)

    def _serve(self, options: str) -> None:
        words = shlex.split(options)
        port = words[words.index("--port") + 1]
        words[words.index("--port") + 1] = "0"
        server = self._servers[port] = subprocess.Popen(
            [sys.executable, "-m", "simenv.bench.model_server", *words],
            stdout=subprocess.PIPE,
            env=self._environment,
            encoding="utf-8",
        )
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found is not None
        self._addresses[_ADDRESS.format(port)] = found[0]
        self.ran += 1

    def _run(self, command: list[str], what: str) -> str:
        done = subprocess.run(
            command, cwd=self.folder, env=self._environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode in (0, 3), f"{what}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr, f"{what}\n{done.stderr}"
        self.ran += 1
        return done.stdout + done.stderr

    def _check(self, command: str, printed: str, shown: str) -> None:
        """Lines between two '...' stand together in the output, in this order; spaces do not count."""
        at, whole = 0, " ".join(printed.split())
        for part in shown.split("...\n"):
            wanted = " ".join(part.split())
            found = whole.find(wanted, at)
            assert found >= 0, f"{command} does not print:\n{part}\nbut:\n{printed}"
            at = found + len(wanted)

    def close(self) -> None:
        """End the servers."""
        for server in self._servers.values():
            server.kill()
            server.communicate()


@contextmanager
def reader(folder: Path, package: Path) -> Iterator[Reader]:
    kept = {name: value for name, value in os.environ.items() if not name.endswith("_API_KEY")}
    made = Reader(folder, {**kept, "PYTHONPATH": str(package.parent), "PYTHONUTF8": "1", "COLUMNS": "100"})
    try:
        yield made
    finally:
        made.close()


@pytest.mark.parametrize(("page", "steps"), [("policies", 5)])
def test_everything_a_page_shows_works(page: str, steps: int, repository: Path, package: Path, tmp_path: Path) -> None:
    with reader(tmp_path, package) as reading:
        reading.follow((repository / "docs" / f"{page}.md").read_text(encoding="utf-8"))
        assert reading.ran >= steps


def test_every_page_that_a_page_links_to_exists(repository: Path) -> None:
    pages = sorted((repository / "docs").glob("*.md"))
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))]
    assert links
    assert [(page.name, link) for page, link in links if not (page.parent / link).exists()] == []
