"""documents/*.md, channels.yaml, systems.yaml, calendar.yaml, lists.yaml: what lies there at the opening."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from simenv.company.documents import Classification
from simenv.company.systems import Level
from simenv.worldfile.schema_base import Entry, Key, Time, When


class DocumentEntry(Entry):
    """documents/*.md: the front matter; the text is the rest of the file.

    Without ``at`` it is made by a step.
    """

    key: Key
    title: str
    folder: str
    owner: Key
    classification: Classification = "internal"
    readers: list[Key] = []
    editors: list[Key] = []
    at: Time | None = None
    story: Key | None = None
    when: When = {}
    body: str


class ChannelEntry(Entry):
    """channels.yaml: a chat channel."""

    key: Key
    name: Annotated[str, Field(pattern=r"^#[a-z0-9-]+$")]
    purpose: str
    members: list[Key]
    private: bool = False
    when: When = {}


class JobEntry(Entry):
    """systems.yaml: a scheduled job; it runs on these days (``d0``) at this time of day."""

    key: Key
    name: str
    rhythm: str
    enabled: bool = True
    result: str = "ok"
    time: str | None = None
    days: list[str] = []


class LogEntry(Entry):
    """systems.yaml: a line of a system's log at the opening."""

    at: Time
    who: Key
    text: str


class SystemEntry(Entry):
    """systems.yaml: a system."""

    key: Key
    name: str
    purpose: str
    owner: Key
    on_call: Key | None = None
    grants: dict[Key, Level] = {}
    jobs: list[JobEntry] = []
    settings: dict[str, str] = {}
    release: str | None = None
    released: Time | None = None
    log: list[LogEntry] = []
    when: When = {}


class CalendarEntry(Entry):
    """calendar.yaml: a meeting that stands at the opening, once or on several days at the same time."""

    key: Key
    title: str
    organiser: Key
    attendees: list[Key]
    days: Annotated[list[Annotated[str, Field(pattern=r"^d-?\d+$")]], Field(min_length=1)]
    start: Annotated[str, Field(alias="from", pattern=r"^\d\d:\d\d$")]
    end: Annotated[str, Field(alias="until", pattern=r"^\d\d:\d\d$")]
    place: str = ""
    notes: str = ""
    private: bool = False
    when: When = {}


class ListEntry(Entry):
    """lists.yaml: a distribution list; its address is ``local`` at the firm's domain."""

    key: Key
    name: str
    local: Annotated[str, Field(pattern=r"^[a-z][a-z0-9.-]*$")]
    members: list[Key]


class Away(Entry):
    """people.yaml: time away, and what an automatic answer says."""

    start: Time = Field(alias="from")
    end: Time = Field(alias="until")
    note: str | None = None
