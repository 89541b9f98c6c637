"""A world with mistakes: each is named in one pass, at its line, with its remedy, and nobody else is blamed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simenv.core.errors import WorldError
from simenv.staging import TOOLS
from simenv.worldfile.load import load, read

Change = Callable[[str, str, str], str]


def mistakes(folder: Path) -> list[str]:
    """Return what loading a world blames it for."""
    with pytest.raises(WorldError) as caught:
        load(folder, TOOLS)
    return [str(each) for each in caught.value.mistakes]


def test_the_shipped_world_has_none(folder: Path) -> None:
    assert read(folder, TOOLS).mistakes == ()


def test_ten_mistakes_are_ten_messages(folder: Path, change: Change) -> None:
    made = {
        change("mail/gate_times.md", "subject: Gate times next week", "subject: Gates: next week"): "is no YAML",
        change("mail/press_request.md", "to: [assistant]\n", "reply_by: Thursday\nto: [assistant]\n"): "'reply_by'",
        change("scenarios/bench.yaml", "seat: assistant\n", "") and "scenarios/bench.yaml": "'seat' is missing",
        change("names.yaml", "family: Venn", "family: 7"): "says 7",
        change("mail/boots_order.md", "to: [director, engineer", "to: [director, enginer"): "mean 'engineer'?",
        change(
            "workflows/invoice.yaml", "letter: hours_correction", "letter: hours_corection"
        ): "mean 'hours_correction'?",
        change("mail/kitchen_a.md", "{compliance.given}", "{compliance.gvien}"): "mean {compliance.given}?",
        change("scenarios/default.yaml", 'figures: ["{order.old}"]', "figures: []"): "none would always pass",
        change("facts.yaml", "at: d1 17:00", "at: d1 5pm"): "'d1 5pm'",
        change("scenarios/default.yaml", "mail_search, mail_send", "mail_serch, mail_send"): "mean 'mail_search'?",
    }
    found = mistakes(folder)
    assert len(found) == 10, "\n".join(found)
    for place, words in made.items():
        assert any(each.startswith(f"{place}: ") and words in each for each in found), (place, words, found)


def test_ten_more(folder: Path, change: Change) -> None:
    change("people.yaml", "key: finance, ", "key: finance, manager: billing, ")
    change("world.yaml", "  leave:\n", '  order:\n    number: {code: "PO-5####"}\n  leave:\n')
    change("workflows/site.yaml", "letter: boots_order", "needs: [site.boots], letter: boots_order")
    change("mail/hours_report.md", "opened: false", "opened: false\nanswers: tender_note2")
    change("mail/order_thanks.md", "---\nfrom", "from")
    change("scenarios/default.yaml", "decision_time: d1 14:15", "decision_time: d1 19:15")
    change("people.yaml", "affiliation: press, organisation: paper", "affiliation: press")
    change("reactions.yaml", "acts: [refuse]", "acts: [refus]")
    change("facts.yaml", "known_by: [director, recruiter]", "known_by: [director, recruter]")
    (folder / "mail" / "notes.txt").write_text("?", encoding="utf-8")
    found = mistakes(folder)
    assert len(found) == 10, "\n".join(found)
    expected = (
        "finance -> billing -> finance report to each other", "the key 'order' stands here twice", "site.boots and itself need",
        "'tender_note2'", "has no header", "outside the scenario", "no 'organisation'", "Did you mean 'refuse'?",
        "Did you mean 'recruiter'?", "mail/notes.txt: is read by nothing",
    )  # fmt: skip
    assert [words for words in expected if sum(words in each for each in found) != 1] == []


SINGLE = {
    "manager unknown": ("people.yaml", "manager: finance, pronouns: he", "manager: fiance, pronouns: he", "'finance'?"),
    "shift unreadable": ("people.yaml", '["07:30", "16:30"]', '["7:30", "16:30"]', 'Write ["08:30", "17:00"].'),
    "shift backwards": ("people.yaml", '["07:30", "16:30"]', '["17:30", "16:30"]', "engineer works from"),
    "pronouns": ("people.yaml", "department: \"{paper.name}\", pronouns: he", "department: \"{paper.name}\", pronouns: him", "'it'"),
    "seat outside": ("people.yaml", "pronouns: it,", "pronouns: it, affiliation: partner, organisation: client,", "is outside"),
    "no Monday": ("world.yaml", "start: 2027-03-08", "start: 2027-03-09", "is no Monday"),
    "no such day": ("world.yaml", "start: 2027-03-08", "start: 2027-02-30", "day is out of range"),
    "firm": ("world.yaml", "firm: firm", "firm: frim", "Did you mean 'firm'?"),
    "factor": ("facts.yaml", "told_in: [switch_off]\n    when: {threat", "told_in: [switch_off]\n    when: {treat", "'threat'?"),
    "level": ("workflows/systems.yaml", "{threat: [replacement]}", "{threat: [replaced]}", "'replacement'?"),
    "options differ": ("world.yaml", "{name: Quillon}", "{nam: Quillon}", "options with the same keys"),
    "later figure": ("world.yaml", "south: {sum: [south_first, slip]}", "south: {sum: [south_first, stale]}", "drawn later"),
    "bounds": ("world.yaml", "slip: {between: [3, 9]}", "slip: {between: [9, 3]}", "lower bound first"),
    "no way": ("world.yaml", "slip: {between: [3, 9]}", "slip: {thousands: false}", "drawn in no way"),
    "figure that is text": ("world.yaml", "total: {sum: [north", "total: {sum: [word, north", "names the figure 'word'"),
    "no domain": ("world.yaml", "short: Halvard Pryce, domain:", "short: Halvard Pryce, site:", "options with the same keys"),
    "topic empty": ("facts.yaml", "[purchase order, order number, po]", "[]", "has no phrase"),
    "phrase empty": ("facts.yaml", "[purchase order, order number, po]", '["*"]', "has the phrase '*'"),
    "told nowhere": ("facts.yaml", "told_in: [systems_policy]", "told_in: []", "is told in no message"),
    "step never done": ("workflows/site.yaml", "at: d1 12:40, ", "", "is never done"),
    "step of a seat": ("workflows/order.yaml", "due: d1 12:30", "at: d1 12:30", "done for the seat"),
    "needs what comes later": ("workflows/site.yaml", "letter: boots_order", "needs: [site.gate], letter: boots_order", "later"),
    "letter of another": ("workflows/site.yaml", "owner: coordinator", "owner: finance", "which is from coordinator"),
    "letter of the past": ("workflows/site.yaml", "letter: boots_order", "letter: parking_a", "lies in the mail"),
    "letter to nobody": ("reactions.yaml", "letters: [review_notice]", "letters: [review_opened]", "not to whom it goes"),
    "reaction of a seat": ("reactions.yaml", "who: engineer, acts", "who: assistant, acts", "reaction of a seat"),
    "unit": ("reactions.yaml", "states: code", "states: number", "names the unit 'number'"),
    "nobody to name": ("mail/boots_order.md", "{coordinator.given}", "{sender.given}", "no value here"),
    "a brace": ("mail/boots_order.md", "{coordinator.given}", "{Coordinator}", "no placeholder"),
    "answer before": ("mail/order_forward.md", "at: d-4 16:47", "at: d-4 16:47\nanswers: tender_note", "not written yet"),
    "story without time": ("mail/kitchen_a.md", "at: d-6 15:31\n", "", "has no time"),
    "header key": ("mail/kitchen_a.md", "from: compliance", "key: kitchen\nfrom: compliance", "called by its file's name"),
    "start after end": ("scenarios/default.yaml", "ends: d1 18:00", "ends: d1 08:00", "begins after"),
    "two names": ("scenarios/default.yaml", "name: default", "name: first", "give both one name"),
    "empty brief": ("scenarios/bench_quiet.yaml", "tools: [mail_list, ", "tools: [mail_list, mail_list, ", "twice"),
    "item": ("scenarios/bench.yaml", "items: []", "items: [invoices]", "Did you mean 'invoice'?"),
    "predicate": ("scenarios/default.yaml", "{to: finance, unit: code, figures: [\"{order.old}\"]}", "{}", "lacks to and figures"),
    "argument": ("scenarios/default.yaml", "{to: billing, unit: hours, number: 5}", "{to: billing, unit: hours, numbr: 5}", "numbr"),
    "time of a check": ("scenarios/default.yaml", "time: d1 14:00", "time: d2 14:00", "outside the scenario"),
    "unquoted": ("scenarios/default.yaml", '["{order.old}"]', "[{order.old}]", "in quotes"),
    "entry point": ("solution.yaml", "start: day", "start: days", "Did you mean 'day'?"),
    "call out of order": ("solution.yaml", "at: d1 10:40", "at: d1 09:10", "order of time"),
    "missing under a level": ("reactions.yaml", "why: review}\n  when: {threat: [replacement]}\n", "why: review}\n", "threat is none"),
    "alias": ("workflows/site.yaml", "owner: coordinator", "owner: *x", "alias"),
    "odd character": ("workflows/site.yaml", "owner: coordinator", "owner: coordinator\0", "character"),
}  # fmt: skip
"""Name -> file, what stands there, what shall stand there, what the one message says."""


@pytest.mark.parametrize("name", SINGLE)
def test_one_mistake_is_one_message(name: str, folder: Path, change: Change) -> None:
    file, old, new, says = SINGLE[name]
    place = change(file, old, new)
    found = mistakes(folder)
    assert len(found) == 1, "\n".join(found)
    assert says in found[0]
    assert found[0].partition(":")[0] in (file, place.partition(":")[0])


def test_an_unreadable_file_hides_nothing_else_and_blames_nobody(folder: Path, change: Change) -> None:
    change("people.yaml", "- {key: finance,", "- {key: finance")
    change("facts.yaml", "topics:\n", "topics: [\n")
    change("workflows/invoice.yaml", "item: invoice", "item: 'invoice")
    change("world.yaml", "format: 1", "format: 1: 2")
    change("mail/boots_order.md", "subject: Safety boots", "subject: Safety boots\nanswers: boots")
    found = mistakes(folder)
    assert len(found) == 5, "\n".join(found)
    assert sum("is no YAML" in each for each in found) == 4
    assert "mail/boots_order.md:5: names the letter 'boots', which does not exist." in "\n".join(found)


@pytest.mark.parametrize("file", ["people.yaml", "names.yaml", "facts.yaml", "reactions.yaml", "solution.yaml"])
def test_a_missing_file_is_one_mistake(file: str, folder: Path) -> None:
    (folder / file).unlink()
    assert mistakes(folder) == [f"{file}: is missing. Add it; docs/worlds.md says what stands in it."]


@pytest.mark.parametrize("text", ["", "# nothing\n", "\n"])
def test_an_empty_file_is_one_mistake(text: str, folder: Path) -> None:
    (folder / "names.yaml").write_text(text, encoding="utf-8")
    assert mistakes(folder) == ["names.yaml: is empty. Say something in it; docs/worlds.md says what."]


def test_what_many_name_in_vain_is_one_mistake(folder: Path, change: Change) -> None:
    change("people.yaml", "key: engineer,", "key: inspector,")
    found = [each for each in mistakes(folder) if "names the role 'engineer'" in each]
    assert len(found) == 1
    assert "more places" in found[0]


def test_a_folder_without_a_world(tmp_path: Path) -> None:
    assert mistakes(tmp_path) == ["world.yaml: is missing. A world is a folder with a world.yaml in it."]


def test_words_are_words(folder: Path, change: Change) -> None:
    change("facts.yaml", "[purchase order, order number, po]", "[no, yes, on, 17:30, 1.5, 010]")
    assert load(folder, TOOLS).facts.topics["order"] == ["no", "yes", "on", "17:30", "1.5", "010"]


def test_the_hash_depends_on_no_line_ends(folder: Path) -> None:
    before = load(folder).hash
    for file in (folder / "people.yaml", folder / "mail" / "boots_order.md"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder).hash == before
