"""Whatever a source folder holds that was not read is told: once each sort, with the KPIs that it might feed."""

from __future__ import annotations

import gzip
import zipfile
from datetime import date
from pathlib import Path

import pytest

from improvement_board.sources.feeding import kpis_fed_by, might_feed
from improvement_board.sources.findings import Finding
from improvement_board.sources.gather import gather
from improvement_board.sources.not_read import ENCRYPTED, OLD_EXCEL
from improvement_board.sources.registry import adapters

WORKFORCE = "professional_id,period_end,team,fte\n"


def told(folder: Path) -> list[Finding]:
    return gather(folder, folder.parent / "staging", adapters(), date(2026, 9, 30)).findings.kept


def said(folder: Path, rule: str) -> list[tuple[str, str]]:
    return [(str(finding.problem.file), finding.problem.message) for finding in told(folder) if finding.rule == rule]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "sources"
    made.mkdir()
    (made / "workforce.csv").write_text(f"{WORKFORCE}W1,2026-08-31,North,1\n", encoding="utf-8")
    return made


def test_a_workbook_with_a_password_is_told_as_one_with_what_it_might_feed(folder: Path) -> None:
    (folder / "HR audits 2026.xlsx").write_bytes(OLD_EXCEL + bytes(600) + ENCRYPTED + bytes(600))
    (folder / "notes.xlsx").write_bytes(OLD_EXCEL + bytes(600) + ENCRYPTED)
    first, second = said(folder, "unknown-file")
    assert "is a workbook with a password (save it without one)" in first[1]
    assert "it might feed audit" in first[1]
    assert second[1].endswith("(save it without one)")


@pytest.mark.parametrize("name", ["extracts.zip", "extracts.gz", "extracts.7z", "empty.csv"])
def test_archives_and_empty_files_are_told_as_what_they_are(folder: Path, name: str) -> None:
    file = folder / name
    if name.endswith("zip"):
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("audits.csv", "audit_id\n")
    elif name.endswith("gz"):
        file.write_bytes(gzip.compress(b"audit_id\n"))
    else:
        file.write_bytes(b"7z\xbc\xaf\x27\x1c" if name.endswith("7z") else b"")
    ((_, message),) = said(folder, "unknown-file")
    assert ("archive (unpack it into the folder)" in message) is not name.startswith("empty")
    assert ("it is empty" in message) is name.startswith("empty")


def test_hidden_files_and_empty_folders_are_one_finding_each(folder: Path) -> None:
    (folder / ".older").mkdir()
    (folder / ".older" / "audits.csv").write_text("x", encoding="utf-8")
    (folder / ".draft.csv").write_text("x", encoding="utf-8")
    (folder / ".DS_Store").write_text("x", encoding="utf-8")
    for name in ("a", "b"):
        (folder / name).mkdir()
    assert [file_place for file_place, _ in said(folder, "hidden")] == [".draft.csv, .older"]
    assert [file_place for file_place, _ in said(folder, "empty-folder")] == ["a, b"]


def test_files_that_no_source_of_the_settings_names_are_told(folder: Path) -> None:
    (folder / "audits.csv").write_text("audit_id,team\nA1,North\n", encoding="utf-8")
    text = '[[source]]\nformat = "local"\nfiles = ["workforce.csv"]\n'
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    ((file_place, message),) = said(folder, "not-named")
    assert file_place == "audits.csv"
    assert "audits_completed" in message


def test_headings_without_rows_say_which_kpis_they_feed(folder: Path) -> None:
    (folder / "workforce.csv").write_text(WORKFORCE, encoding="utf-8")
    ((_, message),) = said(folder, "no-rows")
    assert "agency_rate" in message
    assert "turnover" in message


def test_nothing_is_said_of_a_folder_that_was_read_whole(folder: Path) -> None:
    rules = {finding.rule for finding in told(folder)}
    assert rules.isdisjoint({"hidden", "empty-folder", "not-named", "unknown-file", "no-rows"})


def test_a_return_feeds_what_it_can_be_computed_from_alone() -> None:
    fed = kpis_fed_by({"workforce", "vacancies"}, "csww_census")
    assert {"vacancy_rate", "agency_rate", "turnover"} <= set(fed)
    assert "supervision_on_time" not in fed
    assert might_feed(frozenset({"no such table"})) == ""
