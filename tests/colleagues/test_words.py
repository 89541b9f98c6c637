"""Figures as people write them."""

from __future__ import annotations

import pytest

from simenv.colleagues.words import written


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [("code", "po-4127", "PO-4127"), ("eur", "10473", "10,473"), ("hours", "141", "141"), ("eur", "97.5", "97.5"),
     ("eur", "1240", "1240")],
)  # fmt: skip
def test_a_figure_is_written_as_people_do(unit: str, value: str, shown: str) -> None:
    assert written(unit, value) == shown
