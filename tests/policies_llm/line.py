"""A line to a model whose replies the test writes; what the policy asks is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct

from simenv import Session
from simenv.core.waiting import settle
from simenv.llm import BudgetSpentError, CallPart, ProviderError, Reply, Request
from simenv.llm.base import Purpose
from simenv.policies.llm.policy import LLMPolicy
from simenv.policies.llm.settings import LLMSettings

Answer = Reply | ProviderError | BudgetSpentError


class Asked(Struct, frozen=True):
    """One question, as it came."""

    request: Request
    purpose: Purpose
    turn: int
    in_context: tuple[str, ...]
    note: str


class Line:
    """Answers from a list, then with the last answer over and over, or from a function of the question."""

    def __init__(self, answers: Iterable[Answer] | Callable[[Asked], Answer]) -> None:
        self.asked: list[Asked] = []
        self.opened: list[Path | None] = []
        self._answers = answers if callable(answers) else list(answers)

    def __call__(self, path: Path | None) -> Line:
        """Open the line for an episode."""
        self.opened.append(path)
        return self

    async def ask(
        self, request: Request, purpose: Purpose, *, turn: int = 0, in_context: tuple[str, ...] = (), note: str = ""
    ) -> Reply:
        """Return the next answer."""
        self.asked.append(asked := Asked(request, purpose, turn, in_context, note))
        if callable(self._answers):
            answer = self._answers(asked)
        else:
            answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def of(self, purpose: Purpose) -> list[Asked]:
        """Return the questions of one purpose."""
        return [each for each in self.asked if each.purpose == purpose]


def calling(*calls: tuple[str, Any], text: str = "", **more: Any) -> Reply:
    """Return a reply with calls; arguments as data, or as the text a model wrote."""
    parts = tuple(
        CallPart(f"c{number}", name, given if isinstance(given, str) else json.dumps(given))
        for number, (name, given) in enumerate(calls)
    )
    return Reply(text, parts, more.pop("finish", "calls" if parts else "stop"), **more)


LIST = calling(("mail_list", {}))
WAIT = calling(("wait", {"minutes": 600}))
FINISH = calling(("finish", {}))


def seated(line: Line, session: Session | None = None, **settings: Any) -> tuple[LLMPolicy, Session]:
    """Return a policy that has taken the seat of a session at its decision."""
    if session is None:
        session = Session("summit_bridge", start="decision")
        session.reset(seed=7)
    policy = LLMPolicy(LLMSettings(model="openai/m", **settings), line)
    settle(policy.reset(session.brief, session.past))
    return policy, session


def step(policy: LLMPolicy, session: Session) -> None:
    """Take one turn."""
    session.act(settle(policy.act(session.observation)))


def play(policy: LLMPolicy, session: Session) -> None:
    """Play to the end."""
    while not session.over:
        step(policy, session)
