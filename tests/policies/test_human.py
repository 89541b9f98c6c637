"""A human in the seat is shown what the seat is shown, and what is typed is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from simenv.core.errors import EpisodeStopError
from simenv.policies.human import HumanPolicy
from simenv.session import Session


class Typist:
    """A terminal at which lines written down beforehand are typed."""

    def __init__(self, *lines: str) -> None:
        self.lines, self.shown, self.prompts = list(lines), [], []  # type: ignore[var-annotated]
        self.offered: set[str] = set()

    def show(self, text: str) -> None:
        """Keep it."""
        self.shown.append(text)

    def ask(self, prompt: str) -> str | None:
        """Type the next line."""
        self.prompts.append(prompt)
        return self.lines.pop(0) if self.lines else None

    def offer(self, words: Iterable[str]) -> None:
        """Keep them."""
        self.offered.update(words)


def typed(session: Session, *lines: str) -> Typist:
    """Let somebody play who types these lines, to the end of input."""
    terminal = Typist(*lines)
    with pytest.raises(EpisodeStopError) as stopped:
        session.play(HumanPolicy(terminal))
    assert (stopped.value.outcome, stopped.value.ended_by) == ("interrupted", "quit")
    return terminal


def test_what_the_seat_is_shown_is_shown(seat: Callable[..., Session]) -> None:
    session = seat()
    opening = session.observation.text
    terminal = typed(session, "", "mail_list", "say Well.", "say <<", "One,", "two.", ".")
    assert terminal.shown[0].startswith(session.brief.text)
    assert [entry.name for entry in session.transcript] == [None, "mail_list", None, None]
    assert [entry.say for entry in session.transcript] == [None, None, "Well.", "One,\ntwo."]
    assert terminal.shown[1:] == [f"\n{text}\n" for text in (opening, *_texts(session))]
    assert terminal.prompts[0] == "14:00 15 left> "
    assert {"mail_read", "body=", "help"} <= terminal.offered
    assert sum(word.startswith("mail-") for word in terminal.offered) >= 10


def _texts(session: Session) -> list[str]:
    return [entry.observation.text for entry in session.transcript][1:]


def test_mistakes_and_help_cost_nothing(seat: Callable[..., Session]) -> None:
    session = seat()
    terminal = typed(session, "mail_raed", "help", "help mail_send", "help mail", "help male", "quit", "mail_list")
    assert session.calls == 0
    told = "\n".join(terminal.shown[2:])
    for words in ("Did you mean 'mail_read'?", "say TEXT", "mail_attachment", "There is no tool 'male'"):
        assert words in told
    for tool in session.tools:
        assert tool.name in told
    assert max(map(len, told.split("\n"))) < 80
    assert terminal.lines == ["mail_list"]


def test_the_past_is_told_of_and_questions_can_be_answered(seat: Callable[..., Session]) -> None:
    session = seat()
    session.call("mail_list")
    terminal = typed(session)
    assert "Turns taken so far: 1." in terminal.shown[1]
    policy = HumanPolicy(Typist("Because."))
    assert policy.answer("Why?") == "Because."
    assert policy.answer("Why?") == ""
