"""The quick look at a sheet agrees with the careful one, and leaves to it whatever is not plain."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from improvement_board.sources.workbooks import package
from improvement_board.sources.workbooks.plain_sheet import plain_scan
from improvement_board.sources.workbooks.scan import SheetScan

PART = "xl/worksheets/sheet1.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="main"><sheetData>'
TAIL = "</sheetData></worksheet>"
ROW = '<row r="3"><c r="B3"><v>1</v></c><c r="AB3" t="s"><v>0</v></c></row>'


def looked(text: str | bytes) -> SheetScan | None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(PART, text)
    with zipfile.ZipFile(packed) as archive:
        return plain_scan(archive, PART)


def test_it_says_how_far_the_cells_reach() -> None:
    assert looked(HEAD + ROW + TAIL) == SheetScan(3, 28)
    assert looked(HEAD + TAIL) == SheetScan(0, 0)
    assert looked(HEAD + "".join(f'<row r="{n}"><c r="A{n}"/></row>' for n in range(1, 80_000)) + TAIL) == SheetScan(
        79_999, 1
    )


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ROW.replace("<v>1", "<f>SUM(A1)</f><v>1") + TAIL,
        HEAD + ROW.replace('t="s"', 't="e"') + TAIL,
        HEAD + ROW.replace('t="s"', "t = 'e'") + TAIL,
        HEAD + ROW.replace("<c ", "<x:c ") + TAIL,
        HEAD + ROW.replace('<c r="B3"', '<c s="1" r="B3"') + TAIL,
        HEAD + ROW.replace('<c r="B3">', "<c>") + TAIL,
        HEAD + "<!-- -->" + ROW + TAIL,
        "<!DOCTYPE a>" + HEAD + ROW + TAIL,
        HEAD + ROW,
        HEAD + ROW + TAIL + "more",
        HEAD + '<row r="1048576"><c r="XFD1048576"/></row>' + TAIL,
        (HEAD + ROW + TAIL).replace("UTF-8", "UTF-16").encode("utf-16"),
        (HEAD + ROW + TAIL).replace("UTF-8", "ISO-8859-1"),
        "",
        "no sheet",
    ],
)
def test_what_is_not_plain_is_left_to_the_careful_look(text: str | bytes) -> None:
    assert looked(text) is None


Cells = st.dictionaries(st.tuples(st.integers(0, 300), st.integers(0, 60)), st.text(max_size=8) | st.floats(0, 1))


@given(Cells)
def test_both_looks_agree_on_what_excel_would_write(cells: dict[tuple[int, int], str | float]) -> None:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    for (row, column), value in cells.items():
        sheet.write(row, column, value)
    book.close()
    with zipfile.ZipFile(packed) as archive:
        plain = plain_scan(archive, PART)
    assert plain is not None
    written = [cell_address for cell_address, value in cells.items() if value != ""]
    assert plain.last_row == max((row + 1 for row, _ in written), default=0)
    assert plain.last_column == max((column + 1 for _, column in written), default=0)


def test_a_workbook_is_looked_through_anew_when_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    for rows in (3, 7):
        book = xlsxwriter.Workbook(str(file))
        sheet = book.add_worksheet("one")
        for row in range(rows):
            sheet.write(row, 0, row)
        book.close()
        assert package.inspect(file).sheets["one"].last_row == rows
