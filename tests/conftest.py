"""What every test may ask for, and what is said about tests that were left out.

Tests run in two ways: in the checkout, and outside it against an installed wheel. In the second case the environment
variable ``SIMENV_REPO`` names the checkout, for the tests that look at files of the project; ``simenv`` must then come
from somewhere else.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# No deadline, no chance: a test says the same today and tomorrow, here and on a slower machine.
settings.register_profile("simenv", deadline=None, derandomize=True)
settings.load_profile("simenv")

_OUTSIDE = "SIMENV_REPO"
_EXTRAS = ("inspect", "mcp")
"""Markers of tests that need an extra: they run where ``-m`` names it, in an environment that has it."""

_deselected: list[str] = []


def _package() -> Path:
    spec = find_spec("simenv")
    if spec is None or spec.origin is None:
        raise pytest.UsageError("simenv is not installed; run: pip install -e '.[dev]'")
    return Path(spec.origin).resolve().parent


def _repository() -> Path:
    named = os.environ.get(_OUTSIDE)
    for folder in [Path(named)] if named else Path(__file__).resolve().parents:
        if (folder / "pyproject.toml").is_file() and (folder / "simenv").is_dir():
            return folder.resolve()
    raise pytest.UsageError(f"no checkout of the project found; name it in {_OUTSIDE}")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--with-browser``."""
    parser.addoption("--with-browser", action="store_true", help="also run the tests that need a browser")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to test the checkout where an installed package is meant to be tested."""
    if os.environ.get(_OUTSIDE) and _package().is_relative_to(_repository()):
        raise pytest.UsageError(f"{_OUTSIDE} is set, but simenv would be imported from the checkout: {_package()}")


def pytest_report_header(config: pytest.Config) -> str:
    """Say which simenv is tested."""
    return f"simenv: {_package()}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests that need a browser or an extra, unless asked for."""
    wanted = str(config.getoption("markexpr")).split()
    without = [name for name in _EXTRAS if name not in wanted]
    if not config.getoption("--with-browser"):
        without.append("browser")
    out = [item for item in items if any(item.get_closest_marker(name) for name in without)]
    if out:
        items[:] = [item for item in items if item not in out]
        config.hook.pytest_deselected(items=out)


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Remember what was left out."""
    _deselected.extend(item.nodeid for item in items)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell whoever distributes the tests over processes what this one left out."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["deselected"] = list(_deselected)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take in what a process left out; all of them leave out the same."""
    told = getattr(node, "workeroutput", {}).get("deselected", ())
    _deselected.extend(test for test in told if test not in _deselected)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List what was left out: nothing is hidden."""
    for test in _deselected or ["nothing"]:
        terminalreporter.write_line(f"deselected: {test}")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout."""
    return _repository()


@pytest.fixture(scope="session")
def package() -> Path:
    """The folder of the simenv that is tested: the checkout's, or the installed one."""
    return _package()


@pytest.fixture(scope="session")
def tracked(repository: Path) -> list[Path]:
    """Every file of the project that is under version control, or would be: the ignored ones are left out."""
    if not (repository / ".git").exists():  # an unpacked source distribution holds nothing else
        return sorted(path for path in repository.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=repository, capture_output=True, check=True)
    files = (repository / name for name in done.stdout.decode().split("\0") if name)
    return sorted(path for path in files if path.is_file())


@pytest.fixture(scope="session")
def modules(package: Path) -> dict[str, ast.Module]:
    """Name of every module of the tested simenv -> its syntax tree; shipped content is no module."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        if "_content" not in parts:
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return found


@pytest.fixture(scope="session")
def fresh(package: Path) -> Callable[[str], str]:
    """A function that runs code in a fresh interpreter, with the tested simenv at hand, and returns what it prints."""

    def run(code: str) -> str:
        command = [sys.executable, "-W", "error", "-c", code]
        done = subprocess.run(
            command, cwd=package.parent, capture_output=True, text=True, check=False, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
