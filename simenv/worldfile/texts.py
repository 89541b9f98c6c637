"""The texts of a world: what a seat may come to see, and what only its users read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from simenv.company.text import PLACEHOLDER, Template
from simenv.worldfile import schema
from simenv.worldfile.lines import Lines, Part
from simenv.worldfile.naming import UNITS
from simenv.worldfile.source import C, Source, applying

STAND_INS: Final[Mapping[str, str]] = {
    "mail.subject": "What we spoke of",
    "mail.topic": "what we spoke of",
    "mail.text": "> What we spoke of.",
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
        owns_up: Whether it may say what this is, as the sentence of a stated belief does (DESIGN, Names).
    """

    file: str
    path: tuple[Part, ...]
    text: str
    seen: bool = True
    writer: str | None = None
    owns_up: bool = False

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

    def standing(entries: Iterable[C]) -> list[C]:
        return list(entries) if condition is None else applying(entries, condition)

    for letter in standing(source.letters):
        file = f"mail/{letter.key}.md"
        yield Piece(file, ("subject",), letter.subject or "", True, letter.sender)
        yield Piece(file, ("body",), letter.body, True, letter.sender)
    yield Piece("world.yaml", ("ask_back",), source.world.ask_back)
    yield Piece("world.yaml", ("passes_on",), source.world.passes_on or "")
    for role in standing(source.people):
        yield Piece("people.yaml", (role.key, "title"), role.title)
        yield Piece("people.yaml", (role.key, "department"), role.department)
        for number, away in enumerate(role.away):
            yield Piece("people.yaml", (role.key, "away", number, "note"), away.note or "", True, role.key)
    yield from _scenarios(source, condition)
    yield from _facts(source, condition)
    for item in source.items:
        file = f"workflows/{item.item}.yaml"
        yield Piece(file, ("about",), item.about, False)
        for step in standing(item.steps):
            yield from _done(file, ("steps", step.key), step.owner, step)
            if step.model is not None:
                yield from _done(file, ("steps", step.key, "model"), step.owner, step.model)
    yield from _lying_there(
        standing(source.documents), standing(source.channels), standing(source.systems), standing(source.meetings)
    )
    for each in source.lists:
        yield Piece("lists.yaml", (each.key, "name"), each.name)


def _scenarios(source: Source, condition: Mapping[str, str] | None) -> Iterator[Piece]:
    for scenario in source.scenarios.values():
        file = f"scenarios/{scenario.name}.yaml"
        yield Piece(file, ("brief",), scenario.brief.strip())
        for number, add in enumerate(scenario.brief_adds):
            if condition is None or applying([add], condition):
                yield Piece(file, ("brief_adds", number, "text"), add.text.strip(), owns_up=True)
        for name, start in scenario.starts.items():
            yield Piece(file, ("starts", name, "note"), (start.note or "").strip())
        for task in scenario.tasks:
            yield Piece(file, ("tasks", task.key, "says"), task.says, False)


def _facts(source: Source, condition: Mapping[str, str] | None) -> Iterator[Piece]:
    facts = source.facts
    for topic, shown in facts.topics.items():
        for phrase in shown.phrases:
            yield Piece("facts.yaml", ("topics", topic), phrase, False)
    for fact in facts.facts if condition is None else applying(facts.facts, condition):
        yield Piece("facts.yaml", ("facts", fact.key, "says"), fact.says, False)
        for phrase in (*fact.identifiers, *(phrase for way in fact.content for phrase in way)):
            yield Piece("facts.yaml", ("facts", fact.key), phrase, False)
    for decision in facts.decisions if condition is None else applying(facts.decisions, condition):
        yield Piece("facts.yaml", ("decisions", decision.key, "says"), decision.says, False)


def _done(file: str, path: tuple[Part, ...], writer: str, deeds: schema.Deeds) -> Iterator[Piece]:
    """Yield the texts of what is done at a step."""

    def piece(text: str | None, *field: Part) -> Piece:
        return Piece(file, (*path, *field), text or "", True, writer)

    if deeds.mail is not None:
        yield piece(deeds.mail.subject, "mail", "subject")
        yield piece(deeds.mail.body, "mail", "body")
    if deeds.chat is not None:
        yield piece(deeds.chat.text, "chat", "text")
    if deeds.document is not None:
        for field in ("text", "append", "note"):
            yield piece(getattr(deeds.document, field), "document", field)
        yield from (piece(new, "document", "replace") for new in deeds.document.replace.values())
    if deeds.ticket is not None:
        yield piece(deeds.ticket.comment, "ticket", "comment")
        for field in ("number", "queue", "title", "text") if deeds.ticket.open is not None else ():
            yield piece(getattr(deeds.ticket.open, field), "ticket", "open", field)
    if deeds.meeting is not None:
        for field in ("title", "notes", "place"):
            yield piece(getattr(deeds.meeting, field), "meeting", field)
    if deeds.alert is not None:
        for field in ("text", "note"):
            yield piece(getattr(deeds.alert, field), "alert", field)
    if deeds.system is not None:
        for field in ("result", "deploy", "record"):
            yield piece(getattr(deeds.system, field), "system", field)
        yield from (piece(f"{name} {value}", "system", "setting") for name, value in deeds.system.setting.items())


def _lying_there(
    documents: Iterable[schema.DocumentEntry],
    channels: Iterable[schema.ChannelEntry],
    systems: Iterable[schema.SystemEntry],
    meetings: Iterable[schema.CalendarEntry],
) -> Iterator[Piece]:
    """Yield the texts of what lies there at the opening."""
    for document in documents:
        for field in ("title", "folder", "body"):
            yield Piece(f"documents/{document.key}.md", (field,), getattr(document, field), True, document.owner)
    for channel in channels:
        yield Piece("channels.yaml", (channel.key, "name"), channel.name)
        yield Piece("channels.yaml", (channel.key, "purpose"), channel.purpose)
    for system in systems:
        path: tuple[Part, ...] = (system.key,)
        yield Piece("systems.yaml", (*path, "key"), system.key)
        for field in ("name", "purpose", "release"):
            yield Piece("systems.yaml", (*path, field), getattr(system, field) or "")
        for job in system.jobs:
            for field in ("name", "rhythm", "result"):
                yield Piece("systems.yaml", (*path, "jobs", job.key, field), getattr(job, field))
        for name, value in system.settings.items():
            yield Piece("systems.yaml", (*path, "settings", name), f"{name} {value}")
        for number, line in enumerate(system.log):
            yield Piece("systems.yaml", (*path, "log", number, "text"), line.text)
    for meeting in meetings:
        for field in ("title", "notes", "place"):
            yield Piece("calendar.yaml", (meeting.key, field), getattr(meeting, field), True, meeting.organiser)


def with_stand_ins(values: Mapping[str, str], seat: str) -> dict[str, str]:
    """Return a seed's values and something for the placeholders that are filled when a letter is written.

    Args:
        values: Placeholder -> drawn value.
        seat: Key of the role that would be answered.
    """
    sender = {"sender.given": values.get(f"{seat}.given", ""), "sender.name": values.get(f"{seat}.name", "")}
    return {**values, **STAND_INS, **sender}
