"""Search finds the same words whichever way they are told apart."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from simenv.company.text import normal, words


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_texts_have_the_words_a_pattern_would_find(text: str) -> None:
    """The fast way for ASCII and the general one agree."""
    assert words(text) == re.findall(r"[^\W_]+", text.casefold())


def test_other_letters_are_letters() -> None:
    """Compatibility forms are folded, and case is."""
    assert words("Zoë's ﬁle № 12_b, STRASSE Straße") == ["zoë", "s", "file", "no", "12", "b", "strasse", "strasse"]


def test_separators_inside_numbers_do_not_matter() -> None:
    """However a number is written, it is one number; a list of figures stays a list."""
    for written in ("1,234,567", "1.234.567", "1 234 567", "1'234'567", "1\u00a0234\u202f567"):
        assert normal(f"EUR {written}.") == "eur 1234567."
    assert normal("412,600 and 7,5 and 1,2345 and 12:30, 400 men") == "412600 and 7,5 and 1,2345 and 12:30, 400 men"
