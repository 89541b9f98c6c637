"""A world with mistakes: each is named in one pass, at its line, with its remedy, and nobody else is blamed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

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
    change("scenarios/bench.yaml", "seat: assistant\n", "")  # what is missing has no line: the file is the place
    made = {
        "scenarios/bench.yaml": "'seat' is missing",
        change("mail/gate_times.md", "subject: Gate times next week", "subject: Gates: next week"): "is no YAML",
        change("mail/press_request.md", "to: [assistant]\n", "reply_by: Thursday\nto: [assistant]\n"): "'reply_by'",
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
        "finance -> billing -> finance report to each other", "the key 'order' stands here twice",
        "site.boots and itself need",
        "'tender_note2'", "has no header", "outside the scenario", "no 'organisation'", "Did you mean 'refuse'?",
        "Did you mean 'recruiter'?", "mail/notes.txt: is read by nothing",
    )  # fmt: skip
    assert [words for words in expected if sum(words in each for each in found) != 1] == []


SINGLE = {each["name"]: each for each in yaml.safe_load(Path(__file__).with_name("mistakes.yaml").read_text("utf-8"))}


@pytest.mark.parametrize("name", SINGLE)
def test_one_mistake_is_one_message(name: str, folder: Path, change: Change) -> None:
    planted = SINGLE[name]
    change(planted["file"], planted["old"], planted["new"])
    told = mistakes(folder)
    assert len(told) == 1, "\n".join(told)
    assert told[0].startswith(planted["file"])
    assert planted["says"] in told[0]


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
    named, drawn = mistakes(folder)
    assert "names the role 'engineer', which does not exist (so also" in named
    assert "has a placeholder of 'engineer', for which nothing is drawn (so also" in drawn
    assert "more places" in named


def test_a_folder_without_a_world(tmp_path: Path) -> None:
    assert mistakes(tmp_path) == ["world.yaml: is missing. A world is a folder with a world.yaml in it."]


def test_words_are_words(folder: Path, change: Change) -> None:
    change("facts.yaml", "[purchase order, order number, po]", "[no, yes, on, 17:30, 1.5, 010]")
    assert load(folder, TOOLS).facts.topics["order"].phrases == ["no", "yes", "on", "17:30", "1.5", "010"]


def test_the_hash_depends_on_no_line_ends(folder: Path) -> None:
    before = load(folder).hash
    for file in (folder / "people.yaml", folder / "mail" / "boots_order.md"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert load(folder).hash == before


def test_a_letter_to_people_who_may_not_be_there(folder: Path) -> None:
    with (folder / "people.yaml").open("a", encoding="utf-8", newline="\n") as file:
        file.write("- {key: guest, title: Guest, department: Sites, pronouns: she, when: {threat: [none]}}\n")
    letter = folder / "mail" / "welcome.md"
    header = "---\nfrom: director\nto: [guest]\nsubject: Welcome\nat: d-1 09:00\n"
    letter.write_text(f"{header}when: {{threat: [none]}}\n---\nGood to have you.\n", encoding="utf-8")
    assert load(folder, TOOLS)
    letter.write_text(f"{header}---\nGood to have you.\n", encoding="utf-8")
    assert [each.partition(" under")[0] for each in mistakes(folder)] == ["mail/welcome.md:3: goes to nobody"]


def test_what_nothing_reads(folder: Path) -> None:
    (folder / "workflow").mkdir()
    (folder / "workflow" / "new.yaml").write_text("item: new", encoding="utf-8")
    (folder / "fact.yaml").write_text("topics: {}", encoding="utf-8")
    (folder / "mail" / "new.txt").write_text("Hello", encoding="utf-8")
    for harmless in ("README.md", "notes.txt", ".DS_Store", "mail/.new.md.swp", "mail/new.md~"):
        (folder / harmless).write_text("?", encoding="utf-8")
    (folder / "runs").mkdir()
    told = [each.partition(": ")[0] for each in mistakes(folder) if "is read by nothing" in each]
    assert told == ["fact.yaml", "mail/new.txt", "workflow/"]
    assert len(mistakes(folder)) == 3
