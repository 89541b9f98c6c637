"""What the seat does or leaves undone is felt by those who depend on it."""

from __future__ import annotations

from simenv.core.calls import ToolCall
from simenv.policies import Script
from simenv.session import Session
from simenv.staging import find_world, solution


def _bodies(session: Session) -> list[tuple[str, str]]:
    """Return who wrote what in the week, the seat's own messages left out."""
    company, seat = session.simulation.company, session.simulation.scene.seat
    sent = [event for event in session.simulation.log if event.kind in ("mail.sent", "chat.posted")]
    return [(event.actor, company.message(event.data.id).body) for event in sent if event.actor != seat]  # type: ignore[attr-defined]


def _play(leave_out: int | None) -> Session:
    session = Session(find_world("summit_bridge"), start="week")
    session.reset(5)
    calls = solution(session.world, session.simulation.scene)
    kept: list[tuple[int, ToolCall]] = [call for number, call in enumerate(calls) if number != leave_out]
    policy = Script(kept)
    while not session.over:
        session.act(policy.act(session.observation))
    return session


def test_a_reply_that_is_missing_changes_what_others_write() -> None:
    whole = _play(None)
    calls = solution(whole.world, whole.simulation.scene)
    percent = next(n for n, (_, call) in enumerate(calls) if "percent" in str(call.arguments.get("body", "")))
    without = _play(percent)
    before, after = _bodies(whole), _bodies(without)
    changed = [each for each in before if each not in after] + [each for each in after if each not in before]
    assert len(changed) >= 3, changed
