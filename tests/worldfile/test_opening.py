"""What a world's files become when an episode begins: everything in its place, values put in, nothing hidden shown."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from simenv.company.opening import Opening
from simenv.company.state import Company
from simenv.company.workflow import Create, Letter, MoveTicket, Operate, Post
from simenv.core.streams import Streams
from simenv.staging import World, brief_of, find_world, stage
from simenv.worldfile.base import Base, public_bytes

OFFICE = Path(__file__).parents[1] / "data" / "worlds" / "office"


@pytest.fixture(scope="module")
def world() -> World:
    """The office."""
    return find_world(OFFICE)


def base_of(world: World, audit: str = "planned") -> Base:
    """Return the base of the one scenario."""
    return world.base("default", {"audit": audit})


def opened(world: World, start: str = "week", seed: int = 0, audit: str = "planned") -> Opening:
    """Return an opening."""
    return base_of(world, audit).opening(start, seed)[0]


def titles(opening: Opening) -> list[str]:
    """Return the titles of the documents, sorted."""
    return sorted(document.title for document in opening.documents.values())


def test_what_lies_there(world: World) -> None:
    opening, ids = opened(world), base_of(world).files.ids
    values = opening.values
    handbook = opening.documents[ids.document["handbook"]]
    assert handbook.title == f"Handbook of {values['firm.name']}"
    assert values["lead.name"] in handbook.last.text
    assert handbook.owner == ids.person["people"]
    assert "Reports" not in {document.folder for document in opening.documents.values()}, "made later"
    assert opening.meetings[ids.meeting["standup_d2"]].start == 2 * 86_400 + 9 * 3600
    call = opening.meetings[ids.meeting["client_call_d1"]]
    assert (call.private, call.title) == (True, f"Call with {values['client.short']}")
    assert set(call.attendees) == {ids.person[key] for key in ("sales", "lead", "buyer")}
    general = opening.channels[ids.channel["general"]]
    assert (general.name, general.purpose) == ("#general", f"Everything about {values['firm.short']}.")
    ledger = opening.systems[ids.system["ledger"]]
    assert dict(ledger.settings)["contact"] == values["ops.address"]
    assert ledger.allows(ids.person["clerk"], "read")
    assert ledger.release == "4.1"
    lines = [record.text for record in opening.records.values()]
    assert lines[0] == f"Moved to the new machine for {values['firm.short']}."
    (everyone,) = opening.lists.values()
    assert everyone.address == f"everyone@{opening.domain}"
    assert len(everyone.members) == 6
    ((away,),) = opening.absences.values()
    assert away.note is not None
    assert values["client.short"] in away.note.render(values)
    assert opening.filed[ids.person["clerk"]] == {opening.letters["welcome"]: "archive"}
    (paper,) = opening.mail[opening.letters["welcome"]].attached
    assert (paper.document, paper.version, paper.title) == (handbook.id, 1, handbook.title)
    assert opening.mail[opening.letters["welcome_back"]].bcc == (ids.person["people"],)


def test_who_and_what_is_there_only_under_a_condition(world: World) -> None:
    planned, none = opened(world), opened(world, audit="none")
    names = [{channel.name for channel in opening.channels.values()} for opening in (planned, none)]
    assert names[0] - names[1] == {"#books"}
    assert "report.announce" in planned.plan.steps
    assert "report.announce" not in none.plan.steps
    assert len(none.people) == 7


def test_a_seed_takes_one_version_of_everything_a_story_has(world: World) -> None:
    seen = set()
    for seed in range(12):
        opening = opened(world, seed=seed)
        fridge = "Fridge rules" in titles(opening)
        assert ("Kitchen rota" in titles(opening)) is not fridge
        assert ("kitchen_b.ask" in opening.plan.steps) is fridge
        assert ("kitchen_a.ask" in opening.plan.steps) is not fridge
        assert ("kitchen_b.ask" in opening.plan.letters) is fridge
        people = opening.plan.reactions.get(base_of(world).ids["people"], ())
        assert [reaction.key for reaction in people] == ([] if fridge else ["on_rota"])
        seen.add(fridge)
    assert seen == {True, False}


def test_steps_say_what_is_done(world: World) -> None:
    opening, ids = opened(world), base_of(world).files.ids
    steps, values = opening.plan.steps, opening.values
    (letter,) = steps["report.ask"].deeds
    assert isinstance(letter, Letter)
    assert (letter.key, letter.sender) == ("report.ask", ids.person["lead"])
    assert opening.plan.letters["report.ask"] is letter
    assert steps["report.answer"].deeds == ()
    assert steps["report.answer"].done_when is not None
    assert steps["report.answer"].done_when.figures == (values["hours.total"],)
    assert steps["report.confirm"].heard == (("hours", values["hours.total"]),)
    assert steps["report.wrong"].not_heard == (("hours", values["hours.total"]),)
    assert steps["report.confirm"].after == ("report.file",)
    assert steps["report.confirm"].delay == (300, 900)
    assert steps["report.file"].delay == (600, 1200, 2400)
    assert isinstance(steps["report.file"].deeds[0], Create)
    move, operate, written = steps["access.grant"].deeds
    assert isinstance(move, MoveTicket)
    assert isinstance(operate, Operate)
    assert isinstance(written, Letter)
    assert operate.grant == ((ids.person["finance"], "write"),)
    (seen,) = steps["access.seen"].deeds
    assert isinstance(seen, Post)
    assert (seen.channel, seen.to, seen.answers) == ("", "", "access.open")
    nightly = steps["job_ledger_nightly.d1"]
    assert (nightly.owner, nightly.at, nightly.night) == ("world", 86_400 + 2 * 3600, True)


@pytest.mark.parametrize("start", ["week", "midweek"])
@pytest.mark.parametrize("audit", ["planned", "none"])
def test_the_digest_is_that_of_the_resolved_state(world: World, start: str, audit: str) -> None:
    for seed in (*range(8), 2**64 - 1):
        base = base_of(world, audit)
        opening, digest = base.opening(start, seed)
        data = public_bytes(opening)
        assert sha256(data).hexdigest() == digest
        assert base.state(start, seed) == data
        assert b"{" + b"firm" not in data
        msgspec.json.decode(data)


def test_values_may_hold_any_characters(world: World) -> None:
    odd = 'Quote " and \\ back, é, \u2028'
    tableau = base_of(world).entrance("week").tableau((("parking", 0), ("kitchen", 0)))
    opening = opened(world)
    values = {**opening.values, "client.short": odd}
    assert odd in msgspec.json.decode(tableau.seal.data(values))["meetings"][-1]["title"]


def test_nothing_hidden_is_public(world: World) -> None:
    for start in ("week", "midweek"):
        opening, _ = base_of(world).opening(start, 3)
        text = public_bytes(opening).decode()
        for word in ("report.ask", "weekly_report", "rota_a", "kitchen", "outage_review", "planned"):
            assert word not in text, word


def test_everything_an_employee_could_see_is_public(world: World) -> None:
    opening, _ = base_of(world).opening("midweek", 3)
    state = msgspec.json.decode(public_bytes(opening))
    for field in ("people", "mail", "documents", "meetings", "channels", "tickets", "systems", "alerts", "records"):
        assert [each.get("id", each.get("number")) for each in state[field]] == [
            getattr(each, "id", getattr(each, "number", None)) for each in getattr(opening, field).values()
        ]
    assert state["lists"][0]["address"] in text_of(opening)
    assert state["away"]
    assert state["seen"]
    assert state["filed"]


def text_of(opening: Opening) -> str:
    """Return the public state as text."""
    return public_bytes(opening).decode()


def test_texts_are_put_into_words_on_first_look(world: World) -> None:
    opening = opened(world, "midweek", 5)
    one, two = (opening.mail[opening.letters["report.ask"]] for _ in range(2))
    assert one is two
    other = opened(world, "midweek", 6)
    assert other.mail[other.letters["report.ask"]].body != one.body
    assert next(iter(other.channels.values())) is not next(iter(opening.channels.values()))


def test_the_brief_says_what_a_condition_and_a_start_add(world: World) -> None:
    def brief(start: str, audit: str) -> str:
        scene = stage(world, "default", start, {"audit": audit}, 1)
        return brief_of(world, scene, Streams(1)).text

    opening = opened(world, seed=1)
    assert brief("week", "none").endswith("Do what is asked of you.")
    assert brief("week", "planned").endswith(f"\n\n{opening.values['auditor.name']} looks at the books this week.")
    assert brief("midweek", "planned").endswith(f"{opening.values['finance.given']} has his access.")


def test_a_company_begins_with_it(world: World) -> None:
    company = Company(opened(world, "midweek", 2))
    assert company.decisions["move"] == ("announced", "work")
    assert "report.answer" in company.done
    assert len(company.tickets) == 1


HIDDEN = (
    ("facts.yaml", "secrecy: private", "secrecy: internal"),
    ("facts.yaml", "known_by: [finance]", "known_by: [finance, lead]"),
    ("facts.yaml", 'content: [["{sales.family}", "band C"]]', 'content: [["band C"]]'),
    ("facts.yaml", "works: true", "works: false"),
    ("facts.yaml", "rota: [rota, dishwasher]", "rota: [rota]"),
    ("facts.yaml", "at: d4 12:00", "at: d4 13:00"),
    ("scenarios/default.yaml", "says: Write to", "weight: 7\n    says: Write to"),
    ("scenarios/default.yaml", "decision_time: d2 10:00", "decision_time: d2 11:00"),
    (
        "workflows/report.yaml",
        "done_when: {main_figure: {to: lead, unit: hours",
        "done_when: {states_figure: {to: lead",
    ),
    ("reactions.yaml", "topics: [hours], states", "states"),
    ("people.yaml", "affiliation: client", "affiliation: partner"),
)
"""Labels that nobody inside can see: who knows what, what is secret, what counts, who decides when."""


@pytest.mark.parametrize("label", range(len(HIDDEN)))
def test_twins_that_differ_in_a_hidden_label_look_the_same(label: int, tmp_path: Path, world: World) -> None:
    file, old, new = HIDDEN[label]
    folder = Path(shutil.copytree(OFFICE, tmp_path / "office"))
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    twin = find_world(folder)
    for start in ("week", "midweek"):
        for seed in (0, 9):
            mine, other = (base_of(each).opening(start, seed) for each in (world, twin))
            assert mine[1] == other[1]
            assert public_bytes(mine[0]) == public_bytes(other[0])
