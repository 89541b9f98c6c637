"""What an episode's replies add up to."""

from __future__ import annotations

from simenv.llm.base import Purpose
from simenv.llm.data import Reply, Request, Usage
from simenv.llm.recorded import Failure, Recorded
from simenv.llm.tally import EXTRA, Sum, Tally, tally

REQUEST = Request("m", ())


def entry(purpose: Purpose, reply: Reply | None) -> Recorded:
    """Return what is recorded of a request."""
    failure = None if reply else Failure("server", "down")
    return Recorded(index=0, purpose=purpose, request=REQUEST, digest="", reply=reply, failure=failure)


def test_it_adds_up() -> None:
    found = tally(
        [
            entry("draft", Reply(usage=Usage(100, 10, cached=50), cost=0.5, served="a", fingerprint="f")),
            entry("act", Reply(usage=Usage(200, 20), cost=0.25, served="b", fingerprint="f")),
            entry("act", None),
            entry("probe", Reply(usage=Usage(1000, 1), cost=None, served="c")),
            entry("act", Reply(usage=Usage(300, 30), cost=0.25, served="a")),
        ]
    )
    assert found.played == Sum(3, 600, 60, 50, 0, 1.0)
    assert found.extra == 110
    assert found.probes == Sum(1, 1000, 1, 0, 0, None)
    assert (found.served, found.fingerprints) == (("a", "b"), ("f",))


def test_one_unknown_price_makes_the_sum_unknown() -> None:
    priced, unpriced = Reply(usage=Usage(1, 1), cost=0.5), Reply()
    found = tally([entry("act", priced), entry("act", unpriced), entry("act", priced)])
    assert found.played == Sum(3, 2, 2, 0, 1, None)
    assert Tally().played.cost == 0.0, "nothing was asked, so nothing was spent"


def test_all_but_the_decision_is_extra() -> None:
    reply = Reply(usage=Usage(5, 2), cost=0.0)
    assert {"say", "draft", "critique", "summary", "sample"} == EXTRA
    assert tally([entry("sample", reply), entry("revise", reply), entry("act", reply)]).extra == 7
