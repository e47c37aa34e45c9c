"""Each rule of small-number protection, on a few rows."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import pairwise

import duckdb
import pytest
from small_council import Council

from improvement_board.common.periods import complete_periods, months_of, quarter_end, year_end
from improvement_board.declared.kpis import load_library
from improvement_board.errors import InputError
from improvement_board.protection import (
    ChildRow,
    CountRow,
    MeasuredKpi,
    Protected,
    ProtectedRow,
    Settings,
    children_kpis,
    protect,
    read_counts,
)
from improvement_board.protection.bands import Band, band_of
from improvement_board.protection.children import children_by_owner
from improvement_board.protection.settings import declared_families, settings_of

YEAR = months_of("year", dt.date(2026, 3, 31))
MONTHS_BEFORE = tuple(zip(YEAR[:3], (None, *YEAR[:2]), strict=True))
COUNT, RATE, HELD = (
    MeasuredKpi("count", "count", "flow"),
    MeasuredKpi("rate", "percent", "flow"),
    MeasuredKpi("held", "count", "snapshot"),
)


def counts(values: Sequence[float], kpi: str = "count", category: str | None = None) -> list[CountRow]:
    """A count of one team, month by month from April 2025; 0 has no row."""
    return [
        CountRow(kpi, month, "A", category, value, None) for month, value in zip(YEAR, values, strict=False) if value
    ]


def shown(edition: Protected, period: str, category: str | None = None) -> list[float | None]:
    rows = [row for row in edition.rows if (row.level, row.period, row.category) == ("service", period, category)]
    return [row.numerator for row in rows]


def publish(values: Sequence[float], earlier: Sequence[Protected] = (), kpi: MeasuredKpi = COUNT) -> Protected:
    return protect([kpi], counts(values, kpi.id), YEAR[len(values) - 1], earlier)


def test_a_year_of_large_months_is_exact() -> None:
    edition = publish([6] * 12)
    assert shown(edition, "month") == [6] * 12
    assert shown(edition, "quarter") == [18] * 4
    assert shown(edition, "year") == [72]


@pytest.mark.parametrize("small", [5, 1, 0])
def test_with_a_small_month_another_of_its_quarter_is_withheld_and_every_total_is_given(small: int) -> None:
    edition = publish([8, small, 9, *[8] * 9])
    assert shown(edition, "month") == [None, None, 9, *[8] * 9]
    assert shown(edition, "quarter") == [17 + small, 24, 24, 24]
    assert shown(edition, "year") == [89 + small]


def test_of_a_quarter_with_two_small_months_the_third_is_given_where_they_are_enough_together() -> None:
    assert shown(publish([3, 4, 9, *[8] * 9]), "month")[:3] == [None, None, 9]
    few = publish([3, 3, 9, *[8] * 9])
    assert shown(few, "month")[:3] == [None] * 3
    assert shown(few, "quarter") == [15, 24, 24, 24]


def test_a_small_quarter_is_withheld_and_its_year_too_where_it_would_be_what_is_left() -> None:
    edition = publish([3, 1, 1, *[8] * 9])
    assert shown(edition, "month") == [None] * 3 + [8] * 9
    assert shown(edition, "quarter") == [None, 24, 24, 24]
    assert shown(edition, "year") == [None]


def test_a_year_is_given_with_a_small_quarter_where_another_has_no_month_and_can_be_withheld_too() -> None:
    edition = publish([3, 1, 1, 3, 3, 3, 5, 4, 3, *[4] * 3])
    assert shown(edition, "quarter") == [None, None, 12, 12]
    assert shown(edition, "year") == [38]
    assert shown(publish([1, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1]), "year") == [None]


def test_no_year_is_given_of_which_quarters_are_known_by_halves() -> None:
    """June and September came after the other months of their quarters were given: 5 and 4, and a gap says that each
    is 5 at most. Together they would be 9, so 4 and 5."""
    values = [9, 9, 5, 9, 9, 4, *[9] * 6]
    editions = [publish(values[:2])]
    editions.append(publish(values[:5], editions))
    edition = publish(values, editions)
    assert shown(edition, "month") == [9, 9, None, 9, 9, None, *[9] * 6]
    assert shown(edition, "quarter") == [None, None, 27, 27]
    assert shown(edition, "year") == [None]


def test_a_snapshot_withholds_the_small_months_alone() -> None:
    edition = publish([8, 3, 9, 8, 8, 7, 8, 8, 10, 8, 8, 4], kpi=HELD)
    assert shown(edition, "month") == [8, None, 9, 8, 8, 7, 8, 8, 10, 8, 8, None]
    assert shown(edition, "quarter") == [9, 7, 10, None]
    assert shown(edition, "year") == [None]


def test_a_complement_and_a_denominator_count_too() -> None:
    def rows(numerator: float) -> list[CountRow]:
        return [CountRow("rate", month, "A", None, numerator, 20.0) for month in YEAR]

    months = {n: protect([RATE], rows(n), YEAR[-1]).rows for n in (10.0, 16.0, 20.0)}
    exact = {
        n: [row for row in rows_of_count if row.period == "month" and not row.is_hidden]
        for n, rows_of_count in months.items()
    }
    assert [len(exact_rows) for exact_rows in exact.values()] == [12, 0, 0]
    assert {(row.numerator, row.denominator, row.value) for row in exact[10.0]} == {(10.0, 20.0, 50.0)}


def test_what_is_left_of_a_quarter_beside_months_given_earlier_is_not_small() -> None:
    before = publish([8, 8])
    assert shown(before, "month") == [8, 8]
    assert shown(publish([8, 8, 4], [before]), "quarter") == [None]
    assert shown(publish([8, 8, 4]), "quarter") == [20]


def test_a_total_is_not_given_over_a_restated_part() -> None:
    before = publish([8, 8, 8])
    after = publish([3, 8, 8, 8, 8, 8], [before])
    assert shown(after, "quarter") == [None, 24]


def test_a_month_hidden_once_stays_hidden() -> None:
    before = publish([8, 3, 8])
    assert shown(publish([8, 8, 8]), "month") == [8, 8, 8]
    assert shown(before, "month") == [8, None, None]
    assert shown(publish([8, 8, 8], [before]), "month") == [8, None, None]


def test_categories_step_together_and_one_never_given_is_not_named() -> None:
    rows = counts([9] * 12, category="x") + counts([9, 2, *[9] * 10], category="y")
    edition = protect([COUNT], rows, YEAR[-1])
    assert shown(edition, "month") == [18, 11, *[18] * 10]
    assert shown(edition, "month", "x") == [9, None, None, *[9] * 9]
    assert shown(edition, "month", "y") == [9, None, None, *[9] * 9]
    assert shown(edition, "quarter", "y") == [20, 27, 27, 27]
    rows = counts([9] * 12, category="x") + counts([0, 2], category="y")
    assert {row.category for row in protect([COUNT], rows, YEAR[-1]).rows} == {None}


def test_of_a_family_each_gives_its_own_months_and_the_totals_of_all_are_asked_together() -> None:
    """May of the one has few in the numerator; of the other, which counts the same children, it is given."""
    pair = [COUNT, MeasuredKpi("other", "percent", "flow")]
    settings = Settings(families=(("count", "other"),))

    def edition(numerator: float) -> Protected:
        rows = counts([30] * 12)
        rows += [CountRow("other", month, "A", None, numerator if month == YEAR[1] else 15.0, 30.0) for month in YEAR]
        return protect(pair, rows, YEAR[-1], (), settings)

    months = [
        row.numerator for row in edition(2).rows if (row.kpi, row.level, row.period) == ("other", "service", "month")
    ]
    assert months == [15, None, None, *[15] * 9]
    given = [row for row in edition(2).rows if row.kpi == "count"]
    assert not any(row.is_hidden for row in given)
    rows = counts([30, 6, *[30] * 10])
    rows += [CountRow("other", month, "A", None, 3.0, 6.0 if month == YEAR[1] else 30.0) for month in YEAR]
    small = protect(pair, rows, YEAR[-1], (), settings)
    of_count = [row.numerator for row in small.rows if (row.kpi, row.period) == ("count", "month")]
    assert of_count[1] is None, "6 children of whom it is hidden who is in a numerator: 1 to 5 of them are"


def test_what_has_no_figure_after_the_last_month_it_could_have_is_not_0_nor_kept_back_nor_a_part_of_its_quarter() -> (
    None
):
    late = MeasuredKpi("other", "count", "flow", until=YEAR[-2])
    rows = counts([9] * 12) + counts([9] * 11, "other")
    settings = Settings(families=(("count", "other"),))
    both = protect([COUNT, late], rows, YEAR[-1], (), settings)
    given = {(row.period, row.period_end): row.numerator for row in both.rows if row.kpi == "other"}
    assert given == {
        **{("month", month): 9 for month in YEAR[:-1]}, **{("quarter", month): 27 for month in YEAR[2:-3:3]}
    }  # fmt: skip
    assert shown(protect([COUNT], rows, YEAR[-1]), "month") == [9] * 12
    silent = protect([MeasuredKpi("other", "count", "flow", until=YEAR[-1])], rows, YEAR[-1])
    assert shown(silent, "month")[-1] is None
    assert shown(silent, "quarter") == [27, 27, 27, 18]


def test_a_denominator_that_may_be_of_children_is_protected_whatever_the_unit() -> None:
    average = MeasuredKpi("days", "days", "flow")
    rows = [CountRow("days", month, "A", None, 90.0, 4.0 if month == YEAR[0] else 9.0) for month in YEAR]
    edition = protect([average], rows, YEAR[-1])
    assert shown(edition, "month").count(None) == 2
    assert shown(edition, "month")[0] is None
    assert shown(edition, "quarter") == [270.0] * 4
    assert {row.level for row in edition.rows} == {"service"}


def test_a_year_with_a_figure_that_is_not_known_gives_nothing_of_its_family() -> None:
    family = [RATE, MeasuredKpi("other", "percent", "flow")]
    later = months_of("year", dt.date(2027, 3, 31))
    rows = [CountRow(kpi, month, team, "x", 100.0, 200.0)
            for kpi in ("rate", "other") for month in (*YEAR, *later) for team in "AB"]  # fmt: skip
    settings = Settings(families=(("rate", "other"),))
    whole = protect(family, rows, later[-1], (), settings)
    assert not any(row.is_hidden for row in whole.rows)
    rows.append(CountRow("rate", YEAR[4], "C", None, 0.0, None, is_whole=False))
    edition = protect(family, rows, later[-1], (), settings)
    assert {row.is_hidden for row in edition.rows if year_end(row.period_end) == YEAR[-1]} == {True}
    assert {row.level for row in edition.rows if not row.is_hidden} == {"service", "team"}
    assert not any(row.is_hidden for row in edition.rows if year_end(row.period_end) == later[-1])
    alone = [CountRow("rate", month, "A", None, 0.0, None, is_whole=False) for month in YEAR]
    assert {row.is_hidden for row in protect([RATE], alone, YEAR[-1]).rows} == {True}


def test_what_an_edition_gave_or_kept_back_of_a_relative_that_is_missing_now_counts() -> None:
    settings = Settings(families=(("count", "other"),))
    relative = MeasuredKpi("other", "count", "flow")
    before = protect([relative], counts([8, 8], "other"), YEAR[1], (), settings)
    assert shown(before, "month") == [8, 8]
    after = protect([COUNT], counts([8, 8, 4]), YEAR[2], [before], settings)
    assert shown(after, "quarter") == [None]
    before = protect([relative], counts([8, 2], "other"), YEAR[1], (), settings)
    assert shown(before, "month") == [8, None]
    assert shown(protect([COUNT], counts([8, 8, 8]), YEAR[2], [before], settings), "month")[1] is None
    assert shown(protect([COUNT], counts([8, 8, 8]), YEAR[2], [before], Settings(families=())), "month") == [8, 8, 8]


def test_averages_have_bands_where_their_denominator_is_said_to_be_known_to_anybody() -> None:
    held = MeasuredKpi("load", "average", "snapshot")
    rows = [
        CountRow("load", YEAR[0], team, None, children, 3.0)
        for team, children in (("A", 50.0), ("B", 9.0), ("C", 44.0))
    ]
    edition = protect([held], rows, YEAR[0], (), Settings(averages=("load",)))
    bands = {row.team: (row.value_low, row.value_high) for row in edition.rows if row.level == "team"}
    assert bands == {"A": (16.0, 18.0), "B": (None, None), "C": (14.0, 16.0)}
    assert {row.level for row in protect([held], rows, YEAR[0], (), Settings(averages=())).rows} == {"service"}


def test_a_councils_own_families_are_merged_with_those_declared(council: Council) -> None:
    defined = [council.define(kpi) for kpi in ("mine", "theirs", "referrals", "children_in_care")]
    more = "[protection]\nthreshold = 6\nleast_denominator = 12\n"
    more += 'same_children = [["mine", "theirs"], ["referrals", "mine"]]'
    settings = settings_of(council.plan(defined, more=more))
    assert (settings.threshold, settings.least_denominator) == (6, 12)
    assert set(settings.relatives("theirs")) == {"mine", "referrals", "re_referrals"}
    assert settings.relatives("children_in_care") == ("placements_three_or_more",)
    assert settings_of(council.plan(defined)) == Settings()


def team_bands(
    rows: Sequence[CountRow], settings: Settings | None = None
) -> Mapping[tuple[str | None, str], ProtectedRow]:
    protected_rows = protect([RATE], rows, YEAR[2], (), settings).rows
    return {(row.team, row.period): row for row in protected_rows if row.level == "team"}


def test_a_team_has_a_band_from_the_least_denominator_on_and_nothing_else() -> None:
    large = [CountRow("rate", month, team, None, 40.0, 80.0) for month in YEAR[:3] for team in ("A", "B", None)]
    nine = [CountRow("rate", YEAR[0], "C", None, 0.0, 9.0)]
    bands = team_bands(large + nine)
    assert set(bands) == {("A", "quarter"), ("B", "quarter"), ("C", "quarter")}
    band = bands["A", "quarter"]
    assert (band.value_low, band.value_high, band.symbol) == (50.0, 60.0, None)
    assert (band.numerator, band.denominator, band.value) == (None, None, None)
    assert bands["C", "quarter"].is_hidden
    assert team_bands(large, Settings(least_denominator=241))["A", "quarter"].is_hidden


def behind(months: Sequence[dt.date], part: str, of: Sequence[int], team: str | None = None) -> list[ChildRow]:
    """So many different children month by month, all of them new each month."""
    return [ChildRow("rate", team, None, part, month, None, count) for month, count in zip(months, of, strict=True)]


def test_a_count_of_few_different_children_is_small_however_large_it_is() -> None:
    rows = [CountRow("rate", month, "A", None, 100.0, 200.0) for month in YEAR]
    assert not any(row.is_hidden for row in protect([RATE], rows, YEAR[-1]).rows)
    many = [behind(YEAR, part, [8] * 12) for part in ("total", "numerator", "complement")]
    assert not any(
        row.is_hidden
        for row in protect([RATE], rows, YEAR[-1], children=[*many[0], *many[1], *many[2]]).rows
        if row.level == "service"
    )
    few = behind(YEAR, "complement", [8, 5, *[8] * 10])
    edition = protect([RATE], rows, YEAR[-1], children=[*many[0], *many[1], *few])
    assert shown(edition, "month").count(None) == 2
    assert shown(edition, "month")[1] is None
    assert shown(edition, "quarter") == [300.0] * 4


def test_children_who_come_again_are_not_counted_again() -> None:
    first = [ChildRow("rate", None, None, "total", YEAR[0], None, 4)]
    again = [ChildRow("rate", None, None, "total", month, before, 4) for before, month in pairwise(YEAR)]
    children = children_by_owner([*first, *again])["rate", None, None]
    assert children.behind("total", YEAR) == 4
    assert children.behind("total", [YEAR[3], YEAR[7]]) == 4
    assert children.behind("numerator", YEAR) == 0


def test_a_team_needs_ten_different_children() -> None:
    rows = [CountRow("rate", month, team, None, 400.0, 800.0) for month in YEAR[:3] for team in ("A", "B")]
    named = [
        ChildRow("rate", team, None, part, month, month_before, 9 if team == "B" else 40)
        for team in ("A", "B", None)
        for part in ("total", "numerator", "complement")
        for month, month_before in MONTHS_BEFORE
    ]
    edition = protect([RATE], rows, YEAR[2], children=named)
    bands = {row.team: row.is_hidden for row in edition.rows if row.level == "team"}
    assert bands == {"A": False, "B": True}


def test_a_rate_over_nothing_has_no_band() -> None:
    rows = [
        CountRow("rate", month, team, None, 40.0, 0.0 if team == "B" else 80.0) for month in YEAR[:3] for team in "AB"
    ]
    named = [
        ChildRow("rate", team, None, part, month, month_before, 40)
        for team in ("A", "B", None)
        for part in ("total", "numerator", "complement")
        for month, month_before in MONTHS_BEFORE
    ]
    edition = protect([RATE], rows, YEAR[2], children=named)
    assert {row.team: row.is_hidden for row in edition.rows if row.level == "team"}["B"]


def test_of_a_kpi_that_does_not_say_whose_children_it_counts_only_large_years_are_given() -> None:
    unsaid = dataclasses.replace(RATE, is_certain=False)
    rows = [CountRow("rate", month, team, "x", 100.0, 200.0) for month in YEAR for team in "AB"]
    given = [row for row in protect([unsaid], rows, YEAR[-1]).rows if not row.is_hidden]
    assert [(row.level, row.category, row.period) for row in given] == [("service", None, "year")]
    few = [CountRow("rate", month, "A", None, 4.0, 8.0) for month in YEAR]
    assert all(row.is_hidden for row in protect([unsaid], few, YEAR[-1]).rows)


def test_whose_children_are_known_is_declared_and_never_guessed(council: Council) -> None:
    flow = {"counts": "children", "timing": "flow"}
    held = council.define("held", counts="children", timing="snapshot")
    defined = [held, council.define("met", **flow), council.define("named", **flow),
               council.define("unsaid", counts="events", children_of=None),
               council.define("staff", counts="workers")]  # fmt: skip
    measured = children_kpis({indicator.id: indicator for indicator in defined}, named=["named"])
    assert {indicator.id: indicator.is_certain for indicator in measured} == {
        "held": True,
        "met": False,
        "named": True,
        "unsaid": False,
    }


@pytest.mark.parametrize(("threshold", "least"), [(0, 10), (5, 5)])
def test_settings_that_protect_nothing_are_refused(threshold: int, least: int) -> None:
    with pytest.raises(InputError):
        Settings(threshold=threshold, least_denominator=least)


def test_bands() -> None:
    assert band_of(1, 3) == Band(30, 40)
    assert band_of(3, 10) == Band(30, 40)
    assert band_of(10, 10) == Band(90, 100)
    assert Band(30, 40).numerators(10) == (3, 3)
    assert Band(90, 100).numerators(10) == (9, 10)
    assert all(
        (low <= n <= high) == (band_of(n, d) == Band(30, 40))
        for d in range(1, 60)
        for low, high in [Band(30, 40).numerators(d)]
        for n in range(d + 1)
    )


def test_periods() -> None:
    assert quarter_end(dt.date(2025, 4, 30)) == dt.date(2025, 6, 30)
    assert year_end(dt.date(2025, 3, 31)) == dt.date(2025, 3, 31)
    assert year_end(dt.date(2025, 4, 30)) == dt.date(2026, 3, 31)
    assert list(complete_periods("quarter", YEAR[1:8])) == [dt.date(2025, 9, 30)]


def test_counts_are_read_by_team_category_and_month() -> None:
    connection = duckdb.connect()
    connection.execute(
        "create table extracts as select * from (values "
        "('k', date '2025-04-30', 'month', 'A', 'w1', null, 1.0, 2.0), ('k', date '2025-04-30', 'month', 'A', 'w2', "
        "null, 2.0, 3.0), ('k', date '2025-06-30', 'quarter', 'A', null, null, 9.0, 9.0), "
        "('k', date '2025-04-30', 'month', null, null, null, null, null), "
        "('other', date '2025-04-30', 'month', 'A', null, null, 1.0, 1.0)) t"
        "(kpi, period_end, period, team, worker, category, numerator, denominator)"
    )
    rows = read_counts(connection, [MeasuredKpi("k", "percent", "flow")])
    assert rows == [
        CountRow("k", dt.date(2025, 4, 30), None, None, 0.0, None, is_whole=False),
        CountRow("k", dt.date(2025, 4, 30), "A", None, 3.0, 5.0),
    ]


def test_a_kpi_of_some_of_anothers_children_steps_on_where_few_are_left() -> None:
    whole, part = MeasuredKpi("whole", "count", "flow"), MeasuredKpi("part", "percent", "flow", part_of="whole")
    rows = counts([40] * 12, "whole")
    for left, given in ((8, 12), (3, 0)):
        some = [CountRow("part", month, "A", None, 15.0, 40.0 - left) for month in YEAR]
        edition = protect([whole, part], rows + some, YEAR[-1])
        months = [row for row in edition.rows if (row.kpi, row.level, row.period) == ("part", "service", "month")]
        assert sum(not row.is_hidden for row in months) == given
        assert not any(row.is_hidden for row in edition.rows if row.kpi == "whole")


def test_what_is_left_of_another_kpi_is_of_the_months_that_both_could_have() -> None:
    """None is left in a month that the other does not give yet."""
    part = MeasuredKpi("part", "percent", "flow", part_of="whole")
    rows = counts([40] * 11, "whole") + [CountRow("part", month, "A", None, 15.0, 32.0) for month in YEAR]
    edition = protect([MeasuredKpi("whole", "count", "flow", until=YEAR[-2]), part], rows, YEAR[-1])
    months = [row for row in edition.rows if (row.kpi, row.level, row.period) == ("part", "service", "month")]
    assert [row.is_hidden for row in months] == [False] * 12


def test_the_whole_is_a_kpi_that_leaves_nobody_out_where_there_is_one() -> None:
    library = load_library()
    assert {indicator.id: indicator.part_of for indicator in children_kpis(library)}[
        "repeat_domestic_abuse"
    ] == "contacts"


def test_a_category_of_few_children_is_not_the_total_less_a_relatives_other_categories() -> None:
    load, share = MeasuredKpi("load", "average", "snapshot"), MeasuredKpi("share", "percent", "snapshot")
    rows = [CountRow(kpi, month, "A", category, *parts) for month in YEAR for kpi, category, *parts in (
        ("load", "in need", 200.0, 10.0), ("load", "in care", 100.0, 5.0), ("load", "care leaver", 2.0, 0.1),
        ("share", "in need", 50.0, 200.0), ("share", "in care", 30.0, 100.0), ("share", "care leaver", 40.0, 90.0),
    )]  # fmt: skip
    settings = Settings(families=(("load", "share"),), averages=("load",))
    edition = protect([load, share], rows, YEAR[-1], (), settings)
    assert {row.category for row in edition.rows if not row.is_hidden} == {None}
    alone = protect([share], rows, YEAR[-1], (), settings)
    assert {row.category for row in alone.rows if not row.is_hidden} == {None, "in need", "in care", "care leaver"}


def test_every_indicator_of_the_library_says_whose_children_it_counts_or_counts_workers() -> None:
    library = load_library()
    assert [
        indicator.id for indicator in library.values() if indicator.has_children and not indicator.children_of
    ] == []
    named = [kpi for family in declared_families() for kpi in family]
    assert len(named) == len(set(named))
    assert {"average_caseload", "three_social_workers"} in map(set, declared_families())
    wholes = {indicator.children_of for indicator in library.values() if not indicator.part_of}
    assert {indicator.part_of for indicator in library.values() if indicator.part_of} <= wholes


def test_every_query_that_may_count_a_child_twice_names_the_children() -> None:
    for indicator in load_library().values():
        if indicator.has_children and not indicator.counts_each_once:
            assert " as children," in indicator.sql or ".children," in indicator.sql, indicator.id
            assert not indicator.is_ratio or "other_children," in indicator.sql, indicator.id
