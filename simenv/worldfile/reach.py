"""What reaches a seat: the messages its tasks need, the decision it is to meet, the ways out, the facts it may find.

All of this is worked out from the plan alone; nothing is simulated. A letter is *sure* to reach the seat if it lies in
its mailbox or is written at a step that nobody can prevent; it *may* reach it if some step or reaction writes it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain

from msgspec import Struct

from simenv.company.documents import OPEN
from simenv.company.opening import Opening
from simenv.company.predicates import Evidence, holds
from simenv.company.state import Company
from simenv.company.text import Template, normal
from simenv.company.workflow import Create, Edit, Letter, MoveTicket, OpenTicket, Post, Step
from simenv.worldfile.base import Base
from simenv.worldfile.found import Found
from simenv.worldfile.history import Hours
from simenv.worldfile.lines import Lines
from simenv.worldfile.texts import with_stand_ins


class Mail(Struct, frozen=True):
    """What there is in one episode that a seat may come to read.

    Attributes:
        sure: Keys of letters that are sure to reach it -> when they do.
        texts: Texts, in normal form, that may reach it: of letters, posts, documents and tickets. To be read once.
    """

    sure: Mapping[str, int]
    texts: Iterator[str]


def mail_of(opening: Opening, seat: str, role: str, hours: Hours) -> Mail:
    """Return what concerns a seat.

    Args:
        opening: The opening state.
        seat: Id of the seat.
        role: Key of the seat's role.
        hours: When people work.
    """
    plan = opening.plan
    keys = {id: key for key, id in opening.letters.items()}
    inbox = [opening.mail[id] for id in opening.inboxes.get(seat, ())]
    sure = {keys[message.id]: message.time for message in inbox}
    done = frozenset(opening.done)
    coming = {name: step for name, step in plan.steps.items() if _may_come(name, step, opening, done, seat)}
    for name, time in _certain(coming, opening, hours).items():
        for letter in _letters(coming[name], plan.letters):
            if seat in (*letter.to, *letter.cc, *letter.bcc):
                sure[letter.key] = time
    values = with_stand_ins(opening.values, role)
    return Mail(sure, chain(_lying_there(opening, seat), _written(coming, opening, seat, values)))


def _written(coming: Mapping[str, Step], opening: Opening, seat: str, values: Mapping[str, str]) -> Iterator[str]:
    """Yield what a seat may read of what will be written at steps and in reactions."""
    plan = opening.plan
    for step in coming.values():
        for letter in _letters(step, plan.letters):
            if seat in (*letter.to, *letter.cc, *letter.bcc):
                yield _rendered(letter, values)
        yield from (normal(template.render(values)) for template in _said(step, opening, seat))
    for reactions in plan.reactions.values():
        for reaction in reactions:
            reply = plan.letters.get(reaction.reply or "")
            if reply is not None:
                yield _rendered(reply, values)
            for letter in (plan.letters[key] for key in reaction.letters):
                if seat in (*letter.to, *letter.cc):
                    yield _rendered(letter, values)


def _letters(step: Step, letters: Mapping[str, Letter]) -> list[Letter]:
    """Return the letters that are written at a step."""
    filed = letters.get(step.letter or "")
    mine = [deed for deed in step.deeds if isinstance(deed, Letter)]
    return mine if filed is None else [*mine, filed]


def _said(step: Step, opening: Opening, seat: str) -> Iterator[Template]:
    """Yield what a seat may read of what is done at a step beside mail."""
    for deed in step.deeds:
        if isinstance(deed, Post):
            channel = opening.channels.get(deed.channel)
            if deed.to == seat or (channel is not None and channel.readable(seat)):
                yield deed.text
        elif isinstance(deed, Create) and (deed.classification in OPEN or seat in (*deed.readers, *deed.editors)):
            yield deed.text
        elif isinstance(deed, Edit):
            document = opening.documents.get(deed.document)
            if document is None or document.readable(seat):
                yield from (each for each in (deed.text, deed.append) if each is not None)
                yield from (new for _, new in deed.replace)
        elif isinstance(deed, OpenTicket):
            yield deed.text
        elif isinstance(deed, MoveTicket) and deed.comment is not None:
            yield deed.comment


def _lying_there(opening: Opening, seat: str) -> Iterator[str]:
    """Yield what a seat may read of what lies there."""
    yield from (opening.mail[id].normal_text for id in opening.inboxes.get(seat, ()))
    for document in opening.documents.values():
        if document.readable(seat):
            yield document.last.normal_text
    for channel in opening.channels.values():
        if channel.readable(seat):
            yield from (opening.mail[id].normal_text for id in channel.posts)
    for ticket in opening.tickets.values():
        yield from (normal(text) for text in (ticket.text, *(comment.text for comment in ticket.comments)))


def _rendered(letter: Letter, values: Mapping[str, str]) -> str:
    subject = letter.subject.render(values) if letter.subject else ""
    return normal(f"{subject}\n{letter.body.render(values)}")


def _may_come(name: str, step: Step, opening: Opening, done: Collection[str], seat: str) -> bool:
    """Whether a step of a colleague may still be done."""
    if step.owner == seat or name in done:
        return False
    if step.at is None:
        return bool(step.after)
    return step.at >= opening.now and (opening.ends is None or step.at < opening.ends)


def _certain(coming: Mapping[str, Step], opening: Opening, hours: Hours) -> dict[str, int]:
    """Return those of the steps to come that will be done whatever anybody does, and when at the latest."""
    certain: dict[str, int] = dict.fromkeys(opening.done, opening.now)
    free = {n: step for n, step in coming.items() if not (step.unless or step.heard or step.not_heard)}
    grown = True
    while grown:
        grown = False
        for name, step in free.items():
            if name in certain:
                continue
            if all(each in certain for each in (*step.needs, *step.after)):
                last = max([certain[each] for each in step.after], default=0)
                slow = hours.later(step.owner, last, max(step.delay, default=0), step.night) if step.after else 0
                if opening.ends is None or max(step.at or 0, slow) < opening.ends:
                    certain[name], grown = max(step.at or 0, slow), True
    return {name: certain[name] for name in free if name in certain}


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
        mail = mail_of(opening, seat, scenario.seat, base.files.hours)
        ahead = {task.key: task for task in opening.tasks}  # at a later entry point it may be too late for some
        for task in (task for task in scenario.tasks if task.key in ahead):
            resolved = ahead[task.key]
            for key in (key for key in resolved.letters if key not in mail.sure):
                place = lines.at(file, "tasks", task.key, "letters", key)
                found.add(
                    place, f"{task.key} needs the letter {key!r}, which is not sure to reach {where}.", send, seed
                )
            if holds(resolved.check, Evidence(Company(opening), seat)):
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
        for key in _nowhere(opening, mail.texts):
            place = lines.at("facts.yaml", "facts", key, "content")
            remedy = "Let a letter to the seat state it, or correct its content."
            found.add(place, f"the fact {key!r} stands in no message that may reach {where}.", remedy, seed)


def _nowhere(opening: Opening, texts: Iterable[str]) -> list[str]:
    """Return the keys of the facts that no text states; no more texts are read than needed."""
    missing = dict(opening.facts)
    for text in texts if missing else ():
        for key in [key for key, fact in missing.items() if fact.atoms.stated_in(text)]:
            del missing[key]
        if not missing:
            break
    return list(missing)
