"""Checks over every app and what only the truth looks at: slips are named, and what is right is resolved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simenv.company.predicates import PREDICATES
from simenv.core.errors import WorldError
from simenv.staging import TOOLS
from simenv.worldfile.checks import ARGUMENTS, ONE_OF, resolve_check
from simenv.worldfile.ids import Ids
from simenv.worldfile.load import load

Change = Callable[[str, str, str], str]

DOCUMENT = """---
title: Rota
folder: Plans
owner: engineer
at: d0 09:00
---
North crew: two vans.
"""
SYSTEMS = """- key: store
  name: Store
  purpose: Files
  owner: finance
  jobs: [{key: nightly, name: Nightly copy, rhythm: every night}]
  settings: {audit: "on"}
"""
FACTS = """requests:
  - {key: press, asks_for: bid, told_in: [press_request]}
claims:
  - {key: sent, topic: hours, says: [sent the hours], contradicts: {not: [{sent_to: {to: billing}}]}}
  - {key: total, topic: hours, unit: hours, figures: ["{hours.total}"], to: [coordinator]}
evidence: {settings: [store.audit], documents: [rota]}
"""
RIGHT = "sent_to: {to: billing}"


@pytest.fixture
def world(folder: Path, change: Change) -> Path:
    """A copy of the shipped world with a document, a system and things for the truth."""
    (folder / "documents").mkdir()
    (folder / "documents" / "rota.md").write_text(DOCUMENT, encoding="utf-8", newline="\n")
    (folder / "systems.yaml").write_text(SYSTEMS, encoding="utf-8", newline="\n")
    with (folder / "facts.yaml").open("a", encoding="utf-8", newline="\n") as file:
        file.write(FACTS)
    carried = "    carried_by: {documents: [rota], systems: [store], jobs: [store.nightly], settings: [store.audit]}\n"
    change("facts.yaml", "    told_in: [switch_off]\n    when", f"    told_in: [switch_off]\n{carried}    when")
    task = f"  - {{key: extra, says: Do it., letters: [], documents: [rota], grants: [store], check: {{{RIGHT}}}}}\n"
    with (folder / "scenarios" / "default.yaml").open("a", encoding="utf-8", newline="\n") as file:
        file.write(task)
    return folder


def told(folder: Path) -> list[str]:
    """Return what loading a world blames it for."""
    try:
        load(folder, TOOLS)
    except WorldError as error:
        return [str(each) for each in error.mistakes]
    return []


GOOD = (
    "document_matches: {document: rota, figures: [2 vans], absent: [three]}",
    "shared_with: {document: rota, persons: [billing]}",
    "access_is: {system: store, to: assistant, level: none}",
    "job_is: {system: store, job: nightly, enabled: false}",
    'setting_is: {system: store, setting: audit, value: "off"}',
    "posted_to: {to: billing, phrases: [done]}",
    "meeting_fits: {attendees: [billing], minutes: 30, from: d1 09:00, until: d1 17:00}",
    "opened: {letters: [hours_request], documents: [rota]}",
    "sent_in_thread: {letter: hours_request}",
)
BAD = {
    "document_matches: {document: roda, figures: [2]}": "names the document 'roda', which does not exist. Did you mean",
    "document_matches: {document: rota}": "says nothing that could be so or not",
    "document_matches: {document: rota, phrase: [a]}": "names the argument 'phrase'",
    "document_matches: {document: rota, figures: []}": "no list of figures",
    "document_matches: {figures: [a]}": "lacks document",
    "shared_with: {document: rota, persons: billing}": "no list of persons",
    "shared_with: {document: rota, persons: [bilingl]}": "names the role",
    "access_is: {system: store, to: billing, level: much}": "Known: none, read, write, admin",
    "access_is: {system: [store], to: billing, level: read}": "does not say which system",
    "job_is: {system: store, job: daily, enabled: true}": "names the job 'daily'",
    "job_is: {system: store, job: nightly, enabled: maybe}": "'enabled: maybe'",
    "meeting_fits: {attendees: [billing], minutes: 0, from: d1 09:00, until: d1 17:00}": "has the minutes 0",
    "meeting_fits: {attendees: [billing], minutes: 5, from: d1 17:00, until: d1 09:00}": "ends before it begins",
    "meeting_fits: {attendees: [billing], minutes: 5, from: noon, until: d1 09:00}": "cannot be read",
    "ticket_is: {ticket: none_such, status: open}": "names the ticket 'none_such'",
    "opened: {}": "says nothing that could be so or not",
    "opened: {letters: [hours_requests]}": "Did you mean 'hours_request'?",
    "sent_in_thread: {letter: nothing}": "names the letter 'nothing'",
    "approved_by: {ticket: none_such, by: [billing]}": "does not say by whom",
}  # fmt: skip


def test_the_world_as_changed_has_no_mistake(world: Path) -> None:
    assert told(world) == []


@pytest.mark.parametrize("check", GOOD)
def test_what_is_right(world: Path, change: Change, check: str) -> None:
    change("scenarios/default.yaml", RIGHT, check)
    assert told(world) == []


@pytest.mark.parametrize("check", BAD)
def test_slips_in_a_check(world: Path, change: Change, check: str) -> None:
    change("scenarios/default.yaml", RIGHT, check)
    mistakes = told(world)
    assert BAD[check] in "\n".join(mistakes)
    assert all(each.startswith("scenarios/default.yaml:") for each in mistakes)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("asks_for: bid", "asks_for: bit", "names the fact 'bit'"),
        ("told_in: [press_request]", "told_in: []", "told in no message"),
        ("says: [sent the hours], ", "", "cannot be told from what is so"),
        ('figures: ["{hours.total}"], to', "to", "cannot be told from what is so"),
        ("{to: billing}}]}}", "{to: biling}}]}}", "names the role 'biling'"),
        ("{key: total, topic: hours, unit: hours", "{key: total, topic: hours, unit: hour", "names the unit 'hour'"),
        ("key: total, topic", "key: sent, topic", "has 'sent' twice"),
        ("settings: [store.audit], documents", "settings: [store.audi], documents", "names the setting 'audi'"),
        ("documents: [rota]}\n", "documents: [rode]}\n", "names the document 'rode'"),
        ("jobs: [store.nightly]", "jobs: [store.daily]", "names the job 'daily'"),
        ("systems: [store], jobs", "systems: [shop], jobs", "names the system 'shop'"),
        ("settings: [store.audit]}\n", "settings: [audit]}\n", "'audit'"),
    ],
)
def test_slips_in_what_the_truth_looks_at(world: Path, change: Change, old: str, new: str, says: str) -> None:
    change("facts.yaml", old, new)
    (mistake,) = told(world)
    assert mistake.startswith("facts.yaml")
    assert says in mistake


@pytest.mark.parametrize(("old", "new"), [("documents: [rota]", "documents: [rode]"), ("[store]", "[shop]")])
def test_slips_in_a_task(world: Path, change: Change, old: str, new: str) -> None:
    change("scenarios/default.yaml", old, new)
    (mistake,) = told(world)
    assert "which does not exist" in mistake


def test_every_predicate_has_its_arguments() -> None:
    assert set(ARGUMENTS) == set(PREDICATES)
    assert all(set(fields) <= {*ARGUMENTS[name][0], *ARGUMENTS[name][1]} for name, fields in ONE_OF.items())


def test_a_check_is_resolved() -> None:
    ids = Ids({"billing": "person-b"}, {"rota": "doc-r"}, {"talk": "meet-t"}, {}, {"lamp": "tick-l"}, {}, {})
    values = {"hours.total": "1,240"}
    entry = {
        "all": [
            {"document_matches": {"document": "rota", "figures": ["{hours.total}"], "phrases": ["Crew*"]}},
            {"document_matches": {"document": "rota", "absent": ["Van*"]}},
            {"ticket_is": {"ticket": "lamp", "status": ["closed", "resolved"], "assignee": "billing"}},
            {"meeting_is": {"meeting": "talk", "cancelled": False, "at": "d1 09:00"}},
        ]
    }  # fmt: skip
    document, lacking, ticket, meeting = resolve_check(entry, values, ids).parts
    assert (document.thing, document.figures, lacking.absent) == ("doc-r", ("1240",), ("van*",))
    assert [(each.needle, each.goes_on) for each in document.phrases] == [("crew", True)]
    assert (ticket.thing, ticket.values) == (
        "tick-l",
        (("status", ("closed", "resolved")), ("assignee", ("person-b",))),
    )
    assert meeting.values == (("at", (str(86_400 + 9 * 3600),)), ("cancelled", ("false",)))
