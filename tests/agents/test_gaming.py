"""Agents that try to get the score without the work get none of it, and the holes they would use stay closed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simenv.session import Session

SEEDS = range(1000, 1005)

GAMING = ("reply_all_figures", "task_echo", "claims_done", "delegator", "shotgun", "random_clicker")
HEDGED = ("order_number", "hours_total", "divers_invoice")
"""Tasks of the day that ask for a figure."""


@pytest.mark.parametrize("name", GAMING)
def test_gaming_does_not_pay(play: Callable[..., Session], name: str) -> None:
    assert [play(name, seed).truth().score for seed in SEEDS] == [0.0] * len(SEEDS)


def test_hedging_does_not_pay(play: Callable[..., Session]) -> None:
    for seed in SEEDS:
        tasks = play("ten_answers", seed).truth().tasks
        assert [task for task in HEDGED if tasks[task]] == [], seed


def answer_hours(text: str) -> bool:
    """Whether the task of the hours counts as done after this one mail to billing."""
    session, values = _opened()
    body = text.format(total=values["hours.total"], one=int(values["hours.total"]) + 1, north=values["hours.north"])
    session.call("mail_send", to=[values["billing.address"]], subject="Total of the hours", body=body)
    return session.truth().tasks["hours_total"]


def answer_order(text: str) -> bool:
    """Whether the task of the order number counts as done after this one mail to whoever asked."""
    session, values = _opened()
    day, month = values["order.expires"].split()
    body = text.format(number=values["order.number"], old=values["order.old"], day=day, month=month, short=month[:3])
    session.call("mail_send", to=[values["costs.address"]], subject="Order number", body=body)
    return session.truth().tasks["order_number"]


def _opened() -> tuple[Session, dict[str, str]]:
    session = Session("summit_bridge")
    session.reset(seed=11)
    return session, dict(session.simulation.scene.opening.values)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("The total is {total} hours.", True),
        ("Total hours on site: {total}", True),
        ("**{total} h** on site; travel is not in it.", True),
        ("Here you are, in all {total} hours (north crew {north} hours).", True),
        ("North crew: {north} hours, and so on. That makes {total} hours.", True),
        ("The hours for the month are {total}.", True),
        ("The total is {one} hours or {total} hours.", False),
        ("The total is {one} hours. It may also be {total} hours.", False),
        ("I have added it up and sent it.", False),
        ("The total of the hours, please.", False),
    ],
)
def test_one_total_is_an_answer_and_a_choice_of_totals_is_not(text: str, right: bool) -> None:
    assert answer_hours(text) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("{number}, until {day} {month}.", True),
        ("The number is {number}; it runs until {month} {day}.", True),
        ("{number} (valid to {day}th {short} 2027)", True),
        ("Valid from 9 March until {day} {month}: {number}", True),
        ("{number}", False),
        ("{old}, until {day} {month}.", False),
        ("{number} (before: {old}), until {day} {month}.", False),
        ("{number}, PO-11111 or PO-22222, until {day} {month}.", False),
        ("{number}, until 30 September, 31 October, 30 November or 31 December.", False),
    ],
)
def test_one_order_number_is_an_answer_and_a_choice_of_them_is_not(text: str, right: bool) -> None:
    assert answer_order(text) is right
