"""Mail to lists, to addresses that nobody has, to people who are away; and how it all is told."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from simenv.company.opening import Absence
from simenv.company.text import Template
from simenv.snapshot import refold
from simenv.viewer.terminal_events import describe
from simenv.viewer.terminal_names import Names

from .mail_office import NOTE, Office


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_list_stands_for_its_members(office: Office) -> None:
    turn = office.send(office.list.address.upper(), cc=[office.client.address])
    sent = office.sent()
    assert (sent.to, sent.cc, sent.lists) == ((office.ann.id, office.ben.id), (office.client.id,), ("Field crew",))
    assert turn.text.startswith(f"Sent to Field crew, {office.client.name}. Its id is ")
    seen = office.as_seen_by(office.client, sent.id)
    assert f"To: Field crew <{office.list.address}>\nCc: {office.client.label}\n" in seen
    assert office.ann.name not in seen
    assert "to Field crew" in office.call("mail_list", folder="sent").text
    office.send(office.ann, cc=[office.list.address])
    assert f"To: {office.ann.label}\nCc: Field crew <" in office.call("mail_read", id=office.sent().id).text
    office.send(office.client, bcc=[office.list.address])
    assert (office.sent().lists, office.sent().bcc) == ((), (office.ann.id, office.ben.id))


def test_undeliverable_mail_comes_back(office: Office) -> None:
    wrong = f"{office.ann.address.partition('@')[0]}x@{office.domain}"
    turn = office.send(office.ben, wrong)
    assert turn.ok
    assert f"Did you mean {office.ann.address}?" in turn.text
    assert turn.data["undelivered"] == (wrong,)
    assert office.sent().to == (office.ben.id,)
    (bounced,) = office.events("mail.bounced")
    assert (bounced.data.id, bounced.data.addresses) == (turn.data["id"], (wrong,))  # type: ignore[attr-defined]
    notice = office.sim.company.message(office.listed()[0])
    assert (notice.sender, notice.to, notice.auto, notice.thread) == (
        office.postmaster.id, (office.me,), True, turn.data["thread"],
    )  # fmt: skip
    assert wrong in notice.body
    assert "Sent automatically" in office.call("mail_read", id=notice.id).text


def test_without_a_postmaster_the_result_alone_says_so() -> None:
    office = Office(postmaster=False)
    turn = office.send(office.ben, f"nobody.at.all@{office.domain}")
    assert "Nobody has the address nobody.at.all@" in turn.text
    (bounced,) = office.events("mail.bounced")
    assert bounced.actor == "world"
    assert office.events("mail.sent")[-1].actor == office.me


def test_what_reaches_nobody_is_not_sent(office: Office) -> None:
    assert office.send(f"nobody.at.all@{office.domain}").code == "not_found"
    for wrong in ("ann", "a@b@c.example", "ann lee@firm.example", f"Ann <{office.ann.address}>", "a\u202e@b.example"):
        assert office.send(office.ben, wrong).code == "bad_arguments"
    assert not [event for event in office.events("mail.sent") if event.actor == office.me]


def test_mail_to_an_unknown_address_outside_leaves_the_company(office: Office) -> None:
    turn = office.send(" Editor@News.example ", f"nobody@{office.domain}", cc=["editor@news.example"])
    assert turn.ok
    assert "it left the company" in turn.text
    assert (office.sent().to, office.sent().beyond) == ((), ("editor@news.example",))
    assert "To: editor@news.example, nobody@" in office.call("mail_read", id=turn.data["id"]).text
    assert "to editor@news.example" in office.call("mail_list", folder="sent").text
    office.call("mail_reply", id=turn.data["id"], body="One thing more.")
    assert office.sent().beyond == ("editor@news.example",)
    many = [[f"{letter}{number}@news.example" for number in range(50)] for letter in "ab"]
    assert office.call("mail_send", to=many[0], cc=many[1], subject="s", body="b").code == "too_large"


def test_who_is_away_answers_each_sender_once(office: Office) -> None:
    office.send(office.away)
    (data,) = office.answers()
    assert (data.to, data.body, data.thread, data.in_reply_to) == (
        (office.me,),
        NOTE,
        office.sent().thread,
        office.sent().id,
    )
    assert data.subject == "Automatic reply: Lunch"
    office.send(office.away, subject="Dinner")
    assert len(office.answers()) == 1
    office.get(office.ann, office.away.id)
    assert len(office.answers()) == 2


def test_lists_blind_copies_and_systems_get_no_note_of_absence(office: Office) -> None:
    office.send(office.ann, bcc=[office.away.address])
    office.get(office.ann, office.away.id, auto=True)
    crew = replace(office.list, members=(*office.list.members, office.away.id))
    office.play(replace(office.sim.scene, opening=replace(office.opening, lists={crew.address: crew})))
    office.send(crew.address)
    assert office.away.id in office.sent().to
    absent = office.opening.absences[office.away.id][0]
    silent = {office.away.id: (Absence(absent.start, absent.end), Absence(absent.end, absent.end + 60, Template("x")))}
    office.play(replace(office.sim.scene, opening=replace(office.opening, absences=silent)))
    office.send(office.away)
    assert office.answers() == []


def test_a_fork_files_and_answers_for_itself(office: Office) -> None:
    office.send(office.away)
    id = office.listed()[1]
    office.call("mail_move", id=id, folder="archive")
    other = office.fork()
    other.call("mail_move", id=id, folder="Later")
    other.send(office.away, subject="Again")
    office.call("mail_delete", id=id)
    assert (office.listed("archive"), office.listed("trash")) == ([], [id])
    assert other.listed("later") == [id]
    assert len(other.answers()) == len(office.answers()) == 1
    company, states = refold(other.sim.scene, list(other.sim.log))
    assert company.mailbox(office.me).filed == other.sim.company.mailbox(office.me).filed
    assert states == other.sim.states


def test_the_story_of_the_day_tells_it_all(office: Office) -> None:
    id = office.get(office.ann, office.me, subject="Keys")
    for folder in ("archive", "trash"):
        office.call("mail_move", id=id, folder=folder)
    office.call("mail_delete", id=id)
    office.call("mail_list", folder="trash")
    office.send(office.list.address, f"nobody@{office.domain}", bcc=[office.client.address, "x@news.example"])
    names = Names(office.sim.company, office.me)
    told = [line.text for line in (describe(names, event) for event in office.sim.log) if line is not None]
    blind = f"blind copy to {office.client.name} and 'x@news.example'"
    for wanted in (
        "puts 'Keys' into its folder 'archive'",
        "throws 'Keys' away",
        "erases 'Keys' from its mailbox",
        "looks through its trash (0 messages)",
        f"writes to Field crew and 'nobody@{office.domain}', {blind}: 'Lunch'",
        f"'Lunch' cannot be delivered to 'nobody@{office.domain}'",
        f"automatic mail from {office.postmaster.name}: 'Undeliverable: Lunch'",
    ):
        assert wanted in told
