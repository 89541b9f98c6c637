"""What the pages on models and policies show is what happens: their files are written, their commands run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simenv.bench.model_server import ModelServer
from simenv.cli import app

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"# ([\w-]+\.(?:py|toml|md))\n")
_COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*)\n((?:[^$].*\n|\n)*)", re.MULTILINE)
_SERVER = "python -m simenv.bench.model_server "
_HOST = "http://127.0.0.1:"


class Reader:
    """Does what a page says, from top to bottom, in the folder where it stands.

    Model servers that a page starts at some port really get a free one; what is typed and shown is written as if they
    had not.
    """

    def __init__(self, stack: ExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ran = 0
        self._stack, self._monkeypatch = stack, monkeypatch
        self._ports: dict[str, str] = {}

    def follow(self, page: str) -> None:
        """Do everything that the page says."""
        for language, body in _BLOCK.findall(page):
            if named := _FILE.match(body):
                Path(named[1]).write_text(body, encoding="utf-8")
            elif language == "python":
                subprocess.run([sys.executable, "-W", "error", "-c", body], check=True)
                self.ran += 1
            elif language == "console":
                for command, shown in _COMMAND.findall(body):
                    self._do(command.replace("\\\n", ""), shown)

    def _do(self, command: str, shown: str) -> None:
        self.ran += 1
        if command.startswith("export "):
            self._monkeypatch.setenv(*command.removeprefix("export ").split("="))
        elif command.startswith(_SERVER):
            self._serve(command.removeprefix(_SERVER).split())
        else:
            self._check(command, self._simenv(command), shown)

    def _serve(self, words: list[str]) -> None:
        values = [words[place + 1] for place, word in enumerate(words) if word == "--has"]
        key = words[words.index("--key") + 1] if "--key" in words else None
        server = ModelServer(key=key, models=tuple(values), tools="--no-tools" not in words)
        url = self._stack.enter_context(server).url
        self._ports[_HOST + words[words.index("--port") + 1]] = url.removesuffix("/v1")

    def _simenv(self, command: str) -> str:
        program, *words = shlex.split(command)
        assert program == "simenv"
        for written, real in self._ports.items():
            words = [word.replace(written, real) for word in words]
        result = CliRunner().invoke(app, words)
        assert result.exit_code in (0, 1, 3), f"{command}\n{result.output}"
        printed = result.output
        for written, real in self._ports.items():
            printed = printed.replace(real, written)
        return printed

    def _check(self, command: str, printed: str, shown: str) -> None:
        """Lines between two '...' stand together in the output, in this order; spaces do not count."""
        at, whole = 0, " ".join(printed.split())
        for part in shown.split("...\n"):
            wanted = " ".join(part.split())
            found = whole.find(wanted, at)
            assert found >= 0, f"{command} does not print:\n{part}\nbut:\n{printed}"
            at = found + len(wanted)


@pytest.fixture
def reader(tmp_path: Path, package: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PYTHONPATH", str(package.parent))
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with ExitStack() as stack:
        yield Reader(stack, monkeypatch)


@pytest.mark.parametrize(("page", "steps"), [("models", 17), ("policies", 5)])
def test_everything_a_page_shows_works(page: str, steps: int, repository: Path, reader: Reader) -> None:
    reader.follow((repository / "docs" / f"{page}.md").read_text(encoding="utf-8"))
    assert reader.ran >= steps


def test_every_page_that_a_page_links_to_exists(repository: Path) -> None:
    pages = sorted((repository / "docs").glob("*.md"))
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))]
    assert links
    assert [(page.name, link) for page, link in links if not (page.parent / link).exists()] == []
