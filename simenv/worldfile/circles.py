"""Circles in what waits for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def circles(edges: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Return the circles in a graph, each once, each from its first key on, in the order of the keys."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in edges:
        path: list[str] = []
        trail = [(start, iter(edges[start]))] if start not in done else []
        while trail:
            here, rest = trail[-1]
            if here not in path:
                path.append(here)
            following = next(rest, None)
            if following is None:
                done.add(here)
                path.pop()
                trail.pop()
            elif following in path:
                found.append(path[path.index(following) :])
            elif following in edges and following not in done:
                trail.append((following, iter(edges[following])))
    return found


def round_of(circle: Sequence[str]) -> str:
    """Return a circle in words."""
    return " -> ".join((*circle, circle[0])) if len(circle) > 1 else f"{circle[0]} and itself"
