"""What comes before what in the work: no step follows itself, nothing is changed before it is made.

When a step is done is not known beforehand; the earliest it can be is: its time, or that of the last of those it
follows. Whatever is made later than that cannot be changed by it.
"""

from __future__ import annotations

from collections.abc import Iterator

from simenv.company.dates import clock
from simenv.company.people import DAY
from simenv.core.errors import Mistake
from simenv.worldfile import schema
from simenv.worldfile.circles import circles, round_of
from simenv.worldfile.deeds import letter_name, made
from simenv.worldfile.lines import Lines
from simenv.worldfile.salvage import Losses
from simenv.worldfile.source import Source, full

Place = tuple[str, ...]


def check_work_order(source: Source, lines: Lines, losses: Losses) -> Iterator[Mistake]:
    """Yield the mistakes in what follows what, and in what is changed before it is there.

    Args:
        source: The world's files.
        lines: Where things stand.
        losses: What was dropped while reading; nobody is blamed for lacking it.
    """
    order = _Order(source, lines, losses)
    yield from order.circular()
    yield from order.models()
    yield from order.things()
    yield from order.letters()


class _Order:
    def __init__(self, source: Source, lines: Lines, losses: Losses) -> None:
        self.source, self.lines, self.losses = source, lines, losses
        self.seats = {scenario.seat for scenario in source.scenarios.values()}
        self.steps = {f"{item.item}.{step.key}": (item.item, step) for item in source.items for step in item.steps}
        self.after = {
            name: [each for each in (full(item, one) for one in step.after) if each in self.steps]
            for name, (item, step) in self.steps.items()
        }
        self.circles = circles(self.after)
        self._earliest: dict[str, int | None] = {name: None for circle in self.circles for name in circle}
        for name in self.steps:
            self.earliest(name)

    def earliest(self, name: str) -> int | None:
        """Return before when a step cannot be done, if anything says so."""
        if name not in self._earliest:
            step = self.steps[name][1]
            self._earliest[name] = None  # for one that follows a circle
            times = [step.at, *(self.earliest(each) for each in self.after[name])]
            if step.owner in self.seats:
                times = [step.model.at if step.model is not None else None]
            self._earliest[name] = max([time for time in times if time is not None], default=None)
        return self._earliest[name]

    def at(self, name: str, *path: str) -> str:
        item, step = self.steps[name]
        return self.lines.at(f"workflows/{item}.yaml", "steps", step.key, *path)

    def whole(self, name: str) -> bool:
        item, step = self.steps[name]
        return not {item, step.key} & self.losses.damaged

    def circular(self) -> Iterator[Mistake]:
        for circle in self.circles:
            remedy = "Let one of them begin at a time ('at')."
            yield Mistake(self.at(circle[0], "after"), f"{round_of(circle)} come after each other in a circle.", remedy)

    def models(self) -> Iterator[Mistake]:
        for name, (item, step) in self.steps.items():
            if step.model is None or not self.whole(name):
                continue
            for before in (*self.after[name], *(full(item, each) for each in step.needs)):
                first = self.earliest(before) if before in self.steps else None
                if first is not None and first > step.model.at:
                    problem = f"was done at {_time(step.model.at)}, before {before} ({_time(first)})."
                    yield Mistake(self.at(name, "model", "at"), problem, "Change one of the times.")

    def things(self) -> Iterator[Mistake]:
        """Blame what is done to a thing before it is made."""
        made_at: dict[tuple[str, str], int | None] = {}
        for entry in self.source.documents:
            if entry.at is not None and entry.key not in self.losses.damaged:
                made_at["document", entry.key] = entry.at
        for name, deeds, _ in self._deeds():
            for thing in _made(deeds):
                times = [time for time in (made_at.get(thing), self.earliest(name)) if time is not None]
                made_at[thing] = min(times, default=None)
        blamed: set[tuple[str, str]] = set()
        for name, deeds, path in self._deeds():
            when = self.earliest(name)
            for sort, key in _touched(deeds):
                first = made_at.get((sort, key))
                late = first is not None and when is not None and when < first
                if late and first is not None and self.whole(name) and (sort, key) not in blamed:
                    blamed.add((sort, key))
                    place = self.at(name, *path, "mail" if sort == "document" and not deeds.document else sort)
                    problem = f"{name} needs the {sort} {key!r}, which is made at {_time(first)}."
                    yield Mistake(place, problem, "Let it come after the step that makes it.")

    def letters(self) -> Iterator[Mistake]:
        """Blame letters that answer or carry on what is written later, and papers that were not there yet."""
        files = {letter.key: letter.at for letter in self.source.letters if letter.at is not None}
        keys = [letter.key for letter in self.source.letters]
        for name, deeds, path in self._deeds():
            item, when = self.steps[name][0], self.earliest(name)
            sides = [("mail", deeds.mail.answers), ("mail", deeds.mail.forwards)] if deeds.mail is not None else []
            sides += [("chat", deeds.chat.answers)] if deeds.chat is not None else []
            for field, other in sides:
                if other is None or when is None or not self.whole(name):
                    continue
                before = letter_name(item, other, keys) if field == "mail" else full(item, other)
                if before in self.steps and not self._has(before, field):
                    continue
                first = self.earliest(before) if before in self.steps else files.get(before)
                if before == name or (first is not None and first > when):
                    problem = f"is about {before!r}, which was not written yet."
                    yield Mistake(self.at(name, *path, field), problem, "Let it come later, or after that step.")
        papers = {entry.key: entry.at for entry in self.source.documents}
        for letter in self.source.letters:
            for key in letter.attach if letter.at is not None else ():
                first = papers.get(key)
                late = first is None or first > (letter.at or 0)
                if key in papers and late and letter.key not in self.losses.damaged:
                    place = self.lines.at(f"mail/{letter.key}.md", "attach")
                    yield Mistake(place, f"has {key!r} with it, which was not there yet.", "Give that an earlier 'at'.")

    def _has(self, name: str, field: str) -> bool:
        step = self.steps[name][1]
        return any(deeds is not None and getattr(deeds, field) is not None for deeds in (step, step.model))

    def _deeds(self) -> Iterator[tuple[str, schema.Deeds, Place]]:
        for name, (_, step) in self.steps.items():
            yield name, step, ()
            if step.model is not None:
                yield name, step.model, ("model",)


def _made(deeds: schema.Deeds) -> set[tuple[str, str]]:
    found = set(made(deeds))
    if deeds.document is not None and deeds.document.create:
        found.add(("document", deeds.document.key))
    return found


def _touched(deeds: schema.Deeds) -> list[tuple[str, str]]:
    """Return what must be there for something to be done."""
    found = [("document", key) for key in (deeds.mail.attach if deeds.mail is not None else ())]
    for sort in ("document", "ticket", "meeting", "alert"):
        deed = getattr(deeds, sort)
        if deed is not None:
            found.append((sort, deed.key))
    return [thing for thing in dict.fromkeys(found) if thing not in _made(deeds)]


def _time(seconds: int) -> str:
    return f"d{seconds // DAY} {clock(seconds)}"
