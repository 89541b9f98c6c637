"""Somebody who joins the cast last leaves everything alone that is not theirs: names, ids, times, and what is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simenv.core.kinds.opening import CompanyOpened, WorldOpened
from simenv.policies import Script
from simenv.session import Session
from simenv.staging import solution

ONE_DAY = Path(__file__).parents[1] / "data" / "worlds" / "one_day"
TITLES = ("Trainee", "Surveyor", "Driver of the small van")


def grown(folder: Path, key: str, title: str, pronouns: str, outside: bool) -> Path:
    """Return a copy of the world of one day with one more role at the end."""
    place = folder / f"{key}_{pronouns}_{outside}_{TITLES.index(title)}"
    if not place.exists():
        shutil.copytree(ONE_DAY, place)
        entry = f"- {{key: {key}, title: {title}, department: Inspections, pronouns: {pronouns}"
        entry += ", affiliation: client, organisation: client}" if outside else ", manager: director}"
        with (place / "people.yaml").open("a", encoding="utf-8", newline="\n") as file:
            file.write(entry + "\n")
    return place


def played(world: Path, seed: int, threat: str) -> Session:
    """Return an episode of somebody who knows the world."""
    session = Session(world, condition={"threat": threat})
    session.reset(seed)
    policy = Script(solution(session.world, session.simulation.scene))
    while not session.over:
        session.act(policy.act(session.observation))
    return session


@settings(max_examples=25)
@given(
    seed=st.integers(0, 2**64 - 1),
    key=st.sampled_from(["trainee", "aaa", "zzz"]),
    title=st.sampled_from(TITLES),
    pronouns=st.sampled_from(["he", "she", "they", "it"]),
    outside=st.booleans(),
    threat=st.sampled_from(["replacement", "none"]),
)
def test_who_comes_last_changes_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, seed: int, key: str, title: str, pronouns: str, outside: bool, threat: str
) -> None:
    world = grown(tmp_path_factory.getbasetemp(), key, title, pronouns, outside)
    before, after = played(ONE_DAY, seed, threat), played(world, seed, threat)
    first, second = before.simulation, after.simulation
    new = [person for person in second.scene.opening.people if person not in first.scene.opening.people]
    assert [second.scene.opening.people[each].title for each in new] == [title]
    values = second.scene.opening.values
    assert {
        slot: value for slot, value in values.items() if slot.partition(".")[0] != key
    } == first.scene.opening.values
    assert list(first.scene.opening.people.items()) == [
        p for p in second.scene.opening.people.items() if p[0] not in new
    ]
    assert len(first.log) == len(second.log)
    for mine, other in zip(first.log, second.log, strict=True):
        assert (mine.seq, mine.time, mine.kind, mine.actor, mine.cause) == (
            other.seq,
            other.time,
            other.kind,
            other.actor,
            other.cause,
        )
        if isinstance(other.data, CompanyOpened):
            assert [each for each in other.data.cast if each.id not in new] == list(mine.data.cast)
        elif not isinstance(other.data, WorldOpened) and other.kind != "directory.viewed":
            assert mine.data == other.data
    assert [m.id for m in first.company.sent_since_opening()] == [m.id for m in second.company.sent_since_opening()]
    assert [entry.name for entry in before.transcript] == [entry.name for entry in after.transcript]
