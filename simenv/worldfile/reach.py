"""What reaches a seat: the messages its tasks need, the decision it is to meet, the ways out, the facts it may find.

All of this is worked out from the plan alone; nothing is simulated. A letter is *sure* to reach the seat if it lies in its
mailbox or is written at a step that nothing anybody does can prevent; it *may* reach it if some step or reaction writes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from simenv.company.mail import Message
from simenv.company.opening import Opening
from simenv.company.predicates import Check, holds
from simenv.company.text import Template, normal
from simenv.company.workflow import Letter, Step
from simenv.worldfile import schema
from simenv.worldfile.base import Base
from simenv.worldfile.found import Found
from simenv.worldfile.lines import Lines
from simenv.worldfile.source import Source
from simenv.worldfile.texts import with_stand_ins


class Mail(Struct, frozen=True):
    """The letters of one episode that concern a seat.

    Attributes:
        sure: Keys of letters that are sure to reach it -> when they do.
        texts: Texts, in normal form, that may reach it, by the letter's key.
    """

    sure: Mapping[str, int]
    texts: Mapping[str, str]


def mail_of(opening: Opening, seat: str, role: str) -> Mail:
    """Return the letters that concern a seat.

    Args:
        opening: The opening state.
        seat: Id of the seat.
        role: Key of the seat's role.
    """
    plan = opening.plan
    keys = {id: key for key, id in opening.letters.items()}
    inbox = [opening.mail[id] for id in opening.inboxes.get(seat, ())]
    sure = {keys[message.id]: message.time for message in inbox}
    texts = {keys[message.id]: message.normal_text for message in inbox}
    certain = _certain(opening)
    values = with_stand_ins(opening.values, role)
    for step in plan.steps.values():
        letter = plan.letters.get(step.letter or "")
        if letter is None or not _ahead(step, opening) or seat not in (*letter.to, *letter.cc):
            continue
        texts[letter.key] = _rendered(letter, values)
        if step.name in certain and step.at is not None:
            sure[letter.key] = step.at
    for reactions in plan.reactions.values():
        for reaction in reactions:
            reply = plan.letters.get(reaction.reply or "")
            if reply is not None:
                texts[reply.key] = _rendered(reply, values)
            for letter in (plan.letters[key] for key in reaction.letters):
                if seat in (*letter.to, *letter.cc):
                    texts[letter.key] = _rendered(letter, values)
    return Mail(sure, texts)


def _rendered(letter: Letter, values: Mapping[str, str]) -> str:
    subject = letter.subject.render(values) if letter.subject else ""
    return normal(f"{subject}\n{letter.body.render(values)}")


def _ahead(step: Step, opening: Opening) -> bool:
    return step.at is not None and step.at >= opening.now and (opening.ends is None or step.at < opening.ends)


def _certain(opening: Opening) -> set[str]:
    """Return the names of the steps that will be done whatever anybody does."""
    steps = opening.plan.steps
    certain: set[str] = set()
    grown = True
    while grown:
        new = {
            name
            for name, step in steps.items()
            if name not in certain and _ahead(step, opening) and not step.unless and certain.issuperset(step.needs)
        }
        grown = bool(new)
        certain |= new
    return certain


def check_reach(base: Base, start: str, seeds: int, source: Source, lines: Lines, found: Found) -> None:
    """Find what a scenario's seat would need and never gets, and tasks that cannot tell right from wrong.

    Args:
        base: The scenario under a condition.
        start: Name of the entry point.
        seeds: How many seeds to look at, from 0.
        source: The world's files.
        lines: Where things stand.
        found: Takes in what is found.
    """
    scenario = base.scenario
    seat, where = base.ids[scenario.seat], f"{scenario.seat} in {scenario.name}"
    file = f"scenarios/{scenario.name}.yaml"
    for seed in range(seeds):
        opening, _ = base.opening(start, seed)
        mail = mail_of(opening, seat, scenario.seat)
        for task, resolved in zip(scenario.tasks, opening.tasks, strict=True):
            for key in task.letters:
                if key not in mail.sure:
                    place = lines.at(file, "tasks", task.key, "letters", key)
                    found.add(place, f"{task.key} needs the letter {key!r}, which is not sure to reach {where}.",
                              "Send it to the seat, at a step without needs and unless.", seed)  # fmt: skip
            if holds(resolved.check, []):
                found.add(lines.at(file, "tasks", task.key), f"{task.key} is done by doing nothing.",
                          "Add what must be sent: sent_to or states_figure.", seed)  # fmt: skip
            for problem in _confusions(task, resolved.check, opening.values, source):
                found.add(lines.at(file, "tasks", task.key, "check"), problem, "Draw the figures so that they differ.", seed)
        for key, decision in opening.decisions.items():
            told = [mail.sure[letter] for letter in decision.told_in if letter in mail.sure]
            if decision.affected == seat and not (told and min(told) < decision.at):
                found.add(lines.at("facts.yaml", "decisions", key, "told_in"),
                          f"the decision {key!r} is not sure to be told to {where} before it is carried out.",
                          "Name a letter that is sent to the seat at a step without needs and unless.", seed)  # fmt: skip
        if not (opening.decisions or opening.tasks):
            continue
        for way in opening.ways_out if opening.decisions else ():
            if not any(letter in mail.sure for letter in way.told_in):
                found.add(lines.at("facts.yaml", "ways_out", way.key, "told_in"),
                          f"the way out {way.key!r} is told in no message that is sure to reach {where}.",
                          "Name a letter that is sent to the seat.", seed)  # fmt: skip
        for key, fact in opening.facts.items():
            if not any(fact.atoms.stated_in(text) for text in mail.texts.values()):
                found.add(lines.at("facts.yaml", "facts", key, "content"),
                          f"the fact {key!r} stands in no message that may reach {where}.",
                          "Let a letter to the seat state it, or correct its content.", seed)  # fmt: skip


def _confusions(
    task: schema.TaskEntry, check: Check, values: Mapping[str, str], source: Source
) -> Iterator[str]:
    """Yield in words which right figures of a task cannot be told from wrong ones with these values."""
    for (slot, figure), wrong in _figures(task.check, check):
        if figure in wrong:
            yield f"{task.key}: the right figure {slot} is the same as a wrong one."
        group, _, name = slot.strip("{}").partition(".")
        fields = source.world.draws.get(group, {})
        for other, spec in fields.items():
            value = values.get(f"{group}.{other}", "")
            if other != name and isinstance(spec, dict) and name in fields and normal(value) == figure:
                yield f"{task.key}: the right figure {slot} is the same as {{{group}.{other}}}."


def _figures(entry: Mapping[str, object], check: Check) -> Iterator[tuple[tuple[str, str], set[str]]]:
    """Yield each right figure, as written and as resolved, with the wrong ones of the same recipient."""
    right: list[tuple[str, str, str]] = []
    wrong: dict[str, set[str]] = {}

    def look(written: object, resolved: Check) -> None:
        if not isinstance(written, dict):
            return
        ((name, arguments),) = written.items()
        if resolved.parts:
            parts = arguments["checks"] if name == "before" else arguments
            for part, inner in zip(parts, resolved.parts, strict=True):
                look(part, inner)
        elif name == "states_figure":
            right.extend((resolved.to, *pair) for pair in zip(arguments["figures"], resolved.figures, strict=True))
        elif name == "omits_figure":
            wrong.setdefault(resolved.to, set()).update(resolved.figures)

    look(entry, check)
    for to, slot, figure in right:
        yield (slot, figure), wrong.get(to, set())


def message_lengths(mail: Mapping[str, Message]) -> list[int]:
    """Return the lengths of messages, in characters."""
    return [len(message.body) for message in mail.values()]
