"""Only rows in the KPI-extract contract are published, whatever tool wrote them, in one order."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest
from small_council import AUTHORITY, JUNE, SEPTEMBER, Council, everything_in, monthly, row

from improvement_board.building import extracts, publish
from improvement_board.building.publish import EditionContents, Extract
from improvement_board.errors import InputError

ROWS = {"seen": monthly([(1, 2), (3, 4)], team="North", worker="w1")}


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "another authority": ({"authority": "E08000009"}, "authority", "is not the plan's authority"),
    "no authority": ({"authority": None}, "authority", "is not the plan's authority"),
    "within a month": ({"period_end": date(2026, 9, 29)}, "period_end", "is not the last day of a month"),
    "no period end": ({"period_end": None}, "period_end", "is not the last day of a month"),
    "after the edition": ({"period_end": date(2026, 10, 31)}, "period_end", "lies after the edition"),
    "an unknown period": ({"period": "week"}, "period", "is not a period"),
    "no period": ({"period": None}, "period", "is not a period"),
    "a second kind of period": ({"period": "quarter"}, "period", "is not the period of the other rows"),
    "a negative numerator": ({"numerator": -1.0}, "numerator", "is not a finite number of 0 or more"),
    "no number": ({"numerator": float("nan")}, "numerator", "is not a finite number of 0 or more"),
    "an endless numerator": ({"numerator": float("inf")}, "numerator", "is not a finite number of 0 or more"),
    "a negative denominator": ({"denominator": -0.5}, "denominator", "is not a finite number of 0 or more"),
    "an endless denominator": ({"denominator": float("inf")}, "denominator", "is not a finite number of 0 or more"),
    "an endless value": (
        {"numerator": None, "denominator": None, "value": float("-inf")},
        "value",
        "is not a finite number",
    ),
    "a value beside its parts": ({"value": 50.0}, "value", "stands beside a numerator"),
    "a ratio without its denominator": ({"denominator": None}, "denominator", "a ratio without its denominator"),
    "a denominator alone": ({"numerator": None}, "numerator", "a denominator without its numerator"),
}


@pytest.mark.parametrize("case", BAD)
def test_an_extract_that_breaks_the_contract_is_refused_and_leaves_nothing(council: Council, case: str) -> None:
    cells, column, rule = BAD[case]
    bad = {**row(SEPTEMBER, 1.0, 2.0), **cells}
    with pytest.raises(InputError) as error:
        council.publish(SEPTEMBER, {"seen": [*ROWS["seen"], bad]})
    broken_rules = {(problem.column, problem.message.removesuffix(" (1 rows)")) for problem in error.value.problems}
    assert (column, rule) in broken_rules
    assert {problem.file for problem in error.value.problems} == {"seen.parquet"}
    assert all(problem.allowed for problem in error.value.problems)
    assert everything_in(council.home.editions) == {}
    assert list(council.home.editions.iterdir()) == []


def test_a_count_needs_no_denominator_and_a_published_rate_no_parts(council: Council) -> None:
    council.define("cases", unit="count", denominator=None)
    rate = row(SEPTEMBER, None, value=12.5)
    council.publish(SEPTEMBER, {"cases": monthly([3]), "seen": [rate, row(JUNE, None, symbol="c")]})
    store = council.store("2026-09-30")
    assert store.connection.table("extracts").project("kpi, numerator, value, symbol").order(
        "kpi, value"
    ).fetchall() == [
        ("cases", 3.0, None, None),
        ("seen", None, 12.5, None),
        ("seen", None, None, "c"),
    ]


def test_every_bad_extract_is_told_before_anything_is_published(council: Council) -> None:
    bad = [row(SEPTEMBER, -1.0, 2.0, authority="E08000009")]
    with pytest.raises(InputError) as error:
        council.publish(SEPTEMBER, {"one": bad, "seen": ROWS["seen"], "two": bad})
    broken_files = sorted((problem.file, problem.column) for problem in error.value.problems)
    assert broken_files == [
        (f"{kpi}.parquet", column) for kpi in ("one", "two") for column in ("authority", "numerator")
    ]


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        (
            "select date '2026-09-30' as period_end, 1.0 as numerator",
            {"authority", "team", "worker", "category", "denominator"},
        ),
        (
            "select 'x' as authority, 'soon' as period_end, '' as team, '' as worker, '' as category, "
            "1 as numerator, 1 as denominator",
            {None},
        ),
    ],
)
def test_rows_that_are_no_extract_are_refused(council: Council, query: str, columns: set[str | None]) -> None:
    definition = council.define("seen")
    with pytest.raises(InputError) as error:
        publish.publish(
            council.home,
            EditionContents(SEPTEMBER, council.plan([definition]), (Extract(definition, duckdb.sql(query)),)),
        )
    assert {problem.column for problem in error.value.problems} == columns
    assert list(council.home.editions.iterdir()) == []


@pytest.mark.parametrize("content", [None, b"", b"not parquet at all"])
def test_a_file_that_is_no_parquet_is_refused(council: Council, content: bytes | None) -> None:
    definition, file = council.define("seen"), council.folder / "given.parquet"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(InputError) as error:
        publish.publish(
            council.home, EditionContents(SEPTEMBER, council.plan([definition]), (Extract(definition, file),))
        )
    assert error.value.problems[0].file == file


def test_an_extract_made_by_any_tool_is_published(council: Council) -> None:
    definition, file = council.define("seen"), council.folder / "given.parquet"
    query = (
        f"select '{AUTHORITY}' as AUTHORITY, '2026-09-30' as Period_End, 'North' as team, null as worker, "
        "null as category, 1 as numerator, 2 as denominator, 'x' as their_own"
    )
    duckdb.sql(query).write_parquet(str(file))
    publish.publish(council.home, EditionContents(SEPTEMBER, council.plan([definition]), (Extract(definition, file),)))
    (extract_row,) = council.store("2026-09-30").connection.table("extracts").fetchall()
    assert extract_row[:11] == ("seen", AUTHORITY, SEPTEMBER, "month", "North", None, None, 1.0, 2.0, None, None)


def test_extracts_are_kept_in_one_order(council: Council) -> None:
    rows = [row(end, 1.0, 2.0, team=team) for team in ("South", None, "North") for end in (SEPTEMBER, JUNE)]
    council.publish(SEPTEMBER, {"seen": rows})
    council.publish(SEPTEMBER, {"seen": rows[::-1]})
    kept = [council.home.editions / name / "seen.parquet" for name in ("2026-09-30", "2026-09-30.2")]
    assert kept[0].read_bytes() == kept[1].read_bytes()
    kept_rows = duckdb.read_parquet(str(kept[0])).project("period_end, team").fetchall()
    assert kept_rows == [(end, team) for end in (JUNE, SEPTEMBER) for team in (None, "North", "South")]
    assert duckdb.read_parquet(str(kept[0])).columns == list(extracts.COLUMNS)
