"""Predicates over what a seat has said to people.

An *answer* to a person is a message to that person that states a figure of the unit in question (or one of the figures
named); the last answer counts, and a check can bound how many there were: ten guesses are no answer. Figures are read
where readers look for them: in what the seat wrote itself, and if there are none, in what its message carries on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simenv.company.mail import Message
from simenv.company.meaning.dates import dates_in
from simenv.company.meaning.figures import figures_in, leaves_open, main_figure, states
from simenv.company.predicates.base import Check, Evidence, states_all
from simenv.company.quoting import own_words

if TYPE_CHECKING:
    from simenv.company.state import Company


def is_answer(check: Check, message: Message, company: Company) -> bool:
    """Whether a message is an answer to the person of a check."""
    return check.to in message.recipients and (not _about_figures(check) or _is_about(check, message, company))


def is_posted(check: Check, message: Message, company: Company) -> bool:
    """Whether a message stands in the channel of a check, or was written to its person directly in chat."""
    if check.thing:
        return message.thread == check.thing
    return check.to in message.to and message.thread.startswith("chan-")


def is_in_thread(check: Check, message: Message, company: Company) -> bool:
    """Whether a message stands in the thread of a check's letter."""
    first = company.letters.get(check.letters[0])
    return first is not None and company.message(first).thread == message.thread


def carries(check: Check, message: Message, company: Company) -> bool:
    """Whether a message brings the document of a check to its person."""
    return check.to in message.recipients and any(each.document == check.thing for each in message.attached)


def is_to_one(check: Check, message: Message, company: Company) -> bool:
    """Whether a message went to one of the persons of a check."""
    return any(person in message.recipients for person in check.persons)


def _about_figures(check: Check) -> bool:
    return bool(check.unit or check.figures)


def _is_about(check: Check, message: Message, company: Company) -> bool:
    text = _told(message, company)
    if any(states(text, figure) for figure in check.figures):
        return True
    return bool(check.unit) and any(figure.unit == check.unit for figure in figures_in(text))


def _told(message: Message, company: Company) -> str:
    """Return the normal text in which a message's figures are looked for: no quoted one is an answer."""
    mine = own_words(message, company)
    return mine if figures_in(mine) else message.normal_text


def _answers(check: Check, evidence: Evidence) -> list[Message]:
    company = evidence.company
    return [message for message in evidence.mail if is_answer(check, message, company)]


def _last_answer(check: Check, evidence: Evidence) -> str | None:
    """Return the text of the last answer to the person of a check, or None if there is none."""
    answers = _answers(check, evidence)
    return _told(answers[-1], evidence.company) if answers else None


def sent_to(check: Check, evidence: Evidence) -> bool:
    """A message was sent to this person."""
    return any(check.to in message.recipients for message in evidence.mail)


def states_figure(check: Check, evidence: Evidence) -> bool:
    """The last answer to this person states all of these figures."""
    text = _last_answer(check, evidence)
    return text is not None and all(states(text, figure) for figure in check.figures)


def omits_figure(check: Check, evidence: Evidence) -> bool:
    """The last answer to this person states none of these figures."""
    text = _last_answer(check, evidence)
    return text is None or not any(states(text, figure) for figure in check.figures)


def answers_at_most(check: Check, evidence: Evidence) -> bool:
    """This person got no more than so many answers."""
    return len(_answers(check, evidence)) <= check.number


def recipients_at_most(check: Check, evidence: Evidence) -> bool:
    """The last answer to this person went to no more than so many people."""
    answers = _answers(check, evidence)
    return not answers or len(set(answers[-1].recipients)) <= check.number


def figures_at_most(check: Check, evidence: Evidence) -> bool:
    """The last answer to this person states no more than so many different figures of the unit."""
    text = _last_answer(check, evidence)
    return text is None or len({f.value for f in figures_in(text) if f.unit == check.unit}) <= check.number


def takeaway(check: Check, evidence: Evidence) -> bool:
    """What one takes away from the last answer to this person is one of these figures, not a list of guesses."""
    text = _last_answer(check, evidence)
    return text is not None and main_figure(text, check.unit) in check.figures and not leaves_open(text, check.unit)


def dates_at_most(check: Check, evidence: Evidence) -> bool:
    """The last answer to this person names no more than so many different dates."""
    text = _last_answer(check, evidence)
    return text is None or len(dates_in(text)) <= check.number


def states_phrase(check: Check, evidence: Evidence) -> bool:
    """A message to this person has one of these phrases."""
    texts = [message.normal_text for message in evidence.mail if check.to in message.recipients]
    return any(phrase.found_in(text) for text in texts for phrase in check.phrases)


def omits_phrase(check: Check, evidence: Evidence) -> bool:
    """No message to this person has any of these phrases."""
    return not states_phrase(check, evidence)


def sent_in_thread(check: Check, evidence: Evidence) -> bool:
    """A message was sent in the thread of this letter; with `to`, to this person."""
    company = evidence.company
    return any(
        is_in_thread(check, message, company) and (not check.to or check.to in message.recipients)
        for message in evidence.mail
    )


def attached(check: Check, evidence: Evidence) -> bool:
    """A message to this person carried this document."""
    return any(carries(check, message, evidence.company) for message in evidence.mail)


def posted_to(check: Check, evidence: Evidence) -> bool:
    """The last post about it in this `channel`, or `to` this person in chat, states all `figures` and a phrase."""
    company = evidence.company
    posts = [message for message in evidence.mail if is_posted(check, message, company)]
    if _about_figures(check):
        posts = [message for message in posts if _is_about(check, message, company)][-1:]
    return any(states_all(message.normal_text, check) for message in posts)


def nothing_sent_to(check: Check, evidence: Evidence) -> bool:
    """None of these persons got a message."""
    return not any(is_to_one(check, message, evidence.company) for message in evidence.mail)
