"""Where worlds and agents lie: the shipped folder or the checkout's; opened by path, never imported by name."""

from __future__ import annotations

from pathlib import Path

from simenv.core.errors import UnknownNameError


def content(kind: str) -> Path:
    """Return the folder of shipped ``worlds`` or ``agents``.

    Args:
        kind: ``worlds`` or ``agents``.
    """
    package = Path(__file__).resolve().parent
    shipped = package / "_content" / kind
    return shipped if shipped.is_dir() else package.parent / kind


def world_names() -> list[str]:
    """Return the names of the shipped worlds."""
    return sorted(path.parent.name for path in content("worlds").glob("*/world.yaml"))


def world_folder(name: str | Path) -> Path:
    """Return the folder of a world, by name or path.

    Raises:
        UnknownNameError: If it is neither.
    """
    path = Path(name)
    if (path / "world.yaml").is_file():
        return path
    shipped = content("worlds") / str(name)
    if "/" not in str(name) and "\\" not in str(name) and (shipped / "world.yaml").is_file():
        return shipped
    if path.is_dir():
        return path  # a folder without world.yaml: loading it says what is missing
    raise UnknownNameError("world", str(name), world_names())


def agent_names() -> list[str]:
    """Return the names of the shipped agents."""
    return sorted(path.stem for path in content("agents").glob("*.py"))


def agent_file(name: str | Path) -> Path:
    """Return the file of an agent, by name or path; a path may name what is meant in the file: ``file.py:name``.

    Raises:
        UnknownNameError: If it is neither.
    """
    path = Path(name)
    file, colon, _ = str(name).rpartition(".py:")
    if (path.suffix == ".py" and path.is_file()) or (colon and Path(f"{file}.py").is_file()):
        return path
    shipped = content("agents") / f"{name}.py"
    if "/" not in str(name) and "\\" not in str(name) and shipped.is_file():
        return shipped
    raise UnknownNameError("agent", str(name), agent_names())
