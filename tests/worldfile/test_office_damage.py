"""Whatever stands in the newer files of a world, reading it gives located mistakes, or openings that can be made."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from simenv.staging import TOOLS
from simenv.worldfile.base import Base, public_bytes
from simenv.worldfile.check import conditions
from simenv.worldfile.load import read
from simenv.worldfile.source import Source

OFFICE = Path(__file__).parents[1] / "data" / "worlds" / "office"
FILES = sorted(
    path.relative_to(OFFICE).as_posix()
    for path in OFFICE.rglob("*")
    if path.suffix in (".yaml", ".md") and path.name not in ("names.yaml", "solution.yaml")
)
GONE = object()
VALUES: tuple[Any, ...] = (
    GONE, 7, -1, "word", "", None, True, [], ["word"], [1], {}, {"word": 1}, "{no.such}", "d1 12:00", "ops", "answer",
)  # fmt: skip


def content(file: str) -> tuple[Any, str]:
    """Return the YAML of a file, and the text after it."""
    text = (OFFICE / file).read_text("utf-8")
    head, body = text.split("---\n", 2)[1:] if file.endswith(".md") else (text, "")
    return yaml.safe_load(head), body


def paths(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every element."""
    yield path
    for key in data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        yield from paths(data[key], (*path, key))


def changed(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return a copy with one element replaced, or gone."""
    if not path:
        return None if value is GONE else value
    data = copy.deepcopy(data)
    inside = data
    for part in path[:-1]:
        inside = inside[part]
    if value is GONE:
        del inside[path[-1]]
    else:
        inside[path[-1]] = value
    return data


def look(source: Source) -> None:
    """Make every opening of a world, look at everything in it, and compare its digest."""
    for condition in conditions(source):
        for scenario in source.scenarios.values():
            base = Base(source, scenario, condition)
            for start in scenario.starts:
                for seed in (1, 4):
                    opening, digest = base.opening(start, seed)
                    assert sha256(public_bytes(opening)).hexdigest() == digest


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the office for all examples; each puts back what it damages."""
    return Path(shutil.copytree(OFFICE, tmp_path_factory.mktemp("damage") / "office"))


@settings(max_examples=250)
@given(data=st.data())
def test_any_element_may_be_wrong(folder: Path, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(FILES))
    head, body = content(file)
    path = data.draw(st.sampled_from(list(paths(head))))
    damaged = changed(head, path, data.draw(st.sampled_from(VALUES)))
    text = yaml.safe_dump(damaged, sort_keys=False, allow_unicode=True)
    before = (folder / file).read_bytes()
    (folder / file).write_text(f"---\n{text}---\n{body}" if file.endswith(".md") else text, "utf-8", newline="\n")
    try:
        reading = read(folder, TOOLS)
    finally:
        (folder / file).write_bytes(before)
    for mistake in reading.mistakes:
        assert (folder / mistake.place.partition(":")[0]).exists(), mistake
        assert mistake.problem.endswith("."), mistake
        assert mistake.remedy.endswith((".", "?")), mistake
    if not reading.mistakes:
        assert reading.source is not None
        look(reading.source)
