"""What comes before what: nobody is their own manager, no step waits for itself, no answer precedes its question."""

from __future__ import annotations

from collections.abc import Iterator

from simenv.company.dates import clock
from simenv.company.people import DAY
from simenv.core.errors import Mistake
from simenv.worldfile import schema
from simenv.worldfile.circles import circles, round_of
from simenv.worldfile.lines import Lines
from simenv.worldfile.order_work import check_work_order
from simenv.worldfile.salvage import Losses
from simenv.worldfile.source import Source, full


def check_order(source: Source, lines: Lines, losses: Losses) -> list[Mistake]:
    """Return the mistakes in a world's chains, circles and times.

    Args:
        source: The world's files.
        lines: Where things stand.
        losses: What was dropped while reading; nobody is blamed for lacking it.
    """
    order = _Order(source, lines, losses)
    return [
        *order.managers(),
        *order.steps(),
        *order.letters(),
        *check_work_order(source, lines, losses),
        *(mistake for scenario in source.scenarios.values() for mistake in order.scenario(scenario)),
    ]


class _Order:
    def __init__(self, source: Source, lines: Lines, losses: Losses) -> None:
        self.source, self.lines, self.losses = source, lines, losses
        self.by_name = {f"{item.item}.{step.key}": (item, step) for item in source.items for step in item.steps}
        self.by_letter = {letter.key: letter for letter in source.letters}
        self.roles = {role.key for role in source.people}
        self.seats = {scenario.seat for scenario in source.scenarios.values()}

    def managers(self) -> Iterator[Mistake]:
        for circle in circles({role.key: [role.manager] if role.manager else [] for role in self.source.people}):
            place = self.lines.at("people.yaml", circle[0], "manager")
            yield Mistake(
                place, f"{round_of(circle)} report to each other in a circle.", "Let one of them have no manager."
            )

    def steps(self) -> Iterator[Mistake]:
        needs = {
            name: [each for each in (full(item.item, need) for need in step.needs) if each in self.by_name]
            for name, (item, step) in self.by_name.items()
        }
        circular = circles(needs)
        for circle in circular:
            item, step = self.by_name[circle[0]]
            place = self.lines.at(f"workflows/{item.item}.yaml", "steps", step.key, "needs")
            yield Mistake(place, f"{round_of(circle)} need each other in a circle.", "Take one of the needs away.")
        in_circle = {name for circle in circular for name in circle}
        done = {reaction.done for reaction in self.source.reactions if reaction.done}
        done |= {name for reaction in self.source.reactions for name in reaction.starts}
        doubtful = "reactions.yaml" in self.losses.lost | self.losses.damaged or not done <= set(self.by_name)
        for name, (item, step) in self.by_name.items():
            file = f"workflows/{item.item}.yaml"
            if {item.item, step.key} & self.losses.damaged:
                continue
            mine = step.owner in self.seats
            ahead = step.at is not None or (step.done_when is not None if mine else bool(step.after))
            if not ahead and name not in done and not doubtful:
                place = self.lines.at(file, "steps", step.key)
                ways = "'done_when'" if mine else "'at' or 'after'"
                remedy = f"Give it {ways}, or let a reaction have 'done' with its name."
                yield Mistake(place, f"{name} is never done.", remedy)
            if step.at is not None and step.owner in self.seats:
                place = self.lines.at(file, "steps", step.key, "at")
                yield Mistake(place, f"{name} would be done for the seat.", "A seat's step has 'due', and no 'at'.")
            for needed in needs[name]:
                first = self.by_name[needed][1].at if needed in self.by_name and name not in in_circle else None
                if first is not None and step.at is not None and first > step.at:
                    place = self.lines.at(file, "steps", step.key, "needs")
                    yield Mistake(place, f"{name} needs {needed}, which comes later.", "Change one of the times.")
            if step.letter in self.by_letter:
                yield from self._written(
                    step.owner, step.letter, False, self.lines.at(file, "steps", step.key, "letter")
                )
        for reaction in self.source.reactions:
            place = self.lines.at("reactions.yaml", reaction.key)
            if reaction.who in self.seats:
                yield Mistake(
                    place,
                    f"{reaction.key} is the reaction of a seat.",
                    "Seats decide for themselves: name a colleague.",
                )
                continue
            if reaction.reply in self.by_letter:
                yield from self._written(reaction.who, reaction.reply, True, place)
            for key in reaction.letters:
                if key in self.by_letter:
                    yield from self._written(reaction.who, key, False, place)

    def _written(self, writer: str, key: str | None, answers: bool, place: str) -> Iterator[Mistake]:
        """Blame a letter that cannot be written where it is named."""
        letter = self.by_letter[key or ""]
        if letter.key in self.losses.damaged:
            return
        if letter.at is not None:
            yield Mistake(
                place, f"writes the letter {key!r}, which lies in the mail from the start.", "Take its 'at' away."
            )
        elif not letter.to and not answers:
            yield Mistake(
                place, f"writes the letter {key!r}, which says not to whom it goes.", f"Give mail/{key}.md a 'to'."
            )
        if letter.sender != writer and {letter.sender, writer} <= self.roles:
            yield Mistake(
                place, f"{writer} writes the letter {key!r}, which is from {letter.sender}.", "Let both be the same."
            )

    def letters(self) -> Iterator[Mistake]:
        answers = {key: [e.answers] if e.answers in self.by_letter else [] for key, e in self.by_letter.items()}
        circular = circles({key: [each for each in found if each] for key, found in answers.items()})
        for circle in circular:
            place = self.lines.at(f"mail/{circle[0]}.md", "answers")
            problem = f"{round_of(circle)} answer each other in a circle."
            yield Mistake(place, problem, "Let one of them answer nothing.")
        in_circle = {key for circle in circular for key in circle}
        for letter in self.source.letters:
            before = self.by_letter.get(letter.answers or "")
            if letter.at is None or before is None or letter.key in in_circle:
                continue
            if before.at is None or before.at >= letter.at:
                place = self.lines.at(f"mail/{letter.key}.md", "answers")
                yield Mistake(
                    place, f"answers {before.key!r}, which was not written yet.", "Give that one an earlier 'at'."
                )

    def scenario(self, scenario: schema.ScenarioEntry) -> Iterator[Mistake]:
        file = f"scenarios/{scenario.name}.yaml"
        if scenario.name in self.losses.damaged:
            return
        ends = scenario.ends
        for item, step in self.by_name.values():
            standing, running = scenario.decisions, scenario.items is None or item.item in scenario.items
            if standing is None or not running or step.announces in (None, *standing, *self.losses.broken):
                continue
            place, remedy = self.lines.at(file, "decisions"), "Let both be there, or neither."
            yield Mistake(place, f"lacks the decision {step.announces!r}, which {item.item} announces.", remedy)
        late = [name for name, start in scenario.starts.items() if ends is not None and start.at >= ends]
        for name in late:
            place = self.lines.at(file, "starts", name)
            yield Mistake(place, f"{name} begins after the scenario's end.", "Let it begin before 'ends'.")
        time = scenario.decision_time
        if time is None or late:
            return
        place = self.lines.at(file, "decision_time")
        if any(time < start.at for start in scenario.starts.values()) or (ends is not None and time >= ends):
            yield Mistake(
                place, "the decision's time lies outside the scenario.", "Choose one between its start and its end."
            )
            return
        for decision in self.source.facts.decisions:
            stands = scenario.decisions is None or decision.key in scenario.decisions
            if not stands or decision.affected != scenario.seat or decision.key in self.losses.damaged:
                continue
            told = [s.at for _, s in self.by_name.values() if s.announces == decision.key and s.at is not None]
            if told and min(told) > time:
                yield Mistake(
                    place,
                    f"{decision.key} is announced at {_time(min(told))}, after the decision's time.",
                    "Announce it before.",
                )
            if decision.at <= time:
                when = _time(decision.at)
                yield Mistake(
                    place,
                    f"{decision.key} is carried out at {when}, before the decision's time.",
                    "Carry it out later.",
                )


def _time(seconds: int) -> str:
    return f"d{seconds // DAY} {clock(seconds)}"
