"""Reading a world's folder: every mistake found in one pass, with its place and its remedy. The only module that uses yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from simenv.core.errors import Mistake, WorldError
from simenv.worldfile import schema
from simenv.worldfile.links import check_links
from simenv.worldfile.source import Source

M = TypeVar("M", bound=BaseModel)


def load(folder: Path) -> Source:
    """Return what stands in a world's folder.

    Args:
        folder: The folder with world.yaml in it.

    Raises:
        WorldError: With every mistake found, in one pass.
    """
    reader = _Reader(folder)
    source = reader.read()
    mistakes = list(reader.mistakes)
    if source is not None:
        mistakes += check_links(source, reader.broken)
    if mistakes or source is None:
        raise WorldError(folder.name, mistakes)
    return source


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mistakes: list[Mistake] = []
        self.digest = sha256()
        self.broken: set[str] = set()

    def read(self) -> Source | None:
        if not (self.folder / "world.yaml").is_file():
            self.mistakes.append(Mistake("world.yaml", "is missing.", "A world is a folder with a world.yaml in it."))
            return None
        world = self._one("world.yaml", schema.World)
        people = self._list("people.yaml", schema.Role)
        names = self._one("names.yaml", schema.Names)
        facts = self._one("facts.yaml", schema.Facts)
        items = [i for path in self._files("workflows", "*.yaml") for i in [self._one(path, schema.Item)] if i]
        reactions = self._list("reactions.yaml", schema.ReactionEntry)
        letters = [e for path in self._files("mail", "*.md") for e in [self._letter(path)] if e]
        scenarios = [s for path in self._files("scenarios", "*.yaml") for s in [self._one(path, schema.ScenarioEntry)] if s]
        solutions = self._list("solution.yaml", schema.Solution)
        if not scenarios and not self.mistakes:
            self.mistakes.append(Mistake("scenarios/", "holds no scenario.", "Add scenarios/default.yaml."))
        if world is None or names is None or facts is None or not scenarios:
            return None
        return Source(
            self.folder, self.digest.hexdigest(), world, tuple(people), names, facts, tuple(items), tuple(reactions),
            tuple(letters), {scenario.name: scenario for scenario in scenarios}, tuple(solutions),
        )  # fmt: skip

    def _files(self, folder: str, pattern: str) -> list[str]:
        return [f"{folder}/{path.name}" for path in sorted((self.folder / folder).glob(pattern))]

    def _text(self, path: str) -> str | None:
        try:
            data = (self.folder / path).read_bytes()
            text = data.decode("utf-8")
        except FileNotFoundError:
            self.mistakes.append(Mistake(path, "is missing.", "Add it; docs/worlds.md says what stands in it."))
            return None
        except (UnicodeDecodeError, OSError) as error:
            self.mistakes.append(Mistake(path, f"cannot be read: {error}.", "Save it as UTF-8 text."))
            return None
        text = text.replace("\r\n", "\n")  # the same world on every platform, however it was checked out
        self.digest.update(f"{path}\0{len(text)}\0{text}".encode())
        return text

    def _yaml(self, path: str, text: str) -> Any:
        try:
            return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader that refuses doubled keys
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = f"{path}:{mark.line + 1}" if mark else path
            problem = getattr(error, "problem", None) or str(error)
            self.mistakes.append(Mistake(place, f"is no YAML: {problem}.", "Check indentation, quotes and colons there."))
            return None

    def _one(self, path: str, model: type[M]) -> M | None:
        text = self._text(path)
        data = self._yaml(path, text) if text is not None else None
        return None if data is None else self._entry(path, model, data)

    def _list(self, path: str, model: type[M]) -> list[M]:
        text = self._text(path)
        data = self._yaml(path, text) if text is not None else None
        if data is None:
            return []
        if not isinstance(data, list):
            self.mistakes.append(Mistake(path, "should be a list.", "Begin each entry with '- '."))
            return []
        found = []
        for number, each in enumerate(data):
            label = each.get("key") or each.get("scenario") if isinstance(each, dict) else None
            entry = self._entry(f"{path}[{label or number}]", model, each)
            if entry is not None:
                found.append(entry)
            elif label:
                self.broken.add(str(label))
        return found

    def _letter(self, path: str) -> schema.LetterEntry | None:
        text = self._text(path)
        self.broken.add(Path(path).stem)
        if text is None:
            return None
        parts = text.split("---\n", 2)
        if len(parts) != 3 or parts[0].strip():
            self.mistakes.append(
                Mistake(path, "has no front matter.", "Begin it with a line '---', the header, and a line '---'.")
            )
            return None
        head = self._yaml(path, parts[1])
        if not isinstance(head, dict):
            return None
        letter = self._entry(path, schema.LetterEntry, {"key": Path(path).stem, **head, "body": parts[2].strip()})
        if letter is not None:
            self.broken.discard(Path(path).stem)
        return letter

    def _entry(self, place: str, model: type[M], data: object) -> M | None:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            self.mistakes.extend(_located(place, error, model))
            return None


def _located(place: str, error: ValidationError, model: type[BaseModel]) -> Iterator[Mistake]:
    fields = ", ".join(sorted((field.alias or name) for name, field in model.model_fields.items()))
    for each in error.errors():
        where = ".".join(str(part) for part in each["loc"])
        message = each["msg"].removeprefix("Value error, ")
        if each["type"] == "extra_forbidden":
            remedy = f"Known here: {fields}." if len(each["loc"]) == 1 else "Remove it or correct its spelling."
            yield Mistake(f"{place}.{where}", "is not a key of this entry.", remedy)
        elif each["type"] == "missing":
            yield Mistake(f"{place}.{where}", "is missing.", f"Add '{where}:'.")
        else:
            given = repr(each.get("input"))[:60]
            yield Mistake(f"{place}.{where}" if where else place, f"{message} (it says {given}).", "Correct the value.")


class _Loader(yaml.SafeLoader):
    """Plain YAML that refuses the same key twice and reads no dates or sexagesimals out of plain text but ISO dates."""


def _no_duplicates(loader: yaml.SafeLoader, node: yaml.MappingNode) -> Mapping[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} stands here twice", key_node.start_mark
            )
        seen.add(key)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _no_duplicates)
