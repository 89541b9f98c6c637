"""Where things stand: the line of a world's file that an entry, a field or a word stands on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

NAMED_BY: Final = ("key", "item", "scenario", "name", "given")
"""Fields by which entries of a list are known, the first that an entry has."""

Part = str | int
"""One step of a path: a field, the place in a list, or the name of an entry of a list."""


Node = Any
"""A piece of YAML as its reader makes it: with ``id`` (mapping, sequence, scalar), ``value``, ``start_mark.line``."""


class Lines:
    """The lines of a world's files, by path.

    Example:
        ``lines.at("facts.yaml", "facts", "departure", "secrecy")`` is ``"facts.yaml:23"``.
    """

    def __init__(self) -> None:
        self._texts: dict[str, list[str]] = {}
        self._nodes: dict[str, Node] = {}
        self._offsets: dict[str, int] = {}
        self._bodies: dict[str, int] = {}
        self._parts: dict[Any, dict[Part, tuple[int, Any]]] = {}

    def add(self, file: str, text: str, node: Node, offset: int = 0, body: int | None = None) -> None:
        """Take a file in.

        Args:
            file: Its path in the world's folder.
            text: What it says.
            node: Its YAML, or None if it has none that can be read.
            offset: Lines before the YAML begins.
            body: Line on which the text after a header begins, counted from 1.
        """
        self._texts[file] = text.split("\n")
        self._offsets[file] = offset
        if node is not None:
            self._nodes[file] = node
        if body is not None:
            self._bodies[file] = body

    def at(self, file: str, *path: Part, find: str = "") -> str:
        """Return ``file:line`` of the deepest part of a path that is there, or the file alone.

        Args:
            file: Path in the world's folder.
            *path: Fields, numbers or names of entries.
            find: A word; if it stands on that line or after it, its line is returned.
        """
        line = self._line(file, path)
        if find:
            texts = self._texts.get(file, ())
            for number in range(line or 1, len(texts) + 1):
                if find in texts[number - 1]:
                    return f"{file}:{number}"
        return f"{file}:{line}" if line else file

    def _line(self, file: str, path: Sequence[Part]) -> int | None:
        if path and path[0] == "body" and file in self._bodies:
            return self._bodies[file]
        node, line = self._nodes.get(file), None
        for part in path:
            found = self._below(node).get(str(part) if node.id == "mapping" else part) if node is not None else None
            if found is None:
                break
            line, node = found[0] + self._offsets[file] + 1, found[1]
        return line

    def _below(self, node: Any) -> dict[Part, tuple[int, Any]]:
        """Return what stands below a node, by key, number or name; worked out once."""
        found = self._parts.get(node)
        if found is None:
            found = self._parts[node] = {}
            if node.id == "mapping":
                for key, value in node.value:
                    found.setdefault(key.value, (key.start_mark.line, value))
            elif node.id == "sequence":
                for number, each in enumerate(node.value):
                    found[number] = (each.start_mark.line, each)
                for each in node.value:
                    name = _name(each)
                    if name is not None:
                        found.setdefault(name, (each.start_mark.line, each))
        return found


def _name(node: Node) -> str | None:
    if node.id == "scalar":
        return str(node.value)
    if node.id != "mapping":
        return None
    names = {key.value: value.value for key, value in node.value if key.id == "scalar" and value.id == "scalar"}
    return next((str(names[field]) for field in NAMED_BY if field in names), None)
