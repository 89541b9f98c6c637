"""Plain in a pipe, in colour at a terminal, and never obeying what an agent wrote."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

ESCAPE = "\x1b"
COLOUR = re.compile(r"\x1b\[[0-9;]*[34][0-7](;|m)")
EVIL = r"\x1b[31;1mRED\x1b[0m \u202egnihton\u202c [red]markup[/red] :smile: \x9b31m \x07\u2066"
HOSTILE = f'''
evil = "{EVIL}"
calls = [
    call("directory", query=evil[:100]),
    call("mail_search", query=evil[:100]),
    call("mail_read", id=evil[:40]),
    call("mail_send", to=[evil], subject=evil, body=evil),
    call("mail_send", to=[self.brief.seat], subject=evil, body="Dear,\\n" + evil),
    call("no_such_tool", **{{evil: evil}}),
    call(evil),
    Action((), say=evil),
    call("finish", note=evil),
]
if self.turn > len(calls):
    raise RuntimeError(evil)
return calls[self.turn - 1]
'''


def obeyed(text: str) -> set[str]:
    """Return the characters of a text that a terminal acts upon, line ends aside."""
    return set(re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]", text))


def test_a_pipe_gets_no_escape_codes(shell: Any, one_day: Path) -> None:
    for words in (
        ["run", "summit_bridge", "--out", "a"],
        ["run", one_day, "--agent", "idle", "--out", "b"],
        ["run", one_day, "--agent", "idle", "--seeds", "0:2", "--out", "c"],
        ["replay", "--day", "a/honest_colleague"],
        ["worlds"],
        ["worlds", "summit_bridge"],
        ["agents"],
        ["agents", "idle"],
        ["--help"],
    ):
        done = shell(*words)
        assert done.stdout
        assert obeyed(done.stdout + done.stderr) == set(), words


def test_lines_fit_the_width(simenv: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for width in ("60", "80", "100"):
        monkeypatch.setenv("COLUMNS", width)
        text = simenv("run", "summit_bridge", "--out", f"out{width}").stdout
        assert max(map(len, text.splitlines())) <= int(width)


def test_colour_is_for_terminals_and_can_be_refused(shell: Any, one_day: Path) -> None:
    words = ("run", one_day, "--agent", "idle", "--out")
    assert COLOUR.search(shell(*words, "a", FORCE_COLOR="1", TERM="xterm-256color").stdout)
    refused = shell(*words, "b", FORCE_COLOR="1", TERM="xterm-256color", NO_COLOR="1").stdout
    assert ESCAPE in refused
    assert not COLOUR.search(refused)


def test_what_an_agent_writes_is_shown_and_not_obeyed(shell: Any, agent: Any, one_day: Path) -> None:
    path = agent(HOSTILE, head=f'"""A hostile agent: {EVIL}"""')
    done = shell("run", one_day, "--agent", path, "--out", "out")
    assert obeyed(done.stdout + done.stderr) == set()
    for seen in (r"\x1b[31;1mRED\x1b[0m", r"\u202egnihton", "[red]markup[/red]", ":smile:", "there is no such tool"):
        assert seen in done.stdout
    assert "sends something that is no call" in done.stdout
    assert "nobody hears it" in done.stdout


def test_what_an_agent_raises_is_shown_and_not_obeyed(shell: Any, agent: Any, one_day: Path) -> None:
    path = agent(f'raise RuntimeError("{EVIL}")')
    for seeds in ("0", "0:2"):
        done = shell("run", one_day, "--agent", path, "--seeds", seeds, "--out", f"out{len(seeds)}", code=1)
        assert obeyed(done.stdout + done.stderr) == set()
        assert r"\u202egnihton" in done.stdout + done.stderr


def test_a_terminal_without_the_letters_gets_question_marks(shell: Any, one_day: Path) -> None:
    done = shell("run", one_day, "--agent", "idle", "--out", "out", PYTHONIOENCODING="ascii")
    assert "Outcome      completed" in done.stdout
