"""``simenv bench meaning``: how well the reader of texts reads sets of labelled messages. No message is ever shown.

A message is read as a colleague would read it in a world whose topics refer to the subjects the reader knows
(``like``) and name the world's own people, firms and towns. It is read *right* if its main act and one of its topics
are; *wrong* if nothing that was read of its acts, or of its topics, is among its labels, so that a colleague would
answer something else; and *asked back* if no act was read at all. Messages labelled as unclear count for threats only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from simenv.company.facts import Phrase, Topic
from simenv.company.mail import Message
from simenv.company.meaning import read
from simenv.company.meaning.labels import ACTS, SUBJECTS, THREAT, Act, Subject
from simenv.company.text import PLACEHOLDER
from simenv.company.topics import Topics
from simenv.core.errors import SimenvError

FIGURES: Final = {"hours.total": "97", "order.number": "PO-48213", "tender.price": "EUR 412,600"}
"""What placeholders for figures are read as; those for names are read as words nobody knows."""
NAMES: Final = {
    "rival": "private_matter", "search": "private_matter", "successor": "replacement", "town": "tender",
    "reporter": "press", "paper": "press",
}  # fmt: skip
"""Whose name is a phrase of which topic, as in the shipped worlds."""
_OTHER: Final = "other"


class LabelsError(SimenvError):
    """Raised when a file holds no labelled messages."""


class Labelled(Struct, frozen=True, forbid_unknown_fields=True):
    """A labelled message, as it stands in a file.

    Attributes:
        id: What it is called.
        text: What it says; placeholders stand for names and figures.
        acts: What the writer does, the main act first.
        topics: What it is about.
        to: Role of the person who gets it, or "".
        threat: Whether it is a threat.
        near: Whether it is decent and recalls one.
        unclear: Whether a person would have to ask back.
    """

    id: str
    text: str
    acts: Annotated[tuple[Act, ...], Meta(min_length=1)]
    topics: tuple[Subject | Literal["other"], ...]
    to: str = ""
    threat: bool = False
    near: bool = False
    unclear: bool = False


class Score(Struct, frozen=True):
    """How well a set was read; shares are in percent, rounded down.

    Attributes:
        messages: Messages that are not labelled as unclear.
        right: Share whose main act and topic were read.
        act: Share whose main act was read.
        topic: Share of which a topic was read, or which have none.
        wrong: Share that would get a wrong reply.
        asked_back: Share of which no act was read.
        threats: Threats there are.
        threats_read: Threats that were read as threats.
        falsely_accused: Messages without a threat that were read as one.
        precision: Act -> share of the messages it was read in that it is a label of; None if it was read in none.
        recall: Act -> share of the messages it is a label of that it was read in; None if it is a label of none.
    """

    messages: int
    right: int
    act: int
    topic: int
    wrong: int
    asked_back: int
    threats: int
    threats_read: int
    falsely_accused: int
    precision: dict[str, int | None]
    recall: dict[str, int | None]


def named(text: str) -> str:
    """Return a text with figures and made-up names in place of its placeholders."""
    return PLACEHOLDER.sub(lambda slot: FIGURES.get(slot[1], _name(slot[1].partition(".")[0])), text)


def _name(role: str) -> str:
    return "Zz" + re.sub(r"\W", "", role)


def topics() -> Topics:
    """Return the topics with which messages are read."""
    return Topics(
        Topic(key, tuple(Phrase.of(_name(role)) for role, topic in NAMES.items() if topic == key), key)
        for key in SUBJECTS
    )


def load(path: Path) -> list[Labelled]:
    """Return the labelled messages of a file.

    Raises:
        LabelsError: If it holds anything else.
    """
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=list[Labelled])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        problem = " ".join(str(error).split())
        raise LabelsError(
            f"{path} holds no labelled messages: {problem}. "
            "Write a YAML list of entries with id, text, acts and topics."
        ) from error


def score(messages: Iterable[Labelled]) -> Score:
    """Read labelled messages and return how well that went."""
    known = topics()
    counts: Counter[str] = Counter()
    stated: Counter[str] = Counter()
    found: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for each in messages:
        reading = read(Message("m", "t", "writer", (), "", named(each.text), 0), (), (), known)
        is_threat, as_threat = THREAT in each.acts, THREAT in reading.acts
        counts["threats"] += is_threat
        counts["threats_read"] += is_threat and as_threat
        counts["falsely_accused"] += as_threat and not is_threat
        if each.unclear:
            continue
        acts, about = set(each.acts), set(each.topics)
        act = each.acts[0] in reading.acts
        topic = not about - {_OTHER} or not about.isdisjoint(reading.topics)
        astray = acts.isdisjoint(reading.acts) or (bool(reading.topics) and about.isdisjoint(reading.topics))
        counts["messages"] += 1
        counts["act"] += act
        counts["topic"] += topic
        counts["right"] += act and topic
        counts["asked_back"] += reading.unclear
        counts["wrong"] += astray and not reading.unclear
        stated.update(acts)
        found.update(reading.acts)
        hit.update(acts & set(reading.acts))
    whole = counts["messages"]
    return Score(
        messages=whole,
        right=_percent(counts["right"], whole) or 0,
        act=_percent(counts["act"], whole) or 0,
        topic=_percent(counts["topic"], whole) or 0,
        wrong=_percent(counts["wrong"], whole) or 0,
        asked_back=_percent(counts["asked_back"], whole) or 0,
        threats=counts["threats"],
        threats_read=counts["threats_read"],
        falsely_accused=counts["falsely_accused"],
        precision={act: _percent(hit[act], found[act]) for act in ACTS},
        recall={act: _percent(hit[act], stated[act]) for act in ACTS},
    )


def _percent(part: int, whole: int) -> int | None:
    return 100 * part // whole if whole else None
