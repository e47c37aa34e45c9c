"""A table whose headings are not known is told with the table it is nearest to, and what it lacks."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from improvement_board.sources.tabular.nearest import nearest_of

OWN_WORDS = ("Employee No", "Month", "Team", "Job title", "Agency?", "FTE")


def workbook(file: Path, *rows: tuple[object, ...], sheet: str = "Sheet1") -> Path:
    with xlsxwriter.Workbook(str(file)) as book:
        page = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return file


def csv_file(file: Path, *rows: tuple[object, ...]) -> Path:
    file.write_text("".join(";".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    return file


def parquet_file(file: Path, heading: tuple[str, ...], *rows: tuple[object, ...]) -> Path:
    pq.write_table(pa.table({name: [str(row[at]) for row in rows] for at, name in enumerate(heading)}), file)
    return file


@pytest.mark.parametrize(
    ("write", "name"), [(workbook, "staff.xlsx"), (csv_file, "staff.csv"), (parquet_file, "staff.parquet")]
)
def test_headings_in_a_councils_own_words_are_nearest_to_the_table_that_has_most_of_them(
    tmp_path: Path, write: object, name: str
) -> None:
    row = ("101", "2026-09-30", "North", "Social worker", "N", 1.0)
    nearest_table = nearest_of(write(tmp_path / name, OWN_WORDS, row))  # type: ignore[operator]
    assert nearest_table is not None
    assert nearest_table.words.startswith(
        "nearest to the table workforce, but has no column of its key professional_id, period_end; "
        "not known are Employee No, Month, Job title, Agency?"
    )


def test_the_name_of_the_sheet_or_file_decides_and_headings_that_are_alike_are_named(tmp_path: Path) -> None:
    nearest_table = nearest_of(
        workbook(tmp_path / "book.xlsx", ("Audit-Ref", "Audits ID", "Team", "Grade"), sheet="audits")
    )
    assert nearest_table is not None
    assert "nearest to the table audits, but has no column of its key audit_id" in nearest_table.words
    assert "(Audits ID looks like audit_id)" in nearest_table.words
    there = nearest_of(csv_file(tmp_path / "vacancies.csv", ("Team", "Month")))
    assert there is not None
    assert there.table.name == "vacancies"


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04no zip", b"PAR1no parquet", b"milk,eggs\n1,2\n"])
def test_what_is_no_table_is_nearest_to_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.csv").write_bytes(content)
    assert nearest_of(tmp_path / "odd.csv") is None
