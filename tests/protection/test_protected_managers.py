"""The proof for managers: what every edition gives them, less their own teams' figures, gives no small count of the
rest away."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from attack import months_in
from councils import KINDS, Council, breaches, csv_of, hard_council

from improvement_board.protection import ChildRow, CountRow, MeasuredKpi, Protected, ProtectedRow, Settings, protect
from improvement_board.protection.managers import EditionCounts, Steps, count_publication, rest_steps

DAYS = (dt.date(2024, 12, 31), dt.date(2025, 3, 31), dt.date(2025, 6, 30))
LENGTHS = {"month": 1, "quarter": 3, "year": 12}
OWN = frozenset({"A"})


def three_editions(council: Council, own: frozenset[str] = OWN) -> list[tuple[EditionCounts, Protected]]:
    """Three editions with what members and the managers of some teams see."""
    settings = Settings(families=council.families)
    counts_and_rows: list[tuple[EditionCounts, Protected]] = []
    for day in DAYS:
        counts = council.until(day.isoformat())
        members = protect(
            council.kpis, counts, day, [protected_rows for _, protected_rows in counts_and_rows], settings
        )
        edition = count_publication(council.kpis, counts, day, members.rows)
        steps = rest_steps(edition, own, [edition_counts for edition_counts, _ in counts_and_rows], settings)
        counts_and_rows.append((dataclasses.replace(edition, managers={own & edition.teams: steps}), members))
    return counts_and_rows


def given_to_manager(rows: Sequence[ProtectedRow], steps: Steps) -> Iterator[ProtectedRow]:
    """The members' rows that a manager is given."""
    for row in rows:
        what = "team" if row.level == "team" else "category" if row.category else "service"
        march = dt.date(row.period_end.year + (row.period_end.month > 3), 3, 31)
        finest = steps.get((row.kpi, what, march))
        if finest and LENGTHS[finest] <= LENGTHS[row.period] and row.symbol is None and row.team not in OWN:
            yield row


def less_own(
    rows: Sequence[ProtectedRow], counts: Sequence[CountRow], timing: dict[str, str]
) -> list[dict[str, object]]:
    """What a manager works out: the rows given, of the service less the own teams."""
    own: dict[tuple[str, str | None, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in counts:
        if row.team in OWN:
            for category in {None, row.category}:
                sums = own[row.kpi, category, row.period_end.isoformat()]
                sums[0] += row.numerator
                sums[1] += row.denominator or 0.0
    there = {(row.kpi, row.category, row.period_end.isoformat()) for row in counts}
    there |= {(kpi, None, month) for kpi, _, month in there}
    rows_less_own = []
    for row in rows:
        named: dict[str, object] = {name: getattr(row, name) for name in row.__dataclass_fields__}
        if row.level == "service":
            months = months_in(row.period, row.period_end.isoformat())
            if timing[row.kpi] == "snapshot":
                months = [month for month in months if (row.kpi, row.category, month) in there][-1:]
            left = [own[row.kpi, row.category, month] for month in months]
            named["numerator"] = (row.numerator or 0.0) - sum(own_sums[0] for own_sums in left)
            named["denominator"] = (row.denominator or 0.0) - sum(own_sums[1] for own_sums in left)
            named["value"] = None
        rows_less_own.append(named)
    return rows_less_own


def attacked(council: Council) -> tuple[list[str], int, int]:
    """Small counts of the rest that a manager of team A can work out of three editions, how many there are, and how
    many service figures the last edition gives."""
    texts, shown = [], 0
    for (edition, members), day in zip(three_editions(council), DAYS, strict=True):
        given = list(given_to_manager(members.rows, (edition.managers or {})[OWN]))
        shown = sum(row.level == "service" for row in given)
        texts.append(csv_of(less_own(given, council.until(day.isoformat()), council.known.timing)))
    teams = [team for team in council.known.teams if team not in OWN]
    rest = dataclasses.replace(council, known=dataclasses.replace(council.known, teams=teams))
    others = [row for row in council.counts if row.team not in OWN]
    given_away, small = breaches(rest, texts, others)
    return given_away, small, shown


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("one-team service", "few a month")])
def test_a_manager_works_out_no_small_count_of_other_teams(kind: str) -> None:
    given_away, small, shown = attacked(hard_council(kind, 1))
    print(kind, f"{shown} service figures, {small} small counts")  # noqa: T201
    assert small
    assert given_away == []


def test_what_members_see_would_give_a_manager_small_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_protected_managers.rest_steps", lambda now, *_: now.members)
    assert attacked(hard_council("one large", 1))[0]


def test_a_manager_is_given_service_figures_where_the_rest_is_large() -> None:
    rows = [CountRow("seen", month, team, None, 30.0, 60.0) for month in YEAR for team in ("A", "B", "C")]
    edition = edition_of(rows)
    steps = rest_steps(edition, OWN, (), Settings())
    assert steps["seen", "service", YEAR[-1]] == "month"
    assert ("seen", "team", YEAR[-1]) not in steps
    assert steps["seen", "changes", YEAR[-1]] == "month"


KPI = MeasuredKpi("seen", "percent", "flow")
YEAR = [dt.date.fromisoformat(month_end) for month_end in months_in("year", "2026-03-31")]


def edition_of(rows: Sequence[CountRow], children: Sequence[ChildRow] = ()) -> EditionCounts:
    last = max(row.period_end for row in rows)
    return count_publication([KPI], rows, last, protect([KPI], rows, last, (), None, children).rows, children)


def small_rest(other: float) -> list[CountRow]:
    """A large team beside one with so many children a month, half of them in the numerator."""
    return [CountRow("seen", month, team, None, size / 2, size) for month in YEAR for team, size in
            (("A", 60.0), ("B", other))]  # fmt: skip


@pytest.mark.parametrize(("other", "grain"), [(12.0, "month"), (10.0, "quarter"), (4.0, "year"), (2.0, None)])
def test_a_year_is_given_by_the_finest_periods_that_leave_enough_for_others(other: float, grain: str | None) -> None:
    steps = rest_steps(edition_of(small_rest(other)), OWN, (), Settings())
    assert steps.get(("seen", "service", YEAR[-1])) == grain
    assert (("seen", "changes", YEAR[-1]) in steps) == (grain == "month")


def test_where_the_own_teams_have_no_children_a_manager_sees_what_members_see() -> None:
    edition = edition_of(small_rest(12.0))
    steps = rest_steps(dataclasses.replace(edition, teams=edition.teams | {"C"}), frozenset({"C"}), (), Settings())
    assert {key: grain for key, grain in steps.items() if key[1] != "changes"} == edition.members
    assert any(key[1] == "team" for key in edition.members)


def test_where_the_own_teams_have_all_children_the_service_is_theirs() -> None:
    edition = edition_of(small_rest(12.0))
    assert rest_steps(edition, frozenset({"A", "B"}), (), Settings()).items() >= edition.members.items()


def test_a_quarter_less_months_of_an_earlier_edition_is_not_given() -> None:
    """The rest had 12 in April and May, given by month; June has 4: the quarter less both would be June."""
    sizes = [12.0, 12.0, 4.0]
    rows = [row for row in small_rest(0.0)[:6] if row.team == "A"]
    rows += [CountRow("seen", month, "B", None, size / 2, size) for month, size in zip(YEAR, sizes, strict=False)]
    first = edition_of([row for row in rows if row.period_end <= YEAR[1]])
    steps = rest_steps(first, OWN, (), Settings())
    assert steps["seen", "service", YEAR[-1]] == "month"
    before = dataclasses.replace(first, managers={OWN: steps})
    assert rest_steps(edition_of(rows), OWN, (), Settings())["seen", "service", YEAR[-1]] == "quarter"
    assert ("seen", "service", YEAR[-1]) not in rest_steps(edition_of(rows), OWN, [before], Settings())
    never_given = dataclasses.replace(first, managers={})
    assert rest_steps(edition_of(rows), OWN, [never_given], Settings())["seen", "service", YEAR[-1]] == "quarter"
    of_old = dataclasses.replace(first, managers=None)
    assert ("seen", "service", YEAR[-1]) not in rest_steps(edition_of(rows), OWN, [of_old], Settings())


@pytest.mark.parametrize(("different", "grain"), [(3, None), (9, "month")])
def test_many_figures_of_few_other_children_are_not_given(different: int, grain: str | None) -> None:
    """The rest has 60 a month, of so many different children, always the same."""
    rows = small_rest(60.0)
    children = []
    for team, size in ((None, 30 + different), ("A", 30), ("B", different)):
        for previous, month in pairwise([None, *YEAR]):
            assert month is not None
            children += [ChildRow("seen", team, None, part, month, previous, size)
                         for part in ("total", "numerator", "complement")]  # fmt: skip
    assert rest_steps(edition_of(rows, children), OWN, (), Settings()).get(("seen", "service", YEAR[-1])) == grain
