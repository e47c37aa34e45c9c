"""Damaged and hostile Annex A workbooks: read right or told, never a traceback, never more memory than is needed."""

from __future__ import annotations

import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from annex_a_reading import CONTACTS, book, changed, read, rows_of

from improvement_board.common.progress import report_nothing
from improvement_board.sources.adapter import ReadingOptions
from improvement_board.sources.annex_a import AnnexA
from improvement_board.sources.findings import Findings
from improvement_board.sources.staging import Staging
from improvement_board.sources.workbooks import package, scan

MAY = date(2026, 5, 4)
SHEET = "xl/worksheets/sheet1.xml"
CONTACT = {"Child Unique ID": "A1", "Date of Contact": MAY, "Contact Source": "6"}
CELL = '<c r="{}"><v>{}</v></c>'


@pytest.fixture
def contacts(tmp_path: Path) -> Path:
    """A workbook of one contact."""
    return book(tmp_path / "Annex A.xlsx", {"List 1": rows_of(CONTACTS, CONTACT)})


def is_told(file: Path, words: str) -> None:
    """That a file is a stop, with these words, and gives no table."""
    assert AnnexA().recognises(file) in (True, False)
    reading = read(file)
    problem = reading.only("unreadable-file").problem
    assert words in problem.message
    assert (problem.file, reading.tables) == (file, {})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not an Excel workbook"),
        (b"Child Unique ID,Date of Contact\n1,04/05/2026\n", "is not an Excel workbook"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "has a password"),
        (b"PK\x05\x06" + bytes(18), "is not an Excel workbook"),
    ],
)
def test_a_file_that_is_no_workbook_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "Annex A.xlsx"
    file.write_bytes(content)
    assert not AnnexA().recognises(file)
    is_told(file, words)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    assert not AnnexA().recognises(tmp_path / "nowhere.xlsx")
    is_told(tmp_path / "folder.xlsx", "cannot be opened")


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_workbook_cut_short_is_told(contacts: Path, share: float) -> None:
    contacts.write_bytes(contacts.read_bytes()[: int(contacts.stat().st_size * share)])
    is_told(contacts, "damaged")


def test_a_document_type_is_refused(contacts: Path) -> None:
    bomb = b'<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'
    is_told(changed(contacts, SHEET, bomb), "DOCTYPE")


def test_a_part_that_is_not_well_formed_is_told(contacts: Path) -> None:
    is_told(changed(contacts, SHEET, b"<worksheet><sheetData><row>"), "is damaged")


def test_a_zip_bomb_is_refused_by_what_it_says_and_by_what_it_is(
    contacts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "MOST_UNPACKED_BYTES", 1 << 20)
    is_told(changed(contacts, "xl/media/zeros.bin", bytes(2 << 20)), "unpacks to more than")


def test_a_part_longer_than_it_says_is_told(contacts: Path) -> None:
    content = b"<styleSheet>" + b" " * 5000 + b"</styleSheet>"
    changed(contacts, "xl/styles.xml", content)
    raw = contacts.read_bytes()
    size = len(content).to_bytes(4, "little")
    assert raw.count(size) >= 2
    contacts.write_bytes(raw.replace(size, (40).to_bytes(4, "little")))
    is_told(contacts, "damaged")


def test_a_value_far_from_any_list_is_told_not_made_room_for(contacts: Path) -> None:
    cells = f'<row r="1">{CELL.format("A1", 1)}</row><row r="1048576">{CELL.format("XFD1048576", 1)}</row>'
    is_told(
        changed(contacts, SHEET, f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode()), "column 16,384"
    )


def test_too_many_strings_and_too_many_bad_cells_are_told(contacts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MOST_BAD_CELLS", 2)
    errors = "".join(f'<c r="A{line}" t="e"><v>#REF!</v></c>' for line in range(1, 5))
    sheet = f'<worksheet><sheetData><row r="1">{errors}</row></sheetData></worksheet>'.encode()
    is_told(changed(contacts, SHEET, sheet), "cells with an error")
    monkeypatch.setattr(package, "MOST_STRINGS", 3)
    monkeypatch.setattr(scan, "MOST_BAD_CELLS", 10)
    is_told(contacts, "pieces of text")


def many_rows(file: Path, rows: int) -> int:
    """Write a workbook of contacts with long notes quickly; the bytes of its sheet, unpacked."""

    def lines() -> Iterator[str]:
        for line in range(2, rows + 2):
            cells = CELL.format(f"A{line}", line) + CELL.format(f"B{line}", 46146 - line % 90)
            note = f'<c r="C{line}" t="inlineStr"><is><t>{"note " * 1000}{line}</t></is></c>'
            yield f'<row r="{line}">{cells}{note}</row>'

    book(file, {"List 1": [["Child Unique ID", "Date of Contact", "What was said"]]})
    with zipfile.ZipFile(file) as archive:
        sheet = archive.read(SHEET).decode()
    content = sheet.replace("</sheetData>", "".join(lines()) + "</sheetData>").encode()
    changed(file, SHEET, content)
    return len(content)


def test_a_large_list_is_read_row_by_row(tmp_path: Path) -> None:
    """What Python holds at once is far less than the sheet: a key and a line a child."""
    file, rows = tmp_path / "Annex A 2026-09-30.xlsx", 1_500
    size = many_rows(file, rows)
    with Staging(tmp_path / "staged", "annex_a") as staging:
        tracemalloc.start()
        AnnexA().read([file], staging, Findings(), ReadingOptions(date(2026, 9, 30)), report_nothing)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert staging.tables["ssd_contacts"].rows == rows
    assert most < size / 2
