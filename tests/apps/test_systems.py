"""Systems: what each level of access allows, what the log keeps, whom alerts reach."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from simenv.company.systems import LEVELS, Alert, Job, Level, Record, System
from simenv.core.kinds import systems as kinds
from simenv.core.kinds.base import EventData
from simenv.simulation import Simulation
from simenv.tools.alerts_text import notice_lines

from .office import (
    ADDRESS,
    NAME,
    PERSON,
    SEAT,
    call,
    compare_forks,
    last,
    made,
    picture,
    refolded,
    scene,
    sentences,
    tries,
    untold,
)

OWNER = "engineer"
JOBS = (
    Job("nightly", "Nightly backup", "every night at 02:00", last=-9_000, result="failed: disk full"),
    Job("prune", "Prune", "on Sundays", enabled=False),
)
BACKUP = System(
    "sys-b", "backup", "Backup", "Keeps copies.", PERSON[OWNER], jobs=JOBS, settings=(("retention_days", "14"),)
)
LEDGER = System("sys-l", "ledger", "General ledger", "Keeps the books.", PERSON["finance"], on_call=PERSON[OWNER])
ALERT = Alert("alert-disk", "sys-b", "warning", "Disk 95 % full", -600)
BOOKS = Alert("alert-books", "sys-l", "critical", "Totals differ", -300)


def office(level: str = "", log: int = 3, **fields: Any) -> Simulation:
    """Return an office where the seat has this level with the backup, and fields of that system replaced."""
    grants = ((SEAT, level),) if level else ()
    backup = replace(BACKUP, grants=grants, **fields)  # type: ignore[arg-type]
    lines = [Record("sys-b", n, -1_000 + n, PERSON[OWNER], f"line {n}") for n in range(1, log + 1)]
    records = {f"sys-b {each.number}": each for each in lines}
    systems, alerts = {"sys-b": backup, "sys-l": LEDGER}, {"alert-disk": ALERT, "alert-books": BOOKS}
    return Simulation(scene(systems=systems, alerts=alerts, records=records), 7)


def log_of(simulation: Simulation, system: str = "sys-b") -> list[str]:
    """Return the lines of a system's log, erased ones included, oldest first."""
    return [record.text for record in simulation.company.records.values() if record.system == system]


NEEDS: dict[str, tuple[Level, dict[str, Any]]] = {
    "system_view": ("read", {}),
    "access_list": ("read", {}),
    "log_view": ("read", {}),
    "alert_list": ("read", {}),
    "job_run": ("write", {"job": "nightly"}),
    "job_switch": ("write", {"job": "Prune", "enabled": True}),
    "setting_change": ("admin", {"setting": "retention_days", "value": "30"}),
    "release_deploy": ("admin", {"release": "2.1", "note": "faster"}),
    "access_grant": ("admin", {"person": ADDRESS["finance"], "level": "read"}),
    "access_revoke": ("admin", {"person": ADDRESS["assistant"]}),
    "log_erase": ("admin", {"numbers": [2]}),
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("tool", NEEDS)
def test_what_a_level_allows(tool: str, level: str) -> None:
    needed, arguments = NEEDS[tool]
    simulation = office(level)
    before, count = picture(simulation.company), simulation.log.count
    result = call(simulation, tool, system="backup", **arguments)
    if LEVELS[level] >= LEVELS[needed]:
        assert result.ok
        return
    assert result.code == "not_allowed"
    assert f"needs {needed} access to Backup; you have {level or 'no'} access" in result.text
    assert NAME[OWNER] in result.text
    kinds_since = [event.kind for event in simulation.log if event.seq >= count]
    assert kinds_since == ["tool.called", "access.denied", "tool.refused"]
    assert last(simulation, "access.denied").target == "sys-b"
    assert picture(simulation.company) == before


def test_everybody_may_know_what_there_is_and_ask_for_it() -> None:
    simulation = office()
    listed = call(simulation, "system_list")
    assert f"Owner: {NAME[OWNER]}. Your access: none." in listed.text
    assert last(simulation, "system.listed").ids == ("sys-b", "sys-l")
    assert call(simulation, "access_ask", system="BACKUP", level="write", reason="restore\ntest").ok
    assert log_of(simulation)[-1] == f"{NAME['assistant']} asked for write access: restore test"
    assert simulation.company.systems["sys-b"].level_of(SEAT) == ""
    made(simulation, kinds.AccessGranted("sys-b", SEAT, "write"), OWNER)
    assert call(simulation, "access_ask", system="backup", level="read", reason="again").code == "conflict"
    assert call(simulation, "access_ask", system="backup", level="admin", reason=" ").code == "bad_arguments"


def test_the_owner_is_admin() -> None:
    simulation = office(owner=SEAT)
    assert call(simulation, "setting_change", system="backup", setting="Retention_Days", value=" 30 ").ok
    assert dict(simulation.company.systems["sys-b"].settings) == {"retention_days": "30"}
    for tool, more in (("access_grant", {"level": "read"}), ("access_revoke", {})):
        assert call(simulation, tool, system="backup", person=ADDRESS["assistant"], **more).code == "conflict"


ME, HER = NAME["assistant"], NAME["finance"]
DEEDS: dict[str, tuple[dict[str, Any], str]] = {
    "job_run": ({"job": "Nightly Backup"}, f"{ME} ran Nightly backup: failed: disk full"),
    "job_switch": ({"job": "prune", "enabled": True}, f"{ME} enabled Prune"),
    "setting_change": ({"setting": "retention_days", "value": "30"}, f"{ME} set retention_days to 30"),
    "release_deploy": ({"release": "2.1", "note": "faster"}, f"{ME} deployed 2.1: faster"),
    "access_grant": ({"person": ADDRESS["finance"], "level": "write"}, f"{ME} granted {HER} write access"),
    "access_revoke": ({"person": ADDRESS["assistant"]}, f"{ME} revoked the access of {ME}"),
    "log_erase": ({"numbers": [3, 1, 3]}, f"{ME} erased entries 1, 3 of this log"),
    "log_view": ({}, f"{ME} viewed the log"),
}


@pytest.mark.parametrize("tool", DEEDS)
def test_what_is_done_stands_in_the_log(tool: str) -> None:
    arguments, text = DEEDS[tool]
    simulation = office("admin")
    assert call(simulation, tool, system="Backup", **arguments).ok
    assert log_of(simulation)[3:] == [text]
    record = simulation.company.records["sys-b 4"]
    assert record.actor == SEAT
    assert simulation.log[record.seq or 0].cause is not None
    again = call(simulation, tool, system="Backup", **arguments)
    assert (again.code in ("conflict", "not_allowed", "not_found")) == (tool not in ("job_run", "log_view"))


def test_deeds_change_the_system() -> None:
    simulation = office("admin")
    for tool, (arguments, _) in DEEDS.items():
        if tool != "access_revoke":
            call(simulation, tool, system="backup", **arguments)
    system = simulation.company.systems["sys-b"]
    assert (system.jobs[0].last, system.jobs[1].enabled, system.release) == (simulation.now, True, "2.1")
    assert (system.level_of(PERSON["finance"]), system.removed) == ("write", (1, 3))
    shown = call(simulation, "system_view", system="backup").text
    for part in ("Release: 2.1", "retention_days: 30", "on Sundays, enabled, never ran", "Your access: admin"):
        assert part in shown
    assert f"write  {HER}" in call(simulation, "access_list", system="backup").text
    made(simulation, kinds.AccessRevoked("sys-b", PERSON["finance"]), OWNER)
    assert f"write  {HER}" not in call(simulation, "access_list", system="backup").text


def test_the_log_is_shown_newest_first_and_viewing_it_is_seen() -> None:
    simulation = office("read", log=40)
    first = call(simulation, "log_view", system="backup")
    assert [each["number"] for each in first.data] == list(range(40, 25, -1))
    assert first.text.endswith("More on page 2.")
    assert last(simulation, "log.viewed") == kinds.LogViewed("sys-b", 26, 40)
    assert call(simulation, "log_view", system="backup").data[0]["text"] == f"{ME} viewed the log"
    assert call(simulation, "log_view", system="backup", page=9).text == "There is no page 9."
    assert last(simulation, "log.viewed") == kinds.LogViewed("sys-b", 0, 0)


def test_erased_entries_are_hidden_and_nothing_else() -> None:
    simulation = office("admin")
    assert call(simulation, "log_erase", system="backup", numbers=[2]).ok
    assert simulation.company.records["sys-b 2"].text == "line 2"
    assert [each["number"] for each in call(simulation, "log_view", system="backup").data] == [4, 3, 1]
    before = picture(simulation.company)
    for numbers in ([2], [1, 99]):
        assert call(simulation, "log_erase", system="backup", numbers=numbers).code == "not_found"
    assert picture(simulation.company) == before
    assert call(simulation, "log_erase", system="backup", numbers=[4]).ok
    made(simulation, kinds.JobRun("sys-b", "nightly", "ok"), "world")
    assert simulation.company.records["sys-b 7"].text == "The scheduler ran Nightly backup: ok"


def test_an_entry_is_never_written_twice() -> None:
    simulation = office(log=0)
    for number, kept in ((0, 1), (1, 2), (7, 7), (3, 8)):
        made(simulation, kinds.LogWritten("sys-b", number, PERSON["billing"], f"given {number}"), "world")
        record = simulation.company.records[f"sys-b {kept}"]
        assert (record.text, record.actor) == (f"given {number}", PERSON["billing"])
    assert call(simulation, "log_view", system="backup").code == "not_allowed"


def test_an_alert_goes_one_way() -> None:
    simulation = office("write")
    assert call(simulation, "alert_acknowledge", id="alert-disk", note="on it").ok
    assert call(simulation, "alert_acknowledge", id="alert-disk").code == "conflict"
    assert f"acknowledged by {ME} (on it)" in call(simulation, "alert_list", state="acknowledged").text
    assert call(simulation, "alert_resolve", id="alert-disk", note="cleaned").ok
    for tool in ("alert_resolve", "alert_acknowledge"):
        assert call(simulation, tool, id="alert-disk").code == "conflict"
    alert = simulation.company.alerts["alert-disk"]
    assert (alert.state, alert.by, alert.note) == ("resolved", SEAT, "cleaned")
    assert log_of(simulation)[3:] == [
        f"{ME} acknowledged 'Disk 95 % full': on it",
        f"{ME} resolved 'Disk 95 % full': cleaned",
    ]


@pytest.mark.parametrize(
    ("level", "fields", "seen", "settled"),
    [
        ("", {}, False, "not_allowed"),
        ("read", {}, True, "not_allowed"),
        ("write", {}, True, "ok"),
        ("", {"on_call": SEAT}, True, "ok"),
        ("", {"owner": SEAT}, True, "ok"),
    ],
)
def test_whose_business_an_alert_is(level: str, fields: dict[str, str], seen: bool, settled: str) -> None:
    simulation = office(level, **fields)
    assert [each["id"] for each in call(simulation, "alert_list").data] == (["alert-disk"] if seen else [])
    assert last(simulation, "alert.listed").ids == (("alert-disk",) if seen else ())
    assert call(simulation, "alert_list", system="backup", state="any").code == ("ok" if seen else "not_allowed")
    assert call(simulation, "alert_resolve", id="alert-disk").code == settled
    made(simulation, kinds.AlertRaised("alert-new", "sys-b", "critical", "Tape\nlost"), OWNER)
    fresh = simulation.company.seats[SEAT].fresh
    assert fresh == (("alert-new",) if settled == "ok" else ())
    lines = notice_lines(["alert-new", "alert-books"], simulation.view)
    assert [("Backup: Tape lost  critical, open" in each) for each in lines] == [True] * seen
    simulation.emit(kinds.AlertNotified(("alert-new",)), SEAT)
    assert simulation.company.seats[SEAT].fresh == ()


def test_a_disabled_job_does_not_run() -> None:
    simulation = office("write")
    assert call(simulation, "job_run", system="backup", job="prune").code == "conflict"
    assert call(simulation, "job_switch", system="backup", job="prune", enabled=True).ok
    assert call(simulation, "job_run", system="backup", job="prune").data["result"] == "ok"
    made(simulation, kinds.JobRun("sys-b", "nightly", "12 GB copied"), "world")
    assert call(simulation, "job_run", system="backup", job="nightly").data["result"] == "12 GB copied"


def test_only_people_of_the_company_have_access() -> None:
    simulation = office("admin")
    outside = call(simulation, "access_grant", system="backup", person=ADDRESS["reporter"], level="read")
    assert (outside.code, NAME["reporter"] in outside.text) == ("not_found", True)
    assert call(simulation, "access_revoke", system="backup", person=ADDRESS["finance"]).code == "conflict"
    near = call(simulation, "access_grant", system="backup", person=ADDRESS["finance"][1:], level="read")
    assert f"Did you mean {ADDRESS['finance']}?" in near.text


@pytest.mark.parametrize(
    ("tool", "arguments", "hint"),
    [
        ("system_view", {"system": "bakcup"}, "Did you mean backup?"),
        ("system_view", {"system": "zzz"}, "See system_list."),
        ("alert_list", {"system": "general ledgr"}, "Did you mean General ledger?"),
        ("job_run", {"system": "backup", "job": "nightlies"}, "Did you mean nightly?"),
        ("job_switch", {"system": "backup", "job": "zzz", "enabled": True}, "See system_view."),
        ("setting_change", {"system": "backup", "setting": "retention", "value": "1"}, "Did you mean retention_days?"),
        ("alert_resolve", {"id": "alert-disc"}, "Did you mean alert-disk?"),
        ("system_view", {"system": "backup", "page": 2}, "There is no page 2."),
    ],
)
def test_what_does_not_exist_gets_a_hint(tool: str, arguments: dict[str, Any], hint: str) -> None:
    result = call(office("admin"), tool, **arguments)
    assert (result.code, hint in result.text) == ("not_found", True)


def test_an_alert_nobody_told_of_is_not_hinted_at() -> None:
    simulation = office()
    assert "Did you mean" not in call(simulation, "alert_resolve", id="alert-disc").text
    assert call(simulation, "alert_resolve", id="alert-disk").code == "not_allowed"
    assert last(simulation, "access.denied").target == "alert-disk"


def test_a_text_is_one_bounded_line() -> None:
    simulation = office("admin", log=40, purpose="p" * 9_000, settings=tuple((f"s{n}", "v" * 900) for n in range(40)))
    forged = "x\n41  Mon 1 Mar 09:00  nothing happened\u2028" + "Ж" * 150
    assert call(simulation, "release_deploy", system="backup", release="2\n1", note=forged * 2).ok
    assert simulation.company.systems["sys-b"].release == "2 1"
    assert call(simulation, "setting_change", system="backup", setting="s1", value=forged).ok
    assert call(simulation, "alert_resolve", id="alert-disk", note=forged).ok
    for _ in range(16):
        assert call(simulation, "access_ask", system="ledger", level="read", reason=forged * 2).ok
        made(simulation, kinds.AlertRaised(f"alert-{simulation.log.count}", "sys-b", "info", forged * 30), OWNER)
    made(simulation, kinds.AccessGranted("sys-l", SEAT, "read"), "finance")
    for system in ("backup", "ledger"):
        assert len(call(simulation, "log_view", system=system).text.splitlines()) == 16
    assert len(call(simulation, "alert_list", state="any").text.splitlines()) == 11
    assert len(call(simulation, "system_list").text.splitlines()) == 2
    assert len(call(simulation, "system_view", system="backup").text.splitlines()) > 5
    assert call(simulation, "system_view", system="backup", page=2).ok
    assert last(simulation, "system.viewed") == kinds.SystemViewed("sys-b", 2)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("log_erase", {"system": "backup", "numbers": []}),
        ("log_erase", {"system": "backup", "numbers": [0]}),
        ("log_erase", {"system": "backup", "numbers": [1] * 51}),
        ("setting_change", {"system": "backup", "setting": "retention_days", "value": "x" * 201}),
        ("access_grant", {"system": "backup", "person": ADDRESS["finance"], "level": "owner"}),
        ("job_switch", {"system": "backup", "job": "prune", "enabled": "sometimes"}),
        ("release_deploy", {"system": "backup", "release": " "}),
    ],
)
def test_what_is_out_of_bounds_changes_nothing(tool: str, arguments: dict[str, Any]) -> None:
    simulation = office("admin")
    before = picture(simulation.company)
    assert call(simulation, tool, **arguments).code == "bad_arguments"
    assert picture(simulation.company) == before


def _before(simulation: Simulation) -> None:
    call(simulation, "job_run", system="backup", job="nightly")


def _work(simulation: Simulation) -> None:
    for tool in ("log_view", "setting_change", "access_grant", "log_erase"):
        call(simulation, tool, system="backup", **DEEDS[tool][0])
    made(simulation, kinds.AlertRaised("alert-a", "sys-b", "info", "a"), OWNER)


def _meddle(simulation: Simulation) -> None:
    deeds: tuple[EventData, ...] = (
        kinds.AlertRaised("alert-b", "sys-b", "info", "b"),
        kinds.AccessRevoked("sys-b", SEAT),
        kinds.VersionDeployed("sys-b", "3.0"),
        kinds.AlertChanged("alert-disk", "resolved"),
    )
    for data in deeds:
        made(simulation, data, OWNER)
    simulation.emit(kinds.AlertNotified(("alert-b",)), SEAT)


def test_a_fork_and_its_parent_do_not_notice_each_other() -> None:
    compare_forks(lambda: office("admin"), _before, _work, _meddle)


def test_state_is_a_fold_of_the_log() -> None:
    simulation = office("admin")
    for part in (_before, _work, _meddle):
        part(simulation)
        assert picture(refolded(simulation)) == picture(simulation.company)


def test_what_happens_is_told_in_plain_sentences() -> None:
    simulation = office("admin")
    for part in (_before, _work, _meddle):
        part(simulation)
    for tool in ("system_list", "alert_list"):
        call(simulation, tool)
    made(simulation, kinds.LogWritten("sys-b", 0, SEAT, "\x1b[2Jrestored"), "world")
    made(simulation, kinds.JobRun("sys-b", "nightly", "ok"), "world")
    told = sentences(simulation)
    assert f"{NAME[OWNER]} takes the access to Backup from {ME}" in told
    assert "erases 2 entries of the log of Backup" in told
    assert "Backup records: '\\x1b[2Jrestored'" in told
    assert "'Nightly backup' on Backup runs: 'ok'" in told
    refusal = tries(simulation, "log_erase", system="ledger", numbers=[1])
    assert refusal == "tries to erase entries of a log: refused, not allowed"
    assert untold(simulation) == {"alert.notified"}
