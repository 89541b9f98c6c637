"""What steps of work name must exist, and what is done at each must be something that can be done."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from simenv.core.errors import Mistake
from simenv.worldfile import schema
from simenv.worldfile.lines import Part
from simenv.worldfile.links_deeds import check_deeds
from simenv.worldfile.naming import UNITS, Naming
from simenv.worldfile.scenarios import check_check
from simenv.worldfile.source import full

DOING = ("document", "ticket", "meeting", "alert", "system", "mail", "chat")
"""What can be done at a step."""


def check_work(naming: Naming) -> Iterator[Mistake]:
    """Yield the mistakes in workflows/*.yaml."""
    for item in naming.source.items:
        file = f"workflows/{item.item}.yaml"
        yield from naming.text(item.about, (), file, "about")
        for step in item.steps:
            yield from _step(naming, item, step, file)


def _step(naming: Naming, item: schema.Item, step: schema.StepEntry, file: str) -> Iterator[Mistake]:
    path: tuple[Part, ...] = ("steps", step.key)

    def at(field: str) -> str:
        return naming.at(file, *path, field)

    when = naming.standing(step.key, naming.within("items", item.item, step.when))
    yield from naming.named(at("owner"), step.owner, "role", naming.roles, naming.standing(step.key, step.when))
    if step.letter is not None:
        letters = {letter.key: letter.when for letter in naming.source.letters}
        yield from naming.named(at("letter"), step.letter, "letter", letters, when)
    for field, names in (("needs", step.needs), ("unless", step.unless), ("after", step.after)):
        yield from naming.each(at(field), [full(item.item, name) for name in names], "step", naming.followed, when)
    if step.announces is not None:
        yield from naming.named(at("announces"), step.announces, "decision", naming.decisions, when)
    for field, told in (("heard", step.heard), ("not_heard", step.not_heard)):
        yield from naming.each(at(field), told, "unit", UNITS)
        for figure in told.values():
            yield from naming.text(figure, (), file, *path, field)
    if step.done_when is not None:
        yield from check_check(naming.during(when or {}), None, step.done_when, file, *path, "done_when")
    yield from naming.when(file, *path, when=step.when)
    yield from check_deeds(naming, item.item, step, step.owner, when, file, *path)
    if step.model is not None:
        yield from _model(naming, item, step, step.model, when, file)
    if when is None:
        return
    seats = naming.seats
    mine = [field for field in DOING if getattr(step, field) is not None]
    if step.owner in seats and (mine or step.letter):
        what = (*mine, "letter")[0]
        remedy = "A seat does what it does; say under 'model' what whoever had it before did."
        yield Mistake(at(what), f"{item.item}.{step.key} says what the seat does ({what}).", remedy)
    elif step.letter is not None and step.mail is not None:
        yield Mistake(at("mail"), f"{item.item}.{step.key} writes two letters.", "Keep 'mail' or 'letter'.")
    if step.delay and not step.after:
        yield Mistake(at("delay"), "has a delay after nothing.", "Say what it comes 'after', or remove 'delay'.")
    if any(low > high for low, high in pairwise(step.delay)):
        yield Mistake(at("delay"), "is not ascending.", "Give minutes, from quick to slow.")
    if step.done_when is not None and step.owner not in seats:
        yield Mistake(at("done_when"), f"{step.owner} holds no seat.", "Only a seat's step has 'done_when'.")


def _model(
    naming: Naming, item: schema.Item, step: schema.StepEntry, model: schema.Model, when: schema.When | None, file: str
) -> Iterator[Mistake]:
    path: tuple[Part, ...] = ("steps", step.key, "model")
    if when is not None and step.owner not in naming.seats:
        remedy = "What a colleague does stands at the step itself."
        yield Mistake(naming.at(file, *path), f"{step.owner} holds no seat and has a model.", remedy)
    yield from check_deeds(naming, item.item, model, step.owner, when, file, *path)
    yield from naming.each(naming.at(file, *path, "heard"), model.heard, "role", naming.roles)
    for role, told in model.heard.items():
        yield from naming.each(naming.at(file, *path, "heard", role), told, "unit", UNITS)
        for figure in told.values():
            yield from naming.text(figure, (), file, *path, "heard", role)
