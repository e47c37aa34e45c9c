"""Old Excel workbooks (.xls): rows that are not shown are not read, errors hold no value, and both are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from judged import Judged, judge
from writers.old_excel import write_old_workbook

from improvement_board.sources.workbooks import old_excel
from improvement_board.sources.workbooks.old_excel import look_through_old
from improvement_board.sources.workbooks.scan import UnreadableWorkbookError

EDITION = date(2026, 3, 31)
HEADER = [
    *("professional_id", "period_end", "team", "social_worker_flag", "agency_flag", "fte", "start_date", "end_date"),
    *("working_days_lost", "role"),
]


def workers(agency: int, *, first: int = 0, count: int = 10) -> list[list[object]]:
    """Social workers of one month, the first of them from an agency."""
    return [
        [f"W{first + at}", "2026-03-31", "North", "Y", "Y" if at < agency else "N", 1, "2020-01-06", "", 0, "worker"]
        for at in range(count)
    ]


def judged_workbook(folder: Path, rows: Sequence[Sequence[object]], hidden: Sequence[int] = ()) -> Judged:
    write_old_workbook(folder / "workforce.xls", {"workforce": [HEADER, *rows]}, hidden)
    return judge(folder, "agency_rate", EDITION)


def test_a_plain_one_is_read(tmp_path: Path) -> None:
    assert judged_workbook(tmp_path, workers(2)) == Judged(20.0, (), frozenset(), ())


def test_hidden_rows_are_not_read_and_told(tmp_path: Path) -> None:
    rows = [*workers(2), *workers(3, first=10, count=3)]
    judged = judged_workbook(tmp_path, rows, hidden=(12, 13, 14))
    assert (judged.value, judged.rules) == (20.0, {"hidden-rows"})


@pytest.mark.parametrize(("column", "error"), [(4, "#REF!"), (5, "#N/A"), (5, "=#N/A")])
def test_errors_hold_no_value_and_leave_a_caveat(tmp_path: Path, column: int, error: str) -> None:
    rows = workers(2)
    rows[0][column] = error
    judged = judged_workbook(tmp_path, rows)
    assert judged.rules <= {"placeholder", "bad-cell"}
    assert judged.caveats == (
        f"{HEADER[column]} of workforce: 1 of 10 values could not be read; what is not recorded decides nothing.",
    )


def test_a_damaged_one_is_told(tmp_path: Path) -> None:
    file = write_old_workbook(tmp_path / "workforce.xls", {"workforce": [HEADER, *workers(2)]})
    whole = file.read_bytes()
    for length in (10, 100, 600, 900, 1500):
        file.write_bytes(whole[:length])
        with pytest.raises(UnreadableWorkbookError):
            look_through_old(file)


@pytest.mark.parametrize(
    ("offset", "written"),
    [
        (30, b"\xff\xff"),  # the size of a sector: 2 to the power of 65,535
        (30, b"\0\0"),
        (30, b"\x14\0"),
        (
            44,
            b"\xff" * 4 + bytes(20) + b"\1\0\0\0",
        ),  # tables without end, their list in a sector that goes on in itself
        (512 + 8, b"\2\0\0\0"),  # the workbook's first sector goes on in itself
    ],
)
def test_one_that_has_no_end_is_refused_at_once(tmp_path: Path, offset: int, written: bytes) -> None:
    file = write_old_workbook(tmp_path / "workforce.xls", {"workforce": [HEADER, *workers(2)]})
    whole = bytearray(file.read_bytes())
    whole[2 * 512 : 3 * 512] = b"\xff" * 508 + b"\1\0\0\0"
    whole[offset : offset + len(written)] = written
    file.write_bytes(whole)
    with pytest.raises(UnreadableWorkbookError):
        look_through_old(file)


def test_no_part_is_gone_through_once_for_each_sheet_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[tuple[int, int]] = []
    sheet = old_excel._sheet
    monkeypatch.setattr(old_excel, "_sheet", lambda *of: (looked.append(of[1:]), sheet(*of))[1])
    names = {name: [HEADER, *workers(2)] for name in ("one", "two", "three")}
    look_through_old(write_old_workbook(tmp_path / "workforce.xls", names))
    assert [end for _, end in looked][:2] == [part_offset for part_offset, _ in looked][1:]
    assert len(old_excel._sheets(bytes(99), [9] * 1_000)) == 1_000
    assert looked[3:] == [(9, 99)]
