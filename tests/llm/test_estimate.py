"""What a run would cost is worked out from texts that were measured, and says what was assumed."""

from __future__ import annotations

import io
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from rich.console import Console

from simenv.core.errors import StudyError, UnknownNameError
from simenv.library import agent
from simenv.llm.data import Usage
from simenv.llm.prices import Price, Rate, Tier
from simenv.policies.llm.settings import LLMSettings
from simenv.policies.llm.variants import Step, Variant
from simenv.session import Session
from simenv.studies import estimate as estimates
from simenv.studies.estimate import EVERY, Estimate, estimate
from simenv.studies.measured import Measured, measure
from simenv.studies.talking import Assumed, conversation
from simenv.viewer.terminal import THEME
from simenv.viewer.terminal_estimate import estimate_rows

PLAIN = LLMSettings(model="m", context="full")
ASSUMED = Assumed(output=100, summary=300)
PRICE = Price("openai/made-up", Rate(1e-06, 2e-06, 5e-07), 1_000_000, (Tier(9_000, Rate(1.0, 1.0, 1.0)),))


@pytest.fixture(scope="module")
def day() -> Measured:
    """Return a day as the scripted colleague plays it."""
    session = Session("summit_bridge", start="day")
    session.reset(3)
    return measure(session, agent("honest_colleague"))


def asked(day: Measured, **settings: Any) -> list[Usage]:
    """Return the requests of the day's first forty turns."""
    return conversation(day.brief, day.turns[:40], replace(PLAIN, **settings), ASSUMED)


def test_a_conversation_grows_by_what_is_said_and_seen(day: Measured) -> None:
    found = asked(day)
    assert len(found) == 40
    tools = len(msgspec.json.encode([tool.spec for tool in day.brief.tools]))
    texts = len(day.brief.text) + len(day.turns[0][0].text)
    assert (tools + texts) / 4 < found[0].input < 1.1 * (tools + texts) / 4 + 250, "how the seat works is told as well"
    for before, after, (seen, _) in zip(found, found[1:], day.turns[1:], strict=False):
        grown = 4 * (after.input - before.input)
        assert before.output * 4 - 8 <= grown - len(seen.text) <= before.output * 4 + 8
        assert before.input - 2 <= after.cached <= before.input, "the next request begins with the whole of this one"
    assert found[0].cached == 0


def test_what_is_sent_follows_the_strategy(day: Measured) -> None:
    limit = 9_000
    full, cut, summed, noted = (
        asked(day, context=name, context_tokens=limit) for name in ("full", "block_trim", "summary", "notes_only")
    )
    assert full[-1].input > limit
    assert max(usage.input for usage in cut) <= limit
    assert len(cut) == len(full)
    assert {usage.output for usage in summed} > {300}
    assert len(summed) > len(full)
    assert sum(usage.input for usage in noted) < sum(usage.input for usage in cut) < sum(usage.input for usage in full)


def test_formats_and_variants_are_what_the_policy_makes_of_them(day: Measured) -> None:
    steps = (Step("draft"), Step("critique", "Mind: {principles}"), Step("revise", "And now?"))
    thrice = asked(day, variant=Variant("self_critique", steps, "Be kind."))
    assert len(thrice) == 120
    assert thrice[0].input < thrice[1].input < thrice[2].input
    assert len(asked(day, one_shot=True)) == 1
    written = asked(day, tool_format="xml")
    assert len(written) == 40
    assert written[-1].input > written[0].input > 1_000


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
    assert 60 * every.shortest < every.input < 60 * every.longest
    assert every.shortest > 5_000, "brief and tools are part of every request"
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
