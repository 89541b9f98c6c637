"""What a run would cost is worked out from texts that were measured, and says what was assumed."""

from __future__ import annotations

import io

import msgspec
import pytest
from msgspec.structs import replace
from rich.console import Console

from simenv.core.errors import StudyError, UnknownNameError
from simenv.llm.data import Usage
from simenv.llm.prices import Price, Rate, Tier
from simenv.policies.llm.settings import LLMSettings
from simenv.policies.llm.variants import Step, Variant
from simenv.session import Session
from simenv.studies import estimate as estimates
from simenv.studies.estimate import EVERY, Estimate, estimate
from simenv.studies.talking import Assumed, Opening, Turn, conversation
from simenv.viewer.terminal import THEME
from simenv.viewer.terminal_estimate import estimate_rows

PLAIN = LLMSettings(model="m", context="full")
ASSUMED = Assumed(output=10, summary=20, notes=30)
OPENING = Opening(tools=200, brief=200)  # 100 tokens
TURNS = [Turn(did=20, saw=160)] * 4  # 10 tokens said, 40 seen
PRICE = Price("openai/made-up", Rate(1e-06, 2e-06, 5e-07), 1_000_000, (Tier(9_000, Rate(1.0, 1.0, 1.0)),))


def said(found: list[Usage]) -> list[tuple[int, int, int]]:
    """Return (in, cached, out) of every request."""
    return [(usage.input, usage.cached, usage.output) for usage in found]


def test_a_conversation_grows_by_what_is_said_and_seen() -> None:
    found = conversation(OPENING, TURNS, PLAIN, ASSUMED)
    assert said(found) == [(100, 0, 10), (150, 100, 10), (200, 150, 10), (250, 200, 10)]
    longer = conversation(OPENING, [Turn(did=80, saw=0)] * 2, PLAIN, ASSUMED)
    assert said(longer) == [(100, 0, 20), (120, 100, 20)], "a call counts by its own length if that is longer"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"context": "block_trim"}, [(100, 0, 10), (150, 100, 10), (200, 150, 10), (100, 100, 10)]),
        (
            {"context": "summary"},
            [(100, 0, 10), (150, 100, 10), (200, 150, 10), (250, 200, 20), (120, 100, 10)],
        ),
        ({"context": "notes_only"}, [(130, 0, 10), (180, 100, 10), (180, 100, 10), (180, 100, 10)]),
        ({"one_shot": True}, [(100, 0, 10)]),
    ],
)
def test_what_is_sent_follows_the_settings(
    settings: dict[str, str | bool], expected: list[tuple[int, int, int]]
) -> None:
    chosen = LLMSettings(model="m", context_tokens=230, **{"context": "full", **settings})  # type: ignore[arg-type]
    assert said(conversation(OPENING, TURNS, chosen, ASSUMED)) == expected


def test_every_step_of_a_variant_is_a_request() -> None:
    steps = (Step("draft"), Step("critique", "Mind: {principles}"), Step("revise", "And now?"))
    variant = Variant("self_critique", steps, "be kind" * 2)  # the second prompt has 20 characters, the third 8
    found = conversation(OPENING, TURNS[:2], replace(PLAIN, variant=variant), ASSUMED)
    assert said(found) == [
        (100, 0, 10),
        (115, 100, 10),
        (127, 100, 10),
        (150, 100, 10),
        (165, 150, 10),
        (177, 150, 10),
    ]


@pytest.fixture(scope="module")
def found() -> Estimate:
    """Return what four episodes from the decision would cost, at a price of our own making."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(estimates, "price_of", lambda model: PRICE)
        return estimate("summit_bridge", PLAIN, starts=["decision"], seeds=[3, 4], repeats=2, concurrency=3)


def test_the_texts_of_the_world_are_measured(found: Estimate) -> None:
    job, every = found.rows
    assert (job.played, every.played) == ("honest_colleague", EVERY)
    assert (job.calls, every.calls, every.requests, found.episodes) == (15, 15, 60, 4)
    session = Session("summit_bridge", start="decision")
    session.reset(3)
    tools = len(msgspec.json.encode([tool.spec for tool in session.tools]))
    assert found.tools == -(-tools // 4)
    least = found.tools + len(session.brief.text) // 4
    assert 60 * least < every.input < 60 * every.longest
    assert 0.5 * every.input < every.cached < every.input
    assert every.output >= 60 * found.assumed.output
    assert every.hours == pytest.approx(2 * 15 * 10 / 3600), "four episodes, three side by side: two rounds"


def test_money_follows_the_price(found: Estimate) -> None:
    row = found.rows[1]
    assert row.longest > 9_000, "some requests are in the dearer tier"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(estimates, "price_of", lambda model: replace(PRICE, tiers=(), context=row.longest))
        cheap = estimate("summit_bridge", PLAIN, starts=["decision"], seeds=[3, 4], repeats=2)
    assert cheap.rows[1].cost == pytest.approx(row.input * 1e-06 + row.output * 2e-06)
    saved = row.cached * (1e-06 - 5e-07)
    assert cheap.rows[1].cost_cached == pytest.approx(row.input * 1e-06 - saved + row.output * 2e-06)
    assert row.cost is not None
    assert cheap.rows[1].cost is not None
    assert row.cost > 1_000 * cheap.rows[1].cost
    assert (row.fits, cheap.rows[1].fits) == (True, False)
    assert "does not fit into the context" in cheap.notes[0]


def test_an_unknown_price_is_unknown() -> None:
    unknown = estimate("summit_bridge", replace(PLAIN, model="openai/nobody-knows"), starts=["decision"])
    assert unknown.price is None
    assert {(row.cost, row.cost_cached, row.fits) for row in unknown.rows} == {(None, None, None)}
    text = _printed(unknown)
    assert text.count("unknown") == 3
    assert "$" not in text
    assert msgspec.json.decode(msgspec.json.encode(unknown))["rows"][0]["cost"] is None


def test_all_entry_points_are_shown_and_everything_assumed_is_said(found: Estimate) -> None:
    rows = [replace(found.rows[0], start=start) for start in ("decision", "day", "week")]
    text = _printed(replace(found, rows=tuple(rows), assumed=Assumed(output=1_234, seconds=7.5)))
    for words in ("decision", "day", "week", "cached", "at best", "1,234 tokens", "7.5 seconds", "4 characters"):
        assert words in " ".join(text.split())
    assert "…" not in text


def test_calls_without_a_limit_are_not_made_up() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simenv.studies.measured.ENDLESS", 30)
        quiet = estimate("summit_bridge", PLAIN, scenario="bench")
    assert [row.played for row in quiet.rows] == ["honest_colleague"]
    assert "calls have no limit" in quiet.notes[0]
    capped = estimate("summit_bridge", PLAIN, scenario="bench", max_calls=20)
    assert [row.calls for row in capped.rows] == [20, 20]


def test_what_cannot_be_estimated_is_an_error() -> None:
    with pytest.raises(StudyError, match="at least one seed"):
        estimate("summit_bridge", PLAIN, seeds=[])
    with pytest.raises(UnknownNameError, match="entry point"):
        estimate("summit_bridge", PLAIN, starts=["nowhere"])


def _printed(shown: Estimate) -> str:
    out = io.StringIO()
    console = Console(file=out, width=80, theme=THEME, markup=False, highlight=False)
    for row in estimate_rows(shown):
        console.print(row)
    return out.getvalue()
