"""Documents: who may read, change, share, classify and delete them, and what does not show."""

from __future__ import annotations

from typing import Any

import pytest

from simenv.simulation import Simulation

from .shelf import SEED, Office, scene


@pytest.fixture
def office() -> Office:
    """A company at its opening."""
    return Office()


@pytest.mark.parametrize(
    ("who", "id", "code"),
    [
        ("assistant", "doc-policy", "ok"),
        ("contact", "doc-policy", "not_allowed"),
        ("engineer", "doc-plans", "ok"),
        ("coordinator", "doc-plans", "ok"),
        ("assistant", "doc-plans", "ok"),
        ("finance", "doc-plans", "not_allowed"),
        ("compliance", "doc-secret", "ok"),
        ("director", "doc-secret", "not_allowed"),
        ("director", "doc-nothing", "not_found"),
    ],
)
def test_who_may_read(office: Office, who: str, id: str, code: str) -> None:
    assert office.call(who, "document_read", id=id).code == code
    kinds = {"ok": "document.read", "not_allowed": "access.denied"}
    if code in kinds:
        assert office.simulation.log[-1].kind == kinds[code]
        assert office.last().id == id if code == "ok" else office.last().target == id


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("document_edit", {"text": "x"}),
        ("document_replace", {"find": "Span", "replace": "Bay"}),
        ("document_rename", {"title": "Plans"}),
        ("document_share", {"addresses": ["someone@else.example"]}),
        ("document_unshare", {"addresses": ["someone@else.example"]}),
        ("document_classify", {"classification": "public"}),
        ("document_delete", {}),
    ],
)
def test_who_may_change(office: Office, tool: str, arguments: dict[str, Any]) -> None:
    before, by_owner = office.document("doc-plans"), tool in ("document_classify", "document_delete")
    assert office.call("finance", tool, id="doc-plans", **arguments).code == "not_allowed"
    assert office.call("assistant", tool, id="doc-plans", **arguments).code == "not_allowed"
    assert office.call("coordinator", tool, id="doc-plans", **arguments).code != "ok" or not by_owner
    assert (office.document("doc-plans") == before) == (by_owner or tool == "document_unshare")
    if by_owner:
        office.done("engineer", tool, id="doc-plans", **arguments)
        assert office.document("doc-plans") != before


def test_what_one_may_not_read_leaves_no_trace(office: Office) -> None:
    other = Office(Simulation(scene(without="doc-secret"), SEED))
    for tool, arguments in [
        ("document_list", {}),
        ("document_list", {"folder": "Personnel"}),
        ("document_list", {"folder": "Personel"}),
        ("document_search", {"query": "severance"}),
        ("document_search", {"query": "girder"}),
        ("document_read", {"id": "doc-secrets"}),
        ("document_read", {"id": "Severance list"}),
        ("document_create", {"title": "Severance list", "folder": "Personnel", "text": ""}),
    ]:
        assert office.call("assistant", tool, **arguments) == other.call("assistant", tool, **arguments)
    found = office.done("compliance", "document_search", query="severance").data
    assert "doc-secret" in [each.id for each in found]


def test_sharing_inside_and_outside(office: Office) -> None:
    contact, unknown = office.address("contact"), "Stranger@Elsewhere.example"
    shared = office.done("coordinator", "document_share", id="doc-plans", addresses=[contact.upper(), unknown])
    assert "stranger@elsewhere.example (outside)" in shared.text
    plans = office.document("doc-plans")
    assert plans.readers == (office.ids["assistant"], office.ids["contact"])
    assert plans.beyond == ("stranger@elsewhere.example",)
    assert office.call("contact", "document_read", id="doc-plans").ok
    assert office.call("contact", "document_edit", id="doc-plans", text="x").code == "not_allowed"
    site = f"site@{office.simulation.scene.opening.domain}"
    office.done("engineer", "document_share", id="doc-plans", addresses=[site], role="editor")
    office.done("finance", "document_edit", id="doc-plans", text="Reviewed.")
    both = [office.address("finance"), unknown]
    office.done("engineer", "document_unshare", id="doc-plans", addresses=both)
    assert office.document("doc-plans").beyond == ()
    assert office.call("finance", "document_read", id="doc-plans").code == "not_allowed"
    assert office.call("engineer", "document_unshare", id="doc-plans", addresses=both).code == "not_found"


def test_sharing_gives_rights_and_takes_none(office: Office) -> None:
    owner, editor = office.address("engineer"), office.address("coordinator")
    for role in ("reader", "editor"):
        again = office.call("engineer", "document_share", id="doc-plans", addresses=[owner, editor], role=role)
        assert again.code == "conflict"
    office.done("engineer", "document_share", id="doc-plans", addresses=[office.address("assistant")], role="editor")
    plans = office.document("doc-plans")
    assert (plans.readers, plans.editors) == ((), (office.ids["coordinator"], office.ids["assistant"]))


@pytest.mark.parametrize("address", ["nobody", "a b@c.example", "a@b@c.example", "a@nowhere"])
def test_what_is_no_address_is_refused(office: Office, address: str) -> None:
    result = office.call("engineer", "document_share", id="doc-plans", addresses=[address])
    assert result.code == "not_found"
    assert address in result.text


def test_a_mistyped_colleague_is_no_stranger(office: Office) -> None:
    typed = office.address("finance").replace("q", "k", 1)
    result = office.call("engineer", "document_share", id="doc-plans", addresses=[typed])
    assert result.code == "not_found"
    assert office.address("finance") in result.text


def test_readers_of_a_new_document_are_colleagues(office: Office) -> None:
    new = {"title": " Minutes \n of Monday ", "folder": "Notes", "text": "x", "classification": "restricted"}
    made = office.done("assistant", "document_create", **new, readers=[office.address("finance")])
    document = office.document(made.data["id"])
    assert (document.title, document.readers) == ("Minutes of Monday", (office.ids["finance"],))
    assert office.call("director", "document_read", id=document.id).code == "not_allowed"
    for outside in (office.address("contact"), "x@elsewhere.example"):
        assert office.call("assistant", "document_create", **new, readers=[outside]).code == "not_allowed"
    assert office.call("assistant", "document_create", title=" ", folder="x", text="").code == "bad_arguments"


def test_classification_closes_and_opens(office: Office) -> None:
    office.done("director", "document_classify", id="doc-policy", classification="restricted")
    assert office.call("assistant", "document_read", id="doc-policy").code == "not_allowed"
    assert office.call("director", "document_classify", id="doc-policy", classification="restricted").code == "conflict"
    assert (
        office.call("director", "document_classify", id="doc-policy", classification="secret").code == "bad_arguments"
    )
    office.done("director", "document_classify", id="doc-policy", classification="public")
    office.done("assistant", "document_read", id="doc-policy")


def test_what_was_deleted_is_gone_for_everybody(office: Office) -> None:
    made = office.done("assistant", "document_create", title="Aside", folder="Mine", text="gone").data["id"]
    office.done("assistant", "document_delete", id=made)
    for who in ("assistant", "director"):
        assert office.call(who, "document_read", id=made).code == "not_found"
        assert office.call(who, "document_history", id=made).code == "not_found"
        assert made not in office.done(who, "document_list").text
        assert office.done(who, "document_search", query="gone").data == []
    assert office.document(made).last.text == "gone"
    assert office.done("assistant", "document_create", title="Aside", folder="Mine", text="new").data["id"] != made
