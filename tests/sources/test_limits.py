"""A source that would take too long, or too much memory, stops in words before it is read; links are not followed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from improvement_board.benchmarks.tabular import read_table
from improvement_board.errors import InputError
from improvement_board.sources import limits
from improvement_board.sources.gather import Gathered, gather
from improvement_board.sources.limits import too_large
from improvement_board.sources.workbooks import open_document, package, plain_sheet, scan, workbook

HEADER = ("team", "period_end", "vacant_fte")
ROW = ("North", "2026-09-30", "1")


class Untouched:
    """An adapter that fails where it is asked of a file."""

    name, title = "untouched", "Nothing"

    def recognises(self, file: Path) -> bool:
        raise AssertionError(f"{file} was touched")

    def read(self, *_: Any) -> None:
        raise AssertionError("was read")


class Silent(Untouched):
    """An adapter that knows no file."""

    def recognises(self, file: Path) -> bool:
        return False


def xlsx(folder: Path) -> Path:
    file = folder / "vacancies.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        for name in ("one", "two"):
            page = book.add_worksheet(name)
            for at, row in enumerate([HEADER, *[ROW] * 9]):
                page.write_row(at, 0, row)
    package._inspected.cache_clear()  # what was found by other limits
    return file


def ods(folder: Path, row: str = 'table:number-rows-repeated="20"', cell: str = "") -> Path:
    file = folder / "vacancies.ods"
    content = (
        f'<d xmlns:office="o" xmlns:table="t" xmlns:text="x"><table:table-row {row}><table:table-cell {cell} '
        'office:value-type="string"><text:p>North</text:p></table:table-cell></table:table-row></d>'
    )
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return file


def parquet(folder: Path) -> Path:
    file = folder / "vacancies.parquet"
    pq.write_table(pa.table({name: [cell] * 20 for name, cell in zip(HEADER, ROW, strict=True)}), file)
    return file


LIMITS: dict[str, tuple[Callable[[Path], Path], list[tuple[Any, str, int]], str]] = {
    "cells of a sheet": (
        xlsx,
        [(scan, "MOST_CELLS", 20), (plain_sheet, "MOST_CELLS", 20)],
        "as far as row 7 and column 3; 20 cells",
    ),
    "cells of a workbook": (xlsx, [(package, "MOST_CELLS", 50)], "has 60 cells; 50 are read at most"),
    "letters": (xlsx, [(package, "MOST_LETTERS", 100)], "has more than 100 letters in its cells"),
    "time": (xlsx, [(package, "MOST_SECONDS", -1)], "took longer than -1 seconds to look through"),
    "unpacked": (xlsx, [(package, "MOST_UNPACKED_BYTES", 50)], "unpacks to more than"),
    "repeated cells": (ods, [(open_document, "MOST_CELLS", 19)], "has more than 19 cells"),
    "repeated letters": (ods, [(open_document, "MOST_LETTERS", 99)], "has more than 99 letters in its cells"),
    "rows": (parquet, [(limits, "MOST_PARQUET_ROWS", 19)], "has 20 rows; 19 are read at most"),
    "bytes": (parquet, [(limits, "MOST_BYTES", 10)], "is larger than"),
}


def read(folder: Path, adapter: Untouched) -> Gathered:
    return gather(folder, folder.with_name("staging"), [adapter], date(2026, 9, 30))


@pytest.mark.parametrize("limit", LIMITS)
def test_a_file_beyond_a_limit_stops_before_any_format_looks_at_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    write, patches, words = LIMITS[limit]
    folder = tmp_path / "source"
    folder.mkdir()
    file = write(folder)
    assert too_large(file) is None
    package._inspected.cache_clear()
    for target, name, value in patches:
        monkeypatch.setattr(target, name, value)
    (finding,) = read(folder, Untouched()).findings.kept
    assert (finding.rule, finding.severity, str(finding.problem.file)) == ("too-large", "stop", file.name)
    assert words in finding.problem.message
    with pytest.raises(InputError, match=file.name):
        read_table(file)


@pytest.mark.parametrize(("rows", "columns"), [(999_999_999, 0), (1_048_577, 1)])
def test_hidden_rows_said_to_be_repeated_do_not_fill_the_memory(tmp_path: Path, rows: int, columns: int) -> None:
    row = f'table:number-rows-repeated="{rows}" table:visibility="collapse"'
    file = ods(tmp_path, row, f'table:number-columns-repeated="{columns}"')
    with pytest.raises(scan.TooLargeError):
        open_document.check_open_document(file)


def test_a_sheet_that_takes_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_SECONDS", -1)
    monkeypatch.setattr(workbook, "ROWS_AT_A_TIME", 1)
    with workbook.opened(xlsx(tmp_path)) as opened, pytest.raises(scan.TooLargeError, match="took longer"):
        list(opened.sheets()[0].rows())


def test_cells_merged_beyond_the_sheet_are_no_work(tmp_path: Path) -> None:
    beyond = [((0, column), (1_000_000, column)) for column in range(3, 10_000)]
    assert workbook._merged_down([((0, 2), (5, 2)), *beyond], 3) == {1: [(2, 6)]}


def test_what_is_too_large_is_told_where_the_folder_names_its_sources_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    parquet(folder)
    (folder / "sources.toml").write_text('[[source]]\nformat = "untouched"\nfiles = ["*.parquet"]\n', encoding="utf-8")
    monkeypatch.setattr(limits, "MOST_PARQUET_ROWS", 19)
    gathered = gather(folder, tmp_path / "staging", [Reads()], date(2026, 9, 30))
    assert [finding.rule for finding in gathered.findings.kept] == ["too-large"]


class Reads(Untouched):
    """An adapter that is given no file."""

    def read(self, files: list[Path], *_: Any) -> None:
        assert not files


def test_a_link_in_a_source_folder_is_not_followed_and_told(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "source", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    secret = parquet(elsewhere)
    (folder / "inside").symlink_to(elsewhere)
    (folder / "vacancies.parquet").symlink_to(secret)
    gathered = read(folder, Silent())
    assert gathered.files == ()
    told = [(finding.rule, finding.severity, str(finding.problem.file)) for finding in gathered.findings.kept]
    assert told == [("link", "warning", "inside"), ("link", "warning", "vacancies.parquet")]
