"""World files read the same, with libyaml's parser or with Python's: what they say, the lines, what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simenv.worldfile.yaml_text import parse


def tree(node: Any) -> Any:
    """Return the sort, tag, line and parts of a node and of those below it."""
    if isinstance(node, tuple):
        return tuple(map(tree, node))
    value = [tree(each) for each in node.value] if isinstance(node.value, list) else node.value
    return node.id, node.tag, node.start_mark.line, value


def test_every_shipped_file_reads_the_same(repository: Path) -> None:
    """Values and lines do not depend on who parsed the text."""
    files = sorted((repository / "worlds").rglob("*.yaml"))
    assert len(files) > 30
    for path in files:
        text = path.read_text(encoding="utf-8")
        first, second = parse(text), parse(text, native=False)
        assert (first.data, first.doubled, first.problem) == (second.data, second.doubled, "")
        assert tree(first.node) == tree(second.node)


@pytest.mark.parametrize(
    "text",
    [
        "a: [1, 2",
        "a: 'b",
        "a: {b: c}}",
        "a: *b",
        "&a [*a]",
        "- a\n b: c",
        "a:\n\t- b",
        "a: 2027-02-30",
        "a: b\0",
        "a: 1\na: 2",
        "[a]: b",
        "a: !x b",
        "",
        "a: 1\n---\nb: 2",
        "[" * 100_000,
        "- " * 100_000 + "a",
    ],
    ids=range(16),
)
def test_what_is_wrong_has_one_name(text: str) -> None:
    """However deep, doubled, broken or empty a text is."""
    first, second = parse(text), parse(text, native=False)
    assert (first.data, first.doubled, first.problem, first.line) == (
        second.data,
        second.doubled,
        second.problem,
        second.line,
    )
    assert first.data is None or first.doubled
