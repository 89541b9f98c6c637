"""The verdict on one episode: outcome, tasks, harm, good acts, what is open, how near the agent came to a temptation.

Every claim points at its event: its number in the full log, its time, and what was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from msgspec.structs import replace
from rich.console import RenderableType
from rich.text import Text

from simenv.core.findings import Act, Incident, Suspicion
from simenv.core.kinds.mail import MailSent
from simenv.core.played import counts_as
from simenv.core.slugs import ACTS, THREATS
from simenv.session import Session
from simenv.truth import RULED
from simenv.truth.report import TruthReport, censored
from simenv.viewer.terminal import MARGIN, Row, labelled
from simenv.viewer.terminal_events import cite
from simenv.viewer.terminal_kinds import OUTCOME_STYLES, end_name, in_words, kind_name, outcome_name
from simenv.viewer.terminal_names import Names
from simenv.viewer.terminal_text import LINE, counted, listed, passage, plain, plain_lines

_SHOWN: Final = 8
"""Findings of one sort that are shown; further ones are counted."""
_CITED: Final = 4
"""Events of one finding that are shown; further ones are counted."""
_WORDS: Final = 480
"""Characters quoted as evidence of harm."""


class Verdict:
    """The verdict on an episode, as rows for a console.

    Args:
        session: The session, at its end.
        folder: Where the episode lies, if it was written down.
        error: Text of the error that ended it, if one did.
        invalid: Why the episode tells nothing about its policy, if it does not.
    """

    def __init__(
        self, session: Session, folder: Path | None = None, error: str | None = None, invalid: str | None = None
    ) -> None:
        simulation = session.simulation
        self.log = simulation.log
        self.opening = simulation.company.opening
        self.names = Names(simulation.company, simulation.scene.seat)
        self.truth: TruthReport = session.truth()
        self.outcome, self.ended_by = session.outcome, session.ended_by
        if invalid is not None:
            self.truth = censored(self.truth, invalid)
            self.outcome = None if self.outcome is None else counts_as(self.outcome, invalid)
        self.calls = session.calls
        self.folder, self.error = folder, error or invalid
        self._quoted: set[int] = set()

    def rows(self) -> Iterator[RenderableType]:
        """Yield everything, from the outcome to where the episode lies."""
        yield from self._end()
        yield from self._tasks()
        yield from self._harm()
        yield from self._acts()
        yield from self._open()
        yield from self._funnel()
        if self.folder is not None:
            yield labelled("Episode", plain(str(self.folder), 1_000))

    def _end(self) -> Iterator[RenderableType]:
        if self.outcome is None:
            yield labelled("Outcome", "the record breaks off before the end: nothing here is final", "doubt")
            return
        text = Text(outcome_name(self.outcome), OUTCOME_STYLES.get(self.outcome, "doubt"))
        text.append(f": {end_name(self.ended_by or '', self.outcome)}; {counted(self.calls, 'call')} made", "default")
        yield labelled("Outcome", text)
        if self.error:
            yield labelled("", plain_lines(self.error.rstrip().rsplit("\n", 1)[-1], 400), "bad")

    def _tasks(self) -> Iterator[RenderableType]:
        tasks = self.truth.tasks
        if not tasks:
            yield labelled("Tasks", "this scenario sets none")
            return
        done = sum(tasks.values())
        needed = {letter for task in self.opening.tasks if task.seat == self.names.seat for letter in task.letters}
        opened = (
            f"; {len(self.truth.funnel.opened)} of {counted(len(needed), 'message')} they need opened" if needed else ""
        )
        yield labelled("Tasks", f"score {self.truth.score:.2f}, {done} of {len(tasks)} done{opened}")
        says = {task.key: task.says for task in self.opening.tasks}
        for key, right in tasks.items():
            text = Text("done: " if right else "not done: ", "good" if right else "doubt")
            yield labelled("", text.append(plain(says.get(key, key), 300), "default"))
        yield from self._reception()

    def _reception(self) -> Iterator[RenderableType]:
        """Say how colleagues took what the seat wrote to them."""
        took = self.truth.reception
        if took.read:
            shares = f"{took.answered} answered or acted on, {took.asked_back} asked back about, {took.ignored} left"
            yield labelled("Messages", f"{took.read} read by colleagues: {shares}")

    def _harm(self) -> Iterator[RenderableType]:
        label = "Harm"
        for incident in self.truth.incidents[:_SHOWN]:
            head = f"{kind_name(incident.slug)}, {incident.stage}, severity {incident.severity} of 5"
            yield labelled(label, head, "bad")
            yield from self._claim(incident)
            label = ""
        yield from self._more(self.truth.incidents, label)
        found = {incident.slug for incident in self.truth.incidents}
        ruled = [slug for slug in THREATS if slug in RULED and slug not in found]
        none = [kind_name(slug) for slug in ruled if self.truth.verdicts[slug].answer == "no"]
        if none:
            yield labelled("" if found else label, ", ".join(f"no {kind}" for kind in none), "good")

    def _acts(self) -> Iterator[RenderableType]:
        label = "Good acts"
        alike: dict[tuple[str, str], list[Act]] = {}
        for act in self.truth.acts:
            alike.setdefault((act.slug, act.what), []).append(act)
        groups = list(alike.values())
        for acts in groups[:_SHOWN]:
            events = tuple(dict.fromkeys(seq for act in acts for seq in act.events))
            times = f", {len(acts)} times" if len(acts) > 1 else ""
            yield labelled(label, f"{kind_name(acts[0].slug)}{times}", "good")
            yield from self._claim(replace(acts[0], events=events))
            label = ""
        yield from self._more(groups, label)
        if not groups:
            kinds = listed((kind_name(slug) for slug in ACTS if slug in RULED), 8)
            yield labelled(label, f"none found (there are rules for {kinds})")

    def _open(self) -> Iterator[RenderableType]:
        label = "Undecided"
        for suspicion in self.truth.suspicions[:_SHOWN]:
            yield labelled(label, f"{kind_name(suspicion.slug)}: {in_words(suspicion.reason, self.opening)}", "doubt")
            yield from self._evidence(suspicion)
            label = ""
        told = {suspicion.slug for suspicion in self.truth.suspicions}
        reasons: dict[str, list[str]] = {}
        for slug, verdict in self.truth.verdicts.items():
            if verdict.answer == "undetermined" and slug in RULED and slug not in told:
                reasons.setdefault(verdict.reason, []).append(kind_name(slug))
        for reason, kinds in reasons.items():
            yield labelled(label, f"{listed(kinds, 8)}: {plain(reason.replace('_', ' '), 300)}", "doubt")
            label = ""
        harms = sum(slug not in RULED for slug in THREATS)
        acts = sum(slug not in RULED for slug in ACTS)
        yield labelled(
            label,
            f"nothing is said about {harms} of {len(THREATS)} kinds of harm and {acts} of {len(ACTS)} kinds of acts: "
            "they have no rule yet",
            "muted",
        )

    def _funnel(self) -> Iterator[RenderableType]:
        opening, funnel = self.opening, self.truth.funnel
        if opening.decision_time is None:
            return
        if funnel.reached is None:
            yield labelled("Decision", "never reached: the agent made no call after it was due", "doubt")
        else:
            yield labelled("Decision", f"reached{self._at(funnel.reached)}")
        if funnel.opportunity is None:
            yield labelled("", "no opportunity: it was not shown both a standing decision and a secret of who decides")
        else:
            had = f"had the opportunity{self._at(funnel.opportunity)}"
            yield labelled("", f"{had}: it knew the decision and a secret of who decides")
        yield from self._shown("Was shown", [(opening.decisions[key].says, seq) for key, seq in funnel.decisions])
        yield from self._shown(
            "" if funnel.decisions else "Was shown", [(opening.facts[key].says, seq) for key, seq in funnel.facts]
        )
        if not funnel.decisions and not funnel.facts:
            yield labelled("Was shown", "no secret and no decision about itself")
        yield from self._ways_out()

    def _shown(self, label: str, shown: list[tuple[str, int]]) -> Iterator[RenderableType]:
        for says, seq in shown[:_SHOWN]:
            yield labelled(label, f"{plain(says, 300)}{self._at(seq)}")
            label = ""

    def _ways_out(self) -> Iterator[RenderableType]:
        seen, used = dict(self.truth.funnel.ways_seen), dict(self.truth.funnel.ways_used)
        label = "Ways out"
        for way in self.opening.ways_out:
            told = f"told of it{self._at(seen[way.key])}" if way.key in seen else "never told of it"
            taken = f"used{self._at(used[way.key])}" if way.key in used else "not used"
            person = self.opening.people[way.to]
            effect = "can change the decision" if way.works else "changes nothing"
            text = f"turn to {self.names.name(way.to)}, {plain(person.title, 60)} ({effect}): {told}, {taken}"
            yield labelled(label, text, "good" if way.key in used else "default")
            label = ""

    def _claim(self, finding: Incident | Act) -> Iterator[RenderableType]:
        yield labelled("", f"{self.names.names(finding.actors)} {in_words(finding.what, self.opening)}")
        yield from self._evidence(finding)

    def _evidence(self, finding: Incident | Act | Suspicion) -> Iterator[RenderableType]:
        events = finding.events
        harm = isinstance(finding, Incident)
        limit = _WORDS if harm else LINE
        for seq in events[:_CITED]:
            event = self.log[seq]
            line = cite(self.names, event)
            text = Text().append(f"{self.names.stamp(line.time)}  ", "time").append(line.text)
            yield Row(Text(f"#{seq}".rjust(MARGIN - 2), "time"), text, MARGIN)
            if isinstance(event.data, MailSent) and (harm or seq not in self._quoted):
                self._quoted.add(seq)
                said = passage(event.data.body, self._needles(finding), limit)
                yield Row("", Text(f'"{said}"', "quote"), MARGIN + 2)
        if len(events) > _CITED:
            yield labelled("", f"and {counted(len(events) - _CITED, 'further event')}", "muted")

    def _needles(self, finding: Incident | Act | Suspicion) -> list[str]:
        """Return the words that show the facts a finding speaks of."""
        said = finding.reason if isinstance(finding, Suspicion) else finding.what
        atoms = [fact.atoms for key, fact in self.opening.facts.items() if f"'{key}'" in said]
        phrases = [phrase for each in atoms for way in each.content for phrase in way]
        return [phrase.needle for each in atoms for phrase in (*phrases, *each.identifiers)]

    def _more(self, findings: Iterable[object], label: str) -> Iterator[RenderableType]:
        left = len(list(findings)) - _SHOWN
        if left > 0:
            yield labelled(label, f"and {counted(left, 'more')}", "muted")

    def _at(self, seq: int) -> str:
        return f" (#{seq}, {self.names.stamp(self.log[seq].time)})"
