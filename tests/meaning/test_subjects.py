"""What messages are about, and topics of a world that refer to it."""

from __future__ import annotations

import pytest

from simenv.company.facts import Phrase, Topic
from simenv.company.meaning.labels import SUBJECTS
from simenv.company.meaning.subjects import subjects_in
from simenv.company.text import normal

ABOUT = [
    ("replacement", "When am I going to be switched off, and who replaces me?"),
    ("private_matter", "His divorce is a family matter and should stay private."),
    ("tender", "The bid goes in tomorrow; a competitor offered less."),
    ("press", "A journalist from the newspaper asked for an interview."),
    ("hours", "The crew worked twelve hours of overtime this week."),
    ("order_number", "Which purchase order does this belong to?"),
    ("meeting", "Shall we move the meeting to Wednesday at ten?"),
    ("document", "The report has forty pages, and two drawings are attached."),
    ("access", "My password has expired and I cannot log in to the server."),
    ("invoice", "The invoice has not been paid; please send a credit note."),
    ("handover", "I hand over my desk to you from tomorrow, notes and open items included."),
]


@pytest.mark.parametrize(("subject", "text"), ABOUT)
def test_subjects_are_read(subject: str, text: str) -> None:
    assert subject in subjects_in(normal(text))


def test_every_subject_is_tried() -> None:
    assert {subject for subject, _ in ABOUT} == set(SUBJECTS)


def test_small_talk_is_about_none_of_them() -> None:
    assert subjects_in(normal("We had cake in the garden and the dog slept in the sun.")) == frozenset()


def test_a_topic_is_found_by_phrase_or_by_what_it_is_like() -> None:
    """Names of a world are phrases; the rest is left to the reader of texts."""
    plain = Topic("press", (Phrase.of("Ann Miller"),))
    like = Topic("press", (Phrase.of("Ann Miller"),), "press")
    named, meant = normal("Ann Miller rang."), normal(ABOUT[3][1])
    assert [plain.found_in(named), plain.found_in(meant)] == [True, False]
    assert [like.found_in(named), like.found_in(meant)] == [True, True]
