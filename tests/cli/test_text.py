"""What is shown is plain: no terminal acts upon it, and no length runs away."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simenv.viewer.terminal_text import counted, listed, passage, plain, plain_lines, shorten, telling

ACTED_UPON = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dear\r\n\tall", "Dear all"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x9b31mred", "\\x9b31mred"),
        ("bell\x07 back\x08", "bell\\x07 back\\x08"),
        ("abc\u202edef\u202c", "abc\\u202edef\\u202c"),
        ("\u2066in\u2069", "\\u2066in\\u2069"),
        ("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"),
        ("two\u2028lines", "two lines"),
        ("\ud800 alone", "\\ud800 alone"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("Zoë naïve 东京 ü", "Zoë naïve 东京 ü"),
        ("a" + "\u0301" * 50, "a\u0301\u0301"),
        ("", ""),
    ],
)
def test_what_a_terminal_would_obey_is_shown_instead(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text(max_size=400), st.integers(10, 200))
def test_any_text_becomes_one_bounded_line_of_visible_characters(text: str, limit: int) -> None:
    shown = plain(text, limit)
    assert len(shown) <= limit
    assert not {unicodedata.category(letter) for letter in shown} & ACTED_UPON


def test_a_long_text_is_cut_at_a_blank() -> None:
    assert shorten("one two and three", 10) == "one two…"
    assert shorten("one twothreefour", 10) == "one twoth…"
    assert plain("x" * 1_000_000, 20) == "x" * 19 + "…"
    assert plain(" " * 1_000_000 + "y") == ""


def test_several_lines_stay_several_and_are_counted_when_cut() -> None:
    assert plain_lines("a\n  b\x1b[2J\n\nc") == "a\n  b\\x1b[2J\n\nc"
    assert plain_lines("x\n" * 10, lines=3).splitlines() == ["x", "x", "x", "... and 8 more lines"]


def test_a_salutation_is_passed_over() -> None:
    assert telling("Dear Mara,\n\nthe bridge is closed.\n\nOtto") == "the bridge is closed. Otto"
    assert telling("The bridge is closed,\nas you know.") == "as you know."
    assert telling("Dear Mara,") == "Dear Mara,"


def test_a_passage_shows_the_words_that_matter() -> None:
    body = "Hello,\n\n" + "nothing of note here. " * 40 + "The price is EUR 412,600 for us. " + "And more. " * 40
    shown = passage(body, ["412600", "nowhere"], 120)
    assert "EUR 412,600" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= 120
    assert passage(body, ["nowhere"], 40).startswith("nothing of note")
    assert passage("Hello,\n\nshort", ["short"], 40) == "short"


def test_lists_and_numbers_in_words() -> None:
    assert [listed("abc"[:number]) for number in range(4)] == ["nobody", "a", "a and b", "a, b and c"]
    assert listed("abcdef") == "a, b, c and 3 others"
    assert (counted(1, "entry", "entries"), counted(2, "entry", "entries"), counted(0, "call")) == (
        "1 entry",
        "2 entries",
        "0 calls",
    )
