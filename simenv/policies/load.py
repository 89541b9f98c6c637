"""Loading an agent from its file. Agents are content: they are opened by path and never imported by name."""

from __future__ import annotations

import importlib.util
import inspect
import sys
from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

from msgspec import Struct

from simenv.core.errors import PolicyError, UnknownNameError
from simenv.policies.base import Policy
from simenv.policies.function import FunctionPolicy

PREFIX = "simenv._content.agents."


class AgentFile(Struct, frozen=True):
    """An agent's file.

    Attributes:
        name: The file's name without its ending; with ``:name`` where one of several in it was named.
        hash: SHA-256 of its text.
        make: Its policy class, or what makes a policy of its function.
        doc: What its docstring says, the first paragraph.
        made_of: Name of the class or function in the file.
    """

    name: str
    hash: str
    make: Callable[..., Any]
    doc: str
    made_of: str

    def new(self, settings: Mapping[str, Any] | None = None) -> Policy:
        """Return a new policy.

        Raises:
            PolicyError: If it cannot be made with these settings.
        """
        try:
            policy: Policy = self.make(**(settings or {}))
        except Exception as error:
            raise PolicyError(f"agent {self.name}: {self.made_of} cannot be made: {error}") from error
        return policy

    def spec(self, settings: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return what identifies the policy in a study: name, hash of the file, settings."""
        return {"agent": self.name, "hash": self.hash, "settings": dict(settings or {})}


def split_agent(path: str | Path) -> tuple[Path, str]:
    """Return the file that ``file.py:name`` speaks of, and the name in it; the name is empty where none is given."""
    file, colon, name = str(path).rpartition(".py:")
    return (Path(f"{file}.py"), name) if colon else (Path(path), "")


def load_agent(path: str | Path) -> AgentFile:
    """Return an agent: the class or function named in ``file.py:name``, or the one class of a file with ``act``.

    Args:
        path: A Python file, or ``file.py:name``. A function becomes a policy as
            :class:`~simenv.policies.function.FunctionPolicy` says.

    Raises:
        PolicyError: If the file cannot be run, has nothing of that name, or has no such class, or several.
    """
    path, wanted = split_agent(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PolicyError(f"the agent's file cannot be read: {error}") from error
    name = f"{PREFIX}{path.stem}"
    module = _run(path, name)
    found = _named(module, path.stem, wanted) if wanted else _only_class(module, path.stem)
    doc = inspect.cleandoc(("" if wanted else module.__doc__) or found.__doc__ or "")  # inspect.getdoc takes a base's
    return AgentFile(
        f"{path.stem}:{wanted}" if wanted else path.stem,
        sha256(data.replace(b"\r\n", b"\n")).hexdigest(),
        found if inspect.isclass(found) else partial(FunctionPolicy, found),
        doc.split("\n\n")[0],
        found.__name__,
    )


def _run(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise PolicyError(f"{path} is no Python file; an agent is a file that ends in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # before it runs: dataclasses and pickle look a class up through its module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        raise PolicyError(f"agent {path.stem} cannot be loaded: {type(error).__name__}: {error}") from error
    return module


def _only_class(module: ModuleType, stem: str) -> type[Any]:
    """Return the one class with ``act`` that a file defines, if it is the only one that no other of them builds on."""
    found = _classes(module)
    found = [each for each in found if not any(other is not each and issubclass(other, each) for other in found)]
    if len(found) != 1:
        names = ", ".join(each.__name__ for each in found) or "none"
        raise PolicyError(
            f"agent {stem} needs exactly one class with a method act(observation); found: {names}. "
            f"To use one of several, or a function, name it: {stem}.py:name"
        )
    return found[0]


def _named(module: ModuleType, stem: str, wanted: str) -> Any:
    found = getattr(module, wanted, None)
    if inspect.isclass(found):
        if not callable(getattr(found, "act", None)):
            raise PolicyError(f"agent {stem}: the class {wanted} has no method act(observation)")
        return found
    if inspect.isfunction(found):
        FunctionPolicy(found)  # one that cannot be called with an observation is told of at once
        return found
    if found is not None:
        kind = type(found).__name__
        raise PolicyError(f"agent {stem}: {wanted} is neither a class nor a function; its type is {kind}")
    functions = [
        each for each in vars(module).values() if inspect.isfunction(each) and each.__module__ == module.__name__
    ]
    every: list[Any] = [*_classes(module), *functions]
    known = [each.__name__ for each in every if not each.__name__.startswith("_")]
    raise UnknownNameError(f"class or function in {stem}.py", wanted, known)


def _classes(module: ModuleType) -> list[type[Any]]:
    return [
        each
        for each in vars(module).values()
        if inspect.isclass(each) and each.__module__ == module.__name__ and callable(getattr(each, "act", None))
    ]
