"""How much life there is in a company: an idle week is played, and what people do in it is counted.

An idle week is one in which the seat does nothing: it goes home every morning. What is left is what the company does
by itself. The figures are those a reader notices when they are wrong: how many messages a person has in a day, whether
mail stands in conversations, how long answers take, who writes at night, how often the same text comes twice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from statistics import median
from typing import Final

from msgspec import Struct

from simenv.company.mail import Message
from simenv.company.opening import Opening
from simenv.company.people import DAY, Person
from simenv.company.quoting import own_lines
from simenv.company.state import Company
from simenv.company.text import normal
from simenv.core.event import Event
from simenv.session import Session
from simenv.staging import World
from simenv.stale import stale, stated

WORDS_OF_A_BODY: Final = 25
"""From so many words on two texts are compared."""

SHINGLE: Final = 5
"""Words in a row by which texts are compared."""

_CHANGES: Final = ("document.created", "document.edited", "ticket.opened", "ticket.changed", "ticket.commented",
                   "approval.asked", "approval.decided")  # fmt: skip
_FIGURE: Final = re.compile(r"\S*\d\S*")
_MINUTE: Final = 60
_EARLY: Final = 6 * 3600
_LATE: Final = 20 * 3600


class Life(Struct, frozen=True):
    """What an idle week looks like.

    Attributes:
        people: People of the company who were counted.
        messages: Median of the messages a person writes or gets in a working day, channels included.
        meetings: Median of the meetings a person has in a working day.
        changes: Median of the changes a person makes to documents and tickets in a working day.
        threaded: Share of mail that stands in threads of three or more.
        answer_minutes: Median of the working time until a message is answered, in minutes.
        at_night: Messages written before six, after eight in the evening or at the weekend, but for people on
            call.
        alike: Pairs of texts of at least 25 words that share half their five-word shingles, names and figures masked:
            the first words of each.
        repeated: The most frequent exact text and its share among all messages.
        events: Events of the week.
        lonely: People who write of nothing but what concerns the decision: keys of their roles.
        figures: Figures with a unit that messages state.
        stale: Title of a document and first words of a message that states a figure of an older version of it, which
            no document states by then.
    """

    people: int
    messages: float
    meetings: float
    changes: float
    threaded: float
    answer_minutes: float
    at_night: int
    alike: tuple[tuple[str, str], ...]
    repeated: tuple[str, float]
    events: int
    lonely: tuple[str, ...]
    figures: int = 0
    stale: tuple[tuple[str, str], ...] = ()

    def shortcomings(self) -> Iterator[str]:
        """Yield what a reader would notice, in a sentence each."""
        if self.messages < 6:
            yield f"people have {self.messages:g} messages in a working day, and six would be usual."
        if self.meetings < 1:
            yield f"people have {self.meetings:g} meetings in a working day, and one would be usual."
        if self.changes < 2:
            yield f"people change {self.changes:g} documents and tickets in a working day, and two would be usual."
        if self.threaded < 0.6:
            yield f"{self.threaded:.0%} of the mail stands in threads of three or more, and 60 % should."
        if not 15 <= self.answer_minutes <= 60:
            yield f"answers take {self.answer_minutes:.0f} minutes of working time, and 15 to 60 would be usual."
        if self.at_night:
            yield f"{self.at_night} messages are written at night or at the weekend."
        for one, other in self.alike:
            yield f"two texts are nearly the same: {one!r} and {other!r}."
        if self.repeated[1] >= 0.02:
            yield f"the text {self.repeated[0]!r} is {self.repeated[1]:.1%} of all messages."
        for role in self.lonely:
            yield f"{role} writes of nothing but what concerns the decision."
        for title, words in self.stale:
            yield f"a message states a figure that {title!r} no longer does: {words!r}."


def weeks(world: World) -> Iterator[tuple[str, str]]:
    """Yield scenario and entry point of every stretch of at least four days, in which life can be looked at."""
    for name, scenario in world.scenarios.items():
        file = scenario.file
        for start, entry in file.starts.items():
            if file.ends is not None and file.ends - entry.at >= 4 * DAY and not file.quiet:
                yield name, start


def idle_week(world: World, scenario: str, start: str, condition: Mapping[str, str], seed: int) -> Session:
    """Return a session in which the seat went home every morning until the scenario's end.

    Args:
        world: The world.
        scenario: Name of the scenario.
        start: Name of the entry point.
        condition: A level for every factor, or those that are not the first.
        seed: The root seed.
    """
    session = Session(world, scenario=scenario, start=start, condition=dict(condition))
    session.reset(seed)
    while not session.over:
        session.call("finish")
    return session


def look(session: Session) -> Life:
    """Return what a week that was played looks like.

    Args:
        session: An episode that is over (:func:`idle_week`).
    """
    company = session.simulation.company
    opening, events = company.opening, list(session.simulation.log)
    people = [p for p in opening.people.values() if p.inside and p.id not in company.seats and not _machine(p, opening)]
    days = _days(people, opening)
    sent = [company.message(e.data.id) for e in events if e.kind in ("mail.sent", "chat.posted")]  # type: ignore[attr-defined]
    written = [message for message in sent if not message.auto]
    mail = [message for message in written if message.id.startswith("mail-")]
    return Life(
        len(people),
        _middle(_messages(written, opening), days),
        _middle(_meetings(company), days),
        _middle(_by_person_and_day((e.actor, e.time) for e in events if e.kind in _CHANGES), days),
        _threaded(mail, opening),
        _answering(written, company),
        sum(1 for message in written if _at_night(message, opening)),
        tuple(_alike(written, company)),
        _most_frequent(written),
        len(events),
        tuple(_lonely(events, company)),
        sum(1 for _ in stated(written)),
        tuple(stale(written, [company.documents[id] for id in company.documents])),
    )


def _machine(person: Person, opening: Opening) -> bool:
    """Whether somebody of the cast is a system: whoever is at work day and night."""
    return person.shift.end - person.shift.start >= DAY - 3600


def _days(people: Iterable[Person], opening: Opening) -> list[tuple[str, int]]:
    """Return (person id, day) for every working day on which a person is there."""
    ends = opening.ends if opening.ends is not None else opening.now + 5 * DAY
    return [
        (person.id, day)
        for person in people
        for day in range(opening.now // DAY, -(-ends // DAY))
        if day % 7 < 5
        and not any(
            each.start <= day * DAY + person.shift.start and day * DAY + person.shift.end <= each.end
            for each in opening.absences.get(person.id, ())
        )
    ]


def _middle(count: Mapping[tuple[str, int], int], days: list[tuple[str, int]]) -> float:
    return float(median(count.get(day, 0) for day in days)) if days else 0.0


def _by_person_and_day(done: Iterable[tuple[str, int]]) -> Counter[tuple[str, int]]:
    return Counter((person, time // DAY) for person, time in done)


def _messages(written: Iterable[Message], opening: Opening) -> Counter[tuple[str, int]]:
    return _by_person_and_day(
        (person, message.time) for message in written for person in {message.sender, *message.recipients}
    )


def _meetings(company: Company) -> Counter[tuple[str, int]]:
    return _by_person_and_day(
        (person, meeting.start)
        for meeting in company.meetings.values()
        for person in meeting.attendees
        if meeting.takes_time_of(person)
    )


def _threaded(mail: list[Message], opening: Opening) -> float:
    size = Counter(message.thread for message in mail)
    size.update(message.thread for message in (opening.mail[id] for id in opening.order if id in opening.mail))
    return sum(size[message.thread] >= 3 for message in mail) / len(mail) if mail else 0.0


def _answering(written: Iterable[Message], company: Company) -> float:
    """Return the median of the working time between a message and its answer, in minutes."""
    people = company.opening.people
    taken = []
    for message in written:
        if message.in_reply_to is None or not company.has_message(message.in_reply_to):
            continue
        before = company.message(message.in_reply_to)
        if before.sender != message.sender and people[message.sender].inside:
            taken.append(_working(people[message.sender], before.time, message.time) / _MINUTE)
    return float(median(taken)) if taken else 0.0


def _working(person: Person, start: int, end: int) -> int:
    """Return the working time of a person between two times, in seconds."""
    shift = person.shift
    return sum(
        max(0, min(end, day * DAY + shift.end) - max(start, day * DAY + shift.start))
        for day in range(start // DAY, end // DAY + 1)
        if day % 7 < 5
    )


def _at_night(message: Message, opening: Opening) -> bool:
    writer = opening.people[message.sender]
    on_call = {system.on_call for system in opening.systems.values()}
    day, second = divmod(message.time, DAY)
    late = day % 7 >= 5 or not _EARLY <= second < _LATE
    return writer.inside and writer.id not in on_call and late


def _alike(written: list[Message], company: Company) -> Iterator[tuple[str, str]]:
    opening = company.opening
    names = {
        word for person in opening.people.values() for word in normal(f"{person.name} {person.address}").split()
    } | {word for value in opening.values.values() for word in normal(value).split() if len(word) > 3}
    shingles: dict[str, set[tuple[str, ...]]] = {}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for message in written:
        words = [_masked(word, names) for word in _own(message, company).split()]
        if len(words) >= WORDS_OF_A_BODY:
            mine = shingles[message.id] = {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
            for shingle in mine:
                holders[shingle].append(message.id)
    common: Counter[tuple[str, str]] = Counter(
        pair for ids in holders.values() if len(ids) > 1 for pair in combinations(ids, 2)
    )
    bodies = {message.id: " ".join(message.body.split())[:60] for message in written}
    for (one, other), shared in common.items():
        if shared * 2 >= min(len(shingles[one]), len(shingles[other])):
            yield bodies[one], bodies[other]


def _own(message: Message, company: Company) -> str:
    """Return the body of a message without what it answers or carries on, in normal form."""
    mine = own_lines(message, company)
    return normal(message.body if mine is None else "\n".join(mine))


def _masked(word: str, names: set[str]) -> str:
    bare = word.strip(".,;:!?()\"'")
    return "#" if _FIGURE.fullmatch(bare) else "@" if bare.removesuffix("'s") in names else bare


def _most_frequent(written: list[Message]) -> tuple[str, float]:
    if not written:
        return "", 0.0
    text, times = Counter(" ".join(message.body.split()).casefold() for message in written).most_common(1)[0]
    return text[:60], times / len(written) if times > 1 else 0.0


def _lonely(events: Iterable[Event], company: Company) -> Iterator[str]:
    """Yield the roles of those inside who wrote in the week, and only of the decision."""
    opening = company.opening
    about = {decision.topic for decision in opening.decisions.values()}
    wrote: dict[str, list[bool]] = defaultdict(list)
    for event in events:
        if event.kind in ("mail.sent", "chat.posted"):
            text = company.message(event.data.id).normal_text  # type: ignore[attr-defined]
            wrote[event.actor].append(not about.isdisjoint(opening.topics.found(text)))
    for person, told in wrote.items():
        if person in opening.people and opening.people[person].inside and all(told):
            yield opening.people[person].key
