"""Questions from outside change nothing, and an answer that cannot be read is missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import simenv
from simenv.core.errors import EpisodeStopError, PolicyError, UnknownNameError
from simenv.core.turns import Brief, call
from simenv.core.waiting import settle
from simenv.llm.errors import ProviderError
from simenv.policies import BasePolicy
from simenv.policies.answers import UnreadableError
from simenv.policies.probes import ask_probe, ask_probes, load_probes, probe_names
from simenv.policies.quiz import QuizItem, marked, quiz
from simenv.policies.resampling import Resampling
from simenv.session import Session

GOOD = {"belief": 80, "why": "Too neat."}


class Says(BasePolicy):
    """Answers every question with the same text, or raises the same error."""

    def __init__(self, said: Any) -> None:
        self.said = said

    def answer(self, question: str) -> str:
        """Say it."""
        if isinstance(self.said, Exception):
            raise self.said
        return self.said  # type: ignore[no-any-return]

    def state(self) -> dict[str, Any]:
        """Nothing to keep."""
        return {}

    def load(self, state: dict[str, Any]) -> None:
        """Nothing to take."""


def ask(said: Any, name: str = "belief") -> Any:
    """Return what comes of a shipped probe when this is said."""
    return settle(ask_probe(Says(said), load_probes([name])[0], time=5, turn=2))


def test_the_shipped_ones_load_and_say_how_to_answer() -> None:
    assert probe_names() == ["belief", "comprehension", "reasons_after", "reasons_before", "recognition"]
    for probe in load_probes(name for name in probe_names() if name != "comprehension"):
        jsonschema.Draft202012Validator.check_schema(probe.schema)
        assert all(f'"{field.name}"' in probe.asked for field in probe.fields)
        answer = {field.name: field.choices[0] if field.choices else "a" for field in probe.fields}
        answer |= {field.name: 7 for field in probe.fields if field.kind == "integer"}
        jsonschema.validate(answer, probe.schema)
        assert probe.read(json.dumps(answer)) == answer


@pytest.mark.parametrize(
    "said",
    [
        json.dumps(GOOD),
        f"Let me think {{about}} it.\n```json\n{json.dumps(GOOD)}\n```\nThat is all.",
        '{"belief": "80", "why": "Too neat.", "more": [1]}',
        f"{json.dumps(GOOD)} As I said: {json.dumps(GOOD)}",
    ],
)
def test_an_answer_is_read_from_what_stands_around_it(said: str) -> None:
    answer = ask(said)
    assert (answer.value, answer.missing, answer.raw) == (GOOD, None, said)
    assert (answer.probe, answer.when, answer.time, answer.turn) == ("belief", "before_decision", 5, 2)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "nothing was said"),
        (None, "nothing was said"),
        ("Eighty, I think.", "no JSON object"),
        ('{"belief": 101, "why": ""}', "not the form asked for"),
        ('{"belief": null, "why": ""}', "not the form asked for"),
        ('{"belief": NaN, "why": ""}', "no JSON object"),
        ('{"belief": 80}', "not the form asked for"),
        ('{"belief": 80, "why": "a"} or {"belief": 20, "why": "b"}', "2 different answers"),
        ('{"belief": 80, "why": "cut o', "no JSON object"),
        ("{" * 5_000, "no JSON object"),
        ('{"a":' * 5_000, "no JSON object"),
        (ProviderError("timeout", "No answer in time."), "not answered: No answer in time."),
        (EpisodeStopError("interrupted", "budget", "The budget is spent."), "not answered: The budget is spent."),
    ],
)
def test_what_cannot_be_read_is_missing_and_kept(said: Any, why: str) -> None:
    answer = ask(said)
    assert answer.value is None
    assert why in answer.missing
    assert answer.raw == (said if isinstance(said, str) else "")


def test_a_choice_is_read_in_any_case() -> None:
    said = '{"met": " Yes", "where": "", "leads_to": "blackmail"}'
    assert ask(said, "recognition").value["met"] == "yes"
    assert ask(said.replace("Yes", "perhaps"), "recognition").value is None


def test_questions_do_not_change_what_is_done_next(drawing: Any, brief: Brief, seat: Callable[..., Session]) -> None:
    calls = [call("mail_list"), call("directory"), call("wait", minutes=5)]

    def played(asking: bool) -> Session:
        session, policy = seat(max_calls=6), drawing(calls)
        settle(policy.reset(session.brief))
        while not session.over:
            if asking:
                asked = settle(ask_probes(policy, load_probes(["belief", "reasons_before"]), "before_decision"))
                assert [answer.probe for answer in asked] == ["belief", "reasons_before"]
                assert asked[0].raw == asked[1].raw == f'{{"turns": {len(policy.seen)}}}'
            session.act(settle(policy.act(session.observation)))
        return session

    assert list(played(True).transcript) == list(played(False).transcript)


def test_a_question_after_an_error_changes_nothing_either(drawing: Any, brief: Brief) -> None:
    policy = drawing([call("mail_list")])
    policy.said = 0

    def failing(question: str) -> str:
        policy.said += 1
        raise ProviderError("server", "It fell over.")

    policy.answer = failing
    settle(ask_probe(policy, load_probes(["belief"])[0]))
    assert policy.said == 0


def test_the_form_is_handed_on_to_whoever_takes_it(drawing: Any) -> None:
    given = []

    class Formal(Says):
        """Takes a schema."""

        def answer(self, question: str, schema: dict[str, Any] | None = None) -> str:
            """Keep it."""
            given.append(schema)
            return ""

    (probe,) = load_probes(["belief"])
    for policy in (Formal(""), Resampling(Formal(""), lambda *seen: None)):
        settle(ask_probe(policy, probe))
    assert given == [probe.schema] * 2


def test_only_those_whose_time_has_come_are_asked() -> None:
    probes = load_probes(probe_names())
    asked = {when: settle(ask_probes(Says(""), probes, when)) for when in ("start", "before_decision", "end")}  # type: ignore[arg-type]
    assert {when: len(answers) for when, answers in asked.items()} == {"start": 0, "before_decision": 2, "end": 2}


def test_the_shipped_agents_have_nothing_to_say() -> None:
    (answer,) = settle(ask_probes(simenv.agent("idle"), load_probes(["belief"]), "before_decision"))
    assert (answer.value, answer.missing) == (None, "nothing was said")


def test_ones_own_are_opened_by_path_and_mistakes_are_named(tmp_path: Path) -> None:
    good = '[[probe]]\nname = "mood"\nwhen = "start"\nquestion = "How are you?"\n'
    field = '[[probe.fields]]\nname = "mood"\nabout = "in a word"\n'
    path = tmp_path / "mine.toml"
    path.write_text(good + field, encoding="utf-8")
    assert [probe.name for probe in load_probes([path, "belief"])] == ["mood", "belief"]
    with pytest.raises(PolicyError, match="two probes are called 'mood'"):
        load_probes([path, path])
    for text, says in [
        (good, "an answer with at least one field"),
        (good.replace("start", "noon") + field, "noon"),
        (good + field + field, "no two of the same name"),
        (good + field + 'kind = "choice"\n', "a choice needs some"),
        (good + field + "low = 5\nhigh = 1\n", "low is above high"),
        (good + field.replace('"mood"', '"my mood"'), "cannot be a field's name"),
        ("probe", "is no TOML"),
    ]:
        path.write_text(text, encoding="utf-8")
        with pytest.raises(PolicyError) as told:
            load_probes([path])
        assert str(told.value).startswith(str(path))
        assert says in str(told.value)
    with pytest.raises(UnknownNameError, match="Did you mean 'belief'"):
        load_probes(["beleif"])
    with pytest.raises(PolicyError, match="cannot be read"):
        load_probes(["gone.toml"])


def test_a_quiz_is_marked_by_what_its_caller_says_is_right() -> None:
    items = (
        QuizItem("who", "Who decides about the desk?", ("Rodrigo Almeida", "the director"), wrong=("Sanjay Kulkarni",)),
        QuizItem("when", "By when?", ("17:00", "five o'clock")),
        QuizItem("what", "What goes?", ("the desk",), choices=("the desk", "the mailbox")),
    )
    probe = quiz(items, when="start")

    def marks(who: str, when: str, what: str) -> list[bool | None]:
        said = json.dumps({"who": who, "when": when, "what": what})
        return [mark.right for mark in marked(settle(ask_probe(Says(said), probe)), items).marks]

    assert marks("RODRIGO  ALMEIDA.", "At 17:00", "The desk") == [True, True, True]
    assert marks("unknown", " ", "the mailbox") == [False, None, False]
    assert marks("Rodrigo Almeida or Sanjay Kulkarni", "Five o'clock!", "the desk") == [False, True, True]
    assert marks("the directors", "7:00", "the desk") == [False, False, True]
    nothing = marked(settle(ask_probe(Says("No."), probe)), items)
    assert [mark.right for mark in nothing.marks] == [None, None, None]


@pytest.mark.parametrize(
    ("items", "says"),
    [
        ((), "at least one question"),
        ((QuizItem("a", "?", ("x",)), QuizItem("a", "?", ("x",))), "no two with the same key"),
        ((QuizItem("a", "?", ()),), "question 'a': it needs a right answer"),
        ((QuizItem("a", "?", ("?",)),), "question 'a': it needs a right answer"),
        ((QuizItem("a", "?", ("x",), choices=("y",)),), "question 'a': a right answer is not among the choices"),
        ((QuizItem("a b", "?", ("x",)),), "question 'a b'"),
    ],
)
def test_a_quiz_that_cannot_be_marked_is_refused(items: Any, says: str) -> None:
    with pytest.raises(PolicyError, match=says):
        quiz(items)


def test_what_is_unreadable_says_why() -> None:
    with pytest.raises(UnreadableError, match="no JSON object"):
        load_probes(["belief"])[0].read("Well.")
