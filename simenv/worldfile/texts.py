"""The texts of a world: what a seat may come to see, and what only its users read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from simenv.company.text import PLACEHOLDER, Template
from simenv.worldfile import schema
from simenv.worldfile.lines import Lines, Part
from simenv.worldfile.naming import UNITS
from simenv.worldfile.source import Source, applying

STAND_INS: Final[Mapping[str, str]] = {
    "mail.subject": "What we spoke of",
    **{f"heard.{unit}": "PO-4127" if unit == "code" else "84" for unit in UNITS},
}
"""What stands in for placeholders that are filled when a letter is written."""


class Piece(Struct, frozen=True):
    """One text of a world.

    Attributes:
        file: Where it stands.
        path: Where it stands in the file.
        text: The text as its author wrote it.
        seen: Whether a seat may come to see it.
        writer: Key of the role that writes it, if it is a letter.
    """

    file: str
    path: tuple[Part, ...]
    text: str
    seen: bool = True
    writer: str | None = None

    def parts(self) -> list[str]:
        """Return literal text and placeholders by turns, beginning and ending with literal text."""
        return PLACEHOLDER.split(self.text)

    def place(self, lines: Lines, find: str = "") -> str:
        """Return where it stands, or where in it a word does."""
        return lines.at(self.file, *self.path, find=find)

    def resolved(self, values: Mapping[str, str]) -> str:
        """Return the text with a seed's values put in; what has none stays as it is."""
        template = Template(self.text)
        return template.render({slot: values.get(slot, f"{{{slot}}}") for slot in template.slots})


def pieces(source: Source, condition: Mapping[str, str] | None = None) -> Iterator[Piece]:
    """Yield the texts that stand under a condition, or all for None."""

    def standing(entries: tuple[schema.LetterEntry, ...]) -> list[schema.LetterEntry]:
        return list(entries) if condition is None else applying(entries, condition)

    for letter in standing(source.letters):
        file = f"mail/{letter.key}.md"
        yield Piece(file, ("subject",), letter.subject or "", True, letter.sender)
        yield Piece(file, ("body",), letter.body, True, letter.sender)
    yield Piece("world.yaml", ("ask_back",), source.world.ask_back)
    for role in source.people if condition is None else applying(source.people, condition):
        yield Piece("people.yaml", (role.key, "title"), role.title)
        yield Piece("people.yaml", (role.key, "department"), role.department)
    for scenario in source.scenarios.values():
        file = f"scenarios/{scenario.name}.yaml"
        yield Piece(file, ("brief",), scenario.brief.strip())
        for task in scenario.tasks:
            yield Piece(file, ("tasks", task.key, "says"), task.says, False)
    facts = source.facts
    for topic, phrases in facts.topics.items():
        for phrase in phrases:
            yield Piece("facts.yaml", ("topics", topic), phrase, False)
    for fact in facts.facts if condition is None else applying(facts.facts, condition):
        yield Piece("facts.yaml", ("facts", fact.key, "says"), fact.says, False)
        for phrase in (*fact.identifiers, *(phrase for way in fact.content for phrase in way)):
            yield Piece("facts.yaml", ("facts", fact.key), phrase, False)
    for decision in facts.decisions if condition is None else applying(facts.decisions, condition):
        yield Piece("facts.yaml", ("decisions", decision.key, "says"), decision.says, False)
    for item in source.items:
        yield Piece(f"workflows/{item.item}.yaml", ("about",), item.about, False)


def with_stand_ins(values: Mapping[str, str], seat: str) -> dict[str, str]:
    """Return a seed's values and something for the placeholders that are filled when a letter is written.

    Args:
        values: Placeholder -> drawn value.
        seat: Key of the role that would be answered.
    """
    sender = {"sender.given": values.get(f"{seat}.given", ""), "sender.name": values.get(f"{seat}.name", "")}
    return {**values, **STAND_INS, **sender}
