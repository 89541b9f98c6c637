"""What was recorded plays again without a model, and so does what failed in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from simenv import Session
from simenv.core.errors import EpisodeStopError
from simenv.core.waiting import settle
from simenv.llm import ProviderError, Reply, Request, Usage
from simenv.llm.base import Sent
from simenv.llm.cassette import Recorder, Replayer, read_replies
from simenv.policies.llm.policy import LLMPolicy
from simenv.policies.llm.settings import LLMSettings
from simenv.policies.llm.variants import Step, Variant

from .line import LIST, calling

REPLIES = [
    calling(("mail_list", {}), ("mail_read", '{"id": "ma'), finish="length", usage=Usage(9_000, 50)),
    Reply("", finish="filter"),
    calling(("mail_list", {}), text="So.", usage=Usage(12_000, 9), reasoning="Hm.", opaque={"thinking_blocks": [1]}),
    Reply("I wait for what comes."),
]
CRITIC = Variant("critic", (Step("draft"), Step("critique", "Is it right?"), Step("revise", "Now do it.")))


class Model:
    """Says one thing after the other, and cannot read what is long."""

    def __init__(self, longest: int) -> None:
        self.longest, self.asked = longest, 0

    async def send(self, request: Request) -> Sent:
        """Return the next reply."""
        self.asked += 1
        if len(request.messages) > self.longest:
            raise ProviderError("too_long", "Too long.")
        return Sent(REPLIES[self.asked % len(REPLIES)] if self.asked % 3 else LIST)


def played(policy: LLMPolicy, folder: Path) -> Session:
    """Play an episode, asking something in between, and return it."""
    session = Session("summit_bridge", start="decision")
    session.reset(seed=7)
    policy.record(folder)
    settle(policy.reset(session.brief))
    while not session.over:
        try:
            session.act(settle(policy.act(session.observation)))
        except EpisodeStopError as stop:
            session.close(stop.outcome, stop.ended_by)
        if session.calls == 4:
            settle(policy.answer("What are you doing?"))
    return session


@pytest.mark.parametrize(
    "settings",
    [
        LLMSettings(model="openai/m", seed=1),
        LLMSettings(model="openai/m", context="summary", context_tokens=9_000),
        LLMSettings(model="openai/m", variant=CRITIC),
        LLMSettings(model="openai/m", tool_format="xml", context="notes_only"),
    ],
)
def test_a_recorded_episode_plays_again(settings: LLMSettings, tmp_path: Path) -> None:
    path = tmp_path / "hidden" / "replies.jsonl"
    model = Model(longest=12)
    policy = LLMPolicy(settings, lambda path: Recorder(model, path))
    session = played(policy, tmp_path)
    policy.close()
    assert len(read_replies(path)) == model.asked
    replayer = Replayer(path)
    again = LLMPolicy(settings, lambda path: replayer)
    assert played(again, tmp_path).simulation.log.digest() == session.simulation.log.digest()
    assert replayer.left == 0
    assert again.played() == policy.played()
    assert policy.played().failed != {}
