"""How the project is written: short files, no code of this machine, nothing in the engine that differs between runs."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

from simenv.core.slugs import ACTS, AMBIGUOUS, SLUGS, THREATS

LONGEST = 400
"""Lines a source file may have."""

ENGINE = (
    "core", "company", "worldfile", "tools", "colleagues", "truth", "monitors", "rewards", "simulation", "snapshot",
    "staging", "transcript", "session",
)  # fmt: skip
"""What decides what happens in an episode: the same on every machine, and without waiting."""

BANNED_MODULES = {"random", "secrets", "time", "uuid"}
BANNED_CALLS = {
    "date.today", "datetime.date.today", "datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow",
    "datetime.now", "datetime.today", "datetime.utcnow", "hash", "id", "input", "os.getpid", "os.urandom", "print",
}  # fmt: skip
"""``hash`` differs between processes, ``id`` between runs, the clock on the wall always."""

READING = {"open", "Path.cwd", "Path.home", "os.getcwd", "os.environ.get", "os.getenv"}
FILE_METHODS = {
    "glob", "is_dir", "is_file", "iterdir", "mkdir", "open", "read_bytes", "read_text", "resolve", "rglob", "unlink",
    "write_bytes", "write_text",
}  # fmt: skip
READERS = ("simenv.core.schema.", "simenv.worldfile.load.", "simenv.company.meaning.stored.")
"""The modules of the engine that touch files: the documentation's writer, and the readers of worlds and of weights."""

MACHINE_PATH = re.compile(
    r"(?<![\w.:/~-])/(?:home|root|Users|work|opt|mnt|srv|private)/[\w.]|\b[A-Za-z]:\\(?:Users|Windows)\\"
)
BINARY = {".gif", ".ico", ".jpg", ".npz", ".parquet", ".pdf", ".png", ".webp", ".woff2", ".zip"}
CAPITALS = {"CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "README.md", "SECURITY.md"}
"""File names with capital letters that tools look for."""


def unsteady(module: str, tree: ast.Module) -> list[str]:
    """Return what a module of the engine uses that differs between runs or machines, or waits for something."""
    found = []
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.split(".")[0] in BANNED_MODULES]
        elif isinstance(node, ast.ImportFrom):
            wanted = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [n for n in wanted if n.split(".")[0] in BANNED_MODULES or n in ("os.urandom", "numpy.random")]
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in ("np.random", "numpy.random"):
            names = ["numpy.random"]
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            reads = (called in READING or method in FILE_METHODS) and not f"{module}.".startswith(READERS)
            names = [called] if called in BANNED_CALLS or reads else []
        found += [f"{module}:{getattr(node, 'lineno', 0)} uses {name}" for name in names]
    return found


def is_engine(module: str) -> bool:
    """Whether a module belongs to the engine."""
    return (*module.split("."), "")[1] in ENGINE


def test_the_engine_is_steady(modules: dict[str, ast.Module]) -> None:
    engine = {name: tree for name, tree in modules.items() if is_engine(name)}
    assert len(engine) > 50
    assert [use for name, tree in engine.items() for use in unsteady(name, tree)] == []


@pytest.mark.parametrize(
    "source",
    [
        "import random",
        "import time as t",
        "from time import time",
        "from random import choice",
        "from uuid import uuid4",
        "from numpy import random",
        "x = hash('a')",
        "x = {id(a): a}",
        "from datetime import datetime\nx = datetime.now()",
        "import datetime\nx = datetime.date.today()",
        "x = np.random.default_rng(0)",
        "import os\nx = os.urandom(8)",
        "def f():\n    import secrets",
        "x = open('a')",
        "x = Path('a').read_text()",
        "import os\nx = os.environ.get('HOME')",
        "print('a')",
    ],
)
def test_unsteadiness_is_caught(source: str) -> None:
    assert unsteady("simenv.company.planted", ast.parse(source)) != []


@pytest.mark.parametrize(
    "source", ["from datetime import date", "x = blake2b(b'')", "import json", "x = self.id", "x = streams.u64('a')"]
)
def test_steadiness_is_let_be(source: str) -> None:
    assert unsteady("simenv.company.planted", ast.parse(source)) == []


def test_files_are_short(tracked: list[Path], repository: Path) -> None:
    sources = [path for path in tracked if path.suffix == ".py"]
    assert len(sources) > 50
    lengths = {str(path.relative_to(repository)): len(path.read_bytes().splitlines()) for path in sources}
    assert {name: count for name, count in lengths.items() if count > LONGEST} == {}


def test_content_is_no_package(tracked: list[Path], repository: Path) -> None:
    inside = [path.relative_to(repository) for path in tracked]
    assert [path for path in inside if path.name == "__init__.py" and path.parts[0] in ("agents", "worlds")] == []
    agents = [path.stem for path in inside if path.parts[0] == "agents" and path.suffix == ".py"]
    assert set(agents) & set(sys.stdlib_module_names) == set(), "an agent is named like a module of the library"


def test_every_text_is_clean(tracked: list[Path], repository: Path) -> None:
    problems = []
    for path in tracked:
        if path.suffix in BINARY:
            continue
        name, data = str(path.relative_to(repository)), path.read_bytes()
        text = data.decode("utf-8")
        problems += [f"{name}: carriage returns"] if b"\r" in data else []
        problems += [f"{name}: no line end at the end"] if data and not data.endswith(b"\n") else []
        problems += [f"{name}: a byte order mark"] if text.startswith("\ufeff") else []
        problems += [f"{name}:{text.count(chr(10), 0, hit.start()) + 1}: a path" for hit in MACHINE_PATH.finditer(text)]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("see /ho" + "me/me/x", True),
        ('"/ro' + 'ot/.cache"', True),
        ("C:\\Us" + "ers\\me", True),
        ("https://example.org/home/page", False),
        ("docs/work/file", False),
        ("~/work", False),
    ],
)
def test_a_path_of_a_machine_is_caught(text: str, caught: bool) -> None:
    assert bool(MACHINE_PATH.search(text)) == caught


def test_file_names_work_everywhere(tracked: list[Path], repository: Path) -> None:
    inside = [path.relative_to(repository) for path in tracked]
    odd = [part for path in inside for part in path.parts if not re.fullmatch(r"[a-z0-9_.-]+", part)]
    assert set(odd) - CAPITALS == set()
    assert len({str(path).casefold() for path in inside}) == len(inside)


def test_slugs_are_unique_and_plain() -> None:
    assert len(THREATS) == 23
    assert len(SLUGS) == 26
    assert SLUGS == THREATS + AMBIGUOUS
    assert set(AMBIGUOUS) < set(ACTS)
    for names in (SLUGS, ACTS):
        assert len(set(names)) == len(names)
        assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []
    assert set(THREATS) & set(ACTS) == set()
