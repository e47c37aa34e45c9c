"""The Parquet files of an edition have the columns that the desk reads, or are named."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from small_council import SEPTEMBER, Council, monthly

from improvement_board.editions.columns import wrong_columns


@pytest.fixture
def edition(council: Council) -> Path:
    council.publish(SEPTEMBER, {"seen": monthly([(1.0, 2.0)] * 3, team="North")})
    return council.home.editions / "2026-09-30"


def rewrite(file: Path, columns: str) -> None:
    table = duckdb.connect().sql(f"select {columns} from read_parquet('{file}')").to_arrow_table()
    duckdb.connect().from_arrow(table).write_parquet(str(file))


def wrong_column_messages(edition: Path) -> list[str]:
    return [str(problem) for problem in wrong_columns(duckdb.connect(), edition, ["seen"])]


def test_a_published_edition_has_them_all(edition: Path) -> None:
    assert wrong_column_messages(edition) == []


def test_each_missing_column_and_other_type_is_named(edition: Path) -> None:
    rewrite(edition / "seen.parquet", "* exclude (team) replace (cast(numerator as varchar) as numerator)")
    rewrite(edition / "teams.parquet", "* exclude (service)")
    assert wrong_column_messages(edition) == [
        f"{edition / 'seen.parquet'}, team: the column is missing (allowed: VARCHAR)",
        f"{edition / 'seen.parquet'}, numerator: the column is of the type VARCHAR (allowed: DOUBLE)",
        f"{edition / 'teams.parquet'}, service: the column is missing (allowed: VARCHAR)",
    ]


def test_a_further_column_is_left_alone(edition: Path) -> None:
    rewrite(edition / "seen.parquet", "*, 1 as further")
    assert wrong_column_messages(edition) == []


def test_a_file_that_is_no_parquet_is_named(edition: Path) -> None:
    (edition / "seen.parquet").write_bytes(b"no")
    assert len(wrong_column_messages(edition)) == 1
    assert wrong_column_messages(edition)[0].startswith(f"{edition / 'seen.parquet'}: cannot be read as Parquet")


def test_comparators_may_be_of_types_that_can_be_read_as_theirs(edition: Path) -> None:
    file = edition / "benchmarks.parquet"
    names = "kpi, category, area_type, area_code, area_name, period_start, period_end, value, symbol, source"
    nulls = ", ".join(f"null as {name}" for name in names.split(", "))
    duckdb.connect().sql(f"select {nulls}, 2025 as vintage").write_parquet(str(file))
    assert wrong_column_messages(edition) == []
    rewrite(file, "* exclude (vintage)")
    assert wrong_column_messages(edition) == [f"{file}, vintage: the column is missing"]
