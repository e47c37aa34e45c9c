"""The proof: nothing that is published of hard councils, in two editions together, gives a small count away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

import pytest
from councils import KINDS, Council, breaches, csv_of, hard_council, linked_council

from improvement_board.protection import Protected, ProtectedRow, Settings, protect

FIRST, LAST = dt.date(2024, 12, 31), dt.date(2025, 6, 30)


def two_editions(council: Council) -> tuple[Protected, Protected]:
    settings = Settings(
        families=council.families, within=tuple(council.known.within), averages=tuple(council.known.units)
    )
    first = protect(council.kpis, council.until(FIRST.isoformat()), FIRST, (), settings)
    return first, protect(council.kpis, council.counts, LAST, (first,), settings)


def share_shown(rows: Iterable[ProtectedRow], level: str) -> str:
    shown = [not row.is_hidden for row in rows if row.level == level]
    return f"{level} {sum(shown)} of {len(shown)}"


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("kind", KINDS)
def test_no_small_count_of_a_hard_council_is_given_away(kind: str, seed: int) -> None:
    council = hard_council(kind, seed)
    editions = two_editions(council)
    given, small = breaches(council, [csv_of(edition.rows) for edition in editions])
    print(kind, seed, *(share_shown(editions[1].rows, level) for level in ("service", "team")), f"small {small}")  # noqa: T201
    assert small
    assert given == []


@pytest.mark.parametrize("kind", KINDS)
def test_averages_and_numerators_within_others_give_nothing_away(kind: str) -> None:
    council = linked_council(kind, 0)
    editions = two_editions(council)
    given, small = breaches(council, [csv_of(edition.rows) for edition in editions])
    bands = {row.kpi for row in editions[1].rows if row.level == "team" and not row.is_hidden}
    print(kind, share_shown(editions[1].rows, "team"), sorted(bands), f"small {small}")  # noqa: T201
    assert small or kind == "all or nothing"
    assert given == []
    assert bands or kind in ("sparse", "few a month")


def test_a_numerator_within_another_needs_its_own_care() -> None:
    council = linked_council("one large", 6)
    given, _ = breaches(council, [csv_of(edition.rows) for edition in two_editions(council)])
    assert given == []
    careless = replace(council, known=replace(council.known, within=()))
    given, _ = breaches(council, [csv_of(edition.rows) for edition in two_editions(careless)])
    assert given


def test_what_is_hidden_stays_hidden() -> None:
    for kind in KINDS:
        before, after = two_editions(hard_council(kind, 5))
        gaps = {row.key for row in before.rows if row.is_hidden}
        assert gaps.isdisjoint(row.key for row in after.rows if not row.is_hidden)


def test_figures_are_shown_where_there_are_many() -> None:
    _, edition = two_editions(hard_council("one large", 1))
    assert any(not row.is_hidden for row in edition.rows if row.level == "service")
    bands = [row for row in edition.rows if row.level == "team" and not row.is_hidden]
    assert bands
    assert all(row.numerator is row.denominator is row.value is None for row in bands)
    assert all((row.value_high or 0) - (row.value_low or 0) == 10 for row in bands)


def test_an_average_has_bands_two_wide_where_ten_children_are_counted() -> None:
    council = linked_council("one large", 1)
    _, edition = two_editions(council)
    children = {(row.team, row.period_end): row for row in council.counts if row.kpi == "load"}
    bands = [row for row in edition.rows if (row.kpi, row.level) == ("load", "team") and not row.is_hidden]
    assert bands
    for band in bands:
        row = children[band.team, band.period_end]
        assert row.numerator >= 10
        assert (band.value_low or 0) <= row.numerator / (row.denominator or 0) < (band.value_high or 0)
        assert (band.value_high or 0) - (band.value_low or 0) == 2


def test_without_the_search_for_other_worlds_bands_give_counts_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("improvement_board.protection.teams.Audit.run", lambda audit: audit.new)
    council = hard_council("one-team service", 0)
    given, _ = breaches(council, [csv_of(edition.rows) for edition in two_editions(council)])
    assert given
