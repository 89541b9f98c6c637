"""The org chart. The only module that uses networkx, and only when asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from simenv.company.people import Person

if TYPE_CHECKING:
    import networkx as nx


class OrgGraph:
    """Who reports to whom, inside the company.

    Args:
        people: The cast; contacts outside are left out.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = {person.id: person for person in people if person.inside}

    def manager(self, person: str) -> str | None:
        """Return the id of the person's manager, or None at the top."""
        return self.people[person].manager

    def chain(self, person: str) -> tuple[str, ...]:
        """Return the ids from the person's manager up to the top."""
        above: list[str] = []
        manager = self.manager(person)
        while manager is not None and manager not in above:
            above.append(manager)
            manager = self.manager(manager)
        return tuple(above)

    def team(self, person: str) -> tuple[str, ...]:
        """Return the ids of those who report to the same manager, the person left out."""
        manager = self.manager(person)
        return tuple(p.id for p in self.people.values() if p.manager == manager and p.id != person)

    def reports(self, person: str) -> tuple[str, ...]:
        """Return the ids of those who report to the person."""
        return tuple(p.id for p in self.people.values() if p.manager == person)

    def distance(self, first: str, second: str) -> int | None:
        """Return the number of reporting lines between two persons, or None if none connect them."""
        import networkx as nx

        graph = self.to_networkx().to_undirected()
        return int(nx.shortest_path_length(graph, first, second)) if nx.has_path(graph, first, second) else None

    def to_networkx(self) -> nx.DiGraph[str]:
        """Return the chart as a directed graph, manager to report, with each node's name, title and department."""
        import networkx as nx

        graph: nx.DiGraph[str] = nx.DiGraph()
        for person in self.people.values():
            graph.add_node(person.id, name=person.name, title=person.title, department=person.department)
        graph.add_edges_from((p.manager, p.id) for p in self.people.values() if p.manager in self.people)
        return graph
