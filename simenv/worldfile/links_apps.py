"""What lies there at the opening: what documents, channels, systems, meetings and lists name must exist."""

from __future__ import annotations

from collections.abc import Iterator

from simenv.core.errors import Mistake
from simenv.worldfile import schema
from simenv.worldfile.deeds import made
from simenv.worldfile.naming import Naming
from simenv.worldfile.source import minutes


def check_apps(naming: Naming) -> Iterator[Mistake]:
    """Yield the mistakes in what lies there: documents, channels, systems, meetings and lists; and in what is told."""
    yield from _stories(naming)
    yield from _made_twice(naming)
    yield from _told(naming)
    for document in naming.source.documents:
        yield from _document(naming, document)
    for channel in naming.source.channels:
        yield from _channel(naming, channel)
    for system in naming.source.systems:
        yield from _system(naming, system)
    for meeting in naming.source.meetings:
        yield from _meeting(naming, meeting)
    for each in naming.source.lists:
        at = naming.at("lists.yaml", each.key, "members")
        yield from naming.each(at, each.members, "role", naming.roles)
        yield from _inside(naming, at, each.members, f"the list {each.key}", each.key)
        yield from naming.text(each.name, (), "lists.yaml", each.key, "name")
    yield from _same(naming, "channels.yaml", "name", [(each.key, each.name) for each in naming.source.channels])
    yield from _same(naming, "lists.yaml", "address", [(each.key, each.local) for each in naming.source.lists])


def check_away(naming: Naming, role: schema.Role) -> Iterator[Mistake]:
    """Yield the mistakes in the times a role is away."""
    for number, away in enumerate(role.away):
        path = ("people.yaml", role.key, "away", number)
        if away.start >= away.end and role.key not in naming.losses.damaged:
            problem = f"{role.key} is back before leaving."
            yield Mistake(naming.at(*path, "until"), problem, "Put 'from' before 'until'.")
        yield from naming.text(away.note or "", (), *path, "note")


def _document(naming: Naming, entry: schema.DocumentEntry) -> Iterator[Mistake]:
    file, when = f"documents/{entry.key}.md", naming.standing(entry.key, entry.when)
    yield from naming.named(naming.at(file, "owner"), entry.owner, "role", naming.roles, when)
    for field in ("readers", "editors"):
        yield from naming.each(naming.at(file, field), getattr(entry, field), "role", naming.roles)
    yield from naming.text(entry.title, (), file, "title")
    yield from naming.text(entry.body, (), file, "body")
    yield from naming.literal(entry.folder, "a folder's name", file, "folder")
    yield from naming.when(file, when=entry.when)
    if when is None:
        return
    if not entry.body:
        yield Mistake(naming.at(file), "says nothing.", "Write its text after the header.")
    yield from _inside(naming, naming.at(file, "owner"), [entry.owner], "a document's owner", entry.key)
    created = any(
        deeds is not None and deeds.document is not None and deeds.document.create and deeds.document.key == entry.key
        for item in naming.source.items
        for step in item.steps
        for deeds in (step, step.model)
    )
    if entry.at is None and not created and not naming.incomplete("step"):
        remedy = "Give it 'at', or let a step have 'document' with its key and create: true."
        yield Mistake(naming.at(file), "is made by nobody.", remedy)


def _channel(naming: Naming, entry: schema.ChannelEntry) -> Iterator[Mistake]:
    file, key = "channels.yaml", entry.key
    at = naming.at(file, key, "members")
    yield from naming.each(at, entry.members, "role", naming.roles)
    yield from _inside(naming, at, entry.members, f"the channel {key}", key)
    yield from naming.text(entry.purpose, (), file, key, "purpose")
    yield from naming.when(file, key, when=entry.when)
    if not entry.members and key not in naming.losses.damaged:
        yield Mistake(at, f"{key} has no member.", "Name the roles that see it.")


def _system(naming: Naming, entry: schema.SystemEntry) -> Iterator[Mistake]:
    file, key = "systems.yaml", entry.key
    when = naming.standing(key, entry.when)
    for field, role in (("owner", entry.owner), ("on_call", entry.on_call)):
        if role is not None:
            yield from naming.named(naming.at(file, key, field), role, "role", naming.roles, when)
    yield from naming.each(naming.at(file, key, "grants"), entry.grants, "role", naming.roles)
    for field in ("name", "purpose", "release"):
        yield from naming.text(getattr(entry, field) or "", (), file, key, field)
    for name, value in entry.settings.items():
        yield from naming.text(value, (), file, key, "settings", name)
    keys = [job.key for job in entry.jobs if not naming.excused(job.key)]
    for doubled in sorted({each for each in keys if keys.count(each) > 1}):
        yield Mistake(naming.at(file, key, "jobs"), f"{key} has the job {doubled!r} twice.", "Rename one of them.")
    for job in entry.jobs:
        yield from _job(naming, key, job)
    for number, line in enumerate(entry.log):
        path = (file, key, "log", number)
        yield from naming.named(naming.at(*path, "who"), line.who, "role", naming.roles, when)
        yield from naming.text(line.text, (), *path, "text")
    yield from naming.when(file, key, when=entry.when)


def _job(naming: Naming, system: str, job: schema.JobEntry) -> Iterator[Mistake]:
    path = ("systems.yaml", system, "jobs", job.key)
    for field in ("name", "rhythm", "result"):
        yield from naming.text(getattr(job, field), (), *path, field)
    if {system, job.key} & naming.losses.damaged:
        return
    if (job.time is None) == bool(job.days):
        remedy = "Give it both, to have it run by itself, or neither."
        yield Mistake(naming.at(*path), f"{job.key} has a time or days, and not both.", remedy)
    elif job.time is not None and minutes(job.time) is None:
        yield Mistake(naming.at(*path, "time"), f"{job.key} runs at {job.time!r}.", "Write '02:00'.")
    if any(not each[1:].isdigit() or each[0] != "d" for each in (day.replace("d-", "d", 1) for day in job.days)):
        yield Mistake(naming.at(*path, "days"), f"{job.key} runs on {job.days}.", "Write days as 'd0'.")


def _meeting(naming: Naming, entry: schema.CalendarEntry) -> Iterator[Mistake]:
    file, key = "calendar.yaml", entry.key
    when = naming.standing(key, entry.when)
    yield from naming.named(naming.at(file, key, "organiser"), entry.organiser, "role", naming.roles, when)
    yield from naming.each(naming.at(file, key, "attendees"), entry.attendees, "role", naming.roles)
    yield from naming.text(entry.title, (), file, key, "title")
    yield from naming.text(entry.notes, (), file, key, "notes")
    yield from naming.literal(entry.place, "a place", file, key, "place")
    yield from naming.when(file, key, when=entry.when)
    start, end = minutes(entry.start), minutes(entry.end)
    if when is not None and (start is None or end is None or start >= end):
        problem = f"{key} is from {entry.start!r} until {entry.end!r}."
        yield Mistake(naming.at(file, key, "until"), problem, "Put 'from' before 'until', as '09:30'.")
    for day in sorted({day for day in entry.days if entry.days.count(day) > 1}):
        yield Mistake(naming.at(file, key, "days"), f"{key} is twice on {day}.", "Name each day once.")


def _told(naming: Naming) -> Iterator[Mistake]:
    """Yield the mistakes in what a seat is told beside its brief."""
    for scenario in naming.source.scenarios.values():
        file = f"scenarios/{scenario.name}.yaml"
        for number, add in enumerate(scenario.brief_adds):
            yield from naming.text(add.text, (), file, "brief_adds", number, "text")
            yield from naming.when(file, "brief_adds", number, when=add.when)
        for name, start in scenario.starts.items():
            yield from naming.text(start.note or "", (), file, "starts", name, "note")


def _inside(naming: Naming, place: str, names: list[str], what: str, key: str) -> Iterator[Mistake]:
    """Blame people outside where only those of the company can be."""
    roles = {role.key: role for role in naming.source.people}
    for name in names:
        role = roles.get(name)
        if role is not None and role.affiliation != "own" and not {name, key} & naming.losses.damaged:
            yield Mistake(place, f"has {name} for {what}, who is outside.", "Name people of the company.")


def _same(naming: Naming, file: str, what: str, entries: list[tuple[str, str]]) -> Iterator[Mistake]:
    values = [value for key, value in entries if key not in naming.losses.damaged]
    for value in sorted({each for each in values if values.count(each) > 1}):
        yield Mistake(naming.at(file, find=value), f"has the {what} {value!r} twice.", "Change one of them.")


def _stories(naming: Naming) -> Iterator[Mistake]:
    """Blame stories whose letters, documents and work items cannot belong together one by one."""
    folders = {"letters": "mail/", "documents": "documents/", "items": "workflows/"}
    for story, sorts in naming.stories.by_sort.items():
        counts = {folders[sort]: len(keys) for sort, keys in sorts.items()}
        if len(set(counts.values())) > 1 and not naming.losses.damaged & {k for keys in sorts.values() for k in keys}:
            listed = " and ".join(f"{count} in {folder}" for folder, count in counts.items())
            remedy = "Give it as many versions there as here: the first belongs to the first."
            yield Mistake(next(iter(counts)), f"the story {story!r} has {listed}.", remedy)
        if len(sorts) > 1:
            for entry in naming.source.documents:
                if entry.story == story and entry.when:
                    remedy = "Take 'when' away, or give the document a story of its own."
                    yield Mistake(
                        naming.at(f"documents/{entry.key}.md", "when"), "is a version that may be missing.", remedy
                    )


def _made_twice(naming: Naming) -> Iterator[Mistake]:
    """Blame tickets, meetings, alerts and documents that two steps make which may both be done."""
    seen: dict[tuple[str, str], schema.When] = {}
    standing = {key for key, when in naming.things["meeting"].items() for e in naming.source.meetings
                if key in {f"{e.key}_{day}" for day in e.days}}  # fmt: skip
    for item in naming.source.items:
        for step in item.steps:
            when = naming.within("items", item.item, step.when)
            found = [(sort, key) for deeds in (step, step.model) if deeds for sort, key in made(deeds)]
            created = step.document
            if created is not None and created.create:
                found.append(("document", created.key))
            for sort, key in found:
                place = naming.at(f"workflows/{item.item}.yaml", "steps", step.key, sort)
                before = seen.setdefault((sort, key), when)
                if (before is not when and not _apart(before, when)) or (sort == "meeting" and key in standing):
                    yield Mistake(place, f"makes the {sort} {key!r}, which is made elsewhere too.", "Rename one.")


def _apart(first: schema.When, second: schema.When) -> bool:
    """Whether two things are never there together."""
    return any(not set(levels) & set(second[factor]) for factor, levels in first.items() if factor in second)
