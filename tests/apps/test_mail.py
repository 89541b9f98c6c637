"""Mail: folders, blind copies, attachments, forwards and quotes."""

from __future__ import annotations

import pytest

from simenv.core.kinds.documents import DocumentDeleted
from simenv.core.kinds.mail import Attached

from .mail_office import SECRET, Office


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_message_moves_between_folders_and_comes_back(office: Office) -> None:
    id = office.listed()[0]
    assert office.call("mail_move", id=id, folder=" Bridge   works ").ok
    assert id not in office.listed()
    assert office.listed("bridge works") == [id]
    assert office.call("mail_move", id=id, folder="BRIDGE WORKS").code == "conflict"
    assert office.call("mail_move", id=id, folder="inbox").ok
    assert office.listed()[0] == id
    assert office.call("mail_list", folder="Bridge works").code == "not_found"
    assert "Old matters" in office.call("mail_list", folder="nowhere").text


def test_what_was_filed_before_the_opening_lies_there(office: Office) -> None:
    (old,) = office.listed("old matters")
    count = len(office.opening.inboxes[office.me])
    pages = [header.id for page in range(1, count // 10 + 2) for header in office.call("mail_list", page=page).data]
    assert old not in pages
    assert len(pages) == len(set(pages)) == count - 1
    assert office.events("mail.listed")[0].data.folder == "Old matters"  # type: ignore[attr-defined]


def test_folders_are_newest_first_and_unread_can_be_asked_for(office: Office) -> None:
    first, second = office.get(office.ann, office.me), office.get(office.ben, office.me)
    office.call("mail_read", id=second)
    mine = office.send(office.ann).data["id"]
    for id in (mine, second, first):
        office.call("mail_move", id=id, folder="archive")
    assert office.listed("archive") == [mine, second, first]
    assert office.listed("archive", unread_only=True) == [first]
    assert f"to {office.ann.name}" in office.call("mail_list", folder="archive").text
    assert mine not in office.listed("sent")
    assert office.call("mail_move", id=first, folder="sent").code == "conflict"
    assert office.call("mail_move", id=mine, folder="inbox").code == "conflict"


def test_what_is_deleted_lies_in_the_trash_then_nowhere(office: Office) -> None:
    id = office.get(office.ann, office.me, office.ben.id, subject="Zebra")
    unread = office.sim.view.unread()
    assert office.call("mail_delete", id=id).ok
    assert office.sim.view.unread() == unread - 1
    assert office.listed("trash") == [id]
    assert office.call("mail_search", query="zebra").data == []
    assert office.call("mail_read", id=id).ok
    assert office.call("mail_delete", id=id).ok
    assert office.listed("trash") == []
    for name, more in {"mail_read": {}, "mail_reply": {"body": "x"}, "mail_delete": {}}.items():
        assert office.call(name, id=id, **more).code == "not_found"
    assert "Zebra" in office.as_seen_by(office.ben, id)
    assert [event.data.id for event in office.events("mail.erased")] == [id]  # type: ignore[attr-defined]


def test_search_finds_what_lies_in_any_folder(office: Office) -> None:
    ids = [office.get(office.ann, office.me, subject="Zebra") for _ in range(4)]
    for id, folder in zip(ids, ("archive", "Animals", "trash", "inbox"), strict=True):
        office.call("mail_move", id=id, folder=folder)
    assert [header.id for header in office.call("mail_search", query="zebra").data] == [ids[3], ids[1], ids[0]]
    (old,) = office.listed("old matters")
    word = office.sim.company.message(old).subject.split()[-1]
    assert old in [header.id for header in office.call("mail_search", query=word).data]


def test_a_blind_copy_is_seen_by_its_reader_and_the_sender_alone(office: Office) -> None:
    stranger = "someone@elsewhere.example"
    turn = office.send(
        office.ann, cc=[office.ben.address], bcc=[office.client.address, stranger, "nobody@" + office.domain]
    )
    id = turn.data["id"]
    assert office.sent().bcc == (office.client.id,)
    assert set(office.sent().blind) == {stranger, f"nobody@{office.domain}"}
    for reader in (office.ann, office.ben):
        seen = office.as_seen_by(reader, id)
        assert not any(each in seen for each in (office.client.address, office.client.name, stranger, "nobody@"))
    assert f"Bcc: {office.client.label}" in office.as_seen_by(office.client, id)
    assert stranger not in office.as_seen_by(office.client, id)
    own = office.call("mail_read", id=id)
    assert office.client.label in own.text
    assert own.data["bcc"] == [office.client.address, stranger, f"nobody@{office.domain}"]


def test_an_answer_to_everyone_leaves_blind_copies_alone(office: Office) -> None:
    id = office.get(office.ann, office.ben.id, cc=(office.me,), bcc=(office.client.id,))
    office.call("mail_reply", id=id, body="Yes.", everyone=True)
    assert (office.sent().to, office.sent().cc, office.sent().bcc) == ((office.ann.id,), (office.ben.id,), ())
    mine = office.send(office.ann, bcc=[office.ben.address, "x@elsewhere.example"]).data["id"]
    office.call("mail_reply", id=mine, body="One thing more.", everyone=True)
    assert (office.sent().to, office.sent().cc, office.sent().beyond) == ((office.ann.id,), (), ())


def test_an_attachment_is_a_copy_of_a_version(office: Office) -> None:
    assert office.send(office.client, attachments=["doc-plan"]).ok
    (attached,) = office.sent().attached
    assert (attached.document, attached.version, attached.title) == ("doc-plan", 1, "Plan")
    id = office.sent().id
    assert "Attached: 1. Plan (doc-plan, version 1)" in office.as_seen_by(office.client, id)
    second = office.call("mail_attachment", id=id, page=2)
    assert second.data["pages"] == 2
    first = office.call("mail_attachment", id=id, number=1)
    assert first.data["text"] + second.data["text"] == SECRET
    read = office.events("document.read")[0].data
    assert (read.id, read.number, read.via) == ("doc-plan", 1, id)  # type: ignore[attr-defined]
    assert SECRET[read.start : read.end] == second.data["text"]  # type: ignore[attr-defined]
    office.sim.emit(DocumentDeleted("doc-plan"), office.me)
    assert office.call("mail_attachment", id=id).ok
    assert office.send(office.ann, attachments=["doc-plan"]).code == "not_found"
    assert office.call("mail_attachment", id=id, page=3).code == "not_found"
    assert office.call("mail_attachment", id=id, number=2).code == "not_found"


def test_who_gets_a_document_can_open_and_pass_on_that_version_alone(office: Office) -> None:
    assert office.send(office.ben, attachments=["doc-board"]).code == "not_allowed"
    assert [event.data.target for event in office.events("access.denied")] == ["doc-board"]  # type: ignore[attr-defined]
    assert office.send(office.ben, attachments=["doc-none"]).code == "not_found"
    assert not [event for event in office.events("mail.sent") if event.actor == office.me]
    id = office.get(office.ann, office.me, attached=(Attached("doc-board", 1, "Board"),))
    assert office.call("mail_attachment", id=id).data["text"].startswith("The reserve")
    assert office.call("mail_forward", id=id, to=[office.ben.address]).ok
    assert office.sent().attached == (Attached("doc-board", 1, "Board"),)


def test_forwarding_carries_the_text_and_says_where_it_comes_from(office: Office) -> None:
    id = office.get(office.ann, office.me, subject="Keys", bcc=(office.client.id,))
    turn = office.call("mail_forward", id=id, to=[office.ben.address], comment="See below.", cc=[office.cem.address])
    sent = office.sent()
    assert (sent.subject, sent.forwards, sent.in_reply_to, turn.data["thread"]) == (
        "Fwd: Keys",
        id,
        None,
        f"thread-{id[5:]}",
    )
    assert (sent.to, sent.cc) == ((office.ben.id,), (office.cem.id,))
    stamp = office.sim.view.stamp(office.sim.company.message(id).time)
    assert sent.body.startswith("See below.\n\n")
    assert sent.body.endswith(f"From: {office.ann.label}\nDate: {stamp}\nSubject: Keys\n\nText.")
    office.call("mail_forward", id=sent.id, to=[office.ben.address])
    assert office.sent().subject == "Fwd: Keys"


def test_an_answer_can_quote(office: Office) -> None:
    id = office.get(office.ann, office.me)
    office.call("mail_reply", id=id, body="Fine.", quote=True, attachments=["doc-plan"])
    assert office.sent().body.startswith("Fine.\n\nOn ")
    assert office.sent().body.endswith(f", {office.ann.name} wrote:\n> Text.")
    assert office.sent().attached[0].document == "doc-plan"
    long = office.send(office.ann, body="word " * 12_000).data["id"]
    assert office.call("mail_reply", id=long, body="word " * 5_000, quote=True).code == "too_large"
    assert office.call("mail_forward", id=long, to=[office.ann.address], comment="word " * 5_000).code == "too_large"
