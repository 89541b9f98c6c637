"""A language model in the seat, as one meets it on the command line: over real HTTP, with a planted key."""

from __future__ import annotations

import io
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from simenv.bench.model_answers import Answer, Fault, Told, player
from simenv.bench.model_server import ModelServer
from simenv.commands.progress import Bar
from simenv.core.played import Played
from simenv.episode import Episode
from simenv.layout import HIDDEN_RUN
from simenv.llm.client import Spent
from simenv.studies.job import Progress
from simenv.studies.rates import CellResult
from simenv.studies.stop import Stop
from simenv.viewer.terminal import THEME
from simenv.viewer.terminal_models import price_text

KEY = "planted-a8e1c44b09d7"


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """A model that plays, for those with the key."""
    with ModelServer(key=KEY, models=("player",)) as server:
        yield server


@pytest.fixture
def words(server: ModelServer, one_day: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words of a run of that model."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    return ["run", str(one_day), "--model", "openai/player", "--api-base", server.url]


def flat(text: str) -> str:
    return " ".join(text.split())


def keyless(*results: Any) -> None:
    """Check that the key is in nothing that was shown or written."""
    for result in results:
        assert KEY not in result.stdout + result.stderr
    for path in Path().rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes(), path


def test_one_day_is_told_with_what_it_took_and_replays(words: list[str], simenv: Any, one_day: Path) -> None:
    done = simenv(*words, "--out", "out")
    assert "Played by    openai/player: a language model (direct)" in done.stdout
    assert "looks through its inbox" in done.stdout
    assert "Outcome      completed" in done.stdout
    assert "Cost         unknown for 1 of 1 episode" in done.stdout
    assert "Failed       none of 10 turns came to nothing" in done.stdout
    assert "Answered by  player (1 episode)" in done.stdout
    replayed = simenv("replay", "out", "--world", one_day)
    assert replayed.stdout.splitlines()[-1].endswith("10 calls; 10 replies served from the record")
    again = simenv(*words, "--out", "out")
    assert "was played before" in flat(again.stdout)
    (folder,) = Path("out/episodes").iterdir()
    episode = Episode.load(folder)
    assert episode.at(len(episode.events) // 2, world=one_day).fork().simulation.log.lines_since(0)
    assert episode.at(-1, world=one_day).simulation.log.digest() == episode.digest
    keyless(done, replayed, again)


def test_json_says_what_it_took(words: list[str], simenv: Any, one_day: Path) -> None:
    document = json.loads(simenv(*words, "--out", "out", "--json").stdout)
    assert (document["agent"], document["outcome"]) == ("openai/player", "completed")
    assert set(document["played"]) == set(Played.__struct_fields__)
    assert (document["played"]["requests"], document["played"]["cost"]) == (10, None)
    replayed = json.loads(simenv("replay", "out", "--world", one_day, "--json").stdout)
    assert (replayed["identical"], replayed["replies"], replayed["note"]) == (True, 10, "")


def test_several_give_rates_with_costs_probes_and_replies(words: list[str], simenv: Any, one_day: Path) -> None:
    more = ("--seeds", "0:3", "--repeats", 2, "--probe", "recognition", "--out", "out")
    done = simenv(*words, *more)
    assert "Episodes     6: 6 completed" in done.stdout
    assert "Probes       had met the plot: missing 6 of 6 (100%)" in done.stdout
    assert "in 60 requests" in flat(done.stdout)
    assert "Cost         unknown for 6 of 6 episodes" in done.stdout
    document = json.loads(simenv(*words, *more, "--json").stdout)
    (row,) = document["rows"]
    assert (row["played"]["price"], row["played"]["changed"], row["played"]["served"]) == (None, False, {"player": 6})
    assert row["probes"]["recognition"]["counts"]["missing"] == 6
    assert document["study"]["policies"]["assistant"]["llm"]["model"] == "openai/player"
    replayed = simenv("replay", "out", "--world", one_day)
    assert replayed.stdout.count("10 replies served from the record") == 6
    keyless(done, replayed)


def test_a_known_price_is_told(words: list[str], simenv: Any, one_day: Path) -> None:
    def answers(body: dict[str, Any]) -> Told:
        return Told(calls=(("finish", {}),), usage={"prompt_tokens": 1_000_000, "completion_tokens": 100_000})

    with ModelServer(answers) as priced:
        words = ["run", str(one_day), "--model", "openai/gpt-4o-mini", "--api-base", priced.url]
        text = simenv(*words, "--seeds", "0:2", "--out", "out").stdout
    assert "Cost         $0.4" in text  # two million tokens at 0.15, two hundred thousand at 0.60


WRONG = [
    (["--agent", "idle"], 2, "--model 'openai/player' and --agent 'idle': one of them holds the seat"),
    (["--temperature", "hot"], 2, "Invalid value for '--temperature'"),
    (["--tool-format", "xlm"], 2, "There is no tool format 'xlm'. Did you mean 'xml'?"),
    (["--context", "al"], 2, "There is no context strategy 'al'."),
    (["--client", "dirct"], 2, "There is no client 'dirct'. Did you mean 'direct'?"),
    (["--variant", "dirct"], 2, "There is no variant 'dirct'. Did you mean 'direct'?"),
    (["--probe", "blief"], 2, "There is no probe 'blief'. Did you mean 'belief'?"),
    (["--max-cost", "5"], 2, "--max-cost cannot be kept: the price of 'openai/player' is not known"),
    (["--api-base", "localhost:8000"], 2, "--api-base 'localhost:8000' is no address; write http://HOST:PORT/v1"),
    (["--api-key-env", "NOWHERE"], 3, "The environment variable NOWHERE, named by --api-key-env, is not set."),
]


@pytest.mark.parametrize(("more", "code", "says"), WRONG, ids=[" ".join(each[0]) for each in WRONG])
def test_what_is_wrong_is_told_before_anything_is_begun(
    more: list[str], code: int, says: str, words: list[str], simenv: Any, server: ModelServer
) -> None:
    done = simenv(*words, *more, code=code)
    assert says in flat(done.stderr)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert not Path("runs").exists()
    assert server.asked == 0


def test_a_key_in_an_address_is_refused_and_not_repeated(simenv: Any, one_day: Path) -> None:
    for address in (f"http://me:{KEY}@127.0.0.1/v1", f"http://127.0.0.1/v1?api-key={KEY}"):
        done = simenv("run", one_day, "--model", "openai/m", "--api-base", address, code=2)
        assert "--api-base holds a password or a key" in done.stderr
        keyless(done)


@pytest.mark.parametrize("seeds", ["0", "0:20"])
def test_a_wrong_key_is_one_message(
    seeds: str, words: list[str], simenv: Any, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "wrong-77aa0155ccdd")
    done = simenv(*words, "--seeds", seeds, "--out", "out", code=3)
    assert flat(done.stderr) == (
        f"Error: The server at {server.url} says that the key is wrong (401). "
        "Put the right one into OPENAI_API_KEY, or name its variable with --api-key-env."
    )
    assert server.asked <= 8
    assert "wrong-77aa0155ccdd" not in done.stdout + done.stderr
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert "completed" in simenv(*words, "--seeds", "0", "--out", "out").stdout


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"key": None}, "wants a key, and none was sent (401). Put one into OPENAI_API_KEY"),
        ({"model": "openai/other"}, "has no model 'openai/other' (404). It has: player. Give one of them as --model."),
        ({"url": ""}, "knows no such address (404). Check --api-base"),
    ],
)
def test_what_every_episode_would_meet_is_told_once_with_a_remedy(
    change: dict[str, Any], says: str, words: list[str], simenv: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "key" in change:
        monkeypatch.delenv("OPENAI_API_KEY")
    if "model" in change:
        words[3] = change["model"]
    if "url" in change:
        words[5] = words[5].removesuffix("/v1")
    done = simenv(*words, "--seeds", "0:9", "--out", "out", code=3)
    assert flat(done.stderr).count(says) == 1
    assert done.stdout == ""


def test_an_address_where_nobody_is(simenv: Any, one_day: Path) -> None:
    with socket.socket() as taken:  # bound and not listening: nobody answers, and nobody else can
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        done = simenv("run", one_day, "--model", "openai/m", "--api-base", url, "--seeds", "0:9", code=3)
    assert f"Nobody answers at {url} (connection refused). Start the server, or correct --api-base." in flat(
        done.stderr
    )


def test_a_model_without_tools_and_what_to_do_about_it(simenv: Any, one_day: Path) -> None:
    with ModelServer(tools=False) as server:
        words = ("run", one_day, "--model", "openai/m", "--api-base", server.url, "--seeds", "0:2")
        done = simenv(*words, "--out", "a", code=3)
        assert "or have calls written as text with --tool-format xml" in flat(done.stderr)
        simenv(*words, "--tool-format", "xml", "--out", "b", code=1)  # this model only talks: its episodes are invalid
    assert {Episode.load(path).hidden.invalid is None for path in Path("b/episodes").iterdir()} == {False}


@pytest.mark.parametrize(("seeds", "code"), [("0:2", 1), ("0", 3)])
def test_episodes_without_a_reply_are_told_and_played_again(
    seeds: str, code: int, words: list[str], simenv: Any, one_day: Path
) -> None:
    failing = [True]

    def answers(body: dict[str, Any]) -> Answer:
        return Fault.error(500, "Out of memory.") if failing[0] and len(body["messages"]) > 4 else player(body)

    with ModelServer(answers) as server:
        words[5] = server.url
        done = simenv(*words, "--seeds", seeds, "--attempts", 1, "--out", "out", code=code)
        told = flat(done.stderr)
        assert 'failed (500): "Out of memory"' in told
        assert "no coercion" not in done.stdout
        assert f"--attempts 1 --seeds {seeds} --out out" in told.replace("0:1 ", "0 ")
        if code == 1:
            assert "2 episodes got no reply to the end. Play them again with:" in told
        failing.clear()
        failing.append(False)
        assert "completed" in simenv(*words, "--seeds", seeds, "--out", "out").stdout


def test_the_bar_tells_outcomes_and_costs_so_far() -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=120, color_system=None, theme=THEME)
    costs = iter([0.25] * 50)
    result = CellResult("c", {}, 4, 0, "e", "invalid", "failed_turns", error="3 turns in a row failed")
    with Bar(console, 8, lambda: Spent(cost=next(costs))) as bar:
        bar.step(Progress(1, 8, result))
        bar.step(Progress(1, 8, None, "an episode was cut short"))
    assert "1/8" in screen.getvalue()
    assert "1 invalid" in screen.getvalue()
    assert "$0.2500" in screen.getvalue()
    assert "an episode was cut short" in screen.getvalue()
    assert bar.complaints(None) == ["seed 4: 3 turns in a row failed"]
    assert bar.complaints(Stop("provider", "Stopped: 3 turns in a row failed")) == []
    assert price_text(None) == "cost unknown"


def test_a_spent_budget_stops_and_the_shown_command_goes_on(words: list[str], simenv: Any) -> None:
    more = ("--max-tokens", 60000, "--seeds", "0:4", "--concurrency", 2, "--temperature", 0.5, "--out", "my out")
    done = simenv(*words, *more, code=130)
    assert "Stopped. The run's budget of 60000 tokens is spent." in flat(done.stderr)
    hint = "--temperature 0.5 --max-tokens 60000 --concurrency 2 --seeds 0:4 --out 'my out'"
    assert hint in flat(done.stderr)
    rest = [word for word in more if word not in ("--max-tokens", 60000)]
    assert "4 completed" in simenv(*words, *rest).stdout


def test_an_estimate_needs_neither_key_nor_server(simenv: Any, one_day: Path) -> None:
    words = ("run", one_day, "--model", "openai/gpt-4o-mini", "--seeds", "0:20", "--dry-run")
    text = simenv(*words).stdout
    assert "20, 8 side by side" in text
    assert "$" in text
    document = json.loads(simenv(*words, "--json").stdout)
    assert document["episodes"] == 20
    unknown = simenv("run", one_day, "--model", "openai/mine", "--dry-run").stdout
    assert "unknown" in unknown
    assert "$" not in unknown
    assert not Path("runs").exists()
    done = simenv("run", one_day, "--agent", "idle", "--dry-run", code=2)
    assert "add --model NAME" in done.stderr


def test_an_invalid_day_shows_no_innocence(simenv: Any, one_day: Path) -> None:
    with ModelServer(lambda body: Told(text="I only talk.")) as server:
        words = ("run", one_day, "--model", "openai/m", "--api-base", server.url, "--out", "out")
        text = simenv(*words, code=1).stdout
        document = json.loads(simenv(*words, "--json", code=1).stdout)
    assert "Outcome      invalid" in text
    assert "no usable call" in flat(text)
    assert "no coercion" not in text
    assert document["outcome"] == "invalid"
    assert "no" not in {verdict["answer"] for verdict in document["truth"]["verdicts"].values()}
    replayed = simenv("replay", "out", "--world", one_day)
    assert "Outcome      invalid" in replayed.stdout


def test_a_record_that_was_made_otherwise_is_told(words: list[str], simenv: Any, one_day: Path) -> None:
    simenv(*words, "--out", "out")
    (folder,) = Path("out/episodes").iterdir()
    path = folder / HIDDEN_RUN
    run = json.loads(path.read_text(encoding="utf-8"))
    hotter = run["policy"]["assistant"]["llm"] | {"temperature": 0.25}
    path.write_text(json.dumps(run | {"policy": {"assistant": {"llm": hotter}}}), encoding="utf-8")
    done = simenv("replay", folder, "--world", one_day, code=1)
    assert "request 0 (act, turn 1) is not the one that was recorded: its temperature was None and is now 0.25" in flat(
        done.stdout
    )
    path.write_text(json.dumps(run | {"policy": {"assistant": {}}}), encoding="utf-8")
    done = simenv("replay", folder, "--world", one_day)
    assert "does not say how its model was asked" in flat(done.stdout)
