"""Records are opened whole or refused by file, column and value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from record_folders import read_source_folder

from improvement_board.building.records import Records, open_records
from improvement_board.common.months import month_end
from improvement_board.common.shipped import QUERIES
from improvement_board.declared.kpis import load_library, parse_definition
from improvement_board.declared.tables import declared_tables
from improvement_board.errors import InputError, Problem
from improvement_board.sources.partial import still_needed

AUTHORITY = "E08999901"
LAST = date(2026, 6, 30)
ONLY_TWO_COLUMNS = "select 'E08999901' as authority, date '2026-06-30' as period_end"
SUPERVISION = "supervision_id,professional_id,supervision_date\n"


def put(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, text in files.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def opened(folder: Path, files: Mapping[str, str | bytes], overrides: Any = None) -> Records:
    return open_records(read_source_folder(put(folder, files)), AUTHORITY, LAST, overrides)


def rows_of(records: Records, table: str) -> list[tuple[Any, ...]]:
    return records.table(table).fetchall()


def problems_of(folder: Path, files: Mapping[str, str | bytes]) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as error:
        opened(folder, files)
    return error.value.problems


@pytest.fixture(scope="module")
def calendar(tmp_path_factory: pytest.TempPathFactory) -> Records:
    text = SUPERVISION + "1,w1,2024-12-20\n"
    return opened(tmp_path_factory.mktemp("records"), {"supervision.csv": text})


def test_every_declared_table_is_there_and_empty_without_a_file(calendar: Records) -> None:
    assert calendar.supplied == {"supervision"}
    assert all(rows_of(calendar, name) == [] for name in declared_tables() if name != "supervision")


@pytest.mark.parametrize(
    "text",
    [
        SUPERVISION + "1,w1,2026-01-02\n",
        "\ufeff" + SUPERVISION + "1,w1,2026-01-02\n",
        "Supervision_Date,SUPERVISION_ID,extra,professional_id\r\n2026-01-02,1,?,w1\r\n",
        SUPERVISION + '1," w1 ",2026-01-02 00:00:00\n',
        SUPERVISION.replace(",", ";") + "1;w1;2026-01-02\n",
    ],
)
def test_a_csv_is_read_by_its_column_names(tmp_path: Path, text: str) -> None:
    records = opened(tmp_path, {"supervision.csv": text})
    assert rows_of(records, "supervision") == [("1", "w1", date(2026, 1, 2), None)]


def test_blank_cells_are_not_recorded(tmp_path: Path) -> None:
    records = opened(tmp_path, {"supervision.csv": SUPERVISION + '1,"  ",\n2,w2,2026-01-02\n'})
    assert rows_of(records, "supervision") == [("1", None, None, None), ("2", "w2", date(2026, 1, 2), None)]


def test_parquet_of_other_types_is_read_as_the_same_rows(tmp_path: Path) -> None:
    rows = "select 7 as supervision_id, 'w1' as professional_id, timestamp '2026-01-02 09:30:00' as supervision_date"
    duckdb.sql(rows).write_parquet(str(tmp_path / "supervision.parquet"))
    assert rows_of(opened(tmp_path, {}), "supervision") == [("7", "w1", date(2026, 1, 2), None)]


@pytest.mark.parametrize(
    ("name", "text", "column", "value", "allowed"),
    [
        (
            "supervision",
            SUPERVISION + "1,w,2026-01-02\n2,w,31/12/2025\n",
            "supervision_date",
            "31/12/2025",
            "YYYY-MM-DD",
        ),
        ("supervision", SUPERVISION + "1,w,2025-02-29\n", "supervision_date", "2025-02-29", "YYYY-MM-DD"),
        ("vacancies", "period_end,team,vacant_fte\n2026-01-31,A,1½\n", "vacant_fte", "1½", "a number, such as 0.6"),
        (
            "attendance",
            "person_id,period_end,sessions_possible\np,2026-01-31,30.5\n",
            "sessions_possible",
            "30.5",
            "a whole number",
        ),
        (
            "contact_decisions",
            "contact_id,decision_date\n1,yesterday\n",
            "decision_date",
            "yesterday",
            "YYYY-MM-DD",
        ),
    ],
)
def test_a_value_of_another_type_is_named(
    tmp_path: Path, name: str, text: str, column: str, value: str, allowed: str
) -> None:
    (problem,) = problems_of(tmp_path, {f"{name}.csv": text})
    assert (problem.file, problem.column) == (tmp_path / f"{name}.csv", column)
    assert (problem.value, problem.allowed) == (value, allowed)
    assert "(1 rows)" in problem.message


def test_every_column_that_does_not_fit_is_told(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, {"vacancies.csv": "period_end,team,vacant_fte\nJan,A,one\nFeb,A,1\n"})
    assert [problem.column for problem in problems] == ["period_end", "vacant_fte"]
    assert "(2 rows)" in problems[0].message


@pytest.mark.parametrize("name", ["supervision.csv", "supervision.parquet"])
@pytest.mark.parametrize("text", [b"", b"\x00\x01\x02", b"PAR1" * 4])
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, name: str, text: bytes) -> None:
    (problem,) = problems_of(tmp_path, {name: text})
    assert problem.file == tmp_path / name


def test_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, {"supervision.csv": (SUPERVISION + "1,Zoë,2026-01-02\n").encode("latin-1")})
    assert problem.file == tmp_path / "supervision.csv"


def test_a_missing_key_column_is_named_before_anything_else(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, {"vacancies.csv": "period_end,vacant_fte\nJan,1\n"})
    assert (problem.column, problem.message, problem.allowed) == ("team", "the column is missing", "period_end, team")


@pytest.mark.parametrize(
    ("settings", "column", "message"),
    [
        ("edition = 2026-06-30\ncolour = 1", "colour", "is not a known key"),
        ('edition = "2026-06-30"', "edition", "is not a date"),
        ("edition = 2026-06-30T10:00:00", "edition", "is not a date"),
        ("first_day = 2019", "first_day", "is not a date"),
        ("first_day 2019", None, "is not valid TOML"),
        (b"\xff\xfe", None, "is not UTF-8 text"),
    ],
)
def test_a_bad_source_file_is_told(tmp_path: Path, settings: str | bytes, column: str | None, message: str) -> None:
    (problem,) = problems_of(tmp_path, {"supervision.csv": SUPERVISION, "source.toml": settings})
    assert (problem.file, problem.column) == (tmp_path / "source.toml", column)
    assert message in problem.message


def test_a_source_says_its_edition_and_first_day(tmp_path: Path) -> None:
    settings = '\ufeffedition = 2026-06-30\nfirst_day = 2026-02-10\nsynthetic = true\ndescription = "made up"\n'
    records = opened(tmp_path, {"supervision.csv": SUPERVISION + "1,w,2019-01-01\n", "source.toml": settings})
    assert read_source_folder(tmp_path).edition == LAST
    assert records.first_day == date(2026, 2, 10)
    ends = [end for _, _, end in rows_of(records, "months")]
    assert ends == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30)]
    assert rows_of(records, "coverage") == [("supervision", date(2026, 2, 28))]


def test_a_kpi_binds_its_parameters_and_a_failing_query_names_it(calendar: Records) -> None:
    text = (QUERIES / "kpis" / "contacts.sql").read_text(encoding="utf-8")
    top = text[: text.index("---*/")]
    query = """select council.authority, council.last_day as period_end, null as team, null as worker,
        null as category, null as denominator, $days as numerator from council"""
    definition = parse_definition(f"{top}[parameters]\ndays = 3\n---*/\n{query}", Path("made_up.sql"))
    definition = definition.model_copy(update={"sources": ("supervision",)})
    assert [row[-1] for row in calendar.compute(definition).fetchall()] == [3]
    assert [row[-1] for row in calendar.compute(definition, {"days": 5}).fetchall()] == [5]
    assert still_needed(definition, {}) == definition.sources
    broken = definition.model_copy(update={"sql": "select $days from nowhere"})
    with pytest.raises(InputError) as error:
        calendar.compute(broken)
    assert error.value.problems[0].file == "made_up.sql"
    assert "nowhere" in error.value.problems[0].message


def test_a_query_without_a_column_of_the_contract_is_named_with_the_column(calendar: Records) -> None:
    definition = load_library()["supervision_on_time"]
    narrow = definition.model_copy(update={"sql": ONLY_TWO_COLUMNS, "parameters": {}})
    with pytest.raises(InputError) as error:
        calendar.compute(narrow)
    named = {(str(problem.file), problem.column) for problem in error.value.problems}
    missing = ("team", "worker", "category", "numerator", "denominator")
    assert named == {("supervision_on_time.sql", column) for column in missing}


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2024, 2, 1), date(2024, 2, 29)),
        (date(2025, 2, 28), date(2025, 2, 28)),
        (date(2025, 12, 31), date(2025, 12, 31)),
        (date(2025, 4, 30), date(2025, 4, 30)),
    ],
)
def test_the_end_of_a_month(day: date, end: date) -> None:
    assert month_end(day) == end
