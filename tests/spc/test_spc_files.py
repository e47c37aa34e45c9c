"""The spc command from CSV to CSV: the peer's columns and figures, every problem named, nothing half-written."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from spc_cases import ORACLE, oracle_rows

from improvement_board.errors import InputError, Problem
from improvement_board.spc import judge_files

NUMBERS = {"value", "mean", "lpl", "upl", "near_lpl", "near_upl"}
INPUTS = "series_id,date,value\na,2021-04-30,1\na,2021-05-31,\na,2021-06-30,3.5\n"
PARAMS = "series_id,improvement_direction,target\na,increase,2\n"


def written(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def judge_text(folder: Path, inputs: str | bytes = INPUTS, params: str | bytes = PARAMS) -> Path:
    for name, text in (("inputs.csv", inputs), ("params.csv", params)):
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    judge_files(folder / "inputs.csv", folder / "params.csv", folder / "out")
    return folder / "out"


def problems_of(folder: Path, **texts: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as error:
        judge_text(folder, **texts)
    assert not (folder / "out").exists()
    return error.value.problems


@pytest.fixture(scope="module")
def peer_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("spc") / "new" / "folder"
    judge_files(ORACLE / "inputs.csv", ORACLE / "params.csv", out)
    return out


def test_computed_points_are_the_peers(peer_out: Path) -> None:
    ours = [row for row in written(peer_out / "computed.csv") if row["series_id"] not in ("s158", "s190")]
    theirs = [row for rows in oracle_rows("expected.csv").values() for row in rows]
    assert len(ours) == len(theirs)
    for mine, row in zip(ours, theirs, strict=True):
        assert list(mine) == list(row)
        for column, text in row.items():
            if column in NUMBERS and text:
                assert float(mine[column]) == pytest.approx(float(text), abs=1e-9, rel=0), (row, column)
            else:
                assert mine[column] == text, (row, column)


def test_icons_are_the_peers(peer_out: Path) -> None:
    ours = [row for row in written(peer_out / "icons.csv") if row["series_id"] not in ("s158", "s190")]
    assert ours == [row for rows in oracle_rows("expected_icons.csv").values() for row in rows]


def test_series_the_peer_stops_on_are_judged(peer_out: Path) -> None:
    icons = {row["series_id"]: row for row in written(peer_out / "icons.csv")}
    assert len(icons) == 91
    assert icons["s158"]["variation_icon"] == "improvement_high"
    assert icons["s190"]["assurance_icon"] == "inconsistent"


def test_only_the_two_files_are_left(peer_out: Path) -> None:
    assert sorted(file.name for file in peer_out.iterdir()) == ["computed.csv", "icons.csv"]


def test_byte_order_marks_line_ends_blank_lines_and_order(tmp_path: Path) -> None:
    plain = written(judge_text(tmp_path) / "computed.csv")
    header, *rows = INPUTS.splitlines()
    shuffled = "\ufeff" + "\r\n".join([header, *reversed(rows), "", ""])
    assert written(judge_text(tmp_path, shuffled, "\ufeff" + PARAMS) / "computed.csv") == plain
    assert [row["value"] for row in plain] == ["1", "", "3.5"]
    assert [row["relative_to_mean"] for row in plain] == ["-1", "", "1"]


@pytest.mark.parametrize(
    ("texts", "row", "column", "value", "allowed"),
    [
        ({"inputs": "series_id,date,value\na,2021-02-30,1\n"}, 2, "date", "2021-02-30", "2026-09-30"),
        ({"inputs": "series_id,date,value\na,20210430,1\n"}, 2, "date", "20210430", "2026-09-30"),
        ({"inputs": "series_id,date,value\na,,1\n"}, 2, "date", "", "2026-09-30"),
        ({"inputs": INPUTS + "a,2021-07-31,NA\n"}, 5, "value", "NA", "or empty"),
        ({"inputs": INPUTS + "a,2021-07-31,1_000\n"}, 5, "value", "1_000", "a number"),
        ({"inputs": INPUTS + "a,2021-07-31,nan\n"}, 5, "value", "nan", "a number"),
        ({"inputs": INPUTS + "a,2021-07-31,1e999\n"}, 5, "value", "1e999", "1e+300"),
        ({"inputs": INPUTS + "a,2021-07-31,-1e301\n"}, 5, "value", "-1e301", "1e+300"),
        ({"inputs": INPUTS + 'a,2021-07-31,"1,5"\n'}, 5, "value", "1,5", "decimal point"),
        ({"inputs": INPUTS + "a,2021-06-30,4\n"}, 5, "date", "2021-06-30", "one row a series and date"),
        ({"inputs": INPUTS + "b,2021-06-30,4\n"}, 5, "series_id", "b", None),
        ({"inputs": INPUTS + ",2021-06-30,4\n"}, 5, "series_id", "", "name"),
        ({"inputs": INPUTS + "=1+1,2021-06-30,4\n"}, 5, "series_id", "=1+1", "formula"),
        ({"inputs": INPUTS + "a\x00,2021-06-30,4\n"}, 5, "series_id", "a\x00", "printable"),
        ({"inputs": INPUTS + "a,2021-07-31\n"}, 5, None, None, None),
        ({"inputs": "series_id,day,value\na,2021-04-30,1\n"}, 1, "date", None, None),
        ({"inputs": "series_id,date,date,value\n"}, 1, "date", None, None),
        ({"params": PARAMS.replace("increase", "up")}, 2, "improvement_direction", "up", "increase, decrease, neutral"),
        ({"params": PARAMS.replace(",2\n", ",two\n")}, 2, "target", "two", "a number"),
        ({"params": PARAMS + "a,decrease,\n"}, 3, "series_id", "a", "one row a series"),
        ({"params": PARAMS + "b,decrease,\n"}, 3, "series_id", "b", None),
        ({"params": PARAMS.replace("target", "fix_after_n_points")}, 2, "fix_after_n_points", "2", "12 or more"),
        ({"params": PARAMS.replace("target", "screen_outliers")}, 2, "screen_outliers", "2", "TRUE, FALSE"),
        ({"params": PARAMS.replace("target", "rebase")}, 2, "rebase", "2", "2026-09-30"),
        ({"params": PARAMS.replace("target", "targt")}, 1, None, None, "target"),
        ({"params": "series_id\na\n"}, 1, "improvement_direction", None, None),
    ],
)
def test_a_problem_says_where_and_what_is_allowed(
    tmp_path: Path, texts: dict[str, str], row: int, column: str | None, value: str | None, allowed: str | None
) -> None:
    problem = problems_of(tmp_path, **texts)[0]
    assert problem.file == tmp_path / f"{next(iter(texts))}.csv"
    assert (problem.row, problem.column, problem.value) == (row, column, value)
    assert (allowed or "") in (problem.allowed or "")


@pytest.mark.parametrize("content", [b"", b"series_id,date,value\n", b"\xff\xfea\x00", b'series_id,date,value\na,"x\n'])
def test_a_file_that_is_no_table_is_one_problem(tmp_path: Path, content: bytes) -> None:
    problems = problems_of(tmp_path, inputs=content)
    assert {problem.file for problem in problems} == {tmp_path / "inputs.csv"}


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "inputs.csv").write_text(INPUTS)
    with pytest.raises(InputError, match=r"params.csv: cannot be read: No such file"):
        judge_files(tmp_path / "inputs.csv", tmp_path / "params.csv", tmp_path / "out")


def test_every_problem_of_both_files_is_reported_at_once(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, inputs=INPUTS + "a,2021-13-01,x\n", params=PARAMS.replace("increase,2", "up,two"))
    assert [problem.column for problem in problems] == ["improvement_direction", "target", "date", "value"]


def test_an_error_leaves_the_earlier_files_alone(tmp_path: Path) -> None:
    out = judge_text(tmp_path)
    before = {file.name: file.read_bytes() for file in out.iterdir()}
    with pytest.raises(InputError):
        judge_text(tmp_path, inputs=INPUTS + "a,2021-07-31,x\n")
    assert {file.name: file.read_bytes() for file in out.iterdir()} == before


def test_an_error_while_writing_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from improvement_board.spc import files

    def no_space(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", no_space)
    with pytest.raises(InputError, match="No space left"):
        judge_text(tmp_path)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(InputError, match="cannot be written"):
        judge_text(tmp_path)
    (tmp_path / "out").unlink()
    (tmp_path / "out" / "icons.csv").mkdir(parents=True)
    with pytest.raises(InputError, match="is a folder"):
        judge_text(tmp_path)
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["icons.csv"]
