"""Reactions that can never be, letters nobody writes, and figures that a writer was never told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from simenv.company.text import PLACEHOLDER
from simenv.worldfile import schema
from simenv.worldfile.found import Found
from simenv.worldfile.lines import Lines
from simenv.worldfile.source import Source, applying, full


def check_reactions(source: Source, condition: Mapping[str, str], lines: Lines, found: Found) -> None:
    """Find reactions that can never be under a condition.

    Args:
        source: The world's files.
        condition: Factor -> level.
        lines: Where things stand.
        found: Takes in what is found.
    """
    seats = {scenario.seat for scenario in source.scenarios.values()}
    knows: dict[str, set[str]] = {}
    for fact in applying(source.facts.facts, condition):
        for role in fact.known_by:
            knows.setdefault(role, set()).add(fact.key)
    standing = applying(source.reactions, condition)
    for number, reaction in enumerate(standing):
        place = lines.at("reactions.yaml", reaction.key)
        unknown = [fact for fact in reaction.facts if fact not in knows.get(reaction.who, ())]
        if unknown:
            problem = f"{reaction.key} can never be: {reaction.who} does not know the fact {unknown[0]!r}."
            found.add(place, problem, "Add the role to the fact's known_by.")
        if reaction.senders and not seats.intersection(reaction.senders):
            problem = f"{reaction.key} can never be: nobody among its senders holds a seat."
            found.add(place, problem, "Name a seat, or leave 'senders' out: people react to seats alone.")
        earlier = (each for each in standing[:number] if each.who == reaction.who)
        first = next((each for each in earlier if _always_before(each, reaction)), None)
        if first is not None:
            problem = f"{reaction.key} can never be: {first.key} comes first and fits whenever it does."
            found.add(place, problem, f"Put it before {first.key}, or narrow that one.")


def _always_before(first: schema.ReactionEntry, second: schema.ReactionEntry) -> bool:
    """Whether an earlier reaction fits whenever a later one does, however often."""
    return (
        first.once == "message"
        and _wider(first.acts, second.acts)
        and _wider(first.topics, second.topics)
        and _wider(first.also, second.also)
        and _wider(first.concerning, second.concerning)
        and set(first.facts) <= set(second.facts)
        and first.states in (None, second.states)
        and _wider(first.senders, second.senders)
    )


def _wider(first: Collection[str], second: Collection[str]) -> bool:
    return not first or (bool(second) and set(second) <= set(first))


def check_letters(source: Source, lines: Lines, found: Found) -> None:
    """Find letters nobody writes, and letters that speak of a figure their writer need not have been told.

    Args:
        source: The world's files.
        lines: Where things stand.
        found: Takes in what is found.
    """
    steps = {f"{item.item}.{step.key}": (item.item, step) for item in source.items for step in item.steps}
    used = {step.letter for _, step in steps.values()}
    used |= {key for reaction in source.reactions for key in (reaction.reply, *reaction.letters)}
    told: dict[str, set[Told]] = {}
    for reaction in source.reactions:
        if reaction.done and reaction.states:
            told.setdefault(reaction.done, set()).add((reaction.who, reaction.states))
    for name, (item, step) in steps.items():
        if step.mail is not None:
            known, path = _told_before(name, steps, told), ("steps", step.key, "mail", "body")
            for unit in sorted(_heard(f"{step.mail.subject or ''}\n{step.mail.body}")):
                place = lines.at(f"workflows/{item}.yaml", *path, find=f"{{heard.{unit}}}")
                _blame(step.owner, unit, known, f"the step {name}", place, found)
    for letter in source.letters:
        file = f"mail/{letter.key}.md"
        if letter.at is None and letter.key not in used:
            found.add(file, "is written by nobody.", "Let a step or a reaction write it, give it 'at', or remove it.")
        for unit in sorted(_heard(f"{letter.subject or ''}\n{letter.body}")):
            written = [
                (_told_before(name, steps, told), f"the step {name}")
                for name, (_, step) in steps.items()
                if step.letter == letter.key
            ]
            written += [
                ({(reaction.who, reaction.states)}, f"the reaction {reaction.key}")
                for reaction in source.reactions
                if letter.key in (reaction.reply, *reaction.letters)
            ]  # fmt: skip
            for known, what in written:
                place = lines.at(file, "body", find=f"{{heard.{unit}}}")
                _blame(letter.sender, unit, known, what, place, found)


Told = tuple[str, str | None]
"""Who was told a figure of which unit."""


def _blame(writer: str, unit: str, known: set[Told], what: str, place: str, found: Found) -> None:
    if (writer, unit) not in known:
        problem = f"speaks of {{heard.{unit}}}, and at {what} {writer} need not have been told."
        found.add(place, problem, "Let the step need one that is done when the figure is told.")


def _heard(text: str) -> set[str]:
    slots: Iterable[str] = PLACEHOLDER.findall(text)
    return {slot.partition(".")[2] for slot in slots if slot.startswith("heard.")}


def _told_before(
    name: str, steps: Mapping[str, tuple[str, schema.StepEntry]], told: Mapping[str, set[Told]]
) -> set[Told]:
    """Return who has been told a figure of which unit when a step is done."""
    known: set[Told] = set()
    waiting, seen = [name], {name}
    while waiting:
        here = waiting.pop()
        if here not in steps:
            continue
        item, step = steps[here]
        known.update((step.owner, unit) for unit in step.heard)
        before = [full(item, each) for each in (*step.needs, *step.after)]
        known = known.union(*(told.get(each, ()) for each in before))
        waiting += [each for each in before if each not in seen]
        seen.update(before)
    return known
