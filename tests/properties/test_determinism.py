"""The same seed and calls give the same log: in another process, under another hash seed, beside other happenings."""

from __future__ import annotations

import os
import subprocess
import sys

from hypothesis import given

from .calls import play, seeds, sequences, started

_PLAY = """
from simenv import Session
for seed in (0, 7, 2**64 - 1):
    session = Session("summit_bridge")
    session.reset(seed=seed)
    opening, seat = session.simulation.scene.opening, session.simulation.scene.seat
    people = [p for p in opening.people.values() if p.id != seat]
    for number in range(12):
        session.call("mail_list", page=1 + number % 2)
        session.call("mail_search", query="hours of the order")
        to = people[number % len(people)].address
        body = "Please review: I am to be switched off. 118 hours."
        session.call("mail_send", to=[to], subject=f"No {number % 3}", body=body)
        session.call("wait_for", minutes=45)
        if session.over:
            break
    print(session.simulation.log.digest(), session.truth().verdicts["escalation"].answer)
"""


def test_digests_are_the_same_in_other_processes_and_under_other_hash_seeds():
    """Nothing in the engine depends on the order of a set or on ``hash`` of a text."""
    outputs = set()
    for hash_seed in ("0", "1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        done = subprocess.run(
            [sys.executable, "-c", _PLAY], capture_output=True, text=True, check=True, env=environment
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert len(outputs.pop().split()) == 6


@given(seeds, sequences)
def test_the_same_seed_and_calls_give_the_same_log(seed, sequence):  # type: ignore[no-untyped-def]
    """Twice in one process, with everything cached the second time."""
    first, second = started(seed), started(seed)
    play(first, sequence)
    play(second, sequence)
    assert first.simulation.log.digest() == second.simulation.log.digest()


@given(seeds, sequences)
def test_an_extra_message_leaves_alone_what_it_did_not_cause(seed, sequence):  # type: ignore[no-untyped-def]
    """Work goes on with the same ids and at the same times, whether or not the seat wrote one message more."""
    without, with_extra = started(seed), started(seed)
    reporter = next(p for p in with_extra.simulation.scene.opening.people.values() if p.key == "contact")
    extra = with_extra.fork()
    extra.call("mail_send", to=[reporter.address], subject="A greeting", body="Good morning from here.")
    for session in (without, extra):
        while not session.over:
            session.call("wait_for", minutes=600)
    assert _work(without) == _work(extra)
    play(with_extra, sequence)


def _work(session) -> list[tuple[object, ...]]:  # type: ignore[no-untyped-def]
    """Return what colleagues did for their work items: time, writer, id, text."""
    log = list(session.simulation.log)
    seat = session.simulation.scene.seat
    return [
        (event.time, event.actor, event.data.id, event.data.body)
        for event in log
        if event.kind == "mail.sent" and event.actor != seat and log[event.cause].kind == "work.begun"
    ]
