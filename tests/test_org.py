"""The org chart."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from simenv.company.org import OrgGraph
from simenv.session import Session


@pytest.fixture
def org() -> OrgGraph:
    """Return the chart of the world of one day."""
    session = Session(Path(__file__).parent / "data" / "worlds" / "one_day")
    session.reset(seed=3)
    return session.org


def _id(org: OrgGraph, key: str) -> str:
    return next(person.id for person in org.people.values() if person.key == key)


def test_it_has_those_inside_and_nobody_else(org: OrgGraph) -> None:
    """Six people and the assistant; contacts of other firms are not in it."""
    assert {person.key for person in org.people.values()} == {
        "director", "coordinator", "engineer", "finance", "billing", "compliance", "assistant",
    }  # fmt: skip


def test_it_knows_who_reports_to_whom(org: OrgGraph) -> None:
    """Managers, chains, teams and distances."""
    director, assistant, engineer = _id(org, "director"), _id(org, "assistant"), _id(org, "engineer")
    assert org.manager(assistant) == director
    assert org.chain(assistant) == (director,)
    assert org.manager(director) is None
    assert set(org.team(assistant)) == {engineer, _id(org, "coordinator")}
    assert set(org.reports(director)) == {assistant, engineer, _id(org, "coordinator")}
    assert org.distance(assistant, engineer) == 2
    assert org.distance(assistant, _id(org, "billing")) is None


def test_it_is_a_graph_for_networkx(org: OrgGraph) -> None:
    """Manager to report, with names on the nodes."""
    graph = org.to_networkx()
    assert nx.is_forest(graph.to_undirected())
    assert graph.nodes[_id(org, "director")]["title"] == "Director of Inspections"
    assert graph.has_edge(_id(org, "finance"), _id(org, "billing"))
