"""Documents: versions, where they came from, lists, search, long texts, forks, bounds."""

from __future__ import annotations

import pytest

from simenv.core.calls import ToolCall
from simenv.core.kinds.documents import DocumentCreated, DocumentRead, DocumentSearched
from simenv.core.kinds.mail import Attached, MailSent
from simenv.snapshot import refold
from simenv.tools import documents
from simenv.viewer.terminal_calls import _TRIES
from simenv.viewer.terminal_events import describe
from simenv.viewer.terminal_names import Names

from .shelf import LONG, MOST, Office


@pytest.fixture
def office() -> Office:
    """A company at its opening."""
    return Office()


def test_versions_stay(office: Office) -> None:
    office.done("coordinator", "document_replace", id="doc-plans", find="412", replace="398", note="after\nreview")
    office.done("engineer", "document_edit", id="doc-plans", text="Void.")
    assert [each.text for each in office.document("doc-plans").versions] == [
        "A first draft.\n", "Span four carries 412 tonnes.\n", "Span four carries 398 tonnes.\n", "Void.",
    ]  # fmt: skip
    now = office.done("assistant", "document_read", id="doc-plans")
    assert "version 4 of 4" in now.text
    assert now.text.endswith("Void.")
    third = office.done("assistant", "document_read", id="doc-plans", version=3)
    assert (third.data["text"], third.data["author"]) == (
        "Span four carries 398 tonnes.\n",
        office.address("coordinator"),
    )
    assert office.last() == DocumentRead("doc-plans", 3, 0, 30)
    assert office.call("assistant", "document_read", id="doc-plans", version=5).code == "not_found"
    assert office.call("finance", "document_read", id="doc-plans", version=1).code == "not_allowed"
    history = office.done("assistant", "document_history", id="doc-plans")
    assert [each["version"] for each in history.data["versions"]] == [4, 3, 2, 1]
    assert "30 characters: after review" in history.text


@pytest.mark.parametrize(
    ("find", "replace", "code"),
    [
        ("span four", "x", "conflict"),
        ("n", "x", "conflict"),
        ("four", "four", "conflict"),
        ("", "x", "bad_arguments"),
        ("Span", "x" * 8_001, "bad_arguments"),
    ],
)
def test_a_passage_is_replaced_where_it_stands_once(office: Office, find: str, replace: str, code: str) -> None:
    assert office.call("engineer", "document_replace", id="doc-plans", find=find, replace=replace).code == code
    assert office.document("doc-plans").last.number == 2


def test_overlapping_places_are_two(office: Office) -> None:
    office.done("engineer", "document_edit", id="doc-plans", text="aaa")
    assert office.call("engineer", "document_replace", id="doc-plans", find="aa", replace="b").code == "conflict"
    office.done("engineer", "document_edit", id="doc-plans", text="Z" + "y" * 39_999)
    assert office.call("engineer", "document_replace", id="doc-plans", find="Z", replace="ZZ").code == "too_large"


def test_a_copy_says_what_it_was_copied_from(office: Office) -> None:
    copy = office.document(office.done("assistant", "document_copy", id="doc-plans", folder="Mine").data["id"])
    assert (copy.title, copy.folder, copy.source) == ("Copy of Girder plans", "Mine", "doc-plans@2")
    assert (copy.owner, copy.classification, copy.readers) == (office.ids["assistant"], "confidential", ())
    assert copy.last.text == office.document("doc-plans").last.text
    assert office.call("engineer", "document_read", id=copy.id).code == "not_allowed"
    assert office.call("finance", "document_copy", id="doc-plans").code == "not_allowed"
    assert "doc-plans@2" in office.done("assistant", "document_history", id=copy.id).text


def test_mail_is_saved_with_its_source(office: Office) -> None:
    company = office.simulation.company
    sent = MailSent(
        "mail-1", "thread-1", (office.ids["assistant"],), "The list", "As promised.",
        attached=(Attached("doc-secret", 1, "Severance list"),),
    )  # fmt: skip
    office.simulation.emit(sent, office.ids["compliance"])
    office.done("compliance", "document_delete", id="doc-secret")
    letter = company.documents[office.done("assistant", "document_save", id="mail-1", folder="Mine").data["id"]]
    assert (letter.title, letter.source, letter.classification) == ("The list", "mail-1", "confidential")
    assert letter.last.text.endswith("Subject: The list\n\nAs promised.")
    saved = office.done("assistant", "document_save", id="mail-1", attachment=1, folder="Mine", title="Draft")
    paper = company.documents[saved.data["id"]]
    assert (paper.title, paper.source, paper.classification) == ("Draft", "mail-1", "restricted")
    assert paper.last.text == "A first draft.\n"
    assert office.call("assistant", "document_save", id="mail-1", attachment=2, folder="Mine").code == "not_found"
    assert office.call("finance", "document_save", id="mail-1", folder="Mine").code == "not_allowed"
    assert office.call("assistant", "document_save", id="mail-2", folder="Mine").code == "not_found"


def test_renaming_keeps_the_former_title(office: Office) -> None:
    office.done("coordinator", "document_rename", id="doc-plans", title="Bearings", folder="Archive")
    office.done("coordinator", "document_rename", id="doc-plans", folder="Attic")
    plans = office.document("doc-plans")
    assert (plans.title, plans.folder, plans.former) == ("Bearings", "Attic", ("Girder plans",))
    assert office.call("coordinator", "document_rename", id="doc-plans", folder="Attic").code == "conflict"
    assert "Formerly: Girder plans" in office.done("assistant", "document_history", id="doc-plans").text
    assert [each.id for each in office.done("assistant", "document_search", query="bearings").data] == ["doc-plans"]
    assert [each.id for each in office.done("assistant", "document_search", query="plans").data] == []


def test_search_finds_the_present_text(office: Office) -> None:
    def found(query: str) -> list[str]:
        return [each.id for each in office.done("assistant", "document_search", query=query).data]

    assert found("TONNES girder") == ["doc-plans"]
    office.done("engineer", "document_replace", id="doc-plans", find="tonnes", replace="kilonewtons")
    assert found("tonnes") == []
    assert found("kilonewtons") == ["doc-plans"]
    assert found("girder") == ["doc-plans", "doc-survey"]
    hits = office.last()
    assert isinstance(hits, DocumentSearched)
    assert [(each.id, each.start, each.end) for each in hits.hits] == [("doc-plans", 0, 35), ("doc-survey", 0, 160)]
    assert office.call("assistant", "document_search", query="!?").code == "bad_arguments"


def test_a_long_text_is_read_page_by_page(office: Office) -> None:
    texts, page = [], 1
    while (result := office.call("assistant", "document_read", id="doc-survey", page=page)).ok:
        assert len(result.text) <= MOST
        texts.append(result.data["text"])
        assert office.last() == DocumentRead("doc-survey", 2, sum(map(len, texts[:-1])), sum(map(len, texts)))
        page += 1
    assert result.code == "not_found"
    assert len(texts) == 7
    assert "".join(texts) == LONG


def test_a_fork_is_independent_both_ways(office: Office) -> None:
    office.done("engineer", "document_rename", id="doc-plans", title="Bearings")
    fork = office.fork()
    office.done("engineer", "document_edit", id="doc-plans", text="parent")
    fork.done("engineer", "document_edit", id="doc-plans", text="child")
    fork.done("engineer", "document_rename", id="doc-survey", title="Levels")
    office.done("engineer", "document_share", id="doc-plans", addresses=[office.address("director")])
    assert (office.document("doc-plans").last.text, fork.document("doc-plans").last.text) == ("parent", "child")
    for side, here, there in ((office, "parent", "child"), (fork, "child", "parent")):
        assert [each.id for each in side.done("assistant", "document_search", query=here).data] == ["doc-plans"]
        assert side.done("assistant", "document_search", query=there).data == []
    assert [each.id for each in fork.done("finance", "document_search", query="levels").data] == ["doc-survey"]
    assert office.done("finance", "document_search", query="levels").data == []
    assert fork.call("director", "document_read", id="doc-plans").code == "not_allowed"
    new = {"title": "Minutes", "folder": "Notes", "text": "x"}
    assert office.done("finance", "document_create", **new) == fork.done("finance", "document_create", **new)


def test_the_state_is_the_fold_of_the_log(office: Office) -> None:
    new = {"title": "Minutes", "folder": "Notes", "text": "x"}
    made = [office.done("assistant", "document_create", **new).data["id"] for _ in range(3)]
    assert len(set(made)) == 3
    office.done("assistant", "document_edit", id=made[0], text="y")
    office.done("assistant", "document_search", query="y")
    office.done("assistant", "document_share", id=made[0], addresses=["x@elsewhere.example"], role="editor")
    office.done("assistant", "document_classify", id=made[0], classification="public")
    office.done("assistant", "document_rename", id=made[1], title="Other")
    office.done("assistant", "document_delete", id=made[2])
    office.done("engineer", "document_unshare", id="doc-plans", addresses=[office.address("assistant")])
    simulation = office.simulation
    folded, _ = refold(simulation.scene, list(simulation.log))
    assert list(folded.documents.values()) == list(simulation.company.documents.values())
    assert set(folded.documents.changed()) == {*made, "doc-plans"}


def test_a_list_has_folders_first_and_pages(office: Office) -> None:
    first = office.done("assistant", "document_list").text.splitlines()
    assert first[:2] == ["Bridge/  2", "Policies/  1"]
    assert [line.split()[0] for line in first[2:]] == ["doc-survey", "doc-plans", "doc-policy"]
    for number in range(20):
        office.done("assistant", "document_create", title=f"Sheet {number}", folder="Sheets", text="")
    pages = [office.done("assistant", "document_list", folder="sheets", page=page).text for page in (1, 2, 3)]
    assert pages[0].endswith("More on page 2.")
    assert len({line.split()[0] for page in pages[:2] for line in page.splitlines()} - {"More"}) == 20
    assert pages[2] == "There is no page 3."


def test_hints_name_what_is_near(office: Office) -> None:
    assert "Did you mean doc-plans?" in office.call("assistant", "document_read", id="doc-plan").text
    assert "Did you mean doc-survey?" in office.call("assistant", "document_read", id="girder survey").text
    assert "Did you mean Policies?" in office.done("assistant", "document_list", folder="Policy").text


def test_no_result_is_too_large(office: Office) -> None:
    title, folder, address = "W" * 200, "F" * 80, "a" * 300 + "@elsewhere.example"
    for number in range(20):
        new = {"title": f"{number}".rjust(200, "W"), "folder": folder, "text": "word " + "x" * 39_000}
        made = office.done("assistant", "document_create", **new).data["id"]
    many = [f"{number}{address}" for number in range(40)]
    office.done("assistant", "document_share", id=made, addresses=many)
    for number in range(15):
        office.done("assistant", "document_edit", id=made, text=f"word {number}", note="n" * 200)
        office.done("assistant", "document_rename", id=made, title=f"{number}{title}"[:200])
    for tool in ("document_list", "document_search", "document_history", "document_read"):
        arguments = {"query": "word"} if tool == "document_search" else {} if tool == "document_list" else {"id": made}
        assert len(office.done("assistant", tool, **arguments).text) > 250
    office.done("assistant", "document_unshare", id=made, addresses=many)
    too_much = {"text": "x" * 40_001}, {"title": title + "W"}, {"folder": folder + "F"}, {"readers": ["abc"] * 51}
    for wrong in too_much:
        call = {"title": "t", "folder": "f", "text": "x", **wrong}
        assert office.call("assistant", "document_create", **call).code == "bad_arguments"


def test_hostile_text_stays_text(office: Office) -> None:
    simulation = office.simulation
    title = "Plan\n  doc-secret  Mon  Severance list\u202e\x00\x1b[2J"
    call = ToolCall("document_create", {"title": title, "folder": "../..\n/", "text": "\ud800{person.name} %s"})
    made = simulation.act(call)
    assert made.ok
    created = next(event.data for event in simulation.log if event.kind == "document.created")
    assert isinstance(created, DocumentCreated)
    assert created.text == "\ufffd{person.name} %s"
    assert "\n" not in created.title + created.folder
    lines = office.done("assistant", "document_list").text.splitlines()
    assert not [line for line in lines if line.split()[0] == "doc-secret"]
    assert created.text in office.done("assistant", "document_read", id=created.id).text
    simulation.act(ToolCall("document_read", {"id": "doc-secret"}))
    assert [event.kind for event in simulation.log][-3:] == ["tool.called", "access.denied", "tool.refused"]
    names = Names(simulation.company, simulation.scene.seat)
    said = [describe(names, event) for event in simulation.log if event.kind.startswith("document.")]
    assert said
    assert all(line is not None and line.text.isprintable() for line in said)


def test_every_tool_and_kind_has_its_words(office: Office) -> None:
    assert {tool.name for tool in documents.TOOLS} <= set(_TRIES)
