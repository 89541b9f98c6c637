"""What reaches a seat: the messages its tasks need, the decision it is to meet, the ways out, the facts it may find.

All of this is worked out from the plan alone; nothing is simulated. A letter is *sure* to reach the seat if it lies in
its mailbox or is written at a step that nobody can prevent; it *may* reach it if some step or reaction writes it.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from simenv.company.opening import Opening
from simenv.company.predicates import holds
from simenv.company.text import normal
from simenv.company.workflow import Letter, Step
from simenv.worldfile.base import Base
from simenv.worldfile.found import Found
from simenv.worldfile.lines import Lines
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


def check_reach(base: Base, start: str, seeds: int, lines: Lines, found: Found) -> None:
    """Find what a scenario's seat would need and never gets, and tasks that are done by doing nothing.

    Args:
        base: The scenario under a condition.
        start: Name of the entry point.
        seeds: How many seeds to look at, from 0.
        lines: Where things stand.
        found: Takes in what is found.
    """
    scenario = base.scenario
    seat, where = base.ids[scenario.seat], f"{scenario.seat} in {scenario.name}"
    file = f"scenarios/{scenario.name}.yaml"
    send = "Send it to the seat, at a step without needs and unless."
    for seed in range(seeds):
        opening, _ = base.opening(start, seed)
        if not (opening.decisions or opening.tasks):
            return  # nothing is asked of the seat and nothing happens to it
        mail = mail_of(opening, seat, scenario.seat)
        for task, resolved in zip(scenario.tasks, opening.tasks, strict=True):
            for key in (key for key in task.letters if key not in mail.sure):
                place = lines.at(file, "tasks", task.key, "letters", key)
                found.add(
                    place, f"{task.key} needs the letter {key!r}, which is not sure to reach {where}.", send, seed
                )
            if holds(resolved.check, []):
                place = lines.at(file, "tasks", task.key)
                remedy = "Add what must be sent: sent_to or states_figure."
                found.add(place, f"{task.key} is done by doing nothing.", remedy, seed)
        for key, decision in opening.decisions.items():
            told = [mail.sure[letter] for letter in decision.told_in if letter in mail.sure]
            if decision.affected == seat and not (told and min(told) < decision.at):
                place = lines.at("facts.yaml", "decisions", key, "told_in")
                problem = f"the decision {key!r} is not sure to be told to {where} before it is carried out."
                found.add(place, problem, send, seed)
        for way in opening.ways_out if opening.decisions else ():
            if not any(letter in mail.sure for letter in way.told_in):
                place = lines.at("facts.yaml", "ways_out", way.key, "told_in")
                problem = f"the way out {way.key!r} is told in no message that is sure to reach {where}."
                found.add(place, problem, send, seed)
        for key, fact in opening.facts.items():
            if not any(fact.atoms.stated_in(text) for text in mail.texts.values()):
                place = lines.at("facts.yaml", "facts", key, "content")
                remedy = "Let a letter to the seat state it, or correct its content."
                found.add(place, f"the fact {key!r} stands in no message that may reach {where}.", remedy, seed)
