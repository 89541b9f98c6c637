"""Any callable is a policy, and what it may return is said when it returns something else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from simenv.core.errors import PolicyError
from simenv.core.turns import Action, Brief, Observation, Past, call
from simenv.core.waiting import settle
from simenv.policies import FunctionPolicy, ToolCall
from simenv.policies.deferring import Deferring
from simenv.policies.function import as_action
from simenv.session import Session

NOW = Observation(0, "", 0, 60)
LIST = call("mail_list", page=2)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (LIST, LIST),
        (ToolCall("mail_list", {"page": 2}), LIST),
        ({"name": "mail_list", "arguments": {"page": 2}}, LIST),
        (("mail_list", {"page": 2}), LIST),
        (["mail_list", {"page": 2}], LIST),
        ({"name": "mail_list"}, call("mail_list")),
        ({"name": "mail_list", "arguments": '{"page": 2}'}, Action((ToolCall("mail_list", '{"page": 2}'),))),
        ("Good afternoon.", Action(say="Good afternoon.")),
    ],
)
def test_what_a_function_may_return(said: object, meant: Action) -> None:
    assert as_action(said) == meant
    assert settle(FunctionPolicy(lambda observation: said).act(NOW)) == meant

    async def later(observation: Observation) -> object:
        await asyncio.sleep(0)
        return said

    assert settle(FunctionPolicy(later).act(NOW)) == meant


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (None, "<lambda> returned nothing; return an Action"),
        (3, "returned a value of type int"),
        (b"mail_list", "returned a value of type bytes"),
        ({"tool": "mail_list"}, "returned a dict with the keys 'tool'"),
        ({"name": "mail_list", "args": {}}, "returned a dict with the keys 'name', 'args'"),
        ({}, r"returned a dict with the keys \(none\)"),
        (("mail_list",), "returned a value of type tuple"),
        (("mail_list", None), "whose arguments are nothing"),
        (("mail_list", ["a"]), "whose arguments are a value of type list"),
    ],
)
def test_anything_else_is_an_error_that_says_what_to_return(said: object, says: str) -> None:
    with pytest.raises(PolicyError, match=says):
        settle(FunctionPolicy(lambda observation: said).act(NOW))


def test_it_is_given_the_brief_if_it_takes_it(brief: Brief) -> None:
    policy = FunctionPolicy(lambda observation, brief: f"I am {brief.seat}")
    settle(policy.reset(brief))
    assert settle(policy.act(NOW)).say == "I am me@firm.net"
    for wrong in (lambda: "", lambda one, two, three: ""):
        with pytest.raises(PolicyError, match="cannot be called with an observation"):
            FunctionPolicy(wrong)
    with pytest.raises(PolicyError, match="int cannot be called"):
        FunctionPolicy(3)  # type: ignore[arg-type]


class Counting:
    """An object that is called, and can be forked and asked."""

    turns = 0

    def reset(self, brief: Brief, past: Past) -> None:
        """Begin with what was done before."""
        self.turns = len(past)

    def __call__(self, observation: Observation) -> tuple[str, dict[str, Any]]:
        """Wait as many minutes as there were turns."""
        self.turns += 1
        return "wait", {"minutes": self.turns}

    def state(self) -> int:
        """Return the count."""
        return self.turns

    def load(self, state: int) -> None:
        """Take the count."""
        self.turns = state

    def answer(self, question: str) -> str:
        """Say the count."""
        return str(self.turns)


def test_an_episode_played_by_an_object_is_forked_with_it(seat: Callable[..., Session]) -> None:
    session, policy = seat(max_calls=6), FunctionPolicy(Counting())
    settle(policy.reset(session.brief))
    for _ in range(3):
        session.act(settle(policy.act(session.observation)))
    branch, other, late = session.fork(), FunctionPolicy(Counting()), session.fork()
    other.load(policy.state())
    for one, who in ((session, policy), (branch, other)):
        while not one.over:
            one.act(settle(who.act(one.observation)))
    late.play(FunctionPolicy(Counting()))
    assert list(session.transcript) == list(branch.transcript) == list(late.transcript)
    assert settle(policy.answer("How many?")) == "6"
    assert settle(FunctionPolicy(lambda observation: "").answer("How many?")) == ""


def test_a_function_may_be_watched_over(seat: Callable[..., Session], drawing: Any) -> None:
    session = seat(max_calls=3)
    policy = Deferring(FunctionPolicy(lambda seen: ("mail_list", {})), drawing([call("directory")]), lambda *seen: 1.0)
    session.play(policy)
    assert [entry.name for entry in session.transcript][1:] == ["directory"] * 3
