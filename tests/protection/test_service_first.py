"""The service's figures come first: every large month is given but for a named reason, whatever bands there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from attack import Attack, Known
from councils import KINDS, csv_of, hard_council, truth
from hypothesis import assume, given
from hypothesis import strategies as st

from improvement_board.common.periods import months_of
from improvement_board.protection import CountRow, MeasuredKpi, Protected, ProtectedRow, Settings, protect

YEAR = months_of("year", dt.date(2026, 3, 31))
RATE = MeasuredKpi("rate", "percent", "flow")
OF_SCHOOLS = replace(RATE, empty_months=(8,))
AUGUST = 4
MONTHS = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=12, max_size=12)
Split = Sequence[tuple[int, int]]


def counts(months: Split) -> list[CountRow]:
    """A rate of one team by its numerators and complements."""
    return [CountRow("rate", month, "A", None, float(top), float(top + rest))
            for month, (top, rest) in zip(YEAR, months, strict=False) if top + rest]  # fmt: skip


def given_of(edition: Protected, period: str) -> list[bool]:
    rows = [row for row in edition.rows if (row.level, row.period) == ("service", period)]
    by_end = {row.period_end: not row.is_hidden for row in rows}
    return [by_end.get(month, False) for month in YEAR if period == "month" or month in by_end]


@given(MONTHS)
def test_a_large_month_is_withheld_only_beside_a_small_one_of_its_quarter(months: Split) -> None:
    """One at most, or all of the quarter where two would be too few together; its total is given instead, or the
    year's."""
    months = [(6, 6), *months[1:]]
    edition = protect([RATE], counts(months), YEAR[-1])
    by_month, by_quarter, by_year = (given_of(edition, period) for period in ("month", "quarter", "year"))
    for quarter in range(4):
        inside = slice(3 * quarter, 3 * quarter + 3)
        large, is_given = [min(month) > 5 for month in months[inside]], by_month[inside]
        assert not any(shown for is_large, shown in zip(large, is_given, strict=True) if not is_large)
        withheld = sum(large) - sum(is_given)
        assert withheld == 0 or not all(large)
        assert withheld == 0 or by_quarter[quarter] or (by_year == [True] and not any(is_given))
        assert withheld <= 1 or not any(is_given)


@given(MONTHS, st.integers(1, 11), st.booleans())
def test_nothing_small_is_given_away_by_a_service_in_one_edition_or_two(
    months: Split, first: int, has_august: bool
) -> None:
    """To an attacker who reads both as of one council, and who knows that schools are closed in August."""
    kpi = RATE if has_august else OF_SCHOOLS
    rows = [row for row in counts(months) if has_august or row.period_end != YEAR[AUGUST]]
    assume(any(row.period_end <= YEAR[first - 1] for row in rows))
    before = protect([kpi], [row for row in rows if row.period_end <= YEAR[first - 1]], YEAR[first - 1])
    editions = [before, protect([kpi], rows, YEAR[-1], [before])]
    known = Known({"rate": "flow"}, ["A"], [month.isoformat() for month in YEAR])
    assume(any(not row.is_hidden for edition in editions for row in edition.rows if row.level == "service"))
    closed = [] if has_august else [ProtectedRow("rate", "service", None, None, YEAR[AUGUST], "month", 0.0, 0.0)]
    texts = [csv_of([*(row for row in edition.rows if row.level == "service"), *closed]) for edition in editions]
    attack = Attack(known, texts)
    assert not [name for name, terms, _ in truth(rows, known) if attack.is_shown(terms)]


def of_schools(july: tuple[int, int], august: tuple[int, int] = (0, 0)) -> Protected:
    return protect([OF_SCHOOLS], counts([*[(9, 9)] * 3, july, august, *[(9, 9)] * 7]), YEAR[-1])


def test_a_month_in_which_as_anybody_knows_there_is_nothing_to_count_takes_no_other_with_it() -> None:
    edition = of_schools((8, 8))
    assert not any(row.is_hidden for row in edition.rows)
    assert not any((row.period, row.period_end) == ("month", YEAR[AUGUST]) for row in edition.rows)
    small = of_schools((4, 9))
    assert given_of(small, "month") == [*[True] * 3, *[False] * 3, *[True] * 6]
    assert given_of(small, "quarter") == [True] * 4
    assert given_of(of_schools((8, 8), august=(1, 0)), "month") == [*[True] * 3, *[False] * 2, *[True] * 7]


@pytest.mark.parametrize("kind", KINDS)
def test_bands_of_teams_take_no_figure_from_the_service(kind: str) -> None:
    council = hard_council(kind, 2)
    settings = Settings(families=council.families)

    def service(*, has_teams: bool) -> list[object]:
        kpis = [replace(kpi, has_teams=has_teams) for kpi in council.kpis]
        edition = protect(kpis, council.counts, dt.date(2025, 6, 30), (), settings)
        return [row for row in edition.rows if row.level == "service"]

    assert service(has_teams=True) == service(has_teams=False)
