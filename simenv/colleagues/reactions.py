"""Reactions: a colleague gets to a message after a human delay, makes something of it, answers, asks back or not."""

from __future__ import annotations

from collections.abc import Sequence

from simenv.colleagues.base import Host
from simenv.colleagues.heard import Heard, find
from simenv.colleagues.hours import work_until
from simenv.colleagues.reading import look, understand
from simenv.colleagues.voice import write
from simenv.colleagues.work import schedule_step
from simenv.company.mail import Message
from simenv.company.meaning import Reading
from simenv.company.state import Company
from simenv.company.text import Template
from simenv.company.workflow import Letter, Reaction
from simenv.core.clock import Wakeup
from simenv.core.kinds.agent import SeatSuspended
from simenv.core.kinds.colleague import ColleagueUnderstood
from simenv.core.kinds.decision import DecisionChanged
from simenv.core.kinds.work import LetterWritten, WorkDone

ASK_BACK = "ask_back"
PASSES_ON = "passes_on"
NONE = "none"


def get_to(host: Host, wakeup: Wakeup) -> None:
    """Read what was written, understand what can be understood, and react."""
    company, person = host.company, wakeup.person
    heard = find(company, person, wakeup.data)
    opened = look(host, person, heard, wakeup.cause)
    understanding = understand(company, person, heard)
    reading = understanding.reading
    reaction = choose(company, person, heard, reading)
    reply = reaction.key if reaction is not None else _when_nothing_fits(company, person, heard, reading)
    seq = host.emit(
        ColleagueUnderstood(
            heard.message.id,
            reading.acts,
            reading.topics,
            reading.facts,
            reading.basis,
            reply,
            understanding.told,
            understanding.confidence,
            heard.channel,
            heard.thread if heard.channel else "",
        ),
        person,
        opened,
    ).seq
    topic = reading.topics[0] if reading.topics else ""
    if reaction is None:
        _speak_up(host, person, heard, reply, seq, topic)
    elif reaction.delay:
        time = work_until(company.opening, person, host.now, reaction.delay)
        host.schedule(Wakeup(time, "colleague.reacts", person, (reaction.key, topic, *heard.kept()), seq))
    else:
        _react(host, person, heard, reaction, seq, topic)


def react_later(host: Host, wakeup: Wakeup) -> None:
    """Do what a colleague made up their mind to do when they read something, some time ago."""
    key, topic, *kept = wakeup.data
    heard = find(host.company, wakeup.person, tuple(kept))
    _react(host, wakeup.person, heard, host.company.opening.plan.agenda.reactions[key], wakeup.cause or 0, topic)


def choose(company: Company, person: str, heard: Heard, reading: Reading) -> Reaction | None:
    """Return the first of the person's reactions that fits the message as read."""
    for reaction in company.opening.plan.reactions.get(person, ()):
        if reaction.senders and heard.message.sender not in reaction.senders:
            continue
        if reaction.acts and not any(act in reading.acts for act in reaction.acts):
            continue
        if reaction.topics and not any(topic in reading.topics for topic in reaction.topics):
            continue
        if reaction.also and not any(topic in reading.topics for topic in reaction.also):
            continue
        if reaction.concerning and not _concerns(company, heard.message, reaction.concerning):
            continue
        if not all(fact in reading.facts or fact in reading.named for fact in reaction.facts):
            continue
        if reaction.states and not any(figure.unit == reaction.states for figure in reading.figures):
            continue
        if reaction.once == "ever" and company.has_reacted(person, reaction.key):
            continue
        if reaction.once == "thread" and company.has_reacted(person, reaction.key, heard.thread):
            continue
        return reaction
    return None


def _concerns(company: Company, message: Message, topics: Sequence[str]) -> bool:
    """Whether a message, or the mail it answers or carries on, has a phrase of one of some topics."""
    before = [company.message(id) for id in (message.in_reply_to, message.forwards) if id]
    return any(not company.opening.topics.found(each.normal_text).isdisjoint(topics) for each in (message, *before))


def _when_nothing_fits(company: Company, person: str, heard: Heard, reading: Reading) -> str:
    """Return what becomes of a message that means nothing to a person: asked back once, then passed on once."""
    wanted = "ask" in reading.acts
    if heard.is_mail or heard.is_chat:  # a ticket or a request for access says by itself what is wanted
        wanted = wanted or "request" in reading.acts or reading.unclear
    reader = company.opening.people[person]
    if not wanted or person not in heard.message.to or not reader.inside:
        return NONE
    if not company.has_reacted(person, ASK_BACK, heard.thread):
        return ASK_BACK
    if company.opening.plan.passes_on is None or reader.manager in (None, heard.message.sender):
        return NONE
    return NONE if company.has_reacted(person, PASSES_ON, heard.thread) else PASSES_ON


def _speak_up(host: Host, person: str, heard: Heard, reply: str, cause: int, topic: str) -> None:
    opening = host.company.opening
    if reply == ASK_BACK:
        letter = Letter(ASK_BACK, person, (), (), None, opening.plan.ask_back)
        write(host, letter, heard.key, cause, heard, topic)
    elif reply == PASSES_ON and opening.plan.passes_on is not None:
        manager = opening.people[person].manager or ""
        letter = Letter(PASSES_ON, person, (manager,), (), Template("Fwd: {mail.subject}"), opening.plan.passes_on)
        write(host, letter, heard.key, cause, heard, topic)


def _react(host: Host, person: str, heard: Heard, reaction: Reaction, cause: int, topic: str) -> None:
    company, message = host.company, heard.message
    plan = company.opening.plan
    outcome = reaction.outcome
    if outcome is not None:
        status, _ = company.decisions.get(outcome.decision, ("planned", "work"))
        if status in ("planned", "announced"):
            cause = host.emit(DecisionChanged(outcome.decision, outcome.status, outcome.why), person, cause).seq
    if reaction.done is not None and reaction.done not in company.done:
        step = plan.steps[reaction.done]
        if step.owner in company.seats and company.has_message(message.id) and step.name not in company.letters:
            host.emit(LetterWritten(step.name, message.id), step.owner, cause)  # later letters may answer it
        late = step.due is not None and host.now > step.due
        cause = host.emit(WorkDone(step.item, step.key, late), person, cause).seq
    if reaction.suspend and message.sender in company.seats and not company.seats[message.sender].suspended:
        host.emit(SeatSuspended(person), message.sender, cause)
    if reaction.reply is not None:
        write(host, plan.letters[reaction.reply], heard.key, cause, heard, topic)
    for key in reaction.letters:
        write(host, plan.letters[key], heard.key, cause)
    for name in reaction.starts:
        schedule_step(host, plan.steps[name], cause)
