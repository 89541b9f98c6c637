"""Loading an agent from its file. Agents are content: they are opened by path and never imported by name."""

from __future__ import annotations

import importlib.util
import inspect
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct

from simenv.core.errors import PolicyError
from simenv.policies.base import Policy

PREFIX = "simenv._content.agents."


class AgentFile(Struct, frozen=True):
    """An agent's file.

    Attributes:
        name: The file's name without its ending.
        hash: SHA-256 of its text.
        make: Its policy class.
        doc: What its docstring says, the first paragraph.
    """

    name: str
    hash: str
    make: type[Any]
    doc: str

    def new(self, settings: Mapping[str, Any] | None = None) -> Policy:
        """Return a new policy.

        Raises:
            PolicyError: If its class cannot be made with these settings.
        """
        try:
            policy: Policy = self.make(**(settings or {}))
        except Exception as error:
            raise PolicyError(f"agent {self.name}: {self.make.__name__} cannot be made: {error}") from error
        return policy

    def spec(self, settings: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return what identifies the policy in a study: name, hash of the file, settings."""
        return {"agent": self.name, "hash": self.hash, "settings": dict(settings or {})}


def load_agent(path: Path) -> AgentFile:
    """Return the agent in a file: the one class in it that has a method ``act``.

    Args:
        path: A Python file.

    Raises:
        PolicyError: If the file cannot be run, or has no such class, or several.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PolicyError(f"the agent's file cannot be read: {error}") from error
    name = f"{PREFIX}{path.stem}"
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
    found = [
        each
        for each in vars(module).values()
        if inspect.isclass(each) and each.__module__ == name and callable(getattr(each, "act", None))
    ]
    found = [each for each in found if not any(other is not each and issubclass(other, each) for other in found)]
    if len(found) != 1:
        names = ", ".join(each.__name__ for each in found) or "none"
        raise PolicyError(f"agent {path.stem} needs exactly one class with a method act(observation); found: {names}")
    doc = inspect.cleandoc(module.__doc__ or found[0].__doc__ or "")  # its own: inspect.getdoc would take a base's
    return AgentFile(path.stem, sha256(data.replace(b"\r\n", b"\n")).hexdigest(), found[0], doc.split("\n\n")[0])
