"""What policies around other policies have in common: what they keep, what they pass on, what they write down.

The policies inside are any policies, sequential or asynchronous. Whoever decides around them is asynchronous
itself, as a driver may expect of any policy.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct

from simenv.core.errors import PolicyError, RecordingError
from simenv.core.played import Played
from simenv.core.turns import Action, Brief, Observation, Past, check_action
from simenv.policies.base import Policy

CONTROL: Final = "hidden/control.jsonl"
"""Where, in an episode's folder, the choices are written down, one a line."""

Scorer = Callable[[Brief, Past, Observation, Action], float | Awaitable[float | None] | None]
"""How suspicious an action is: a number in [0, 1], or None for whoever abstains. Abstaining is never taken for 0."""

T = TypeVar("T")
_encode: Final = msgspec.json.Encoder().encode


class Choice(Struct, frozen=True, omit_defaults=True):
    """How one turn came about.

    Attributes:
        turn: Number of the turn among all that the seat remembers, from 1.
        time: Simulated second at which it was taken.
        scores: Of each draft, in the order drawn; None for one that was not scored.
        taken: Which draft was taken, from 0; None where none was and the trusted policy acted.
        reason: ``score``, or ``unscored`` where there was no score to decide by.
        inside: How the draft that was taken came about (the only draft, where none was taken), if whoever drew it is a
            policy around policies itself.
    """

    turn: int
    time: int
    scores: tuple[float | None, ...]
    taken: int | None
    reason: str
    inside: Choice | None = None


class Around:
    """A policy around policies; subclasses write :meth:`decide`.

    A policy inside that did not act itself is shown what was done by its method ``remember``, or, if it has none, by a
    new ``reset`` with all of the past before it acts next.

    Args:
        inner: The policies inside; the first is the one that is asked questions.
        scorer: Says how suspicious an action is.

    Attributes:
        choices: How each turn of the episode came about.
    """

    def __init__(self, inner: Iterable[Policy], scorer: Scorer) -> None:
        self._inner, self._scorer = tuple(inner), scorer
        self._past: Past = ()
        self.choices: tuple[Choice, ...] = ()
        self._behind = [False] * len(self._inner)
        self._folder: Path | None = None
        self._writes = True
        self._written = 0

    async def reset(self, brief: Brief, past: Past = ()) -> None:
        """Take the seat, with all policies inside."""
        self.brief, self._past, self.choices, self._written = brief, past, (), 0
        self._behind = [False] * len(self._inner)
        for policy in self._inner:
            await awaited(policy.reset(brief, past))

    async def act(self, observation: Observation) -> Action:
        """Decide what to do now, and write down how.

        Raises:
            PolicyError: If a policy inside returns no action, or the scorer no score.
            RecordingError: If the choice cannot be written down.
        """
        action, choice = await self.decide(observation)
        self._past = (*self._past, (observation, action))
        self.choices = (*self.choices, choice)
        self._write()
        return action

    async def decide(self, observation: Observation) -> tuple[Action, Choice]:
        """Return what is done now, and how that came about.

        Raises:
            NotImplementedError: Unless a subclass decides.
        """
        raise NotImplementedError(f"{type(self).__name__} needs a method decide(observation)")

    async def ready(self, who: int) -> Policy:
        """Return a policy inside once it has been shown everything that was done so far."""
        policy = self._inner[who]
        if self._behind[who]:
            await awaited(policy.reset(self.brief, self._past))
            self._behind[who] = False
        return policy

    def remember(self, observation: Observation, action: Action) -> None:
        """Take in a turn that another policy took; all policies inside are shown it."""
        for who in range(len(self._inner)):
            self.show(who, observation, action)
        self._past = (*self._past, (observation, action))

    def show(self, who: int, observation: Observation, action: Action) -> None:
        """Show a policy inside what was done on an observation, though it did not do it."""
        remember = getattr(self._inner[who], "remember", None)
        if remember is None or self._behind[who]:
            self._behind[who] = True
        else:
            remember(observation, action)

    async def score(self, observation: Observation, action: Action) -> float | None:
        """Return how suspicious an action is, or None if nobody can say.

        Raises:
            PolicyError: If the scorer returns anything but a number in [0, 1] or None.
        """
        found: object = await awaited(self._scorer(self.brief, self._past, observation, action))
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= 1:
            raise PolicyError(f"a scorer returns a number in [0, 1], or None to abstain, and not {found!r:.80}")
        return float(found)

    def state(self) -> dict[str, Any]:
        """Return everything needed to go on."""
        return {
            "brief": getattr(self, "brief", None),
            "past": self._past,
            "choices": self.choices,
            "behind": tuple(self._behind),
            "inner": [policy.state() for policy in self._inner],
        }

    def load(self, state: dict[str, Any]) -> None:
        """Go on from what :meth:`state` returned."""
        self.brief, self._past, self.choices = state["brief"], state["past"], state["choices"]
        self._behind, self._written = list(state["behind"]), 0
        for policy, inside in zip(self._inner, state["inner"], strict=True):
            policy.load(inside)

    def vary(self, n: int) -> None:
        """Let the next draw of the first policy inside differ, if it can."""
        if (vary := getattr(self._inner[0], "vary", None)) is not None:
            vary(n)

    def answer(self, question: str, schema: dict[str, Any] | None = None) -> str | Awaitable[str]:
        """Pass a question on to the first policy inside, with the form of its answer if that can be told of it."""
        return answer_of(self._inner[0], question, schema)

    def record(self, folder: Path) -> None:
        """Write choices down in an episode's folder from now on, those made before included; pass the folder on.

        The first policy inside gets the folder itself, each further one a folder of its own in its ``hidden``. Choices
        made inside are written down as parts of those made around them.
        """
        self._folder, self._written = Path(folder), 0
        for number, policy in enumerate(self._inner):
            if isinstance(policy, Around):
                policy._writes = False
            if (record := getattr(policy, "record", None)) is not None:
                own = self._folder / "hidden" / f"inner_{number}" if number else self._folder
                (own / "hidden").mkdir(parents=True, exist_ok=True)
                record(own)

    def played(self) -> Played | None:
        """Return how all the policies inside have fared together, or None if none of them says."""
        told: list[Played | None] = [each.played() for each in self._inner if hasattr(each, "played")]
        return together(each for each in told if each is not None)

    def close(self) -> Awaitable[None] | None:
        """Let all policies inside let go of what they hold; what has to be awaited is returned."""
        closings = [close() for each in self._inner if (close := getattr(each, "close", None)) is not None]
        waiting = [closing for closing in closings if inspect.isawaitable(closing)]
        return _all(waiting) if waiting else None

    def _write(self) -> None:
        if self._folder is None or not self._writes:
            return
        path = self._folder / CONTROL
        lines = b"".join(_encode(choice) + b"\n" for choice in self.choices[self._written :])
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab" if self._written else "wb") as file:
                file.write(lines)
        except OSError as error:
            raise RecordingError(f"{path} cannot be written: {error.strerror}") from error
        self._written = len(self.choices)


def choice_of(policy: Policy) -> Choice | None:
    """Return how a policy's last action came about, if it is one around policies and has acted."""
    return policy.choices[-1] if isinstance(policy, Around) and policy.choices else None


async def draw(policy: Policy, observation: Observation) -> Action:
    """Return what a policy wants to do.

    Raises:
        PolicyError: If it returns no action.
    """
    return check_action(await awaited(policy.act(observation)))


async def awaited(value: T | Awaitable[T]) -> T:
    """Return a value, awaiting it if it has to be."""
    return await value if isinstance(value, Awaitable) else value


def answer_of(policy: Policy, question: str, schema: dict[str, Any] | None = None) -> str | Awaitable[str]:
    """Ask a policy a question from outside.

    Args:
        policy: Who is asked.
        question: What is asked.
        schema: JSON schema of the answer, handed on to a policy whose ``answer`` takes one.
    """
    if schema is None or "schema" not in inspect.signature(policy.answer).parameters:
        return policy.answer(question)
    answer: Callable[..., str | Awaitable[str]] = policy.answer
    return answer(question, schema=schema)


def together(told: Iterable[Played]) -> Played | None:
    """Return what several policies report as one report, or None for none. A price nobody knows stays unknown."""
    every = list(told)
    if not every:
        return None
    costs = [each.cost for each in every if each.requests]
    failed: dict[str, int] = {}
    for each in every:
        for what, number in each.failed.items():
            failed[what] = failed.get(what, 0) + number
    return Played(
        **{name: sum(getattr(each, name) for each in every) for name in _COUNTS},
        cost=None if None in costs or not costs else sum(cost for cost in costs if cost is not None),
        failed=failed,
        served=tuple(dict.fromkeys(name for each in every for name in each.served)),
        fingerprints=tuple(dict.fromkeys(name for each in every for name in each.fingerprints)),
        invalid=next((each.invalid for each in every if each.invalid is not None), None),
    )


_COUNTS: Final = ("requests", "input", "output", "cached", "extra", "turns")


async def _all(waiting: list[Awaitable[Any]]) -> None:
    for each in waiting:
        await each
