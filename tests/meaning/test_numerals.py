"""Numbers as people write them."""

from __future__ import annotations

import pytest

from simenv.company.meaning.figures import figures_in, main_figure, states
from simenv.company.meaning.numerals import in_digits
from simenv.company.text import normal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("641k", [("641000", "")]),
        ("We offer EUR 1.2m for it", [("1200000", "eur")]),
        ("3 million euros", [("3000000", "eur")]),
        ("a gap 1.2m wide", [("1.2", "")]),
        ("forty-one hours", [("41", "hours")]),
        ("nine days at twelve percent", [("9", "days"), ("12", "percent")]),
        ("€ 1.200,50", [("1200.50", "eur")]),
        ("0.4 mm and 3 t, or two tonnes", [("0.4", "mm"), ("3", "tonnes"), ("2", "tonnes")]),
        ("one day I will", []),
        ("a hundred and ten hours", []),
        ("someone's days", []),
    ],
)
def test_figures_in_words_and_short_forms(text: str, expected: list[tuple[str, str]]) -> None:
    """Only where a unit makes clear that a figure is meant."""
    assert [(figure.value, figure.unit) for figure in figures_in(normal(text))] == expected


def test_they_count_as_stated() -> None:
    assert main_figure(normal("Thirty hours, then ten; in total forty hours."), "hours") == "40"
    assert states(normal("our price is 641k"), "641000")


def test_other_text_stays_as_it_is() -> None:
    for text in ("the 4 km walk, 3,5 and 12:30", "make 4 more, em 3", "seven samurai"):
        assert in_digits(text) == text
