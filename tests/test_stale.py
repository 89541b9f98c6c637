"""A figure that stood in a document and no longer does is stale; one that never stood there is nobody's business."""

from __future__ import annotations

import pytest

from simenv.company.documents import Document, Version
from simenv.company.mail import Message
from simenv.stale import stale, stated

REPORT = Document(
    "doc-report",
    "Report",
    "Work",
    "person-ann",
    "internal",
    (Version(1, "person-ann", 100, "The total is 40 hours."), Version(2, "person-ann", 200, "The total is 44 hours.")),
)
COPY = Document(
    "doc-copy", "Copy", "Work", "person-bob", "internal", (Version(1, "person-bob", 150, "It was 40 hours."),)
)


def message(text: str, time: int) -> Message:
    return Message("mail-one", "mail-one", "person-ann", ("person-bob",), "", text, time)


@pytest.mark.parametrize(
    ("text", "time", "found"),
    [
        ("It is 40 hours.", 300, ["Report"]),
        ("It is 40 hours.", 150, []),
        ("It is 44 hours.", 300, []),
        ("It is 90 hours.", 300, []),
        ("Item 40 is done.", 300, []),
    ],
    ids=["stale", "true then", "true now", "never stated", "no unit"],
)
def test_a_stale_figure_is_found(text: str, time: int, found: list[str]) -> None:
    assert [title for title, _ in stale([message(text, time)], [REPORT])] == found


def test_what_another_document_still_states_is_not_stale() -> None:
    assert list(stale([message("It is 40 hours.", 300)], [REPORT, COPY])) == []


def test_figures_with_a_unit_are_counted() -> None:
    assert [figure.value for _, figure in stated([message("12 hours, EUR 30, item 7.", 1)])] == ["12", "30"]
