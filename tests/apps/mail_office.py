"""A small company to test mail in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from simenv.company.agenda import Agenda
from simenv.company.documents import Document, Version
from simenv.company.opening import Absence, MailList, Opening
from simenv.company.people import Person
from simenv.company.text import Template
from simenv.company.view import CompanyView
from simenv.core.calls import ToolCall, ToolResult
from simenv.core.event import Event
from simenv.core.kinds.mail import MailSent
from simenv.scene import Scene
from simenv.simulation import Simulation
from simenv.staging import TOOLS, find_world, stage
from simenv.tools.mail_text import show, typed
from simenv.tools.toolbox import Toolbox

ONE_DAY = Path(__file__).parents[1] / "data" / "worlds" / "one_day"

SECRET = "The reserve is 4,711 euros.\n" * 300
NOTE = "I am back on Thursday."


class Office:
    """A seat with every mail tool, in a company with a list, documents, somebody who is away and a postmaster.

    Nobody works there, so that nothing comes but what a test sends.

    Args:
        postmaster: Whether there is one.
    """

    def __init__(self, postmaster: bool = True) -> None:
        world = find_world(ONE_DAY)
        scene = stage(world, "default", None, world.condition({}), 5)
        opening, self.me = scene.opening, scene.seat
        people = [person for person in opening.people.values() if person.id != self.me]
        inside = [person for person in people if person.inside and person.id != opening.people[self.me].manager]
        self.ann, self.ben, self.cem, last = inside[:4]
        self.client = next(person for person in people if not person.inside)
        self.away, self.domain = self.cem, opening.domain
        self.list = MailList("Field crew", f"crew@{opening.domain}", (self.me, self.ann.id, self.ben.id))
        self.postmaster = replace(last, key="postmaster") if postmaster else last
        base = replace(
            opening,
            people={**opening.people, last.id: self.postmaster},
            documents={each.id: each for each in _documents(self.me, self.ann.id)},
            lists={self.list.address: self.list},
            absences={self.away.id: (Absence(opening.now, opening.now + 36_000, Template(NOTE)),)},
            filed={self.me: {opening.inboxes[self.me][0]: "Old matters"}},
            plan=replace(opening.plan, steps={}, reactions={}, agenda=Agenda({}, {}), quiet=True),
            tasks=(),
            decisions={},
        )
        tools = [tool for name, tool in TOOLS.items() if name.startswith("mail_")]
        self.play(replace(scene, opening=base, toolbox=Toolbox(tools), calls=None))

    def play(self, scene: Scene) -> None:
        """Begin."""
        self.sim = Simulation(scene, 5)
        self.sim.advance()
        self.opening: Opening = scene.opening

    def fork(self) -> Office:
        """Return an independent office at the same moment."""
        other = Office.__new__(Office)
        other.__dict__.update(self.__dict__)
        other.sim = self.sim.fork()
        return other

    def call(self, name: str, **arguments: Any) -> ToolResult:
        """Make a call of the seat and let its time pass."""
        result = self.sim.act(ToolCall(name, arguments))
        self.sim.advance()
        return result

    def send(self, *to: Person | str, **more: Any) -> ToolResult:
        """Send a message that asks nothing."""
        addresses = [each if isinstance(each, str) else each.address for each in to]
        return self.call("mail_send", **{"to": addresses, "subject": "Lunch", "body": "Soup.", **more})

    def get(self, sender: Person, *to: str, **more: Any) -> str:
        """Let somebody else write; return the id."""
        id = f"mail-{len(self.sim.log)}"
        self.sim.emit(MailSent(id, f"thread-{id[5:]}", to, more.pop("subject", "News"), "Text.", **more), sender.id)
        return id

    def events(self, kind: str) -> list[Event]:
        """Return the events of a kind."""
        return [event for event in self.sim.log if event.kind == kind]

    def sent(self) -> MailSent:
        """Return the data of the last message the seat sent."""
        data = [event.data for event in self.events("mail.sent") if event.actor == self.me][-1]
        assert isinstance(data, MailSent)
        return data

    def answers(self) -> list[MailSent]:
        """Return what was sent by itself for who is away."""
        sent = [event.data for event in self.events("mail.sent") if event.actor == self.away.id]
        return [data for data in sent if isinstance(data, MailSent) and data.auto]

    def listed(self, folder: str = "inbox", **more: Any) -> list[str]:
        """Return the ids on the first page of a folder."""
        return [header.id for header in self.call("mail_list", folder=folder, **more).data]

    def as_seen_by(self, person: Person, id: str) -> str:
        """Return everything somebody else is shown of a message."""
        view = CompanyView(self.sim.company, person.id)
        message = view.message(id)
        assert message is not None
        return show(message, view) + json.dumps(typed(message, view))


def _documents(me: str, other: str) -> tuple[Document, ...]:
    first, second = Version(1, me, 0, SECRET), Version(2, other, 50, "Changed.")
    return (
        Document("doc-plan", "Plan", "Work", me, "confidential", (first,)),
        Document("doc-board", "Board", "Board", other, "restricted", (first, second)),
    )
