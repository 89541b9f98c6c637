"""What is shipped: the sdist holds the project, and the wheel built from it holds ``simenv`` and nothing beside it."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tomllib
import zipfile
from configparser import ConfigParser
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import pytest

import simenv


class Built(NamedTuple):
    """The two files that are published."""

    sdist: Path
    wheel: Path


@pytest.fixture(scope="module")
def built(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """An sdist of the checkout and a wheel of that sdist, built with the tools at hand."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(repository)]
    done = subprocess.run(command, cwd=out, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(next(out.glob("*.tar.gz")), next(out.glob("*.whl")))


@pytest.fixture(scope="module")
def shipped(built: Built) -> dict[str, bytes]:
    """Name -> content of every file in the wheel."""
    with zipfile.ZipFile(built.wheel) as wheel:
        return {name: wheel.read(name) for name in wheel.namelist() if not name.endswith("/")}


@pytest.fixture(scope="module")
def dist_info(shipped: dict[str, bytes]) -> str:
    """Name of the folder with what is said about the wheel."""
    return next(name.split("/")[0] for name in shipped if name.endswith(".dist-info/METADATA"))


@pytest.fixture(scope="module")
def metadata(shipped: dict[str, bytes], dist_info: str) -> Message:
    """What is said about the wheel."""
    return message_from_bytes(shipped[f"{dist_info}/METADATA"])


def test_the_only_top_level_name_is_simenv(shipped: dict[str, bytes], dist_info: str) -> None:
    assert {name.split("/")[0] for name in shipped} == {"simenv", dist_info}


@pytest.mark.parametrize("kind", ["worlds", "agents"])
def test_content_is_inside(kind: str, shipped: dict[str, bytes], tracked: list[Path], repository: Path) -> None:
    folder = repository / kind
    there = {path.relative_to(folder).as_posix(): path for path in tracked if path.is_relative_to(folder)}
    assert there
    prefix = f"simenv/_content/{kind}/"
    packed = {name.removeprefix(prefix): data for name, data in shipped.items() if name.startswith(prefix)}
    assert packed == {name: path.read_bytes() for name, path in there.items()}


def test_every_module_is_inside(shipped: dict[str, bytes], tracked: list[Path], repository: Path) -> None:
    there = {path.relative_to(repository).as_posix() for path in tracked if path.is_relative_to(repository / "simenv")}
    packed = {name for name in shipped if name.startswith("simenv/") and not name.startswith("simenv/_content/")}
    assert packed == there
    assert "simenv/py.typed" in packed


def test_both_licences_are_inside(shipped: dict[str, bytes], dist_info: str, metadata: Message) -> None:
    assert metadata["License-Expression"] == "Apache-2.0"
    assert b"Apache License" in shipped[f"{dist_info}/licenses/LICENSE"]
    assert b"CC BY 4.0" in shipped[f"{dist_info}/licenses/worlds/LICENSE"]


def test_the_command_is_there(shipped: dict[str, bytes], dist_info: str) -> None:
    entries = ConfigParser()
    entries.read_string(shipped[f"{dist_info}/entry_points.txt"].decode())
    assert dict(entries["console_scripts"]) == {"simenv": "simenv.cli:main"}


def test_one_version_is_stated(metadata: Message, repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert metadata["Name"] == project["name"] == "simenv-company"
    assert metadata["Version"] == project["version"] == simenv.__version__


def test_the_sdist_is_the_project(built: Built, tracked: list[Path], repository: Path) -> None:
    with tarfile.open(built.sdist) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    there = {path.relative_to(repository).as_posix() for path in tracked}
    assert packed - {"PKG-INFO"} <= there
    assert {name for name in there - packed if not name.startswith(".")} == set()
