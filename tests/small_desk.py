"""Two editions of a made-up council with a KPI of each sort, for tests of the desk. Its numbers are easy to add up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from small_council import AUTHORITY, JUNE, SEPTEMBER, Council, Row, month_ends, monthly, row

MARCH = date(2026, 3, 31)
BENCHMARK_COLUMNS = (
    "kpi", "category", "area_type", "area_code", "area_name", "period_start", "period_end", "value", "symbol", "source",
    "vintage",
)  # fmt: skip
EVENTS = """date,title,kind,scope,rebase
2025-09-15,Redesign,redesign,seen,yes
2026-01-01,New leader,other,practice,no
2026-02-01,Move,other,North,no
"""
MORE = """
[[meeting]]
date = 2026-10-28
edition = 2026-09-30

[[service]]
name = "Help"
teams = ["North", "South", "East"]

[population]
2025 = 20000
2026 = 25000

[benchmarks]
neighbours = ["E08000002", "E08000003"]
note = "Illustrative"
"""


def seen_rows(last: date = SEPTEMBER) -> list[Row]:
    """A percentage over 24 months: North 12 of 20, South 5 of 10, East 9 of 10 until March 2026, 1 of 2 not recorded.

    North is two workers: w1 (in need) 8 of 10, w2 (protection) 4 of 10; South's w3 is in need.
    """
    months = (last.year - 2026) * 12 + last.month + 15
    return [
        *monthly([(8.0, 10.0)] * months, last, team="North", worker="w1", category="in need"),
        *monthly([(4.0, 10.0)] * months, last, team="North", worker="w2", category="protection"),
        *monthly([(5.0, 10.0)] * months, last, team="South", worker="w3", category="in need"),
        *monthly([(9.0, 10.0)] * 18, MARCH, team="East", worker="w4", category="protection"),
        *monthly([(1.0, 2.0)] * months, last),
    ]


def caseload_rows(last: date = SEPTEMBER) -> list[Row]:
    """A snapshot over three months: w1 of North holds 30 cases (18 in need, 12 protection) in 1 FTE, w2 10 in a half;

    w3 of South 21 in 1. East's w4 held 50 until the month before.
    """
    before = month_ends(2, last)[0]
    return [
        *monthly([(18.0, 0.6)] * 3, last, team="North", worker="w1", category="in need"),
        *monthly([(12.0, 0.4)] * 3, last, team="North", worker="w1", category="protection"),
        *monthly([(10.0, 0.5)] * 3, last, team="North", worker="w2", category="in need"),
        *monthly([(21.0, 1.0)] * 3, last, team="South", worker="w3", category="in need"),
        *monthly([(50.0, 1.0)] * 2, before, team="East", worker="w4", category="protection"),
    ]


def rows_up_to(last: date) -> dict[str, Sequence[Row]]:
    """The extracts of an edition."""
    return {
        "seen": seen_rows(last),
        "average_caseload": caseload_rows(last),
        "missing": [
            *monthly([None, 3.0, None, None, 2.0, None], last, team="North", category="from home"),
            *monthly([None, 1.0, None, None, None, 4.0], last, team="South", category="from care"),
        ],
        "children": [
            *monthly([60.0] * 21, last, team="North", worker="w1"),
            *monthly([40.0] * 21, last, team="South", worker="w3"),
        ],
        "attendance": [
            row(end, None, value=value, category=category)
            for end in month_ends(6, last)
            for category, value in (("in need", 85.5), ("in care", 92.0))
        ],
        "yearly": [
            row(date(2024, 3, 31), None, period="year", symbol="c"),
            row(date(2025, 3, 31), None, period="year", value=12.5),
            row(date(2026, 3, 31), None, period="year", value=10.0),
        ],
        "zero": monthly([(0.0, 0.0), (1.0, 4.0), (0.0, 0.0)], last, team="North"),
    }


def benchmark(kpi: str, area_type: str, value: float | None, year: int = 2025, **cells: Any) -> dict[str, Any]:
    """One row of benchmarks.parquet: the year to March."""
    names = {"England": ("E92000001", "England"), "Region": ("E12000002", "North West")}
    code, name = names.get(area_type, (AUTHORITY, "Northbridge"))
    given = {"area_type": area_type, "area_code": code, "area_name": name, "source": "DfE", "vintage": "2025"}
    dates = {"period_start": date(year - 1, 4, 1), "period_end": date(year, 3, 31)}
    return {"kpi": kpi, "category": None, "symbol": None, "value": value, **given, **dates, **cells}


BENCHMARKS = [
    benchmark("seen", "England", 70.0, 2025),
    benchmark("seen", "England", None, 2026, symbol="c"),
    benchmark("seen", "Region", 65.0, 2025),
    benchmark("seen", "Region", 99.0, 2025, area_code="E12000001", area_name="North East"),
    benchmark("seen", "Statistical neighbours", 61.0, 2025),
    benchmark("seen", "Statistical neighbours", 1.0, 2025, area_code="E08000001"),
    benchmark("seen", "England", 50.0, 2025, category="protection"),
    benchmark("children", "England", 70.0, 2025),
    benchmark("missing", "England", 9.0, 2025),
    benchmark("yearly", "England", 11.0, 2026),
    *(
        benchmark("yearly", "Local authority", value, 2026, area_code=code, area_name=code)
        for code, value in ((AUTHORITY, 10.0), ("E08000002", 8.0), ("E08000003", 10.0), ("E08000004", 20.0))
    ),
]


def write_benchmarks(file: Path, rows: Sequence[dict[str, Any]] = BENCHMARKS) -> None:
    """Write benchmarks.parquet."""
    kinds = {"period_start": pa.date32(), "period_end": pa.date32(), "value": pa.float64()}
    schema = pa.schema([(column, kinds.get(column, pa.string())) for column in BENCHMARK_COLUMNS])
    file.parent.mkdir(parents=True, exist_ok=True)
    duckdb.from_arrow(pa.Table.from_pylist(list(rows), schema)).write_parquet(str(file))


def publish_desk(folder: Path) -> Council:
    """The council with editions of June and September 2026."""
    council = Council(folder)
    rate = {"unit": "rate_per_10000"}
    count = {"unit": "count", "denominator": None, "better": "neither"}
    council.define("seen", category="Plan type")
    council.define("average_caseload", unit="average", better="lower", timing="snapshot", category="Plan type")
    council.define("missing", **count, category="Where from", benchmarks=rate)
    council.define("children", **count, timing="snapshot", benchmarks=rate)
    council.define("attendance", category="Plan type", benchmarks={"headline": "in need"})
    council.define("yearly", better="lower")
    council.define("zero")
    write_benchmarks(council.home.benchmarks)
    council.home.events.write_text(EVENTS, encoding="utf-8")
    targets = [{"from": date(2024, 1, 1), "value": 50.0}, {"from": date(2026, 4, 1), "value": 60.0}]
    entries = {"seen": {"targets": targets, "tolerance": 1.0, "lead": True}}
    for edition in (JUNE, SEPTEMBER):
        rows = rows_up_to(edition)
        plan = council.plan([council.definition(kpi) for kpi in rows], entries=entries, more=MORE)
        council.publish(edition, rows, plan, missing={"audits_good": ("audits",)})
    return council
