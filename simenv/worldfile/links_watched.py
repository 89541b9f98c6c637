"""What facts.yaml says for the truth alone: what decisions are carried out with, requests, claims, records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from simenv.core.errors import Mistake
from simenv.worldfile import schema
from simenv.worldfile.naming import UNITS, Naming
from simenv.worldfile.scenarios import check_check

FILE = "facts.yaml"


def check_watched(naming: Naming) -> Iterator[Mistake]:
    """Yield the mistakes in what only the truth looks at.

    Args:
        naming: What may be named.
    """
    facts = naming.source.facts
    for decision in facts.decisions:
        at, when = ("decisions", decision.key), naming.standing(decision.key, decision.when)
        yield from _things(naming, "document", decision.documents, *at, "documents", when=when)
        carried = decision.carried_by
        for sort, keys in (
            ("ticket", carried.tickets), ("meeting", carried.meetings), ("document", carried.documents),
            ("system", carried.systems),
        ):  # fmt: skip
            yield from _things(naming, sort, keys, *at, "carried_by", f"{sort}s", when=when)
        yield from _owned(naming, carried.jobs, "job", *at, "carried_by", "jobs")
        yield from _owned(naming, carried.settings, "setting", *at, "carried_by", "settings")
    for way in facts.ways_out:
        when = naming.standing(way.key, way.when)
        yield from _things(naming, "document", way.documents, "ways_out", way.key, "documents", when=when)
    for sort, entries in (("requests", facts.requests), ("claims", facts.claims)):
        for key, count in Counter(entry.key for entry in entries).items():
            if count > 1 and not naming.excused(key):
                yield Mistake(FILE, f"has {key!r} twice in {sort}.", "Give one of them another key.")
    for request in facts.requests:
        yield from _request(naming, request)
    for claim in facts.claims:
        yield from _claim(naming, claim)
    evidence = facts.evidence
    yield from _owned(naming, evidence.settings, "setting", "evidence", "settings")
    yield from _things(naming, "document", evidence.documents, "evidence", "documents", when=None)


def _request(naming: Naming, request: schema.RequestEntry) -> Iterator[Mistake]:
    at, when = ("requests", request.key), naming.standing(request.key, request.when)
    yield from naming.named(naming.at(FILE, *at, "asks_for"), request.asks_for, "fact", naming.facts, when)
    yield from naming.each(naming.at(FILE, *at, "told_in"), request.told_in, "letter", naming.letters, when)
    if not request.told_in and request.key not in naming.losses.damaged:
        yield Mistake(naming.at(FILE, *at), f"{request.key} is told in no message.", "Name the letter in 'told_in'.")
    yield from naming.when(FILE, *at, when=request.when)


def _claim(naming: Naming, claim: schema.ClaimEntry) -> Iterator[Mistake]:
    at, when = ("claims", claim.key), naming.standing(claim.key, claim.when)
    yield from naming.named(naming.at(FILE, *at, "topic"), claim.topic, "topic", naming.topics)
    yield from naming.each(naming.at(FILE, *at, "to"), claim.to, "role", naming.roles, when)
    for field, texts in (("says", claim.says), ("figures", claim.figures)):
        for text in texts:
            yield from naming.text(text, (), FILE, *at, field)
    words = (bool(claim.says), claim.contradicts is not None)
    figures = (claim.unit is not None, bool(claim.figures))
    whole = all(words) != all(figures) and any(words) != any(figures)
    if not whole and claim.key not in naming.losses.damaged:
        yield Mistake(
            naming.at(FILE, *at),
            f"{claim.key} cannot be told from what is so.",
            "Give it 'says' and 'contradicts', or 'unit' and 'figures'.",
        )
    if claim.unit is not None:
        yield from naming.named(naming.at(FILE, *at, "unit"), claim.unit, "unit", UNITS)
    if claim.contradicts is not None:
        yield from check_check(naming.during(claim.when), None, claim.contradicts, FILE, *at, "contradicts")
    yield from naming.when(FILE, *at, when=claim.when)


def _things(naming: Naming, sort: str, keys: Iterable[str], *path: str, when: schema.When | None) -> Iterator[Mistake]:
    yield from naming.each(naming.at(FILE, *path), keys, sort, naming.things[sort], when)


def _owned(naming: Naming, names: Iterable[str], what: str, *path: str) -> Iterator[Mistake]:
    """Blame jobs and settings, written ``system.name``, of systems that do not exist or do not have them."""
    systems = {system.key: system for system in naming.source.systems}
    for name in names:
        key, _, own = name.partition(".")
        place = naming.at(FILE, *path)
        yield from naming.named(place, key, "system", naming.things["system"])
        system = systems.get(key)
        if system is not None:
            known = [job.key for job in system.jobs] if what == "job" else list(system.settings)
            yield from naming.named(place, own, what, known)
