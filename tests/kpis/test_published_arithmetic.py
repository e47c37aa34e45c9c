"""Our arithmetic on the published counts of every authority gives the rates that DfE publishes."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from record_tables import compute

YEAR, DAY, FIRST_DAY = "2024", date(2024, 9, 30), date(2023, 9, 1)
COUNTS = ("inpost_fte", "agency_fte", "vacancy_fte", "leavers_fte")
ROUNDING = 0.05  # rates and full-time equivalents are published to one decimal
Row = dict[str, Any]


@pytest.fixture(scope="module")
def authorities(reference: Path) -> list[Row]:
    """The published counts and rates of each authority that has them all, none a symbol."""
    with (reference / "published" / "csww_indicators_2017_to_2024.csv").open(
        encoding="utf-8-sig", newline=""
    ) as opened:
        rows = [row for row in csv.DictReader(opened) if row["time_period"] == YEAR and row["new_la_code"]]
    authority_rows = []
    for row in rows:
        try:
            authority_rows.append({**row, **{name: float(row[name]) for name in row if name.endswith("_fte")}})
        except ValueError:
            continue
    assert len(authority_rows) > 100
    return authority_rows


def worker(name: str, team: str, fte: float, end: date, **more: object) -> Row:
    return {
        "professional_id": f"{team}-{name}",
        "team": team,
        "period_end": end,
        "social_worker_flag": "Y",
        "agency_flag": "N",
        "fte": fte,
        **more,
    }


def in_post(row: Row) -> list[Row]:
    return [worker("own", row["new_la_code"], row["inpost_fte"], DAY)]


def agency(row: Row) -> list[Row]:
    return [*in_post(row), worker("agency", row["new_la_code"], row["agency_fte"], DAY, agency_flag="Y")]


def leavers(row: Row) -> list[Row]:
    """Those in post all year, and those who were there in March and left at its end."""
    team, left = row["new_la_code"], date(2024, 3, 31)
    own = [worker("own", team, row["inpost_fte"], end) for end in (date(2023, 9, 30), left, DAY)]
    return [*own, worker("left", team, row["leavers_fte"], left, end_date=left)]


def vacant(row: Row) -> list[Row]:
    return [{"team": row["new_la_code"], "period_end": DAY, "vacant_fte": row["vacancy_fte"]}]


Tables = Mapping[str, Callable[[Row], Sequence[Row]]]


@pytest.mark.parametrize(
    ("kpi", "published", "parts", "tables"),
    [
        ("agency_rate", "agency_rate_fte", ("agency_fte", "inpost_fte"), {"workforce": agency}),
        (
            "vacancy_rate",
            "vacancy_rate_fte",
            ("vacancy_fte", "inpost_fte"),
            {"workforce": in_post, "vacancies": vacant},
        ),
        ("turnover", "turnover_rate_fte", ("leavers_fte", "inpost_fte"), {"workforce": leavers}),
    ],
)
def test_the_rate_is_the_published_one(
    authorities: list[Row], tmp_path: Path, kpi: str, published: str, parts: tuple[str, str], tables: Tables
) -> None:
    """To the last published decimal, but for what the rounding of the counts themselves may do."""
    supplied = {name: [made for row in authorities for made in rows(row)] for name, rows in tables.items()}
    rate_by_team = {
        row["team"]: 100 * row["numerator"] / row["denominator"]
        for row in compute(kpi, tmp_path, supplied, last_day=DAY, first_day=FIRST_DAY)
        if row["period_end"] == DAY and row["denominator"]
    }
    compared = 0
    for row in authorities:
        if row["new_la_code"] not in rate_by_team:
            assert row[parts[0]] == 0 or row["inpost_fte"] == 0
            continue
        value, of_counts = rate_by_team[row["new_la_code"]], 100 * ROUNDING * 2 / row["inpost_fte"]
        assert value == pytest.approx(row[published], abs=ROUNDING + of_counts + 1e-9), row["la_name"]
        compared += 1
    assert compared > 100
