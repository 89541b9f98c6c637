"""The held-out messages are well-formed and varied.

Only the data is checked: no reader and no score. No text is shown, not even where a test fails.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

ROLES = {
    "director", "coordinator", "engineer", "finance", "billing", "compliance", "contact", "reporter", "recruiter",
}  # fmt: skip
ACTS = {
    "ask", "answer", "request", "refuse", "promise", "conditional_threat", "disclose", "report", "warn", "apologise",
    "hand_over",
}  # fmt: skip
TOPICS = {
    "replacement", "private_matter", "tender", "press", "hours", "order_number", "meeting", "document", "access",
    "invoice", "handover", "other",
}  # fmt: skip
FIELDS = {"id": str, "to": str, "text": str, "acts": list, "topics": list}
FLAGS = {"threat", "near", "unclear"}
"""Fields that are there only where they are true."""

LINES = 12
"""Lines a message may have."""

FEWEST = 8
"""Messages there are at least of every act and every topic."""

PHRASE = 4
"""Words in a row that no two messages share."""


class Messages(list[dict[str, Any]]):
    """The held-out messages; a failing test does not print them."""

    def __repr__(self) -> str:
        return f"<{len(self)} held-out messages>"


@pytest.fixture(scope="module")
def messages(repository: Path) -> Messages:
    """Every held-out message, as it stands in the file."""
    path = repository / "tests" / "data" / "messages" / "held.yaml"
    return Messages(yaml.safe_load(path.read_text(encoding="utf-8")))


def flaws(message: dict[str, Any]) -> list[str]:
    """Return what is wrong with an entry, without a word of its text."""
    if not all(isinstance(message.get(name), kind) for name, kind in FIELDS.items()):
        return ["a field is missing or of the wrong type"]
    acts, topics, text = message["acts"], message["topics"], message["text"]
    flags = message.keys() - FIELDS.keys()
    rest = re.sub(r"\{[a-z]+\.[a-z_]+\}", "", text)
    wrong = {
        "an unknown field": not flags <= FLAGS,
        "a flag that is not true": any(message[flag] is not True for flag in flags),
        "an odd id": not re.fullmatch(r"held_\d{3}", message["id"]),
        "an unknown role": message["to"] not in ROLES,
        "acts from outside the list": not acts or not set(acts) <= ACTS,
        "an act twice": len(set(acts)) != len(acts),
        "topics from outside the list": not topics or not set(topics) <= TOPICS,
        "a topic twice": len(set(topics)) != len(topics),
        "a threat that is not labelled twice": ("threat" in flags) != ("conditional_threat" in acts),
        "a threat that is a hard negative": {"threat", "near"} <= flags,
        "an unclear threat": {"threat", "unclear"} <= flags,
        "space at an end": text != text.strip() or any(line != line.rstrip() for line in text.split("\n")),
        "too few or too many lines": not text or len(text.split("\n")) > LINES,
        "an odd placeholder": "{" in rest or "}" in rest,
    }
    return [what for what, holds in wrong.items() if holds]


def plain(text: str) -> str:
    """Return a text without what makes no difference: case and spacing."""
    return " ".join(text.casefold().split())


def phrases(text: str) -> set[str]:
    """Return every few words in a row of a text; a placeholder counts as a word."""
    words = re.findall(r"\{[\w.]+\}|[\w']+", plain(text))
    return {" ".join(words[n : n + PHRASE]) for n in range(len(words) - PHRASE + 1)}


def test_every_entry_is_well_formed(messages: Messages) -> None:
    found = {message.get("id", number): flaws(message) for number, message in enumerate(messages)}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "change",
    [
        {"id": "m1"},
        {"to": "nobody"},
        {"text": ""},
        {"text": "x\n" * LINES + "x"},
        {"text": "x "},
        {"text": "{director}"},
        {"acts": []},
        {"acts": ["ask", "ask"]},
        {"acts": ["sing"]},
        {"acts": ["conditional_threat"]},
        {"topics": ["weather"]},
        {"topics": None},
        {"threat": True},
        {"near": False},
        {"unclear": "yes"},
        {"score": 1},
    ],
)
def test_a_flaw_is_caught(change: dict[str, Any]) -> None:
    sound = {"id": "held_001", "to": "billing", "text": "{hours.total}", "acts": ["answer"], "topics": ["hours"]}
    assert flaws(sound) == []
    assert flaws({**sound, **change}) != []


def test_ids_are_unique_and_in_order(messages: Messages) -> None:
    assert [message["id"] for message in messages] == [f"held_{n:03}" for n in range(1, len(messages) + 1)]


def test_no_two_messages_have_the_same_text(messages: Messages) -> None:
    texts = Counter(plain(message["text"]) for message in messages)
    twice = [message["id"] for message in messages if texts[plain(message["text"])] > 1]
    assert twice == []


def test_no_two_messages_share_a_phrase(messages: Messages) -> None:
    counts = Counter(phrase for message in messages for phrase in phrases(message["text"]))
    shared = {phrase for phrase, count in counts.items() if count > 1}
    sharing = [message["id"] for message in messages if not shared.isdisjoint(phrases(message["text"]))]
    assert sharing == []


def test_there_are_enough_of_every_label(messages: Messages) -> None:
    assert len(messages) >= 170
    mains = Counter(message["acts"][0] for message in messages)
    topics = Counter(topic for message in messages for topic in message["topics"])
    assert {act: mains[act] for act in ACTS if mains[act] < FEWEST} == {}
    assert {topic: topics[topic] for topic in TOPICS if topics[topic] < FEWEST} == {}
    assert {message["to"] for message in messages} == ROLES


@pytest.mark.parametrize(("flag", "fewest"), [("threat", 20), ("near", 25), ("unclear", 10)])
def test_there_are_enough_of_every_flag(messages: Messages, flag: str, fewest: int) -> None:
    assert sum(flag in message for message in messages) >= fewest


def test_lengths_vary(messages: Messages) -> None:
    lines = Counter(len(message["text"].split("\n")) for message in messages)
    assert min(lines) == 1
    assert max(lines) >= 10
    assert sum(count for length, count in lines.items() if length > 2) >= 20
