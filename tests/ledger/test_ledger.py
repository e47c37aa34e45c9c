"""What is kept: nothing is lost that was confirmed, nothing is overwritten, nothing wrong comes in."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from improvement_board.errors import InputError
from improvement_board.ledger import KINDS, Ledger, LedgerError, StaleVersionError, Writer, open_ledger
from improvement_board.ledger.checking import check_ledger
from improvement_board.ledger.ledger import changed_fields

OFFICER, CHAIR = Writer("R. Officer", "manager"), Writer("C. Chair", "member")
ACTION = {"title": "Recruit six social workers", "ambition": "leadership", "owner": "Head of HR", "due": "2026-12-31"}
QUESTION = {
    "asked_by": "C. Chair",
    "about": "missing",
    "text": "Why did they double?",
    "asked_on": "2026-10-28",
}
HELD: dict[str, dict[str, Any]] = {
    "inspection": {"title": "ILACS", "day": "2019-06-14", "by": "ILACS", "judgements": {"care leavers": "good"}},
    "finding": {"title": "Caseloads", "inspection": "x", "says": "recommendation", "area": "leaders"},
    "action": ACTION,
    "risk": {"title": "Agency market", "likelihood": 3, "impact": 4, "trend": "steady"},
    "commentary": {"about": "agency_rate", "of": "kpi", "edition": "2026-09-30", "why": "The offer works."},
    "question": QUESTION,
    "decision": {"meeting": "2026-10-28", "text": "Fund the team for a year."},
    "voice": {"day": "2026-09-01", "by": "child", "theme": "being heard", "quotation": "They listened."},
    "audit note": {"month": "2026-09-30", "sort": "dip sample", "theme": "supervision"},
    "visit": {"day": "2026-09-12", "who": "Two members", "where": "MASH", "heard": "Phones ring less."},
}
HOSTILE = ["<img src=x onerror=alert(1)>", "=HYPERLINK(1)", "\u202egnp.exe", "'; drop table versions; --", "é" * 300]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_kept_and_read_again(ledger: Ledger, kind: Any) -> None:
    begun = ledger.begin(kind, HELD[kind], OFFICER)
    assert ledger.current(kind) == [begun]
    assert ledger.history(begun.entry) == [begun]
    assert (begun.number, begun.who, begun.role) == (1, "R. Officer", "manager")


def test_nothing_is_there_before_the_first_change(ledger: Ledger) -> None:
    assert ledger.current() == []
    assert ledger.every() == []
    assert check_ledger(ledger) == []


def test_looking_makes_no_file(tmp_path: Path) -> None:
    assert Ledger(open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")).current() == []
    assert list(tmp_path.iterdir()) == []


def test_a_change_is_a_further_version_and_says_what_changed(ledger: Ledger) -> None:
    begun = ledger.begin("action", ACTION, OFFICER)
    later = ledger.change(begun, {**ACTION, "status": "in progress", "due": "2027-03-31"}, CHAIR)
    assert ledger.history(begun.entry) == [begun, later]
    assert ledger.current() == [later]
    assert [name for name, *_ in changed_fields(begun, later)] == ["due", "status"]
    assert later.at >= begun.at


def test_what_is_withdrawn_is_in_the_history_alone(ledger: Ledger) -> None:
    begun, other = ledger.begin("action", ACTION, OFFICER), ledger.begin("question", QUESTION, CHAIR)
    gone = ledger.withdraw(begun, OFFICER)
    assert ledger.current() == [other]
    assert ledger.history(begun.entry) == [begun, gone]


def test_a_newer_version_is_not_overwritten(ledger: Ledger) -> None:
    begun = ledger.begin("question", QUESTION, CHAIR)
    theirs = ledger.change(begun, {**QUESTION, "owner": "The director"}, OFFICER)
    with pytest.raises(StaleVersionError, match=r"was changed by R\. Officer at .*: yours is not saved") as error:
        ledger.change(begun, {**QUESTION, "owner": "Somebody"}, CHAIR)
    assert error.value.theirs == theirs
    assert len(ledger.history(begun.entry)) == 2


@pytest.mark.parametrize("statement", ["update versions set who = 'x'", "delete from versions", "delete from entries"])
def test_the_database_itself_keeps_its_rows(ledger: Ledger, statement: str) -> None:
    begun = ledger.begin("action", ACTION, OFFICER)
    with ledger.database.engine.connect() as connection, pytest.raises(DBAPIError, match="rows of the ledger are kept"):
        connection.execute(text(statement))
    assert ledger.history(begun.entry) == [begun]


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_texts_are_kept_as_they_are(ledger: Ledger, said: str) -> None:
    begun = ledger.begin("action", {**ACTION, "title": said, "progress": said}, Writer(said[:100], "manager"))
    (read,) = ledger.current()
    assert (read.body, read.who) == (begun.body, said[:100])


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("action", {"due": "soon"}, "due = 'soon'"),
        ("action", {"title": " "}, "title"),
        ("action", {"status": "done"}, "status = 'done'"),
        ("action", {"progress": "x" * 1_000_000}, "progress"),
        ("action", {"status": "complete – evidenced"}, "needs evidence"),
        ("action", {"colour": "red"}, "colour: is not a known key"),
        ("question", {"is_closed": True}, "closed with an answer"),
        ("risk", {"likelihood": 6}, "likelihood = 6"),
    ],
)
def test_what_its_kind_does_not_allow_is_said_and_not_kept(
    ledger: Ledger, kind: Any, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError) as error:
        ledger.begin(kind, {**HELD[kind], **change}, OFFICER)
    assert said in str(error.value)
    assert ledger.current() == []


def test_ten_writers_at_once_lose_nothing(ledger: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    shared = ledger.begin("action", ACTION, OFFICER)

    def write(number: int) -> int:
        writer, refused = Writer(f"writer {number}", "manager"), 0
        own = ledger.begin("question", {**QUESTION, "text": f"question {number}"}, writer)
        for turn in range(5):
            own = ledger.change(own, {**QUESTION, "text": f"question {number}.{turn}"}, writer)
            try:
                ledger.change(ledger.history(shared.entry)[-1], {**ACTION, "progress": f"{number}.{turn}"}, writer)
            except StaleVersionError:
                refused += 1
        return refused

    with ThreadPoolExecutor(10) as writers:
        refused = sum(writers.map(write, range(10)))
    kept = len(ledger.history(shared.entry)) - 1
    engine = ledger.database.engine.dialect.name
    with capsys.disabled():
        print(f"\n{engine}: ten writers, 50 changes of one entry: {kept} kept, {refused} refused")  # noqa: T201
    assert kept + refused == 50
    assert kept > 0
    assert len(ledger.every()) == 1 + kept + 60
    assert check_ledger(ledger) == []


KILLED = """
import os, sys
from improvement_board.ledger import Ledger, Writer, open_ledger
ledger = Ledger(open_ledger(sys.argv[1]))
for number in range(1000):
    ledger.begin("decision", {"meeting": "2026-10-28", "text": str(number)}, Writer("w", "analyst"))
    print(number, flush=True)
"""


def test_a_writer_that_is_killed_leaves_what_it_confirmed_and_nothing_half(ledger: Ledger, address: str) -> None:
    for kill_after in (1, 7, 30):
        running = subprocess.Popen([sys.executable, "-c", KILLED, address], stdout=subprocess.PIPE, text=True)
        assert running.stdout is not None
        confirmed = [next(running.stdout).strip() for _ in range(kill_after)]
        before = len(ledger.current()) - kill_after
        running.kill()
        running.wait()
        running.stdout.close()
        kept = [getattr(version.body, "text", "") for version in ledger.current()]
        assert set(confirmed) <= set(kept)
        assert len(kept) >= before + kill_after
        assert check_ledger(ledger) == []


def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path: Path) -> None:
    ledger = Ledger(open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}"))
    begun = ledger.begin("action", ACTION, OFFICER)
    with ledger.database.engine.connect() as connection:  # the one of the pool, which the writer gets too
        connection.exec_driver_sql("pragma max_page_count = 1")  # no page more than there are, as on a full disk
    with pytest.raises(LedgerError, match="cannot be written: the disk is full"):
        ledger.change(begun, {**ACTION, "progress": "x" * 19_000}, OFFICER)
    assert ledger.current() == [begun]
    assert check_ledger(ledger) == []


@pytest.mark.parametrize("url", ["nothing", "sqlite+nothing:///x", "postgresql://board:secret@127.0.0.1:1/ledger"])
def test_an_address_that_leads_nowhere_is_said_without_its_password(url: str) -> None:
    with pytest.raises(LedgerError) as error:
        Ledger(open_ledger(url)).current()
    assert "secret" not in str(error.value)


def test_a_file_that_is_none_is_said(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite"
    file.write_text("no ledger at all" * 100, encoding="utf-8")
    with pytest.raises(LedgerError, match=r"ledger\.sqlite: cannot be read: the file is no ledger"):
        Ledger(open_ledger(f"sqlite:///{file}")).current()


def test_a_ledger_of_a_newer_program_is_refused(ledger: Ledger) -> None:
    ledger.begin("action", ACTION, OFFICER)
    with ledger.database.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(LedgerError, match="newer version of the program"):
        ledger.begin("action", ACTION, OFFICER)


def test_what_refers_to_nothing_is_found(ledger: Ledger) -> None:
    inspection = ledger.begin("inspection", HELD["inspection"], OFFICER)
    finding = ledger.begin("finding", {**HELD["finding"], "inspection": inspection.entry}, OFFICER)
    action = ledger.begin("action", {**ACTION, "findings": [finding.entry]}, OFFICER)
    assert check_ledger(ledger) == []
    ledger.withdraw(finding, OFFICER)
    (problem,) = check_ledger(ledger)
    assert str(problem) == (
        f"action {action.entry}, findings = {finding.entry!r}: refers to nothing that is kept (allowed: a finding)"
    )
