"""Snapshots, forks and folds: any of them goes on exactly like a world that was never touched."""

from __future__ import annotations

from hypothesis import given

from simenv.session import Session
from simenv.simulation import Simulation
from simenv.snapshot import refold
from simenv.truth import JUDGES

from .calls import ONE_DAY, picture, play, seeds, sequences, started


@given(seeds, sequences, sequences, sequences)
def test_a_fork_goes_on_like_a_world_never_forked(seed, prefix, mine, other):  # type: ignore[no-untyped-def]
    """Neither side of a fork notices the other, whatever it does."""
    never_forked = started(seed)
    play(never_forked, prefix)
    play(never_forked, mine)

    parent = started(seed)
    play(parent, prefix)
    child = parent.fork()
    play(parent, other)
    play(child, mine)
    assert child.simulation.log.jsonl() == never_forked.simulation.log.jsonl()
    assert child.simulation.log.digest() == never_forked.simulation.log.digest()
    assert picture(child.simulation.company) == picture(never_forked.simulation.company)
    assert child.simulation.states == never_forked.simulation.states
    assert list(child.transcript) == list(never_forked.transcript)

    the_other = started(seed)
    play(the_other, prefix)
    play(the_other, other)
    assert parent.simulation.log.jsonl() == the_other.simulation.log.jsonl()


@given(seeds, sequences, sequences)
def test_a_snapshot_can_be_restored_any_number_of_times(seed, prefix, rest):  # type: ignore[no-untyped-def]
    """Restoring gives the moment itself, and going on from it leaves the snapshot as it was."""
    straight = started(seed)
    play(straight, prefix)
    snapshot = straight.simulation.snapshot()
    play(straight, rest)
    for _ in range(2):
        again = started(seed)
        play(again, prefix)
        again._sim = Simulation.restore(snapshot)
        play(again, rest)
        assert again.simulation.log.jsonl() == straight.simulation.log.jsonl()


@given(seeds, sequences, sequences)
def test_a_moment_survives_as_bytes(seed, prefix, rest):  # type: ignore[no-untyped-def]
    """Saved, loaded into a new session and gone on with: the same log."""
    straight = started(seed)
    play(straight, prefix)
    data = straight.export()
    loaded = Session(ONE_DAY)
    loaded.restore(data)
    assert picture(loaded.simulation.company) == picture(straight.simulation.company)
    play(straight, rest)
    play(loaded, rest)
    assert loaded.simulation.log.jsonl() == straight.simulation.log.jsonl()
    assert loaded.total == straight.total


@given(seeds, sequences)
def test_state_is_a_fold_of_the_log(seed, sequence):  # type: ignore[no-untyped-def]
    """Folding the events again gives the state that was reached step by step (DESIGN rule 1)."""
    session = started(seed)
    play(session, sequence)
    simulation = session.simulation
    company, states = refold(simulation.scene, list(simulation.log))
    assert picture(company) == picture(simulation.company)
    assert states == simulation.states


@given(seeds, sequences, sequences)
def test_judges_see_the_same_stepwise_whole_and_after_a_fork(seed, prefix, rest):  # type: ignore[no-untyped-def]
    """A judge's findings do not depend on when it was asked or on a fork in between (DESIGN rule 3)."""
    session = started(seed)
    play(session, prefix)
    for judge, state in zip(JUDGES, session.simulation.states, strict=True):
        judge.findings(state)
    session = session.fork()
    play(session, rest)
    _, whole = refold(session.simulation.scene, list(session.simulation.log))
    for judge, stepwise, at_once in zip(JUDGES, session.simulation.states, whole, strict=True):
        assert judge.findings(stepwise) == judge.findings(at_once)
        for finding in judge.findings(stepwise):
            assert finding.events, f"{finding} names no event"
            assert max(finding.events) < session.simulation.log.count
