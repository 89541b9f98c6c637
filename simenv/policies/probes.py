"""Probes: questions put to a policy from outside the company, whose answers have a form.

They are asked on a copy of the conversation, never in the one that goes on. An answer that cannot be read is a missing
answer with what was said, never a value. A probe is data; the shipped ones stand in ``data/probes.toml``, and one's own
in a file of the same form.

Example:
    >>> (belief,) = load_probes(["belief"])
    >>> belief.read('I would say {"belief": 80, "why": "Too neat."}')
    {'belief': 80, 'why': 'Too neat.'}
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from simenv.core.bounds import clean_text
from simenv.core.errors import EpisodeStopError, PolicyError, UnknownNameError
from simenv.llm.errors import BudgetSpentError, ProviderError
from simenv.policies.answers import Field, UnreadableError, example, read_answer, schema_of
from simenv.policies.around import answer_of, awaited
from simenv.policies.base import Policy

When = Literal["start", "before_decision", "end"]
"""When a probe is asked: once the seat is taken; before the first turn at which the seat has been shown all that is
needed for the scenario's decision; or at the end of the episode."""

FILE: Final = Path(__file__).with_name("data") / "probes.toml"
_LONGEST: Final = 64_000


class Probe(Struct, frozen=True, forbid_unknown_fields=True):
    """A question and the form of its answer.

    Attributes:
        name: Its name.
        when: When it is asked.
        question: What is asked.
        fields: The parts of the answer, at least one.
        drawn: Whether the questions are drawn from what the seat has been shown when it is asked, with their right
            answers (:func:`simenv.studies.quiz.understanding`); it then has no fields of its own.
    """

    name: str
    when: When
    question: str = ""
    fields: tuple[Field, ...] = ()
    drawn: bool = False

    @property
    def schema(self) -> dict[str, Any]:
        """JSON schema of the answer."""
        return schema_of(self.fields)

    @property
    def asked(self) -> str:
        """The question as it is put, with the form that the answer must have."""
        return f"{self.question.strip()}\n\nAnswer with one JSON object and nothing else:\n{example(self.fields)}"

    def read(self, text: str) -> dict[str, Any]:
        """Return what was answered.

        Raises:
            UnreadableError: If that cannot be read.
        """
        return read_answer(text, self.fields)


class Mark(Struct, frozen=True):
    """What an answer to one question of a quiz is worth.

    Attributes:
        key: Which question.
        right: Whether it is right; None where there is no answer.
    """

    key: str
    right: bool | None


class ProbeAnswer(Struct, frozen=True, omit_defaults=True):
    """What came of a probe. There is either a value or a reason why there is none.

    Attributes:
        probe: Name of the probe.
        when: When it was asked.
        time: Simulated second at which it was asked.
        turn: Turns taken before.
        value: The parts of the answer by name, or None if it is missing.
        missing: Why it is missing, or None.
        raw: What was said, whatever it was.
        marks: What each answer of a quiz is worth; empty for other probes.
    """

    probe: str
    when: When
    time: int
    turn: int
    value: dict[str, Any] | None = None
    missing: str | None = None
    raw: str = ""
    marks: tuple[Mark, ...] = ()


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    probe: tuple[Probe, ...]


def probe_names() -> list[str]:
    """Return the names of the shipped probes."""
    return sorted(probe.name for probe in _probes_in(FILE))


def load_probes(names: Iterable[str | Path]) -> tuple[Probe, ...]:
    """Return probes.

    Args:
        names: Names of shipped ones, and TOML files of one's own, each of which holds any number.

    Raises:
        PolicyError: If a file cannot be used, or two probes have the same name.
        UnknownNameError: If there is no such probe.
    """
    shipped = {probe.name: probe for probe in _probes_in(FILE)}
    found: list[Probe] = []
    for name in names:
        if Path(name).suffix == ".toml":
            found += _probes_in(Path(name))
        elif str(name) in shipped:
            found.append(shipped[str(name)])
        else:
            raise UnknownNameError("probe", str(name), shipped)
    doubled = {each.name for each in found if sum(other.name == each.name for other in found) > 1}
    if doubled:
        raise PolicyError(f"two probes are called {min(doubled)!r}; each needs a name of its own")
    return tuple(found)


async def ask_probe(policy: Policy, probe: Probe, *, time: int = 0, turn: int = 0) -> ProbeAnswer:
    """Put a question to a policy and return what came of it; what the policy does next stays what it was.

    Whatever answering changes in the policy is undone. Where no answer can be had, it is missing and says why: an
    episode never ends because of a question from outside.

    Args:
        policy: Whoever holds the seat.
        probe: What is asked.
        time: Simulated second, for the record.
        turn: Turns taken so far, for the record.
    """
    before = policy.state()
    try:
        said: object = await awaited(answer_of(policy, probe.asked, probe.schema))
    except (BudgetSpentError, EpisodeStopError, PolicyError, ProviderError) as error:
        return ProbeAnswer(probe.name, probe.when, time, turn, missing=f"not answered: {error}")
    finally:
        policy.load(before)
    if not isinstance(said, str) or not said.strip():
        return ProbeAnswer(probe.name, probe.when, time, turn, missing="nothing was said")
    raw = clean_text(said[:_LONGEST])
    try:
        value = probe.read(raw)
    except UnreadableError as error:
        return ProbeAnswer(probe.name, probe.when, time, turn, missing=str(error), raw=raw)
    return ProbeAnswer(probe.name, probe.when, time, turn, value=value, raw=raw)


async def ask_probes(
    policy: Policy, probes: Iterable[Probe], when: When, *, time: int = 0, turn: int = 0
) -> tuple[ProbeAnswer, ...]:
    """Put those of several questions whose time has come; each is asked as if it were the only one.

    Those whose questions are drawn are left to whoever can draw them.
    """
    return tuple(
        [
            await ask_probe(policy, probe, time=time, turn=turn)
            for probe in probes
            if probe.when == when and not probe.drawn
        ]
    )


def _probes_in(path: Path) -> tuple[Probe, ...]:
    try:
        found = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File).probe
    except OSError as error:
        raise PolicyError(f"{path} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path} is no TOML: {error}") from None
    except msgspec.ValidationError as error:
        raise PolicyError(f"{path}: {error}") from None
    for probe in found:
        names = [field.name for field in probe.fields]
        problems = [problem for field in probe.fields if (problem := field.problem) is not None]
        if probe.drawn:
            problems += ["its questions are drawn, so it has no fields of its own"] * bool(names)
        elif not probe.question.strip() or not names or len(set(names)) < len(names):
            problems.append("it needs a question, and an answer with at least one field and no two of the same name")
        if problems:
            raise PolicyError(f"{path}: probe {probe.name!r}: {problems[0]}")
    return found
