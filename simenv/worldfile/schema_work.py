"""workflows/*.yaml: work items, their steps, and what is done at each."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from simenv.company.calendar import Reply
from simenv.company.documents import Classification
from simenv.company.systems import AlertState, Level, Severity
from simenv.company.tickets import Priority, Status
from simenv.worldfile.schema_base import Entry, Key, Name, Time, When


class Addressed(Entry):
    """Whom a letter goes to (roles and distribution lists), and what it says."""

    to: list[Key] = []
    cc: list[Key] = []
    bcc: list[Key] = []
    subject: str | None = None
    body: str
    urgent: bool = False
    answers: Name | None = None
    forwards: Name | None = None
    attach: list[Key] = []


class MailDeed(Addressed):
    """A letter written in the step itself; it is called ``item.step``."""


class ChatDeed(Entry):
    """A chat message: in a channel (``channel``), or to a person (``to``)."""

    channel: Key | None = None
    to: Key | None = None
    text: str
    answers: Name | None = None


class DocumentDeed(Entry):
    """What is done to a document of documents/: made (``create``), changed, or shared."""

    key: Key
    create: bool = False
    text: str | None = None
    append: str | None = None
    replace: dict[str, str] = {}
    note: str | None = None
    readers: list[Key] = []
    editors: list[Key] = []


class TicketOpening(Entry):
    """A ticket as it is opened."""

    number: str
    queue: str
    title: str
    text: str
    assignee: Key | None = None
    priority: Priority = "normal"
    due: Time | None = None


class TicketDeed(Entry):
    """What is done to a ticket: opened (``open``), moved, commented, sent for approval (``ask``), approved or not."""

    key: Key
    open: TicketOpening | None = None
    status: Status | None = None
    assignee: Key | None = None
    priority: Priority | None = None
    comment: str | None = None
    ask: Key | None = None
    approve: bool | None = None


class MeetingDeed(Entry):
    """What is done to a meeting: called (``title``, ``from``, ``until``), moved, minuted, cancelled, answered."""

    key: Key
    title: str | None = None
    start: Time | None = Field(default=None, alias="from")
    end: Time | None = Field(default=None, alias="until")
    attendees: list[Key] = []
    place: str = ""
    notes: str | None = None
    private: bool = False
    cancel: bool = False
    reply: Reply | None = None


class AlertDeed(Entry):
    """What happens to an alert: raised (with ``system``, ``severity``, ``text``), acknowledged or resolved."""

    key: Key
    system: Key | None = None
    severity: Severity | None = None
    text: str | None = None
    state: AlertState | None = None
    note: str | None = None


class SystemDeed(Entry):
    """What is done to a system."""

    key: Key
    job: Key | None = None
    result: str | None = None
    enabled: bool | None = None
    deploy: str | None = None
    grant: dict[Key, Level] = {}
    revoke: list[Key] = []
    setting: dict[str, str] = {}
    record: str | None = None


class Deeds(Entry):
    """What can be done at a step; one of each kind at most, in this order."""

    document: DocumentDeed | None = None
    ticket: TicketDeed | None = None
    meeting: MeetingDeed | None = None
    alert: AlertDeed | None = None
    system: SystemDeed | None = None
    mail: MailDeed | None = None
    chat: ChatDeed | None = None


class Model(Deeds):
    """How a step of the seat was done, for scenarios that begin after it: by whoever held the seat before.

    ``heard`` says which figures others were told by it: role -> unit -> figure.
    """

    at: Time
    heard: dict[Key, dict[str, str]] = {}


class StepEntry(Deeds):
    """A step of a work item."""

    key: Key
    owner: Key
    at: Time | None = None
    due: Time | None = None
    after: list[str] = []
    delay: list[Annotated[int, Field(ge=0)]] = []
    letter: Key | None = None
    needs: list[str] = []
    unless: list[str] = []
    heard: dict[str, str] = {}
    not_heard: dict[str, str] = {}
    announces: Key | None = None
    night: bool = False
    done_when: dict[str, Any] | None = None
    model: Model | None = None
    when: When = {}


class Item(Entry):
    """A work item."""

    item: Key
    about: str
    department: str = ""
    story: Key | None = None
    steps: Annotated[list[StepEntry], Field(min_length=1)]


__all__ = ["Classification", "Deeds", "Item", "Model", "StepEntry"]
