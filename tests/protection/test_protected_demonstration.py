"""The proof on the demonstration council: two of its editions together give no small count away."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest
from attack import Known
from councils import Council, breaches, csv_of
from places import REPOSITORY

from improvement_board.declared.kpis import load_library
from improvement_board.protection import Protected, children_kpis, protect, read_counts
from improvement_board.protection.settings import declared_families
from improvement_board.sql.queries import query_text

FIRST_MONTH = dt.date(2025, 4, 30)
EDITIONS = ("2026-06-30", "2026-09-30")
# Months of these were not restated between the two editions, so that the attack may read both as one.
FAMILIES = [("icpc_15_days",), ("second_plan",), ("cp_over_2_years", "cp_neglect"), ("school_led_early_help",)]


def council(edition: str, kpis: tuple[str, ...]) -> Council:
    """The demonstration council's counts of some KPIs, from April 2025."""
    library = load_library()
    measured = children_kpis({kpi: library[kpi] for kpi in kpis}, kpis)
    connection = duckdb.connect()
    files = [str(REPOSITORY / "data" / "editions" / edition / f"{kpi}.parquet") for kpi in kpis]
    connection.sql(query_text("views/load_extracts"), params={"files": files}).create("extracts")
    counts = [row for row in read_counts(connection, measured) if row.period_end >= FIRST_MONTH]
    months = sorted({row.period_end.isoformat() for row in counts})
    teams = sorted({row.team or "" for row in counts})
    linked = [(kpis[0], other) for other in kpis[1:]]
    known = Known({kpi.id: kpi.timing for kpi in measured}, teams, months, linked=linked)
    return Council(tuple(measured), tuple(counts), known, declared_families())


@pytest.mark.parametrize("kpis", FAMILIES, ids="+".join)
def test_no_small_count_of_the_demonstration_council_is_given_away(kpis: tuple[str, ...]) -> None:
    before, after = (council(edition, kpis) for edition in EDITIONS)
    last = {(row.kpi, row.team, row.category, row.period_end): row for row in after.counts}
    assert all(last[(row.kpi, row.team, row.category, row.period_end)] == row for row in before.counts)
    editions: list[Protected] = []
    for edition, this_council in zip(EDITIONS, (before, after), strict=True):
        editions.append(protect(this_council.kpis, this_council.counts, dt.date.fromisoformat(edition), editions))
    given, small = breaches(after, [csv_of(edition.rows) for edition in editions])
    for level in ("service", "team"):
        shown = [not row.is_hidden for row in editions[-1].rows if row.level == level]
        print("+".join(kpis), level, f"{sum(shown)} of {len(shown)} shown, {small} small counts")  # noqa: T201
    assert small
    assert given == []
