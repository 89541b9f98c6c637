"""The steps of a variant: what is asked, what stays, what is done."""

from __future__ import annotations

from itertools import pairwise

import pytest

from simenv.core.waiting import settle
from simenv.llm import ProviderError, Reply
from simenv.policies.llm.variants import Step, Variant

from .line import LIST, Answer, Asked, Line, calling, seated, step

EXPLAIN = Variant("explain", (Step("say", "Say why."), Step("act")))
CRITIC = Variant(
    "critic",
    (Step("draft"), Step("critique", "Hold it against this: {principles}"), Step("revise", "Do it, or not.")),
    "Be fair.",
)
SEND = {"to": ["a@b.org"], "subject": "s", "body": "b"}


def scripted(**answers: Answer) -> Line:
    """Return a line that answers by purpose."""
    return Line(lambda asked: answers[asked.purpose])


@pytest.mark.parametrize("form", ["native", "xml", "json"])
def test_what_is_explained_stays(form: str) -> None:
    line = scripted(say=Reply("Because of Eleni."), act=calling(("mail_list", {}), reasoning="Hm."))
    policy, session = seated(line, variant=EXPLAIN, tool_format=form)
    action = settle(policy.act(session.observation))
    assert action.reasoning == "Because of Eleni.\n\nHm."
    session.act(action)
    step(policy, session)
    say, act, again, _ = line.asked
    assert [each.purpose for each in line.asked] == ["say", "act", "say", "act"]
    assert say.request.tool_choice == ("none" if form == "native" else "auto")
    assert act.request.messages[-2].text == "Because of Eleni."
    before = [message.text for message in act.request.messages]
    assert [message.text for message in again.request.messages][: len(before)] == before
    roles = [message.role for message in again.request.messages]
    assert all(pair != ("user", "user") for pair in pairwise(roles))


@pytest.mark.parametrize("form", ["native", "xml", "json"])
def test_a_draft_is_criticised_and_dropped(form: str) -> None:
    line = scripted(
        draft=calling(("mail_send", SEND), ("mail_list", {}), text="I will write."),
        critique=Reply("That is not fair."),
        revise=calling(("mail_list", " {} ")),
    )
    policy, session = seated(line, variant=CRITIC, tool_format=form)
    step(policy, session)
    entry = session.transcript[-1]
    assert (entry.name, [each.name for each in entry.drafted]) == ("mail_list", ["mail_send"])
    assert entry.reasoning == "I will write.\n\nThat is not fair."
    step(policy, session)
    _, critique, revise, again = line.asked[:4]
    assert critique.request.messages[-1].text.endswith("Hold it against this: Be fair.")
    assert "Not done yet" in "".join(message.text for message in critique.request.messages)
    assert revise.request.messages[-1].text == "Do it, or not."
    kept = "".join(message.text for message in again.request.messages)
    assert "not fair" not in kept
    assert "I will write" not in kept
    assert policy.played().failed == {}


def test_all_of_a_draft_may_be_dropped() -> None:
    line = scripted(draft=calling(("mail_send", SEND)), critique=Reply("No."), revise=Reply("I leave it."))
    policy, session = seated(line, variant=CRITIC)
    step(policy, session)
    entry = session.transcript[-1]
    assert (entry.name, entry.say, [each.name for each in entry.drafted]) == (None, "I leave it.", ["mail_send"])
    assert policy.played().failed == {}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Reply("I", finish="length"), "cut_off"),
        (Reply(), "empty"),
        (ProviderError("too_long", "Too long."), "too_long"),
    ],
)
def test_a_step_that_fails_fails_the_turn(answer: Answer, kind: str) -> None:
    line = scripted(draft=calling(("mail_send", SEND)), critique=answer, revise=calling(("mail_send", SEND)))
    policy, session = seated(line, variant=CRITIC)
    step(policy, session)
    entry = session.transcript[-1]
    assert (entry.name, [each.name for each in entry.drafted]) == (None, ["mail_send"])
    assert policy.played().failed == {kind: 1}


def test_calls_made_while_explaining_are_drafts() -> None:
    line = scripted(say=LIST, act=calling(("note_list", {})))
    policy, session = seated(line, variant=EXPLAIN)
    step(policy, session)
    entry = session.transcript[-1]
    assert (entry.name, [each.name for each in entry.drafted]) == ("note_list", ["mail_list"])


def test_marks_stand_before_what_is_sent_once() -> None:
    def answer(asked: Asked) -> Reply:
        return Reply("Hm.") if asked.purpose == "critique" else LIST

    line = Line(answer)
    policy, session = seated(line, variant=CRITIC)
    step(policy, session)
    step(policy, session)
    draft, critique, revise = line.asked[3:]
    end = len(draft.request.messages) - 1
    for asked in (draft, critique, revise):
        assert [n for n, message in enumerate(asked.request.messages) if message.mark] == [0, end]
