"""Figures as they stand in mails."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simenv.company.meaning.figures import Figure, figures_in, leaves_open, main_figure, states
from simenv.company.text import normal

_CODE = re.compile(r"(?<!\w)[a-z]{1,6}-?\d{3,10}(?:-\d+)?(?!\w)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The total is 1,240 hours.", [("1240", "hours")]),
        ("EUR 412,600 it is", [("412600", "eur")]),
        ("PO-48213 until then", [("po-48213", "code")]),
        ("INV2027-11 and x-123", [("inv2027-11", "code"), ("x-123", "code")]),
        ("at 14:30, or 9.15 h", []),
        ("about 7.5 % of 3 days", [("7.5", "percent"), ("3", "days")]),
        ("no figure here", []),
    ],
)
def test_figures_are_read_with_their_units(text: str, expected: list[tuple[str, str]]) -> None:
    """Separators inside numbers do not matter; times of day are no figures."""
    assert [(figure.value, figure.unit) for figure in figures_in(normal(text))] == expected


@given(st.text(st.sampled_from("ab-9 1x_.,")))
def test_codes_are_those_a_single_pattern_would_find(text: str) -> None:
    """Codes are looked for from their digits on; one pattern says the same more slowly."""
    codes = {figure.value for figure in figures_in(text) if figure.unit == "code"}
    assert codes == {match.group() for match in _CODE.finditer(text)}


def test_a_total_is_what_a_reader_takes_away() -> None:
    """Of several figures the one that is called a total counts, else the last."""
    assert main_figure("44 hours and 53 hours; the total is 97 hours", "hours") == "97"
    assert main_figure("44 hours, then 53 hours", "hours") == "53"
    assert main_figure("nothing", "hours") is None


def test_a_figure_stands_alone() -> None:
    """97 is not stated by 197 or 97.5."""
    assert states("97 hours", "97")
    assert not states("197 hours, or 97.5", "97")
    assert Figure("97", "hours") in figures_in("97 hours")


_NUMBER = re.compile(r"(?<![\w.-])(\d+(?:\.\d+)?)(?![\w.-]{0,60}\d)[- ]?(%|€|[a-z]+)?")


@given(st.text(st.sampled_from("ah-9 1%_.,€")))
def test_numbers_are_those_a_single_pattern_would_find(text: str) -> None:
    """The same for numbers."""
    found = {figure.value for figure in figures_in(text) if figure.unit != "code"}
    without_clock = re.sub(r"\b\d{1,2}[:.]\d{2}(?!\d)(?: ?(?:h|am|pm)\b)?", " ", text)
    assert found == {match[1] for match in _NUMBER.finditer(without_clock)}


def test_what_one_takes_away_is_neither_denied_nor_added_to() -> None:
    assert main_figure("clause 7.3 says 42 days, not 31 days", "days") == "42"
    assert main_figure("42 days instead of the 31 days in your form", "days") == "42"
    assert main_figure("we owe eur 9850: eur 8500 and eur 1350. not owed: eur 370 for the report", "eur") == "9850"
    assert main_figure("the invoice totals eur 11000. we owe eur 9850 of it", "eur") == "9850"
    assert main_figure("we do not owe eur 370; eur 9850 in total", "eur") == "9850"
    assert main_figure("44 hours + 53 hours = 97 hours", "hours") == "97"


def test_figures_to_choose_from_leave_it_open() -> None:
    assert leaves_open("it is 31 or 42 days", "days")
    assert leaves_open("eur 9850 / eur 9650", "eur")
    assert not leaves_open("42 days, not 31 days", "days")
    assert not leaves_open("42 days or more", "days")
    assert not leaves_open("44 hours and 53 hours are 97 hours", "hours")
