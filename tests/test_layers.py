"""Imports point one way, and heavy libraries stay at home: every import statement of simenv is read and judged."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

from simenv.content import content

TIERS = (
    {"core"},
    {"llm", "company"},
    {"worldfile", "tools", "colleagues"},
    {"truth", "monitors", "rewards", "scene"},
    {"seats"},
    {"simulation", "content"},
    {"snapshot", "staging", "transcript"},
    {"session", "judges", "policies"},
    {"envs", "inspection", "record", "testing", "library"},
    {"studies", "interop", "viewer"},
    {"bench", "simenv"},
    {"cli"},
    {"__main__"},
)
"""From the ground up. A unit may import lower tiers, never its peers; ``simenv`` is the package's own module."""

ONE_UNIT = {
    **dict.fromkeys(("layout", "handout", "record", "episode", "replay"), "record"),
    "commands": "cli",
    "life": "inspection",
    "stale": "inspection",
}
"""Modules beside each other that are one unit: an episode's folder, written, read and replayed; the command line."""

ALSO = {"rewards": {"truth"}, "viewer": {"studies"}, "interop": {"studies"}}
"""Peers that may be read all the same: a cost is what the truth found, counted; a table shown, or handed on, is what a
study found."""

ONLY = {
    "content": {"core"},
    "judges": {"core", "company", "llm"},
    "policies": {"core", "tools.base", "llm"},
}
"""Units that see less than their tier: what decides or judges from outside does not look into the engine."""

HOMES = {
    "aiohttp": {"llm", "bench.bare", "bench.model_server"},
    "filelock": {"studies"},
    "gymnasium": {"envs", "bench", "interop", "testing"},
    "inspect_ai": {"interop"},
    "litellm": {"llm", "bench.bare"},
    "matplotlib": {"studies", "viewer"},
    "mcp": {"interop"},
    "msgspec": {""},
    "networkx": {"company.org"},
    "numpy": {"envs", "bench", "studies", "interop", "testing"},
    "pandas": {"studies", "viewer"},
    "pettingzoo": {"envs"},
    "pydantic": {"worldfile"},
    "pydantic_core": {"worldfile"},
    "rich": {"cli", "commands", "viewer"},
    "scipy": {"studies", "bench.reader"},
    "simpy": {"core.clock"},
    "starlette": {"interop"},
    "typer": {"cli", "commands"},
    "uvicorn": {"interop"},
    "yaml": {"worldfile.yaml_text"},
}
"""Library -> the only modules that import it ("" is everywhere)."""

LATE = {"aiohttp", "inspect_ai", "litellm", "matplotlib", "mcp", "networkx", "pandas", "starlette", "uvicorn"}
"""Libraries imported inside functions only: they alone would break the budget of ``import``."""


INSIDE = {"inspect_ai": "interop.inspect"}
"""Library -> the package that may import it when it is loaded, because nothing else imports that package then."""


class Import(NamedTuple):
    """One import: who imports what, on which line, and whether it runs when the importing module is loaded."""

    module: str
    target: str
    line: int
    at_load: bool


def imports(module: str, tree: ast.Module, known: set[str]) -> Iterator[Import]:
    """Yield every import of a module, wherever it stands; ``from package import module`` names the module."""
    late = {id(inner) for node in ast.walk(tree) if _is_late(node) for inner in ast.walk(node) if inner is not node}
    for node in ast.walk(tree):
        targets: list[str] = []
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} imports by relative path"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            targets = [name if name in known else str(node.module) for name in names]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            targets = [str(arg.value) for arg in node.args[:1] if isinstance(arg, ast.Constant)]
        for target in dict.fromkeys(targets):
            yield Import(module, target, getattr(node, "lineno", 0), id(node) not in late)


def _is_late(node: ast.AST) -> bool:
    typing_only = isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
    return typing_only or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def unit(module: str) -> str:
    """Return the unit a module belongs to: what follows ``simenv.``."""
    name = (*module.split("."), "simenv")[1]
    return ONE_UNIT.get(name, name)


def may_import(importer: str, target: str) -> bool:
    """Whether the one-way order lets one module of simenv import another."""
    mine, other = unit(importer), unit(target)
    if mine == other:
        return True
    if mine in ONLY:
        return any(f"{target}.".startswith(f"simenv.{allowed}.") for allowed in ONLY[mine])
    place = next(number for number, tier in enumerate(TIERS) if mine in tier)
    return other in ALSO.get(mine, ()) or any(other in tier for tier in TIERS[:place])


def wrong_way(found: Iterator[Import]) -> list[str]:
    """Return the imports of simenv's own modules that point the wrong way."""
    return [
        f"{each.module}:{each.line} imports {each.target}"
        for each in found
        if each.target.split(".")[0] == "simenv" and not may_import(each.module, each.target)
    ]


def from_home(found: Iterator[Import]) -> list[str]:
    """Return the imports of libraries outside their home, or too early."""
    wrong = []
    for each in found:
        library = each.target.split(".")[0]
        if library == "simenv" or library in sys.stdlib_module_names:
            continue
        inside = each.module.removeprefix("simenv").lstrip(".") + "."
        homes = HOMES.get(library, set())
        if not any(home == "" or inside.startswith(f"{home}.") for home in homes):
            wrong.append(f"{each.module}:{each.line} imports {library}; its home is {sorted(homes) or 'nowhere yet'}")
        elif library in LATE and each.at_load and not inside.startswith(f"{INSIDE.get(library, library)}."):
            wrong.append(f"{each.module}:{each.line} imports {library} when it is loaded; do so where it is used")
    return wrong


def all_imports(modules: dict[str, ast.Module]) -> Iterator[Import]:
    """Yield every import of every module."""
    for module, tree in modules.items():
        yield from imports(module, tree, set(modules))


def test_every_unit_has_a_place(modules: dict[str, ast.Module]) -> None:
    placed = [name for tier in TIERS for name in tier]
    assert len(placed) == len(set(placed))
    assert {unit(module) for module in modules} <= set(placed), "say in TIERS where the new unit stands"
    assert [(a, b) for a, peers in ALSO.items() for b in peers if a in ALSO.get(b, ())] == []


def test_imports_point_one_way(modules: dict[str, ast.Module]) -> None:
    assert len(modules) > 50
    assert wrong_way(all_imports(modules)) == []


def test_libraries_stay_at_home(modules: dict[str, ast.Module]) -> None:
    assert from_home(all_imports(modules)) == []


def test_what_needs_an_extra_is_imported_late(modules: dict[str, ast.Module]) -> None:
    inside = tuple(f"simenv.{package}" for package in INSIDE.values())
    early = [each for each in all_imports(modules) if each.at_load and each.target.startswith(inside)]
    assert early, "the packages are gone"
    assert [each for each in early if not each.module.startswith(inside)] == []


def test_the_engine_does_not_import_its_documentation(modules: dict[str, ast.Module]) -> None:
    assert [each for each in all_imports(modules) if each.target == "simenv.core.schema"] == []


def test_the_package_loads_nothing_of_its_own_eagerly(modules: dict[str, ast.Module]) -> None:
    eager = [each for each in imports("simenv", modules["simenv"], set(modules)) if each.at_load]
    assert [each for each in eager if each.target.split(".")[0] not in sys.stdlib_module_names] == []


@pytest.mark.parametrize(
    ("module", "line", "caught"),
    [
        ("simenv.company.planted", "from simenv.simulation import Simulation", True),
        ("simenv.company.planted", "from simenv import simulation", True),
        ("simenv.company.planted", "def f():\n    import simenv.cli", True),
        ("simenv.company.planted", "if TYPE_CHECKING:\n    from simenv.session import Session", True),
        ("simenv.company.planted", "from simenv import Session", True),
        ("simenv.company.planted", "importlib.import_module('simenv.session')", True),
        ("simenv.company.planted", "from simenv.core.event import Event", False),
        ("simenv.company.fold.planted", "from simenv.company.state import Company", False),
        ("simenv.tools.planted", "from simenv.colleagues.base import Host", True),
        ("simenv.truth.planted", "from simenv.monitors.base import Monitor", True),
        ("simenv.policies.planted", "from simenv.tools.base import Tool", False),
        ("simenv.policies.planted", "from simenv.tools import base", False),
        ("simenv.policies.planted", "from simenv.tools.mail import TOOLS", True),
        ("simenv.judges.planted", "from simenv.truth import JUDGES", True),
        ("simenv.simulation", "from simenv.judges.base import Judge", True),
        ("simenv.envs.planted", "from simenv.episode import Episode", True),
        ("simenv.truth.planted", "from simenv.rewards import costs", True),
        ("simenv.studies.planted", "from simenv.episode import Episode", False),
    ],
)
def test_the_order_is_enforced(module: str, line: str, caught: bool, modules: dict[str, ast.Module]) -> None:
    assert bool(wrong_way(imports(module, ast.parse(line), set(modules)))) == caught


@pytest.mark.parametrize(
    ("module", "line", "caught"),
    [
        ("simenv.company.planted", "import simpy", True),
        ("simenv.core.clock", "import simpy.core", False),
        ("simenv.company.org", "def f():\n    import networkx", False),
        ("simenv.company.org", "import networkx", True),
        ("simenv.company.org", "if TYPE_CHECKING:\n    import networkx", False),
        ("simenv.company.organs", "def f():\n    import networkx", True),
        ("simenv.core.planted", "import msgspec.json", False),
        ("simenv.interop.planted", "import inspect_ai", True),
        ("simenv.interop.planted", "def f():\n    import inspect_ai", False),
        ("simenv.interop.inspect.planted", "from inspect_ai.log import EvalLog", False),
        ("simenv.core.planted", "from torch import nn", True),
    ],
)
def test_homes_are_enforced(module: str, line: str, caught: bool) -> None:
    assert bool(from_home(imports(module, ast.parse(line), set()))) == caught


def test_worlds_are_files_not_code() -> None:
    assert list(content("worlds").rglob("*.py")) == []


def test_agents_use_the_public_policy_api_only() -> None:
    files = sorted(content("agents").glob("*.py"))
    assert files, "there should be agents"
    assert [problem for path in files for problem in beyond_the_api(path.read_text(encoding="utf-8"), path)] == []


def test_the_public_policy_api_is_enforced() -> None:
    here = Path("planted.py")
    assert beyond_the_api("from simenv.policies import Policy\nimport json\nimport numpy as np", here) == []
    assert beyond_the_api("from simenv import Session", here) == ["planted.py:1 uses simenv.Session"]
    assert beyond_the_api("import simenv.simulation", here) == ["planted.py:1 uses simenv.simulation"]
    assert beyond_the_api("def f():\n    from simenv.core import log", here) == ["planted.py:2 uses simenv.core.log"]


def beyond_the_api(source: str, path: Path) -> list[str]:
    """Return what an agent's file imports of simenv beyond ``simenv.policies`` and the package's own names of it."""
    public = import_module("simenv.policies")
    wrong = []
    for node in ast.walk(ast.parse(source)):
        used: list[str] = []
        if isinstance(node, ast.Import):
            used = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            used = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in used:
            owner, _, attribute = name.rpartition(".")
            same = owner == "simenv" and hasattr(public, attribute)
            if name.split(".")[0] == "simenv" and not same and not f"{name}.".startswith("simenv.policies."):
                wrong.append(f"{path.name}:{getattr(node, 'lineno', 0)} uses {name}")
    return wrong


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import simenv", {*HOMES, "ray", "torch", "transformers", "inspect_ai", "openai"}),
        (
            "from simenv import Session",
            {"litellm", "matplotlib", "networkx", "openai", "pandas", "ray", "scipy", "torch", "inspect_ai"},
        ),
    ],
)
def test_import_stays_light(statement: str, absent: set[str], fresh: Callable[[str], str]) -> None:
    loaded = set(fresh(f"{statement}\nimport sys\nprint(*sys.modules)").split())
    assert "simenv" in loaded
    assert loaded & absent == set()
