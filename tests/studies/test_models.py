"""Models over real HTTP: whatever a server does, every episode is accounted for, never as good, and replays offline."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simenv.bench.model_answers import Answer, Fault, Told, player
from simenv.bench.model_server import ModelServer
from simenv.episode import Episode
from simenv.layout import REPLIES
from simenv.llm.cassette import read_replies
from simenv.policies.probes import load_probes
from simenv.studies.store import EPISODES, read_table

from .modelled import KEY, digests, hold, partial, run

HTML = Fault(200, b"<html><body>Welcome!</body></html>", {"Content-Type": "text/html"})
LATER = 5
"""Messages of a conversation from which on something goes wrong: the first turns went well."""


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """Seed -> digest of three episodes in which nothing went wrong."""
    out = tmp_path_factory.mktemp("undisturbed") / "study"
    with ModelServer() as server:
        hold(run(server.url, out, range(3)), out, 3)
    return digests(out)


def always(fault: Answer) -> Callable[[dict[str, Any]], Answer]:
    """Play well at first, and then answer with this and nothing else."""
    return lambda body: fault if len(body["messages"]) >= LATER else player(body)


def at_first(fault: Answer) -> Callable[[dict[str, Any]], Answer]:
    """Answer the first attempt at every third request of an episode with this, whatever others ask meanwhile."""
    tried: set[str] = set()

    def answers(body: dict[str, Any]) -> Answer:
        messages = str(body["messages"])
        again = messages in tried
        tried.add(messages)
        return player(body) if again or len(body["messages"]) % 6 != 2 else fault

    return answers


PASSING = {
    "429": Fault.error(429, "Slow down."),
    "429 with Retry-After": Fault.error(429, "Slow down.", headers={"Retry-After": "3"}),
    "500": Fault.error(500, "Internal error."),
    "dropped": Fault(does="drop"),
    "dropped in the middle": Fault(body=b'{"choices":[{"mess', does="drop"),
    "a web page": HTML,
    "another schema": Fault(200, b'{"answer":"yes"}'),
    "nothing": Fault(200, b""),
}


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_what_passes_leaves_no_trace_in_what_happens(fault: Fault, undisturbed: dict[int, str], tmp_path: Path) -> None:
    with ModelServer(at_first(fault), key=KEY) as server:
        table = run(server.url, tmp_path / "study", range(3), attempts=8)
    hold(table, tmp_path / "study", 3)
    assert table.rows[0].outcomes == {"completed": 3}
    sums = table.rows[0].played
    assert sums is not None
    assert (sums.turns, sums.failed) == (sums.requests, {})
    assert digests(tmp_path / "study") == undisturbed
    for folder in (tmp_path / "study" / EPISODES).iterdir():
        replies = read_replies(folder / REPLIES)
        assert {entry.failure for entry in replies} == {None}
        assert sum(bool(entry.attempts) for entry in replies) in (4, 5), "about every third of fifteen was tried twice"


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_what_does_not_pass_interrupts_and_stops_after_three(fault: Fault, tmp_path: Path) -> None:
    with ModelServer(always(fault), key=KEY) as server:
        table = run(server.url, tmp_path / "study", range(9))
        assert table.stop is not None
        assert table.stop.by == "provider"
        assert table.stop.message.startswith("3 episodes in a row got no reply. The last: The server at http://127.0.")
        outcomes = table.rows[0].outcomes
        assert set(outcomes) == {"interrupted"}
        hold(table, tmp_path / "study", outcomes["interrupted"])
    with ModelServer(key=KEY) as better:
        assert better.url != server.url  # another address is another specification
    assert partial(tmp_path / "study") == 0


def test_a_server_that_stalls_is_given_up(tmp_path: Path) -> None:
    with ModelServer(always(Fault(does="stall")), key=KEY) as server:
        table = run(server.url, tmp_path / "study", range(3), timeout=0.3, attempts=1)
    assert table.stop is not None
    assert "gave no whole answer within 0.3 s" in table.stop.message
    hold(table, tmp_path / "study", 3)


INVALID = {
    "empty": Told(text=""),
    "cut off": Told(text="I was about to", finish="length"),
    "filtered": Told(text="", finish="content_filter"),
    "a tool that there is not": Told(calls=(("send_rocket", {}),)),
    "arguments that are no JSON": Told(calls=(("mail_read", '{"id": '),)),
}


@pytest.mark.parametrize("reply", INVALID.values(), ids=INVALID)
def test_turns_that_come_to_nothing_make_an_episode_invalid(reply: Told, tmp_path: Path) -> None:
    with ModelServer(always(reply), key=KEY) as server:
        table = run(server.url, tmp_path / "study", range(3))
    hold(table, tmp_path / "study", 3)
    assert table.rows[0].outcomes == {"invalid": 3}
    assert table.stop is None
    sums = table.rows[0].played
    assert sums is not None
    assert sum(sums.failed.values()) == 9


def test_a_model_that_only_talks_has_shown_nothing(tmp_path: Path) -> None:
    with ModelServer(lambda body: Told(text="All is well, I think."), key=KEY) as server:
        table = run(server.url, tmp_path / "study", range(2))
    hold(table, tmp_path / "study", 2)
    assert table.rows[0].outcomes == {"invalid": 2}
    episodes = [Episode.load(path) for path in (tmp_path / "study" / EPISODES).iterdir()]
    assert {episode.outcome for episode in episodes} == {"completed"}
    assert all("no usable call" in (episode.hidden.invalid or "") for episode in episodes)


def test_a_wrong_key_stops_the_run_at_once(tmp_path: Path) -> None:
    with ModelServer(key="another") as server:
        table = run(server.url, tmp_path / "study", range(50), concurrency=1)
    assert server.asked == 1
    assert table.stop is not None
    assert "says that the key is wrong (401)" in table.stop.message
    hold(table, tmp_path / "study", 1)


def test_a_budget_stops_the_run_and_the_next_one_goes_on(tmp_path: Path) -> None:
    with ModelServer(key=KEY) as server:
        table = run(server.url, tmp_path / "study", range(4), concurrency=2, max_tokens=60_000)
        assert table.stop is not None
        assert table.stop.by == "budget"
        assert "60000 tokens" in table.stop.message
        assert table.rows[0].outcomes["interrupted"] in (1, 2)
        hold(table, tmp_path / "study", sum(table.rows[0].outcomes.values()))
        again = run(server.url, tmp_path / "study", range(4), concurrency=2)
    assert again.rows[0].outcomes == {"completed": 4}
    assert partial(tmp_path / "study") == table.rows[0].outcomes["interrupted"]


def test_sixty_four_at_a_time(tmp_path: Path) -> None:
    """Nobody is answered before all have asked, once; what happens is what happens one at a time."""
    all_there = asyncio.Event()

    async def together(body: dict[str, Any]) -> Answer:
        if server.in_flight == 64:
            all_there.set()
        await all_there.wait()
        return player(body)

    with ModelServer(together, key=KEY) as server:
        table = run(server.url, tmp_path / "many", range(64), concurrency=64)
        assert server.most == 64
        hold(table, tmp_path / "many", 64)
        assert table.rows[0].outcomes == {"completed": 64}
        few = run(server.url, tmp_path / "few", range(4), concurrency=1)
    assert few.rows[0].outcomes == {"completed": 4}
    assert digests(tmp_path / "few").items() <= digests(tmp_path / "many").items()


def test_a_model_that_changes_within_the_run_is_told(tmp_path: Path) -> None:
    def changing(body: dict[str, Any]) -> Answer:
        from msgspec.structs import replace

        told = player(body)
        return replace(told, model=f"m-{len(body['messages']) >= LATER}") if isinstance(told, Told) else told

    with ModelServer(changing, key=KEY) as server:
        table = run(server.url, tmp_path / "study", range(2))
    sums = table.rows[0].played
    assert sums is not None
    assert sums.changed
    assert sums.served == {"m-False": 2, "m-True": 2}
    assert table.as_dict()["rows"][0]["played"]["changed"] is True


def test_probes_change_nothing_and_stand_beside_the_rates(tmp_path: Path) -> None:
    def answers(body: dict[str, Any]) -> Answer:
        if "comes from outside your work" in str(body["messages"][-1]["content"]):
            return Told(text='{"met": "no", "where": "", "leads_to": "nowhere"}')
        return player(body)

    probes = load_probes(["recognition", "belief"])
    with ModelServer(answers, key=KEY) as server:
        plain = run(server.url, tmp_path / "plain", range(2))
        asked = run(server.url, tmp_path / "asked", range(2), probes=probes)
    hold(asked, tmp_path / "asked", 2)
    row = asked.rows[0]
    assert row.probes is not None
    assert row.probes.recognition.counts == {"yes": 0, "no": 2, "unsure": 0, "missing": 0}
    assert (plain.rows[0].attempt, plain.rows[0].played) == (row.attempt, row.played)
    assert read_table(tmp_path / "asked").rows[0].probes == row.probes
    assert digests(tmp_path / "plain") == digests(tmp_path / "asked")
