"""The CSV of series: fixed columns, one order, unrounded numbers, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from series_maker import comparator, series
from small_council import SEPTEMBER, month_ends

from improvement_board.declared.events import Event
from improvement_board.figures.csv import BYTE_ORDER_MARK, COLUMNS, csv_rows, csv_text, file_name, safe_text
from improvement_board.figures.export_request import ExportRequest
from improvement_board.figures.series import Series

CONTRACT = [
    "authority", "edition", "kpi", "title", "period_end", "period", "level", "team", "worker", "category",
    "numerator", "denominator", "value", "value_low", "value_high", "unit", "symbol", "target", "mean", "lower_limit",
    "upper_limit", "variation", "assurance", "england", "region", "neighbours", "comparator_period", "source",
    "verdict", "target_met",
]  # fmt: skip
STEADY = [22.0, 21.0, 22.4, 21.3, 22.2, 21.1, 21.9, 21.4, 22.3, 21.2, 22.1, 21.6, 21.8, 21.5, 22.2, 40.0]


def read(*made: Series) -> list[dict[str, str]]:
    text = csv_text("E08999901", "2026-09-30", made)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))


def test_the_columns_are_the_contracts() -> None:
    text = csv_text("E08999901", "2026-09-30", [])
    assert text == "\ufeff" + ",".join(CONTRACT) + "\r\n"
    assert list(COLUMNS) == CONTRACT
    assert csv_text("E08999901", "2026-09-30", [series([1.0])]).encode("utf-8")[:3] == b"\xef\xbb\xbf"


def test_a_row_holds_all_that_is_known_of_a_period() -> None:
    england = comparator({2025: 30.5, 2026: "c"})
    region = comparator({2025: 31.5}, name="North West", area_type="Region")
    neighbours = comparator({2024: 33.0}, name="Statistical neighbours", area_type="Statistical neighbours")
    made = series(
        STEADY, target=20.0, comparators=(england, region, neighbours), source="A source",
        numerators=tuple(STEADY), denominators=(100.0,) * 16,
    )  # fmt: skip
    row = read(made)[-1]
    presented = made.presented
    assert presented is not None
    assert row == {
        "authority": "E08999901",
        "edition": "2026-09-30",
        "kpi": "agency_rate",
        "title": "Agency rate",
        "period_end": "2026-09-30",
        "period": "month",
        "level": "service",
        "team": "",
        "worker": "",
        "category": "",
        "numerator": "40",
        "denominator": "100",
        "value": "40",
        "value_low": "",
        "value_high": "",
        "unit": "percent",
        "symbol": "",
        "target": "20",
        "mean": repr(presented.mean[-1]),
        "lower_limit": repr(presented.lower_limit[-1]),
        "upper_limit": repr(presented.upper_limit[-1]),
        "variation": "special_cause_concern",
        "assurance": "consistent_fail",
        "england": "",
        "region": "31.5",
        "neighbours": "33",
        "comparator_period": "2026-03-31",
        "source": "A source",
        "verdict": "too few to say",
        "target_met": "no",
    }
    earlier = read(made)[-7]
    assert (earlier["period_end"], earlier["england"], earlier["comparator_period"]) == ("2026-03-31", "", "2026-03-31")
    assert (read(made)[0]["period_end"], read(made)[0]["england"]) == ("2025-06-30", "")


def test_the_verdict_stands_in_the_row_of_the_latest_figure_and_the_target_in_each() -> None:
    calm = [22.0, 21.0, 22.4, 21.3, 22.2, 21.1] * 6
    made = series([*calm, 12.0, 12.5, 12.0, None], target=20.0, tolerance=1.0)
    rows = read(made, series([5.0], target=4.0, of={"id": "b", "better": "neither"}))
    assert [row["verdict"] for row in rows] == [""] * 38 + ["better", "", "too few to say"]
    states = [row["target_met"] for row in rows]
    assert states[:2] == ["no", "within tolerance"]
    assert states[-5:] == ["yes", "yes", "yes", "", ""]


def test_limits_and_icons_are_empty_where_the_kpi_bears_none() -> None:
    for made in (series(STEADY, control_chart=False), series(STEADY[:5])):
        row = read(made)[-1]
        for column in ("mean", "lower_limit", "upper_limit", "variation", "assurance"):
            assert row[column] == ""


def test_assurance_is_said_of_the_periods_since_the_last_rebase() -> None:
    rebase = Event(month_ends(16)[8], "Redesign", "redesign", "all", True)
    made = series(STEADY[:-1] * 2 + [21.5], target=20.0, events=[rebase])
    assurances = [row["assurance"] for row in read(made)]
    start = made.period_ends.index(rebase.day)
    assert assurances[:start] == [""] * start
    assert set(assurances[start:]) == {(made.presented and made.presented.assurance) or ""}


def test_a_missing_figure_is_an_empty_cell_with_its_symbol() -> None:
    made = series(
        [12.5, None, None], symbols=[None, "c", None], numerators=(1.0, None, 0.0), denominators=(8.0, None, 0.0)
    )
    rows = read(made)
    assert [(row["value"], row["symbol"]) for row in rows] == [("12.5", ""), ("", "c"), ("", "")]
    assert [(row["numerator"], row["denominator"]) for row in rows] == [("1", "8"), ("", ""), ("0", "0")]


def test_rows_are_sorted_by_kpi_level_team_worker_category_and_period() -> None:
    ends = [end.isoformat() for end in month_ends(2)]
    places = [
        ("b", "service", None, None, None),
        ("a", "worker", "North", "w2", None),
        ("a", "worker", "North", "w1", "z"),
        ("a", "worker", "North", "w1", "b"),
        ("a", "team", "South", None, None),
        ("a", "team", None, None, None),
        ("a", "service", None, None, None),
    ]
    made = [
        series(
            [1.0, 2.0], control_chart=False, of={"id": kpi}, level=level, team=team, worker=worker, category=category
        )
        for kpi, level, team, worker, category in places
    ]
    row_keys = [
        (row["kpi"], row["level"], row["team"], row["worker"], row["category"], row["period_end"])
        for row in read(*made)
    ]
    expected = [
        (kpi, level, team or "", worker or "", category or "", end)
        for kpi, level, team, worker, category in places
        for end in ends
    ]
    assert row_keys == sorted(expected)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_read_back_as_it_was(number: float) -> None:
    row = read(series([number], control_chart=False, numerators=(number,), denominators=(number,)))[0]
    for column in ("value", "numerator", "denominator"):
        assert float(row[column]) == number
    assert not row["value"].startswith("'")


@pytest.mark.parametrize(
    ("number", "cell"),
    [(0.1 + 0.2, "0.30000000000000004"), (1204.0, "1204"), (-0.5, "-0.5"), (0.0, "0"), (1e15, "1000000000000000.0")],
)
def test_numbers_are_unrounded_and_whole_ones_have_no_point(number: float, cell: str) -> None:
    assert read(series([number], control_chart=False))[0]["value"] == cell


RISKY = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", '=HYPERLINK("http://evil","x")', "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("text", RISKY)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    made = series(
        [1.0], control_chart=False, level="worker", team=text, worker=text, category=text, source=text,
        symbols=[text], of={"title": text},
    )  # fmt: skip
    raw = csv_text("E08999901", "2026-09-30", [made])
    (row,) = csv.DictReader(io.StringIO(raw.removeprefix(BYTE_ORDER_MARK), newline=""))
    for column in ("title", "team", "worker", "category", "symbol", "source"):
        assert row[column] == f"'{text}"


@pytest.mark.parametrize("text", ["North", "a=b", "1+1", "'quoted", "", " =1", "É", "1-2", "a\nb", 'say "x", y'])
def test_other_text_is_written_as_it_is(text: str) -> None:
    assert safe_text(text) == text
    made = series([1.0], control_chart=False, level="team", team=text)
    raw = csv_text("E08999901", "2026-09-30", [made])
    (row,) = csv.DictReader(io.StringIO(raw.removeprefix(BYTE_ORDER_MARK), newline=""))
    assert row["team"] == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_cell_of_text_ever_starts_like_a_formula(text: str) -> None:
    csv_row = next(csv_rows("E", "2026-09-30", [series([1.0], control_chart=False, level="team", team=text)]))
    assert csv_row["team"] == text
    cell = safe_text(text)
    assert cell[:1] not in set("=+-@\t\r\n")
    assert cell in (text, f"'{text}")


@pytest.mark.parametrize(
    ("request_of", "name"),
    [
        (ExportRequest(), "all-kpis_all-teams_all-months_edition-2026-09-30.csv"),
        (ExportRequest(("seen",)), "seen_all-teams_all-months_edition-2026-09-30.csv"),
        (
            ExportRequest(("seen", "missing"), "Assessment North", level="worker", by_category=True),
            "2-kpis_Assessment-North_by-worker_by-category_all-months_edition-2026-09-30.csv",
        ),
        (
            ExportRequest(("seen",), first=date(2026, 1, 31), last=SEPTEMBER),
            "seen_all-teams_2026-01-31_to_2026-09-30_edition-2026-09-30.csv",
        ),
        (ExportRequest(("seen",), last=SEPTEMBER), "seen_all-teams_start_to_2026-09-30_edition-2026-09-30.csv"),
        (
            ExportRequest(("seen",), first=date(2026, 1, 31)),
            "seen_all-teams_2026-01-31_to_2026-09-30_edition-2026-09-30.csv",
        ),
        (ExportRequest(("seen",), "../../etc/passwd"), "seen_etc-passwd_all-months_edition-2026-09-30.csv"),
        (ExportRequest(("seen",), "😀"), "seen_all-months_edition-2026-09-30.csv"),
    ],
)
def test_a_file_is_named_by_what_it_holds(request_of: ExportRequest, name: str) -> None:
    assert file_name("2026-09-30", request_of) == name


@given(st.text(max_size=400), st.text(max_size=400))
def test_a_file_name_is_safe_whatever_the_team_and_kpi(team: str, kpi: str) -> None:
    name = file_name("2026-09-30", ExportRequest((kpi,), team))
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
    assert len(name) <= 184
    assert name.endswith(".csv")
    assert not name.startswith((".", "-"))
