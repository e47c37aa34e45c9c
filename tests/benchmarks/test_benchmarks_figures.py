"""From small published files to benchmarks.parquet: figures as published, symbols kept, nothing mixed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from published_files import (
    ENGLAND,
    INNER_LONDON,
    LONDON,
    NORTH_WEST,
    NUMBERS,
    WORKFORCE,
    authority,
    code_of,
    lait,
    neighbours,
    row,
    workforce,
    workforce_values,
    write_csv,
)

from improvement_board.benchmarks import OwnNeighbours, Summary, load_published, make_benchmarks, write_benchmarks
from improvement_board.errors import InputError

Rows = list[dict[str, Any]]
COLUMNS = [
    "kpi",
    "category",
    "area_type",
    "area_code",
    "area_name",
    "period_start",
    "period_end",
    "value",
    "numerator",
    "denominator",
    "symbol",
    "source",
    "vintage",
]


def read(home: Path) -> Rows:
    written_table = duckdb.connect().read_parquet(str(home / "benchmarks.parquet"))
    assert written_table.columns == COLUMNS
    return [dict(zip(COLUMNS, values, strict=True)) for values in written_table.fetchall()]


def only_row(rows: Rows, kpi: str, area: str, year: int = 2024, area_type: str | None = None) -> dict[str, Any]:
    matching_rows = [
        each
        for each in rows
        if (each["kpi"], each["area_code"], each["period_end"].year) == (kpi, area, year)
        and each["area_type"] == (area_type or each["area_type"])
    ]
    assert len(matching_rows) == 1, matching_rows
    return matching_rows[0]


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., tuple[Rows, Summary]]:
    def run(*files: Path, **options: Any) -> tuple[Rows, Summary]:
        home = tmp_path / "home"
        summary = make_benchmarks([*files, neighbours(tmp_path)], home, **options)
        return read(home), summary

    return run


def rows_with(special: dict[str, list[object]]) -> list[tuple[object, ...]]:
    places = [ENGLAND, NORTH_WEST, LONDON, INNER_LONDON]
    rows = [row("2024", area, *workforce_values()) for area in places]
    return rows + [row("2024", authority(number), *special.get(number, workforce_values())) for number in NUMBERS]


def test_england_regions_authorities_and_neighbour_means_are_written(
    tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]
) -> None:
    rows, summary = make(workforce(tmp_path))
    caseload = [each for each in rows if each["kpi"] == "average_caseload"]
    types = [each["area_type"] for each in caseload]
    assert {name: types.count(name) for name in types} == {
        "England": 1,
        "Region": 2,
        "Local authority": 12,
        "Statistical neighbours": 12,
    }
    england = only_row(rows, "average_caseload", "E92000001")
    assert (str(england["period_start"]), str(england["period_end"])) == ("2023-10-01", "2024-09-30")
    assert (england["value"], england["numerator"], england["denominator"]) == (16, 960, 60)
    assert england["source"] == (
        "Department for Education: Children's social work workforce (Open Government Licence v3.0)"
    )
    assert england["vintage"] == "to 30 September 2024"
    assert set(summary.kpis) == {"agency_rate", "average_caseload", "sickness_absence"} | {
        kpi for kpi in ("vacancy_rate", "turnover") if kpi in {each["kpi"] for each in rows}
    }
    assert summary.rows == len(rows)


@pytest.mark.parametrize("symbol", ["c", "k", "low", "u", "x", "z", "-", ".."])
def test_a_symbol_is_kept_and_never_a_number(
    tmp_path: Path, make: Callable[..., tuple[Rows, Summary]], symbol: str
) -> None:
    rows, _ = make(workforce(tmp_path, rows_with({"301": workforce_values(agency_rate_fte=symbol, agency_fte=symbol)})))
    benchmark = only_row(rows, "agency_rate", code_of("301"), area_type="Local authority")
    assert (benchmark["value"], benchmark["numerator"], benchmark["denominator"], benchmark["symbol"]) == (
        None,
        None,
        None,
        symbol,
    )


def test_a_true_zero_stays_zero(tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]) -> None:
    rows, _ = make(workforce(tmp_path, rows_with({"301": workforce_values(agency_rate_fte=0, agency_fte=0)})))
    benchmark = only_row(rows, "agency_rate", code_of("301"), area_type="Local authority")
    assert (benchmark["value"], benchmark["numerator"], benchmark["denominator"], benchmark["symbol"]) == (
        0,
        0,
        90,
        None,
    )


def test_an_empty_cell_is_no_figure(tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]) -> None:
    rows, _ = make(workforce(tmp_path, rows_with({"301": workforce_values(agency_rate_fte="")})))
    benchmark = only_row(rows, "agency_rate", code_of("301"), area_type="Local authority")
    assert (benchmark["value"], benchmark["symbol"]) == (None, None)


def test_parts_that_do_not_give_the_published_rate_are_left_out(
    tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]
) -> None:
    special = {
        "301": workforce_values(cases=962),
        "302": workforce_values(cases=964),
        "303": workforce_values(case_holders_fte=0),
        "304": workforce_values(cases="c"),
    }
    rows, _ = make(workforce(tmp_path, rows_with(special)))
    benchmark_by_number = {
        number: only_row(rows, "average_caseload", code_of(number), area_type="Local authority")
        for number in ("301", "302", "303", "304")
    }
    assert (benchmark_by_number["301"]["value"], benchmark_by_number["301"]["numerator"]) == (16, 962)
    assert all(benchmark_by_number[number]["value"] == 16 for number in benchmark_by_number)
    assert [benchmark_by_number[number]["numerator"] for number in ("302", "303", "304")] == [None, None, None]
    assert [benchmark_by_number[number]["denominator"] for number in ("302", "303", "304")] == [None, None, None]


def test_the_neighbour_mean_leaves_out_missing_ones_and_says_how_many(
    tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]
) -> None:
    special = {number: workforce_values(caseload_fte=10 + position) for position, number in enumerate(NUMBERS)}
    special["303"] = workforce_values(caseload_fte="c")
    rows, _ = make(workforce(tmp_path, rows_with(special)))
    benchmark = only_row(rows, "average_caseload", code_of("301"), area_type="Statistical neighbours")
    others = [10 + position for position in range(1, 11) if position != 2]
    assert benchmark["value"] == pytest.approx(sum(others) / 9)
    assert (benchmark["symbol"], benchmark["numerator"]) == (None, None)
    assert "mean of 9 of 10 statistical neighbours" in benchmark["source"]
    assert benchmark["area_name"] == "Statistical neighbours of Town 301"


def test_neighbours_all_without_a_figure_have_no_mean(
    tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]
) -> None:
    special = {number: workforce_values(caseload_fte="c") for number in NUMBERS}
    rows, _ = make(workforce(tmp_path, rows_with(special)))
    benchmark = only_row(rows, "average_caseload", code_of("301"), area_type="Statistical neighbours")
    assert (benchmark["value"], benchmark["symbol"]) == (None, "x")


def test_two_that_report_together_both_have_the_figure_and_neither_the_parts(
    tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]
) -> None:
    england_and_region = ["Local authority", "E92000001", "England", "E12000002", "North West"]
    joint = (*england_and_region, "301 / 302", f"{code_of('301')} / {code_of('302')}", "Town 301 / Town 302")
    rows = [row("2024", joint, *workforce_values())]
    rows += [row("2024", authority(number), *workforce_values()) for number in NUMBERS[2:]]
    written, _ = make(workforce(tmp_path, rows))
    for number, other in (("301", "302"), ("302", "301")):
        benchmark = only_row(written, "average_caseload", code_of(number), area_type="Local authority")
        assert (benchmark["value"], benchmark["numerator"], benchmark["denominator"]) == (16, None, None)
        assert benchmark["source"].endswith(f"; reported together with Town {other}")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"caseload_fte": "twelve"}, "'twelve'"),
        ({"caseload_fte": "-3"}, "-3"),
        ({"caseload_fte": "NaN"}, "'NaN'"),
        ({"caseload_fte": "inf"}, "'inf'"),
        ({"caseload_fte": "1e999"}, "1e999"),
        ({"agency_rate_fte": 100.1}, "100.1"),
    ],
)
def test_a_value_that_cannot_be_is_named_with_its_line(
    tmp_path: Path, make: Callable[..., tuple[Rows, Summary]], changes: dict[str, object], message: str
) -> None:
    file = workforce(tmp_path, rows_with({"301": workforce_values(**changes)}))
    with pytest.raises(InputError) as caught:
        make(file)
    assert "some_download.csv, line 6" in str(caught.value)
    assert message in str(caught.value)


def test_a_file_that_fails_leaves_the_comparators_that_were_there(
    tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]
) -> None:
    make(workforce(tmp_path))
    before = (tmp_path / "home" / "benchmarks.parquet").read_bytes()
    with pytest.raises(InputError):
        make(workforce(tmp_path, rows_with({"301": workforce_values(cases=1, caseload_fte="?")})))
    assert (tmp_path / "home" / "benchmarks.parquet").read_bytes() == before
    assert [file.name for file in (tmp_path / "home").iterdir()] == ["benchmarks.parquet"]


def test_an_area_that_is_there_twice_is_named_with_both_lines(
    tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]
) -> None:
    rows = [*rows_with({}), row("2024", authority("301"), *workforce_values())]
    with pytest.raises(InputError, match=r"more than once for 2024-09-30, on the lines 6, 18"):
        make(workforce(tmp_path, rows))


def test_a_ragged_file_is_refused_by_name(tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]) -> None:
    file = workforce(tmp_path)
    file.write_text(file.read_text(encoding="utf-8") + "2024,Reporting year,National\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"some_download\.csv.*cannot be read as CSV"):
        make(file)


def test_quotes_marks_and_thousands_are_read(tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]) -> None:
    rows = rows_with({"301": workforce_values(cases="9,600", case_holders_fte="600")})
    file = write_csv(
        tmp_path / "odd [2024]*.csv",
        [*WORKFORCE, "a_column_nobody_knows"],
        [(*each, 'a "quoted", text') for each in rows],
        bom=True,
        quoted=True,
    )
    written, _ = make(file)
    assert only_row(written, "average_caseload", code_of("301"), area_type="Local authority")["numerator"] == 9600


def test_of_two_vintages_the_newer_serves_alone(tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]) -> None:
    old = [row(year, authority(number), *workforce_values()) for year in ("2022", "2023") for number in NUMBERS]
    new = [
        row(year, authority(number), *workforce_values(absence_rate_fte=5))
        for year in ("2023", "2024")
        for number in NUMBERS
    ]
    rows, summary = make(workforce(tmp_path, old, name="old.csv"), workforce(tmp_path, new, name="new.csv"))
    absence = [each for each in rows if each["kpi"] == "sickness_absence"]
    assert {(each["period_end"].year, each["value"]) for each in absence} == {(2023, 5.0), (2024, 5.0)}
    assert "old.csv: left out, there is a newer file of the same publication" in summary.notes


def test_two_files_of_the_same_vintage_are_refused(tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]) -> None:
    other = workforce(tmp_path, name="b.csv")
    other.write_bytes(other.read_bytes().replace(b"\n", b"\r\n"))  # a copy, to the letter, would be left out
    with pytest.raises(InputError, match=r"same publication and year as a\.csv"):
        make(workforce(tmp_path, name="a.csv"), other)


TOOL = [
    ("Work_Force_AvgNumCase_SW", "2016", "England", "16.100000000000001", "970"),
    ("Work_Force_AvgNumCase_SW", "2024", "England", "15.4", "970"),
    ("Continue_Assess_Comp", "2024", "England", "83.299999999999997", "970"),
    ("Continue_Assess_Comp", "2024", "North West", "84.5", "981"),
    ("Continue_Assess_Comp", "2024", "London (Inner)", "84.5", "987"),
    ("Continue_Assess_Comp", "2024", "Town 301", "-", "301"),
    ("Continue_Assess_Comp", "0", "Town 301", "50", "301"),
    ("CINTotalAb_3Term", "2024", "Town 301", "17.899999999999999", "301"),
    ("CPPTotalAb_3Term", "2024", "Town 301", "26", "301"),
    ("LAC_Over_Abs", "2024", "Town 301", "..", "301"),
    ("ReReferral", "2024", "Town 301", "20.4", "301"),
]


def test_the_tool_serves_where_there_is_no_publication_and_never_beside_one(
    tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]
) -> None:
    rows, summary = make(workforce(tmp_path), lait(tmp_path, TOOL))
    caseload = [each for each in rows if each["kpi"] == "average_caseload"]
    assert {each["period_end"].year for each in caseload} == {2024}
    assert only_row(rows, "average_caseload", "E92000001")["value"] == 16
    england = only_row(rows, "assessments_45_days", "E92000001")
    assert (england["value"], str(england["period_end"])) == (83.3, "2024-03-31")
    assert only_row(rows, "assessments_45_days", "E12000002")["area_type"] == "Region"
    town = only_row(rows, "assessments_45_days", code_of("301"), area_type="Local authority")
    assert (town["value"], town["symbol"]) == (None, "-")
    assert any("left out the years '0'" in note for note in summary.notes)
    assert any("left out the areas London (Inner)" in note for note in summary.notes)


def test_a_kpi_by_category_is_turned_and_has_no_row_for_all_together(
    tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]
) -> None:
    rows, _ = make(workforce(tmp_path), lait(tmp_path, TOOL))
    town = {
        each["category"]: (each["value"], each["symbol"], str(each["period_start"]))
        for each in rows
        if each["kpi"] == "attendance_social_worker" and each["area_type"] == "Local authority"
    }
    assert town == {
        "in need": (82.1, None, "2023-09-01"),
        "protection": (74.0, None, "2023-09-01"),
        "in care": (None, "..", "2023-09-01"),
    }


ABSENCE = (
    "absence_terms",
    "social_care_group",
    "phase_type_grouping",
    "t_pupils",
    "t_sess_possible",
    "t_sess_overall",
    "pt_overall",
    "t_pupils_pa_10_exact",
    "pt_pupils_pa_10_exact",
    "t_pupils_pa_50_exact",
    "pt_pupils_pa_50_exact",
)


def test_parts_turn_with_the_rate_and_other_breakdowns_stay_out(
    tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]
) -> None:
    groups = ["CINO at 31 March", "CPPO at 31 March", "CLA 12 months at 31 March"]
    rows = [
        row("202324", authority(number), "six half terms", group, school, *figures)
        for number in NUMBERS
        for group in groups
        for school, figures in (
            ("Total", (100, 1000, 179, 17.9, 40, 40, 11, 11)),
            ("Special", (1, 10, 9, 90, 1, 100, 1, 100)),
        )
    ]
    written, _ = make(write_csv(tmp_path / "absence.csv", ABSENCE, rows))
    care_rows = [
        each
        for each in written
        if (each["kpi"], each["category"], each["area_code"]) == ("attendance_social_worker", "in care", code_of("301"))
        and each["area_type"] == "Local authority"
    ]
    assert [(each["value"], each["numerator"], each["denominator"]) for each in care_rows] == [(82.1, 821, 1000)]
    assert str(care_rows[0]["period_end"]) == "2024-08-31"


NEW_REFERRALS = ("referral_count", "rereferral_count", "rereferral_percent")


def test_a_dropped_rate_is_taken_from_the_tool_and_said(
    tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]
) -> None:
    rows = [row("2025", authority(number), 500, 100, 20) for number in NUMBERS]
    file = write_csv(tmp_path / "c1_2025.csv", NEW_REFERRALS, rows)
    tool = lait(tmp_path, [("CPP_Total_Rateper10,000", "2024", "Town 301", "337.1", "301")])
    with load_published([file, tool, neighbours(tmp_path)]) as published:
        assert [each.publication for each in published.chosen["referrals"]] == ["lait"]
        assert [each.measure for each in published.own["referrals"]] == ["referrals"]
        assert any("c1_2025.csv: has no column for referrals_rate" in note for note in published.notes)


def test_what_everything_needs_is_asked_for_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        make_benchmarks([lait(tmp_path, TOOL)], tmp_path)
    message = str(caught.value)
    assert "the list of authorities is missing" in message
    assert "the neighbour model is missing" in message


def test_only_some_areas_may_be_kept(tmp_path: Path, make: Callable[..., tuple[Rows, Summary]]) -> None:
    rows, _ = make(workforce(tmp_path), only_areas=["England", code_of("305")])
    assert {(each["area_type"], each["area_code"]) for each in rows} == {
        ("England", "E92000001"),
        ("Local authority", code_of("305")),
        ("Statistical neighbours", code_of("305")),
    }


def test_a_council_that_is_no_authority_is_compared_with_those_its_plan_names(tmp_path: Path) -> None:
    special = {number: workforce_values(caseload_fte=10 + position) for position, number in enumerate(NUMBERS)}
    home = tmp_path / "home"
    own = OwnNeighbours("E08999901", "Northbridge", ("Town 302", code_of("304"), "306"))
    with load_published([workforce(tmp_path, rows_with(special)), neighbours(tmp_path)]) as published:
        write_benchmarks(published, home, only_areas=["E08999901"], own_neighbours=own)
    benchmark = only_row(read(home), "average_caseload", "E08999901")
    assert benchmark["value"] == pytest.approx((11 + 13 + 15) / 3)
    assert "mean of 3 of 3 authorities that the plan names as illustrative neighbours" in benchmark["source"]


PLAN = """
[council]
name = "Northbridge"
code = "{code}"
synthetic = true

[benchmarks]
neighbours = ["{first}", "{second}"]

[[ambition]]
id = "leadership"
title = "Leadership"
statement = "Lead"

[[ambition.kpi]]
kpi = "average_caseload"
"""


def test_the_plan_of_a_home_names_the_neighbours_of_its_fictional_council(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    plan = PLAN.format(code="E08999901", first=code_of("302"), second=code_of("304"))
    (home / "plan.toml").write_text(plan, encoding="utf-8")
    special = {"302": workforce_values(caseload_fte=11), "304": workforce_values(caseload_fte=14)}
    summary = make_benchmarks([workforce(tmp_path, rows_with(special)), neighbours(tmp_path)], home)
    rows = read(home)
    assert only_row(rows, "average_caseload", "E08999901")["value"] == 12.5
    assert {each["area_type"] for each in rows} == {"England", "Region", "Statistical neighbours"}
    assert "some_download.csv: Children's social work workforce, to 30 September 2024" in summary.text()


def test_the_plan_of_a_real_council_keeps_the_model_and_every_authority(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    plan = PLAN.format(code=code_of("301"), first=code_of("302"), second=code_of("304"))
    (home / "plan.toml").write_text(plan, encoding="utf-8")
    make_benchmarks([workforce(tmp_path), neighbours(tmp_path)], home)
    rows = read(home)
    assert "Local authority" in {each["area_type"] for each in rows}
    benchmark = only_row(rows, "average_caseload", code_of("301"), area_type="Statistical neighbours")
    assert "mean of 10 of 10 statistical neighbours" in benchmark["source"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("302,Close,", "301,Close,", "ten different neighbours|10 different neighbours"),
        ("302,Close,", ",Close,", "10 different neighbours"),
        ("301,Town 301", "abc,Town 301", "not an authority's number"),
        ("312,Town 312", "301,Town 312", "there twice|10 different"),
        ("302,Close,", "999,Close,", "in no other file: 999"),
    ],
)
def test_a_neighbour_model_that_cannot_be_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    model = neighbours(tmp_path)
    text = model.read_text(encoding="utf-8")
    assert old in text
    model.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        make_benchmarks([workforce(tmp_path), model], tmp_path / "home")
