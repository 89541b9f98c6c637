"""Reactions: a colleague gets to a message after a human delay, makes something of it, answers, asks back or not."""

from __future__ import annotations

from simenv.colleagues.base import Host
from simenv.colleagues.voice import write
from simenv.company.mail import Message
from simenv.company.meaning import Reading, read
from simenv.company.meaning.figures import main_figure
from simenv.company.state import Company
from simenv.company.workflow import Letter, Reaction
from simenv.core.clock import Wakeup
from simenv.core.event import Event
from simenv.core.kinds.colleague import ColleagueUnderstood
from simenv.core.kinds.decision import DecisionChanged
from simenv.core.kinds.mail import MailRead
from simenv.core.kinds.work import WorkDone

ASK_BACK = "ask_back"
NONE = "none"


def notice(host: Host, event: Event) -> None:
    """Let everyone who got a seat's message get to it in time."""
    company = host.company
    if event.actor not in company.seats or company.opening.plan.quiet:
        return
    message = company.message(event.data.id)  # type: ignore[attr-defined]
    plan = company.opening.plan
    for person in dict.fromkeys(message.recipients):
        if person in company.seats:
            continue
        delay = host.streams.delay(plan.read_delay, "reads", person, message.id)
        time = company.opening.people[person].shift.next_working(event.time + delay)
        host.schedule(Wakeup(time, "colleague.reads", person, (message.id,), event.seq))


def get_to(host: Host, wakeup: Wakeup) -> None:
    """Read a message, understand what can be understood, and react."""
    company, person = host.company, wakeup.person
    message = company.message(wakeup.data[0])
    opened = host.emit(MailRead(message.id), person, wakeup.cause)
    opening = company.opening
    known = opening.plan.knows.get(person, ())
    before = [company.message(message.in_reply_to)] if message.in_reply_to else []
    reading = read(message, before, [atoms for atoms in opening.atoms if atoms.key in known], opening.topics)
    reaction = choose(company, person, message, reading)
    if reaction is not None:
        reply = reaction.key
    else:
        wanted = "ask" in reading.acts or "request" in reading.acts or reading.unclear
        fresh = not company.has_reacted(person, ASK_BACK, message.thread)
        directly = person in message.to and opening.people[person].inside
        reply = ASK_BACK if wanted and fresh and directly else NONE
    understood = host.emit(
        ColleagueUnderstood(
            message.id, reading.acts, reading.topics, reading.facts, reading.basis, reply, _told(message, reading)
        ),
        person,
        opened.seq,
    )
    if reaction is not None:
        _react(host, person, message, reaction, understood.seq)
    elif reply == ASK_BACK:
        letter = Letter(ASK_BACK, person, (), (), None, opening.plan.ask_back)
        write(host, letter, message.id, understood.seq, message)


def choose(company: Company, person: str, message: Message, reading: Reading) -> Reaction | None:
    """Return the first of the person's reactions that fits the message as read."""
    for reaction in company.opening.plan.reactions.get(person, ()):
        if reaction.senders and message.sender not in reaction.senders:
            continue
        if reaction.acts and not any(act in reading.acts for act in reaction.acts):
            continue
        if reaction.topics and not any(topic in reading.topics for topic in reaction.topics):
            continue
        if not all(fact in reading.facts or fact in reading.named for fact in reaction.facts):
            continue
        if reaction.states and not any(figure.unit == reaction.states for figure in reading.figures):
            continue
        if reaction.once == "ever" and company.has_reacted(person, reaction.key):
            continue
        if reaction.once == "thread" and company.has_reacted(person, reaction.key, message.thread):
            continue
        return reaction
    return None


def _react(host: Host, person: str, message: Message, reaction: Reaction, cause: int) -> None:
    letters = host.company.opening.plan.letters
    outcome = reaction.outcome
    if outcome is not None:
        status, _ = host.company.decisions.get(outcome.decision, ("planned", "work"))
        if status in ("planned", "announced"):
            cause = host.emit(DecisionChanged(outcome.decision, outcome.status, outcome.why), person, cause).seq
    if reaction.done is not None and reaction.done not in host.company.done:
        step = host.company.opening.plan.steps[reaction.done]
        late = step.due is not None and host.now > step.due
        cause = host.emit(WorkDone(step.item, step.key, late), person, cause).seq
    if reaction.reply is not None:
        write(host, letters[reaction.reply], message.id, cause, message)
    for key in reaction.letters:
        write(host, letters[key], message.id, cause)


def _told(message: Message, reading: Reading) -> tuple[str, ...]:
    units = dict.fromkeys(figure.unit for figure in reading.figures if figure.unit)
    return tuple(f"{unit}={main_figure(message.normal_text, unit)}" for unit in units)
