"""Ready KPI extracts become clean Parquet of their KPI, or say file, row, column, value and what is allowed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from examples import tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from improvement_board.building.extracts import broken_rules
from improvement_board.common.progress import report_nothing
from improvement_board.declared.extract_contract import COLUMNS
from improvement_board.declared.kpis import load_library
from improvement_board.sources.adapter import ReadingOptions
from improvement_board.sources.findings import Finding, Findings
from improvement_board.sources.kpi_extract import KpiExtract, kpi_of_name
from improvement_board.sources.staging import Staging

AUTHORITY = "E08999901"
SEPTEMBER = dt.date(2026, 9, 30)
HEADER = ("authority", "period_end", "team", "worker", "category", "numerator", "denominator")
GOOD = (AUTHORITY, "2026-09-30", "North", "w1", "A", "3", "4")
RATIO, COUNT = "assessments_45_days", "contacts"


@dataclass(frozen=True)
class Read:
    """What reading files gave: extracts by KPI, and findings."""

    extracts: Mapping[str, Path]
    findings: Sequence[Finding]
    dates: Mapping[str, dt.date]

    def rows(self, kpi: str) -> list[tuple[object, ...]]:
        return duckdb.read_parquet(str(self.extracts[kpi])).fetchall()

    def stops(self) -> list[tuple[str, int | None, str | None]]:
        stopping = [finding for finding in self.findings if finding.severity == "stop"]
        assert all(finding.problem.file is not None for finding in stopping)
        return [(finding.rule, finding.problem.row, finding.problem.column) for finding in stopping]


def read(folder: Path, *files: Path, day_first: bool = True) -> Read:
    findings = Findings()
    with Staging(folder / "staging", "kpi_extract") as staging:
        KpiExtract().read(files, staging, findings, ReadingOptions(SEPTEMBER, day_first), report_nothing)
    assert staging.tables == {}
    return Read(staging.extracts, findings.kept, staging.dates)


def text(*rows: Sequence[str], header: Sequence[str] = HEADER, separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def write(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_any_usual_separator_and_encoding_gives_the_same_rows(tmp_path: Path, separator: str, encoding: str) -> None:
    rows = [(AUTHORITY, "30/09/2026", "Café", "", "", "1,003.5", "2000"), (*GOOD[:2], "", "", "Not known", "0", "0")]
    file = write(tmp_path, f"{RATIO}.csv", text(*rows, separator=separator).encode(encoding))
    assert KpiExtract().recognises(file)
    reading = read(tmp_path, file)
    assert reading.findings == []
    assert reading.rows(RATIO) == [
        (AUTHORITY, SEPTEMBER, "month", "Café", None, None, 1003.5, 2000.0, None, None),
        (AUTHORITY, SEPTEMBER, "month", None, None, "Not known", 0.0, 0.0, None, None),
    ]
    assert reading.dates == {str(file): SEPTEMBER}


def test_what_is_written_has_the_columns_and_types_of_the_contract(tmp_path: Path) -> None:
    file = write(tmp_path, f"{RATIO}.csv", text(GOOD))
    written = duckdb.read_parquet(str(read(tmp_path, file).extracts[RATIO]))
    assert dict(zip(written.columns, map(str, written.types), strict=True)) == dict(COLUMNS)


def test_parquet_of_any_types_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / f"{COUNT}.parquet"
    relation = duckdb.sql(
        f"select '{AUTHORITY}' as Authority, timestamp '2026-09-30 00:00:00' as Period_End, null::varchar as team, "
        "7 as worker, 'x' as category, 5::smallint as numerator, null::integer as denominator"
    )
    relation.write_parquet(str(file))
    assert KpiExtract().recognises(file)
    reading = read(tmp_path, file)
    assert reading.findings == []
    assert reading.rows(COUNT) == [(AUTHORITY, SEPTEMBER, "month", None, "7", "x", 5.0, None, None, None)]


def test_a_header_below_titles_in_any_letters_and_order_is_found(tmp_path: Path) -> None:
    content = "Our contacts\n\n" + text(
        ("2", "30 September 2026", AUTHORITY, "quarter", "", "", "", "", "c"),
        header=(
            "Numerator",
            "Period End",
            "AUTHORITY",
            "Period",
            "Team",
            "Worker",
            "Category",
            "Denominator",
            "symbol",
        ),
    )
    reading = read(tmp_path, write(tmp_path, f"{COUNT}.csv", content))
    assert reading.findings == []
    assert reading.rows(COUNT) == [(AUTHORITY, SEPTEMBER, "quarter", None, None, None, 2.0, None, None, "c")]


def test_a_column_kpi_splits_a_file(tmp_path: Path) -> None:
    rows = [(RATIO, *GOOD), (COUNT, *GOOD[:-1], ""), (f" {COUNT.upper()} ", *GOOD[:2], "South", *GOOD[3:-1], "")]
    file = write(tmp_path, "figures of the month.csv", text(*rows, header=("kpi", *HEADER)))
    assert KpiExtract().recognises(file)
    reading = read(tmp_path, file)
    assert reading.findings == []
    assert [len(reading.rows(kpi)) for kpi in (RATIO, COUNT)] == [1, 2]


@pytest.mark.parametrize(
    ("name", "kpi"),
    [
        (f"{RATIO}.csv", RATIO),
        ("Assessments 45 days 2026-09.csv", RATIO),
        ("kpi_contacts_20260930.parquet", COUNT),
        ("contacts extract.csv", COUNT),
        ("re-referrals.csv", "re_referrals"),
        ("contacts_decisions.csv", None),
        ("2026.csv", None),
        (".csv", None),
    ],
)
def test_a_files_name_is_a_kpi_and_numbers_at_most(name: str, kpi: str | None) -> None:
    assert kpi_of_name(Path(name), load_library()) == kpi


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("contacts.csv", "referral_id,referral_date\n1,2\n"),
        ("contacts.csv", ""),
        ("contacts.xlsx", text(GOOD)),
        ("contacts.parquet", text(GOOD)),
        ("contacts.csv", b"\xff\xfe\x00\xd8"),
        ("benchmarks.csv", "kpi,area_type,period_end,value\n"),
    ],
)
def test_other_files_are_not_recognised(tmp_path: Path, name: str, content: str | bytes) -> None:
    assert not KpiExtract().recognises(write(tmp_path, name, content))
    assert not KpiExtract().recognises(tmp_path / "nowhere.csv")


def test_an_unknown_kpi_stops_and_names_those_called_nearly_so(tmp_path: Path) -> None:
    reading = read(tmp_path, write(tmp_path, "contact.csv", text(GOOD)))
    assert reading.stops() == [("unknown-kpi", None, None)]
    assert "such as contacts" in (reading.findings[0].problem.allowed or "")
    file = write(tmp_path, "some.csv", text(("contact", *GOOD), ("contact", *GOOD), header=("kpi", *HEADER)))
    reading = read(tmp_path, file)
    assert reading.stops() == [("unknown-kpi", 2, "kpi")]
    assert (reading.findings[0].problem.value, reading.extracts) == ("contact", {})


BAD: dict[str, tuple[dict[str, str], str, str]] = {
    "no authority": ({"authority": ""}, "no-authority", "authority"),
    "no day": ({"period_end": ""}, "no-period", "period_end"),
    "not a day": ({"period_end": "September"}, "not-a-date", "period_end"),
    "an impossible day": ({"period_end": "31/09/2026"}, "not-a-date", "period_end"),
    "within a month": ({"period_end": "2026-09-29"}, "not-a-month-end", "period_end"),
    "after the edition": ({"period_end": "2026-10-31"}, "after-the-edition", "period_end"),
    "text for a number": ({"numerator": "three"}, "not-a-number", "numerator"),
    "a suppressed number": ({"numerator": "<5"}, "not-a-number", "numerator"),
    "an endless number": ({"denominator": "inf"}, "not-a-number", "denominator"),
    "less than none": ({"numerator": "-1"}, "negative", "numerator"),
    "a denominator less than none": ({"denominator": "-0.5"}, "negative", "denominator"),
    "no denominator": ({"denominator": ""}, "no-denominator", "numerator"),
    "no numerator": ({"numerator": ""}, "no-numerator", "denominator"),
    "a week": ({"period": "week"}, "not-a-period", "period"),
    "another kind of period": ({"period": "year", "team": "South"}, "mixed-periods", "period"),
    "a value beside its parts": ({"value": "75"}, "value-beside-parts", "value"),
}


@pytest.mark.parametrize("case", BAD)
def test_whatever_breaks_the_contract_stops_and_says_where(tmp_path: Path, case: str) -> None:
    changes, rule, column = BAD[case]
    header = (*HEADER, "period", "value")
    cells = dict(zip(header, (*GOOD, "", ""), strict=True)) | {"worker": "w2"} | changes
    reading = read(
        tmp_path, write(tmp_path, f"{RATIO}.csv", text((*GOOD, "", ""), tuple(cells.values()), header=header))
    )
    assert reading.stops() == [(rule, 3, column)]
    problem = reading.findings[0].problem
    assert problem.allowed
    assert problem.message
    assert len(reading.rows(RATIO)) == 1


def test_a_row_that_stands_twice_is_counted_never_twice(tmp_path: Path) -> None:
    repeated_file = write(tmp_path, f"{RATIO}_2026.csv", text(GOOD, GOOD))
    other = write(tmp_path, f"{RATIO}_2025.csv", text(("E08000001", *GOOD[1:]), (*GOOD[:3], "w2", *GOOD[4:])))
    reading = read(tmp_path, repeated_file, other)
    assert reading.stops() == [("repeated-row", 3, None), ("repeated-row", 2, None)]
    assert "as line 2" in reading.findings[0].problem.message
    assert f"as line 2 of {repeated_file.name}" in reading.findings[1].problem.message
    assert len(reading.rows(RATIO)) == 2


def test_columns_missing_twice_or_unknown_are_told(tmp_path: Path) -> None:
    reading = read(tmp_path, write(tmp_path, f"{RATIO}.csv", text(GOOD[:-1], header=HEADER[:-1])))
    assert reading.stops() == [("column-missing", 1, "denominator")]
    reading = read(tmp_path, write(tmp_path, f"{RATIO}.csv", text((*GOOD, "4"), header=(*HEADER, "Denominator"))))
    assert reading.stops() == [("column-twice", 1, "denominator")]
    reading = read(tmp_path, write(tmp_path, f"{RATIO}.csv", text((*GOOD, "4"), header=(*HEADER, "child"))))
    assert [(finding.rule, finding.severity, finding.problem.column) for finding in reading.findings] == [
        ("unknown-column", "warning", "child")
    ]
    assert len(reading.rows(RATIO)) == 1


def test_rows_of_other_lengths_stop_but_for_empty_ends(tmp_path: Path) -> None:
    lines = text(GOOD).splitlines()
    cut = f"{AUTHORITY},2026-08-31,North"
    trailing = f"{AUTHORITY},2026-07-31,North,,,3,4,,"
    file = write(tmp_path, f"{RATIO}.csv", "\n".join([*lines, cut, trailing, f"{trailing}5"]))
    reading = read(tmp_path, file)
    assert reading.stops() == [("not-the-columns", 3, None), ("not-the-columns", 5, None)]
    assert len(reading.rows(RATIO)) == 2


def test_a_download_of_the_dashboard_is_no_extract(tmp_path: Path) -> None:
    header = ("authority", "edition", "kpi", "period_end", "level", "numerator", "denominator", "value", "variation")
    file = write(tmp_path, "download.csv", text(header=header))
    assert KpiExtract().recognises(file)
    reading = read(tmp_path, file)
    assert reading.stops() == [("a-download", None, None)]
    assert reading.extracts == {}


def test_a_file_without_rows_leaves_its_kpi_out(tmp_path: Path) -> None:
    reading = read(tmp_path, write(tmp_path, f"{COUNT}.csv", text()))
    assert [(finding.rule, finding.severity) for finding in reading.findings] == [("no-rows", "warning")]
    assert reading.extracts == {}


def test_month_first_dates_are_read_where_the_source_says_so(tmp_path: Path) -> None:
    file = write(tmp_path, f"{COUNT}.csv", text((AUTHORITY, "09/30/2026", "", "", "", "1", "")))
    assert read(tmp_path, file).stops() == [("not-a-date", 2, "period_end")]
    assert read(tmp_path, file, day_first=False).findings == []


def test_another_councils_rows_are_refused_at_publishing(tmp_path: Path) -> None:
    file = write(tmp_path, f"{COUNT}.csv", text(("E08000009", *GOOD[1:-1], "")))
    reading = read(tmp_path, file)
    assert reading.findings == []
    broken = broken_rules(list(reading.extracts.values()), [], AUTHORITY, SEPTEMBER)
    assert [str(problem) for problem in broken] == [
        f"{COUNT}.parquet, authority = 'E08000009': is not the plan's authority (1 rows) (allowed: {AUTHORITY})"
    ]


def test_a_parquet_that_ends_early_stops(tmp_path: Path) -> None:
    file = tmp_path / f"{COUNT}.parquet"
    duckdb.sql(
        f"select '{AUTHORITY}' as authority, date '2026-09-30' as period_end, cast(range as varchar) as team, "
        "null::varchar as worker, null::varchar as category, range::double as numerator, null::double as denominator "
        "from range(1000)"
    ).write_parquet(str(file))
    content = file.read_bytes()
    file.write_bytes(b"\0" * 400 + content[400:])
    reading = read(tmp_path, file)
    assert [rule for rule, _, _ in reading.stops()] == ["unreadable-file"]


CELLS = st.sampled_from(
    ["", " ", "-", "=1+1", "1e400", "NaN", "12", "30/02/2026", "2026-09-30", "\x00", "é" * 300, '"']
)
LINES = re.compile(r"line \d+")


@settings(max_examples=tried(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, min_size=0, max_size=9), max_size=4), noise=st.binary(max_size=12))
def test_whatever_stands_in_a_file_is_read_or_told(tmp_path: Path, rows: list[list[str]], noise: bytes) -> None:
    content = text(GOOD, *rows).encode() + noise
    for name in (f"{RATIO}.csv", f"{RATIO}.parquet"):
        file = write(tmp_path, name, content)
        assert KpiExtract().recognises(file) == (file.suffix == ".csv")
        reading = read(tmp_path, file)
        for finding in reading.findings:
            assert LINES.search(str(finding.problem)) or finding.problem.row is None
        if not reading.stops():
            assert broken_rules(list(reading.extracts.values()), [RATIO], AUTHORITY, SEPTEMBER) == []
