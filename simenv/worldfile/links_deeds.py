"""What is done at a step: what it names exists, and there is enough of it to be done."""

from __future__ import annotations

from collections.abc import Iterator

from simenv.core.errors import Mistake
from simenv.worldfile import schema
from simenv.worldfile.lines import Part
from simenv.worldfile.links_mail import check_mail
from simenv.worldfile.naming import HEARD, Naming
from simenv.worldfile.source import full


def check_deeds(
    naming: Naming, item: str, deeds: schema.Deeds, owner: str, when: schema.When | None, file: str, *path: Part
) -> Iterator[Mistake]:
    """Yield the mistakes in what is done at a step.

    Args:
        naming: What may be named.
        item: Key of the work item.
        deeds: The step, or its model.
        owner: Key of the role whose step it is.
        when: When the step is there; None if it has mistakes.
        file: The file.
        *path: Where the deeds stand there.
    """
    look = _Deeds(naming, item, owner, when, file, path)
    if deeds.document is not None:
        yield from look.document(deeds.document)
    if deeds.ticket is not None:
        yield from look.ticket(deeds.ticket)
    if deeds.meeting is not None:
        yield from look.meeting(deeds.meeting)
    if deeds.alert is not None:
        yield from look.alert(deeds.alert)
    if deeds.system is not None:
        yield from look.system(deeds.system)
    if deeds.mail is not None:
        yield from check_mail(naming, deeds.mail, item, when, file, *path, "mail")
    if deeds.chat is not None:
        yield from look.chat(deeds.chat)


class _Deeds:
    def __init__(
        self, naming: Naming, item: str, owner: str, when: schema.When | None, file: str, path: tuple[Part, ...]
    ) -> None:
        self.naming, self.item, self.owner, self.when = naming, item, owner, when
        self.file, self.path = file, path

    def at(self, *field: Part) -> str:
        return self.naming.at(self.file, *self.path, *field)

    def blame(self, field: tuple[Part, ...], problem: str, remedy: str) -> Iterator[Mistake]:
        """Blame what is not whole, unless the step has lost something."""
        if self.when is not None:
            yield Mistake(self.at(*field), problem, remedy)

    def named(self, name: str, sort: str, *field: Part) -> Iterator[Mistake]:
        return self.naming.named(self.at(*field), name, sort, self.naming.things[sort], self.when)

    def roles(self, names: Iterator[str] | list[str], *field: Part) -> Iterator[Mistake]:
        return self.naming.each(self.at(*field), names, "role", self.naming.roles)

    def text(self, text: str | None, *field: Part) -> Iterator[Mistake]:
        return self.naming.text(text or "", HEARD, self.file, *self.path, *field)

    def literal(self, text: str, what: str, *field: Part) -> Iterator[Mistake]:
        return self.naming.literal(text, what, self.file, *self.path, *field)

    def document(self, deed: schema.DocumentDeed) -> Iterator[Mistake]:
        at = ("document",)
        yield from self.named(deed.key, "document", *at, "key")
        changes = deed.text is not None or deed.append is not None or bool(deed.replace)
        entry = next((each for each in self.naming.source.documents if each.key == deed.key), None)
        if deed.create and changes:
            remedy = f"Its text stands in documents/{deed.key}.md; change it at a later step."
            yield from self.blame(at, f"makes {deed.key} and changes it at once.", remedy)
        if deed.create and entry is not None and entry.at is not None:
            remedy = f"Take 'at' away in documents/{deed.key}.md, or 'create' here."
            yield from self.blame((*at, "create"), f"makes {deed.key}, which is there from the start.", remedy)
        if deed.create and entry is not None and entry.owner != self.owner and entry.key not in self._damaged:
            problem = f"{self.owner} makes {deed.key}, which is {entry.owner}'s."
            yield from self.blame((*at, "create"), problem, "Who makes it owns it: let both be the same.")
        if not (deed.create or changes or deed.readers or deed.editors):
            remedy = "Give it create, text, append, replace, readers or editors."
            yield from self.blame(at, f"does nothing to {deed.key}.", remedy)
        for field in ("text", "append", "note"):
            yield from self.text(getattr(deed, field), *at, field)
        for old, new in deed.replace.items():
            yield from self.text(old, *at, "replace")
            yield from self.text(new, *at, "replace")
            if entry is not None and not any(old in text for text in self._texts(entry)):
                remedy = "Copy it from the text as it is then, placeholders and all."
                yield from self.blame((*at, "replace"), f"replaces {old!r}, which never stands in {deed.key}.", remedy)
        yield from self.roles(deed.readers, *at, "readers")
        yield from self.roles(deed.editors, *at, "editors")

    @property
    def _damaged(self) -> set[str]:
        return self.naming.losses.damaged

    def _texts(self, entry: schema.DocumentEntry) -> Iterator[str]:
        """Yield everything that may come to stand in a document."""
        yield entry.body
        for item in self.naming.source.items:
            for step in item.steps:
                for deeds in (step, step.model):
                    deed = deeds.document if deeds is not None else None
                    if deed is not None and deed.key == entry.key:
                        yield from (deed.text or "", deed.append or "", *deed.replace.values())

    def ticket(self, deed: schema.TicketDeed) -> Iterator[Mistake]:
        at, new = ("ticket",), deed.open
        yield from self.named(deed.key, "ticket", *at, "key")
        if new is not None:
            for field in ("number", "title", "text"):
                yield from self.text(getattr(new, field), *at, "open", field)
            yield from self.literal(new.queue, "a queue's name", *at, "open", "queue")
            yield from self.roles([new.assignee] if new.assignee else [], *at, "open", "assignee")
        moves = (deed.status, deed.assignee, deed.priority, deed.comment, deed.ask, deed.approve)
        if new is None and all(each is None for each in moves):
            remedy = "Give it open, status, assignee, priority, comment, ask or approve."
            yield from self.blame(at, f"does nothing to {deed.key}.", remedy)
        yield from self.text(deed.comment, *at, "comment")
        for field, role in (("assignee", deed.assignee), ("ask", deed.ask)):
            yield from self.roles([role] if role else [], *at, field)

    def meeting(self, deed: schema.MeetingDeed) -> Iterator[Mistake]:
        at = ("meeting",)
        yield from self.named(deed.key, "meeting", *at, "key")
        yield from self.text(deed.title, *at, "title")
        yield from self.text(deed.notes, *at, "notes")
        yield from self.literal(deed.place, "a place", *at, "place")
        yield from self.roles(deed.attendees, *at, "attendees")
        start, end = deed.start, deed.end
        if deed.title is not None and (start is None or end is None):
            yield from self.blame(at, f"calls {deed.key} for no time.", "Give it 'from' and 'until'.")
        elif start is not None and end is not None and start >= end:
            yield from self.blame((*at, "until"), f"{deed.key} ends before it begins.", "Put 'from' before 'until'.")
        if deed.title is None and (deed.attendees or deed.place):
            remedy = "Attendees and place are said when it is called: with a 'title'."
            yield from self.blame(at, f"changes who or where of {deed.key}.", remedy)
        moves = (start, end, deed.notes, deed.reply, deed.title)
        if all(each is None for each in moves) and not deed.cancel:
            remedy = "Give it a title with from and until, or from, until, notes, reply or cancel."
            yield from self.blame(at, f"does nothing to {deed.key}.", remedy)

    def alert(self, deed: schema.AlertDeed) -> Iterator[Mistake]:
        at = ("alert",)
        yield from self.named(deed.key, "alert", *at, "key")
        yield from self.text(deed.text, *at, "text")
        yield from self.text(deed.note, *at, "note")
        if deed.system is not None:
            yield from self.named(deed.system, "system", *at, "system")
            if deed.severity is None or deed.text is None:
                yield from self.blame(at, f"raises {deed.key} without a word.", "Give it 'severity' and 'text'.")
        elif deed.state is None:
            remedy = "Give it 'system', 'severity' and 'text' to raise it, or 'state' to settle it."
            yield from self.blame(at, f"does nothing to {deed.key}.", remedy)

    def system(self, deed: schema.SystemDeed) -> Iterator[Mistake]:
        at = ("system",)
        yield from self.named(deed.key, "system", *at, "key")
        entry = next((each for each in self.naming.source.systems if each.key == deed.key), None)
        if deed.job is not None and entry is not None and entry.key not in self._damaged:
            jobs = [job.key for job in entry.jobs]
            yield from self.naming.named(self.at(*at, "job"), deed.job, "job", jobs)
        elif deed.job is None and (deed.result is not None or deed.enabled is not None):
            yield from self.blame(at, f"runs or switches no job of {deed.key}.", "Say which 'job'.")
        if deed.job is not None and deed.result is None and deed.enabled is None:
            yield from self.blame(at, f"does nothing to the job {deed.job}.", "Give it 'result' or 'enabled'.")
        said = (deed.job, deed.result, deed.enabled, deed.deploy, deed.record)
        if all(each is None for each in said) and not (deed.grant or deed.revoke or deed.setting):
            remedy = "Give it job, deploy, grant, revoke, setting or record."
            yield from self.blame(at, f"does nothing to {deed.key}.", remedy)
        yield from self.roles(list(deed.grant), *at, "grant")
        yield from self.roles(deed.revoke, *at, "revoke")
        for name, value in deed.setting.items():
            yield from self.literal(name + value, "a setting", *at, "setting", name)
        for field in ("result", "deploy", "record"):
            yield from self.text(getattr(deed, field), *at, field)

    def chat(self, deed: schema.ChatDeed) -> Iterator[Mistake]:
        at = ("chat",)
        yield from self.text(deed.text, *at, "text")
        if deed.answers is not None:
            yield from self.naming.named(
                self.at(*at, "answers"),
                full(self.item, deed.answers),
                "chat message of the step",
                self.naming.posts,
                self.when,
            )
        if deed.to is not None:
            yield from self.roles([deed.to], *at, "to")
            role = next((each for each in self.naming.source.people if each.key == deed.to), None)
            if role is not None and role.affiliation != "own" and role.key not in self._damaged:
                yield from self.blame(
                    (*at, "to"), f"writes to {deed.to}, who is outside.", "Chat is inside: send mail."
                )
        if deed.channel is not None:
            yield from self.named(deed.channel, "channel", *at, "channel")
            channel = next((each for each in self.naming.source.channels if each.key == deed.channel), None)
            members = channel.members if channel is not None else [self.owner]
            if self.owner not in members and deed.channel not in self._damaged:
                problem = f"{self.owner} is no member of {deed.channel}."
                yield from self.blame((*at, "channel"), problem, "Add the role to the channel's members.")
        both = deed.channel is not None and deed.to is not None
        if both or (deed.channel is None and deed.to is None and deed.answers is None):
            remedy = "Give it 'channel' or 'to', one of them; an answer needs neither."
            yield from self.blame(at, f"is written {'in two places' if both else 'nowhere'}.", remedy)
        if not deed.text.strip():
            yield from self.blame((*at, "text"), "says nothing.", "Write its text.")
