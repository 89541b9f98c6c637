"""What all entries of a world's files share: keys, times, levels of factors."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from simenv.company.meaning.labels import Subject

_TIME: Final = re.compile(r"d(-?\d{1,4}) (\d{2}):(\d{2})\Z")
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$", max_length=81)]
"""A key, or ``item.step`` for what is written at a step."""

When = dict[str, list[str]]


def seconds(value: object) -> int:
    """Return simulated seconds of a time such as ``d1 08:40``: day 1 (day 0 is the world's first Monday), 08:40."""
    match = _TIME.match(value) if isinstance(value, str) else None
    if match is None or int(match[2]) > 23 or int(match[3]) > 59:
        raise ValueError(
            "a time is written as 'd1 08:40': the day, counted from the first Monday as d0, and the time of day"
        )
    return int(match[1]) * 86_400 + int(match[2]) * 3600 + int(match[3]) * 60


Time = Annotated[int, BeforeValidator(seconds)]


class Entry(BaseModel):
    """Base of all entries: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldDraw(Entry):
    """How one value is drawn: exactly one of the ways."""

    choose: list[str] | None = None
    between: tuple[int, int] | None = None
    sum: list[str] | None = None
    minus: tuple[str, str] | None = None
    code: str | None = None
    thousands: bool = False


class TopicEntry(Entry):
    """facts.yaml: what shows a topic: phrases, and a subject the reader of texts knows."""

    phrases: list[str] = []
    like: Subject | None = None


def _with_phrases(value: object) -> object:
    return {"phrases": value} if isinstance(value, list) else value


Topical = Annotated[TopicEntry, BeforeValidator(_with_phrases)]
"""A topic; a list is its phrases."""
