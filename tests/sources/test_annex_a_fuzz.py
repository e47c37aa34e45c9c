"""Any cells, any sheets and any damage: an Annex A workbook is read or told, never a traceback."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from annex_a_reading import CONTACTS, IN_CARE, IN_NEED, PROTECTION, book, changed, read, rows_of
from examples import tried
from hypothesis import given, settings
from hypothesis import strategies as st

from improvement_board.sources.annex_a import AnnexA

SHEET = "xl/worksheets/sheet1.xml"
PARTS = [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
CELLS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**6), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e17)
    | st.dates(date(1900, 3, 1), date(2100, 1, 1))
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)
    | st.sampled_from(
        ["04/05/2026", "b) Female", "a) Yes", "A1", "c) Child in need plan", "U6", "#REF!", "=A1|", "Total"]
    )
)


def judged(reading: Any) -> None:
    """That every finding has its place, and no row is there without what it needs."""
    for finding in reading.findings:
        assert finding.problem.message
        assert finding.problem.file is not None
        str(finding.problem)
    for table, column in (
        ("ssd_contacts", "cont_contact_date"),
        ("ssd_cin_plans", "cinp_cin_plan_start_date"),
        ("ssd_cp_plans", "cppl_cp_plan_start_date"),
        ("ssd_cla_episodes", "clae_cla_episode_start_date"),
    ):
        for row in reading.tables.get(table, []):
            assert row[column] is not None
            assert row["_row"] >= 2
    children = [row["pers_person_id"] for row in reading.tables.get("ssd_person", [])]
    assert len(children) == len(set(children))


@settings(max_examples=tried(12), deadline=None)
@given(st.data())
def test_any_cells_are_read_or_told(data: st.DataObject) -> None:
    lists = {"List 1": CONTACTS, "List 6": IN_NEED, "List 7": PROTECTION, "List 8": IN_CARE}
    sheets = {
        name: [list(headers), *data.draw(st.lists(st.lists(CELLS, max_size=len(headers) + 1), max_size=4))]
        for name, headers in lists.items()
    }
    with TemporaryDirectory() as folder:
        judged(read(book(Path(folder) / "Annex A.xlsx", sheets)))


@settings(max_examples=tried(12), deadline=None)
@given(st.lists(st.lists(CELLS | st.sampled_from(CONTACTS), max_size=8), max_size=6), st.text(min_size=1, max_size=10))
def test_any_sheet_is_read_or_told(rows: list[list[Any]], title: str) -> None:
    name = "".join(letter for letter in title if letter.isalnum()) or "List 1"
    with TemporaryDirectory() as folder:
        file = book(Path(folder) / "Annex A.xlsx", {name: rows, "List 2": rows})
        assert AnnexA().recognises(file) in (True, False)
        judged(read(file))


@settings(max_examples=tried(12), deadline=None)
@given(st.sampled_from([None, *PARTS]), st.lists(st.tuples(st.floats(0, 0.9999), st.integers(0, 255)), max_size=4))
def test_any_damage_to_a_workbook_is_told_or_does_no_harm(
    part: str | None, bytes_changed: list[tuple[float, int]]
) -> None:
    sheets = {
        "List 1": rows_of(CONTACTS, {"Child Unique ID": "A1", "Date of Contact": date(2026, 5, 4)}),
        "List 7": rows_of(PROTECTION),
    }
    with TemporaryDirectory() as folder:
        file = book(Path(folder) / "Annex A.xlsx", sheets)
        if part is None:
            file.write_bytes(damaged(file.read_bytes(), bytes_changed))
        else:
            with zipfile.ZipFile(file) as archive:
                content = archive.read(part)
            changed(file, part, damaged(content, bytes_changed))
        assert AnnexA().recognises(file) in (True, False)
        judged(read(file))


def damaged(content: bytes, bytes_changed: list[tuple[float, int]]) -> bytes:
    """Content with some bytes changed, each at a share of its length."""
    damaged_content = bytearray(content)
    for share, value in bytes_changed:
        damaged_content[int(share * len(damaged_content))] = value
    return bytes(damaged_content)
