"""The YAML of world files: what it says, on which lines, and what is wrong with it. The only module that uses yaml.

Where libyaml is there, its scanner and parser are used, which take a tenth of the time of those in Python. A text they
stumble over is read again in Python, so that a mistake has the same name and place on every machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver


@dataclass(frozen=True)
class Parsed:
    """What was read of one text.

    Attributes:
        data: What it says, or None.
        node: Its tree, with lines, or None.
        doubled: Keys that stand in one mapping twice, and the line of each second one, counted from 0.
        problem: What makes it no YAML, or "".
        line: The line of the problem, counted from 0, if it has one.
    """

    data: Any = None
    node: yaml.Node | None = None
    doubled: tuple[tuple[str, int], ...] = ()
    problem: str = ""
    line: int | None = None


def parse(text: str, native: bool = yaml.__with_libyaml__) -> Parsed:
    """Return what a YAML text says, or what is wrong with it.

    Args:
        text: The text.
        native: Whether to try libyaml first.
    """
    if native:
        try:
            loader = _Loader(yaml.CSafeLoader(text))
            node = loader.get_single_node()
            return Parsed(loader.construct(node), node, tuple(loader.doubled))
        except (yaml.YAMLError, ValueError, RecursionError):
            pass  # what is wrong is found out below
    return _parse(text)


def _parse(text: str) -> Parsed:
    loader, node, data, problem, line = None, None, None, "", None
    try:
        loader = _Loader(yaml.SafeLoader(text))
        node = loader.get_single_node()
        data = loader.construct(node)
    except yaml.reader.ReaderError as error:
        problem, line = f"it has the character {error.character!r}", text[: error.position].count("\n")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem, line = getattr(error, "problem", None) or "it cannot be understood", mark.line if mark else None
    except ValueError as error:  # a date that does not exist
        problem = str(error)
    except RecursionError:
        problem = "it is nested too deeply"
    return Parsed(data, node, tuple(loader.doubled) if loader else (), problem, line)


class _Loader(Composer, SafeConstructor, Resolver):
    """The plain part of YAML: whole numbers, true and false, null, ISO dates; all else is text (no, 17:30, 1.5).

    It notes the same key given twice, and refuses aliases: what an entry says stands in the entry.

    Args:
        parser: Where the events come from. It does not compose: libyaml's composer knows no bound of depth.
    """

    yaml_implicit_resolvers = {}  # noqa: RUF012 - the base class has it so; this class shares nothing with it

    def __init__(self, parser: Any) -> None:
        Composer.__init__(self)
        SafeConstructor.__init__(self)
        Resolver.__init__(self)
        self.check_event, self.get_event, self.peek_event = parser.check_event, parser.get_event, parser.peek_event
        self.doubled: list[tuple[str, int]] = []

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, "it has an alias (*name)", mark)
        return super().compose_node(parent, index)

    def construct(self, node: yaml.Node | None) -> Any:
        """Return what a tree says; None says nothing."""
        return None if node is None else self.construct_document(node)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    kept = []
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(None, None, "a key should be a plain word", key_node.start_mark)
        if key_node.value in seen:
            loader.doubled.append((key_node.value, key_node.start_mark.line))
            continue
        seen.add(key_node.value)
        kept.append((key_node, value_node))
    node.value = kept
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)  # type: ignore[type-var]
for _tag, _pattern, _first in (
    ("bool", r"(?:true|false)\Z", "tf"),
    ("int", r"-?(?:0|[1-9][0-9]*)\Z", "-0123456789"),
    ("null", r"(?:~|null|)\Z", ("~", "n", "")),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", "0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)
