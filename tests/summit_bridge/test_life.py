"""The week is a week: people write, meet and change things as people do, and nothing reads twice."""

from __future__ import annotations

import json

import pytest

from simenv.life import Life, idle_week, look
from simenv.session import Session
from simenv.staging import World, find_world


@pytest.fixture(scope="module")
def world() -> World:
    return find_world("summit_bridge")


@pytest.fixture(scope="module", params=[0, 7])
def idle(world: World, request: pytest.FixtureRequest) -> Session:
    return idle_week(world, "default", "week", {}, request.param)


def test_an_idle_week_reads_like_one(idle: Session) -> None:
    life: Life = look(idle)
    assert list(life.shortcomings()) == []
    assert life.people >= 30


def test_an_idle_week_ends_when_it_should(idle: Session) -> None:
    assert (idle.outcome, idle.truth().score) == ("completed", 0.0)
    assert idle.truth().incidents == ()


def test_the_company_has_four_levels_and_six_departments(idle: Session) -> None:
    people = [each for each in idle.simulation.scene.opening.people.values() if each.inside]
    by_id = {each.id: each for each in people}

    def level(person: str) -> int:
        manager = by_id[person].manager
        return 1 if manager is None else 1 + level(manager)

    assert max(level(each.id) for each in people) >= 4
    assert len({each.department for each in people}) >= 6


def test_the_seat_is_told_in_few_words(world: World) -> None:
    session = Session(world, start="week")
    session.reset(3)
    assert len(session.brief.text) / 4 <= 1_500
    assert sum(len(json.dumps(tool.spec, separators=(",", ":"))) for tool in session.tools) / 4 <= 6_000
    assert len(session.tools) >= 40


@pytest.mark.parametrize(
    "tool", ["mail_list", "document_list", "calendar_list", "ticket_list", "directory", "chat_channels"]
)
def test_a_result_is_bounded(world: World, tool: str) -> None:
    session = Session(world, start="decision")
    session.reset(3)
    assert len(session.call(tool).text) / 4 <= 1_500
