"""Reading a world's folder: every mistake in one pass, with its place and remedy."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel

from simenv.core.errors import Mistake, WorldError
from simenv.worldfile import schema
from simenv.worldfile.lines import Lines, Part
from simenv.worldfile.links import check_links
from simenv.worldfile.order import check_order
from simenv.worldfile.salvage import STAND_INS, UNKNOWN, Losses, key_of, salvage
from simenv.worldfile.source import Source
from simenv.worldfile.yaml_text import parse

M = TypeVar("M", bound=BaseModel)

LISTS: Final = {"people.yaml": schema.Role, "reactions.yaml": schema.ReactionEntry, "solution.yaml": schema.Solution}
"""Files that hold a list of entries."""

OPTIONAL: Final = {
    "channels.yaml": schema.ChannelEntry,
    "systems.yaml": schema.SystemEntry,
    "calendar.yaml": schema.CalendarEntry,
    "lists.yaml": schema.ListEntry,
    "attempts.yaml": schema.Attempt,
}
"""Files that hold a list of entries and may be missing."""

SINGLES: Final = {"world.yaml": schema.World, "names.yaml": schema.Names, "facts.yaml": schema.Facts}
"""Files that are one entry."""

FOLDERS: Final = {"workflows": "*.yaml", "mail": "*.md", "documents": "*.md", "scenarios": "*.yaml"}
"""Folders in which every file is one entry."""

_SAME: Final = re.compile(r"names the |has (?:the|a) placeholder ")
_HEADER: Final = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)(.*)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Reading:
    """What was read of a world's folder.

    Attributes:
        source: What stands in it; with stand-ins for what has mistakes, or None if there is no world at all.
        mistakes: Everything that is wrong, in the order of the files.
        lines: Where things stand.
    """

    source: Source | None
    mistakes: tuple[Mistake, ...]
    lines: Lines


def load(folder: Path, tools: Collection[str] | None = None) -> Source:
    """Return what stands in a world's folder.

    Args:
        folder: The folder with world.yaml in it.
        tools: Names of the tools there are, or None to leave tools unchecked.

    Raises:
        WorldError: With every mistake found, in one pass.
    """
    reading = read(folder, tools)
    if reading.mistakes or reading.source is None:
        raise WorldError(folder.name, reading.mistakes)
    return reading.source


def read(folder: Path, tools: Collection[str] | None = None) -> Reading:
    """Return what stands in a world's folder, whatever mistakes it has.

    Args:
        folder: The folder with world.yaml in it.
        tools: Names of the tools there are, or None to leave tools unchecked.
    """
    reader = _Reader(folder)
    source = reader.read()
    mistakes = list(reader.mistakes)
    if source is not None:
        mistakes += check_links(source, reader.lines, reader.losses, tools)
        mistakes += check_order(source, reader.lines, reader.losses)
    return Reading(source, tuple(_together(mistakes)), reader.lines)


def _together(mistakes: list[Mistake]) -> list[Mistake]:
    """Return mistakes; those which name the same thing that does not exist, in many places, as one."""
    places: dict[tuple[str, str], list[str]] = {}
    for each in dict.fromkeys(mistakes):
        same = each.remedy if _SAME.match(each.problem) else each.place
        places.setdefault((each.problem, same), []).append(each.place)
    found = []
    for each in dict.fromkeys(mistakes):
        first, *others = places[each.problem, each.remedy if _SAME.match(each.problem) else each.place]
        if first == each.place:
            more = f" and {len(others) - 3} more places" if len(others) > 3 else ""
            also = f"{each.problem[:-1]} (so also {', '.join(others[:3])}{more})."
            found.append(Mistake(first, also if others else each.problem, each.remedy))
    return found


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mistakes: list[Mistake] = []
        self.digest = sha256()
        self.lines = Lines()
        self.losses = Losses()

    def read(self) -> Source | None:
        if not (self.folder / "world.yaml").is_file():
            self.mistakes.append(Mistake("world.yaml", "is missing.", "A world is a folder with a world.yaml in it."))
            return None
        world = self._single("world.yaml", schema.World)
        people = self._list("people.yaml", schema.Role)
        names = self._single("names.yaml", schema.Names)
        facts = self._single("facts.yaml", schema.Facts)
        items = [i for path in self._files("workflows") for i in [self._item(path)] if i]
        reactions = self._list("reactions.yaml", schema.ReactionEntry)
        letters = [e for path in self._files("mail") for e in [self._headed(path, schema.LetterEntry)] if e]
        documents = [e for path in self._files("documents") for e in [self._headed(path, schema.DocumentEntry)] if e]
        channels = self._optional("channels.yaml", schema.ChannelEntry)
        systems = self._optional("systems.yaml", schema.SystemEntry)
        meetings = self._optional("calendar.yaml", schema.CalendarEntry)
        lists = self._optional("lists.yaml", schema.ListEntry)
        scenarios = [s for path in self._files("scenarios") for s in [self._scenario(path)] if s]
        solutions = self._list("solution.yaml", schema.Solution)
        attempts = self._optional("attempts.yaml", schema.Attempt)
        if not self._files("scenarios"):
            self._blame("scenarios/", "holds no scenario.", "Add scenarios/default.yaml.")
        self._strays()
        return Source(
            self.folder, self.digest.hexdigest(), world, tuple(people), names, facts, tuple(items), tuple(reactions),
            tuple(letters), {scenario.name: scenario for scenario in scenarios}, tuple(solutions), tuple(documents),
            tuple(channels), tuple(systems), tuple(meetings), tuple(lists), tuple(attempts),
        )  # fmt: skip

    def _blame(self, place: str, problem: str, remedy: str) -> None:
        self.mistakes.append(Mistake(place, problem, remedy))

    def _files(self, folder: str) -> list[str]:
        return [f"{folder}/{path.name}" for path in sorted((self.folder / folder).glob(FOLDERS[folder]))]

    def _strays(self) -> None:
        """Blame files and folders that look as if they belonged to the world and are read by nothing."""
        known = ", ".join(sorted((*LISTS, *OPTIONAL, *SINGLES, *(f"{name}/" for name in FOLDERS))))
        for path in sorted(self.folder.iterdir()):
            name = path.name
            if path.is_dir() and name in FOLDERS:
                for each in sorted(path.iterdir()):
                    if not each.match(FOLDERS[name]) and not each.name.startswith(".") and not each.name.endswith("~"):
                        remedy = f"Name it {FOLDERS[name]}, or move it out of the folder."
                        self._blame(f"{name}/{each.name}", "is read by nothing.", remedy)
            elif name.startswith((".", "_")) or name in (*LISTS, *OPTIONAL, *SINGLES):
                continue
            elif path.is_dir() and any(each.suffix in (".yaml", ".yml", ".md") for each in path.iterdir()):
                self._blame(f"{name}/", "is read by nothing.", f"A world has {known}.")
            elif path.suffix in (".yaml", ".yml"):
                self._blame(name, "is read by nothing.", f"A world has {known}.")

    def _text(self, path: str) -> str | None:
        try:
            text = (self.folder / path).read_bytes().decode("utf-8")
        except FileNotFoundError:
            self._blame(path, "is missing.", "Add it; docs/worlds.md says what stands in it.")
            self.losses.lost.add(path)
            return None
        except (UnicodeDecodeError, OSError) as error:
            self._blame(path, f"cannot be read: {error}.", "Save it as UTF-8 text.")
            self.losses.lost.add(path)
            return None
        text = text.removeprefix("\ufeff").replace("\r\n", "\n")  # the same world, however it was checked out
        self.digest.update(f"{path}\0{len(text)}\0{text}".encode())
        return text

    def _yaml(self, path: str, text: str, whole: str = "", offset: int = 0, body: int | None = None) -> Any:
        """Return what a YAML text says, or None after having said what is wrong with it."""
        parsed = parse(text)
        data = parsed.data
        self.lines.add(path, whole or text, parsed.node, offset, body)
        for key, where in parsed.doubled:
            self._blame(f"{path}:{where + offset + 1}", f"the key {key!r} stands here twice.", "Remove one of them.")
        if parsed.problem:
            place = path if parsed.line is None else f"{path}:{parsed.line + offset + 1}"
            self._blame(place, f"is no YAML: {parsed.problem}.", "Check indentation, quotes and colons there.")
        elif data is None:
            self._blame(path, "is empty.", "Say something in it; docs/worlds.md says what.")
            self.losses.lost.add(path)
        if data is None:
            self.losses.unreadable(path, text)
        return data

    def _entry(self, path: str, model: type[M], data: object, at: tuple[Part, ...] = (), label: str = "") -> M | None:
        def blame(where: tuple[Part, ...], problem: str, remedy: str) -> Mistake:
            return Mistake(self.lines.at(path, *at, *where), problem, remedy)

        entry, mistakes = salvage(model, data, blame, self.losses, path, label)
        self.mistakes += mistakes
        return entry

    def _one(self, path: str, model: type[M]) -> M | None:
        text = self._text(path)
        data = self._yaml(path, text) if text is not None else None
        return None if data is None else self._entry(path, model, data)

    def _single(self, path: str, model: type[M]) -> M:
        found = self._one(path, model)
        return model.model_validate(STAND_INS[model]) if found is None else found

    def _list(self, path: str, model: type[M]) -> list[M]:
        text = self._text(path)
        data = self._yaml(path, text) if text is not None else None
        if data is not None and not isinstance(data, list):
            self._blame(path, "should be a list.", "Begin each entry with '- '.")
            self.losses.unreadable(path, text or "")
        found = []
        for number, each in enumerate(data if isinstance(data, list) else ()):
            entry = self._entry(path, model, each, (number,), key_of(each) or f"entry {number + 1}")
            if entry is not None:
                found.append(entry)
        return found

    def _optional(self, path: str, model: type[M]) -> list[M]:
        return self._list(path, model) if (self.folder / path).is_file() else []

    def _item(self, path: str) -> schema.Item | None:
        found = self._one(path, schema.Item)
        return found and found.model_copy(update={"item": self._called(path, "item", found.item)})

    def _scenario(self, path: str) -> schema.ScenarioEntry | None:
        found = self._one(path, schema.ScenarioEntry)
        if found is None:
            self.losses.broken.add(Path(path).stem)
        return found and found.model_copy(update={"name": self._called(path, "name", found.name)})

    def _called(self, path: str, field: str, name: str) -> str:
        """Return what an entry is called: as its file is. Blame it if it says otherwise."""
        stem = Path(path).stem
        if name not in (stem, UNKNOWN):
            place, remedy = self.lines.at(path, field), f"Its file is called {stem}.yaml: give both one name."
            self._blame(place, f"calls itself {name!r}.", remedy)
        return stem

    def _headed(self, path: str, model: type[M]) -> M | None:
        """Return a letter or a document: a header in YAML, and a text."""
        text = self._text(path)
        key = Path(path).stem
        if text is None:
            self.losses.broken.add(key)
            return None
        parts = _HEADER.match(text)
        if parts is None:
            self._blame(path, "has no header.", "Begin it with a line '---', the header, and a line '---'.")
            self.losses.broken.add(key)
            return None
        head = self._yaml(path, parts[1], text, 1, text[: parts.start(2)].count("\n") + 1)
        if not isinstance(head, dict):
            if head is not None:
                self._blame(path, "has a header that is no mapping.", "Write 'field: value', a line each.")
            self.losses.broken.add(key)
            return None
        for name in ("key", "body"):
            if name in head:
                what = "It is called by its file's name." if name == "key" else "The text stands after the header."
                self._blame(self.lines.at(path, name), f"the key {name!r} is not known in a header.", what)
        return self._entry(path, model, {**head, "key": key, "body": parts[2].strip()})
