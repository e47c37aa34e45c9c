"""From true counts by month to the rows that the protected roles may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from improvement_board.common.periods import end_of, months_of, year_end
from improvement_board.protection.children import ChildRow, children_by_owner
from improvement_board.protection.council import CouncilCounts, HasSeries
from improvement_board.protection.earlier import Earlier, Ending, read_earlier
from improvement_board.protection.rests import Given, Rest
from improvement_board.protection.rows import CountRow, MeasuredKpi, ProtectedRow
from improvement_board.protection.service import ServiceSeries, known_intervals, rows_of_year, years_of
from improvement_board.protection.settings import Settings
from improvement_board.protection.stepping import (
    Choose,
    Endings,
    choose_year,
    give_categories,
    give_family,
    wholes_first,
)
from improvement_board.protection.team_rows import events_a_child, team_rows

Month = dt.date


@dataclass(frozen=True)
class Protected:
    """A protected edition: its rows in the order of the CSV contract."""

    rows: tuple[ProtectedRow, ...]


def protect(
    kpis: Iterable[MeasuredKpi],
    counts: Iterable[CountRow],
    edition: Month,
    earlier: Sequence[Protected] = (),
    settings: Settings | None = None,
    children: Iterable[ChildRow] = (),
) -> Protected:
    """The protected publication of an edition (its last day) beside those of all earlier ones, oldest first.

    `counts`: true counts of KPIs that count children, by team, category and month; rows of other KPIs are left out.
    `children`: how many different children stand behind them; of a KPI without such rows each is another child.
    """
    rules, before = settings or Settings(), read_earlier([published.rows for published in earlier])
    measured = list(kpis)
    council = council_of(measured, counts, edition, children)
    publication = Publication(council, before, rules)
    rows: list[ProtectedRow] = []
    for family in publication.families(measured):
        rows += _protect_family(family, council, publication)
    return Protected(tuple(sorted(rows, key=lambda row: row.key)))


def council_of(
    kpis: Sequence[MeasuredKpi], counts: Iterable[CountRow], edition: Month, children: Iterable[ChildRow]
) -> CouncilCounts:
    """The council of these counts; rows of other KPIs are left out."""
    tables: dict[str, list[CountRow]] = {kpi.id: [] for kpi in kpis}
    for row in counts:
        if row.kpi in tables:
            tables[row.kpi].append(row)
    return CouncilCounts({kpi.id: kpi for kpi in kpis}, tables, children_by_owner(children), edition)


@dataclass
class Publication:
    """What an edition gives of the service, family by family, wholes before their parts.

    `choose`, `choose_split`: how a year's periods are chosen of totals and of categories. `given`, `split`: by KPI the
    periods that its total and its categories are given by so far.
    """

    council: HasSeries
    earlier: Earlier
    settings: Settings
    choose: Choose = choose_year
    choose_split: Choose = choose_year
    given: dict[str, Endings] = field(default_factory=dict)
    split: dict[str, Endings] = field(default_factory=dict)

    def families(self, kpis: Iterable[MeasuredKpi]) -> list[dict[str, ServiceSeries]]:
        """The totals of the KPIs in their declared families; one in none is a family of itself."""
        totals = {kpi.id: self.council.total(kpi) for kpi in kpis if self.council.has(kpi.id)}
        by_name: dict[str, dict[str, ServiceSeries]] = {}
        for series in wholes_first(list(totals.values())):
            kpi = series.kpi.id
            name = next((family[0] for family in self.settings.families if kpi in family), kpi)
            by_name.setdefault(name, {})[kpi] = series
        return list(by_name.values())

    def give_totals(
        self, family: Mapping[str, ServiceSeries], allowed: Callable[[ServiceSeries, Ending], bool]
    ) -> None:
        """Choose what the totals of a family are given by."""
        rests = [
            self._rest(self.council.at_most(series), self.council.total(whole), family, self.given)
            for series in family.values()
            for whole in self.council.wholes(series.kpi)
        ]

        def may(series: ServiceSeries, ending: Ending) -> bool:
            missing = [kpi for kpi in self.settings.relatives(series.kpi.id) if not self.council.has(kpi)]
            return (
                allowed(series, ending)
                and (series.kpi.is_certain or ending[0] == "year")
                and not any(self.earlier.held_back(kpi, ending, is_split=False) for kpi in (series.kpi.id, *missing))
            )

        give_family(list(family.values()), may, rests, self.given, self.choose, self.earlier, self.settings)

    def categories(self, family: Mapping[str, ServiceSeries]) -> Iterator[tuple[Sequence[ServiceSeries], Endings]]:
        """The categories of each KPI of a family whose totals are given, and the periods that they are given by.

        KPIs of a family that name the same categories count the same children in each: where these are few, none is
        split.
        """
        split = {kpi: self.council.categories(total) for kpi, total in family.items() if total.kpi.is_certain}
        for kpi, categories in split.items():
            names = {series.category for series in categories}
            beside = [
                series
                for other, other_series in split.items()
                if other != kpi
                for series in other_series
                if series.category in names
            ]
            rests = [
                self._rest(self.council.at_most(series), of, family, self.split)
                for whole in self.council.wholes(family[kpi].kpi)
                for of in self.council.categories(self.council.total(whole))
                for series in categories
                if series.category == of.category
            ]
            self.split[kpi] = give_categories(
                categories, beside, rests, family[kpi], list(family.values()), self.given, self.choose_split,
                self.earlier, self.settings,
            )  # fmt: skip
            yield categories, self.split[kpi]

    def _rest(
        self, part: ServiceSeries, whole: ServiceSeries, family: Mapping[str, ServiceSeries], given: Given
    ) -> Rest:
        parts = {kpi for kpi, total in family.items() if total.kpi.part_of}
        alike = [kpi for kpi in (whole.kpi.id, *self.settings.relatives(whole.kpi.id)) if kpi not in parts]
        return Rest(whole, part, alike, given, self.earlier, self.settings)


def _protect_family(
    family: Mapping[str, ServiceSeries], council: CouncilCounts, publication: Publication
) -> Iterator[ProtectedRow]:
    """The service's rows first, then the bands of teams that are safe beside them: a total gives way only to bands that
    an earlier edition gave, which cannot be taken back."""
    dark = frozenset(year_end(row.period_end) for kpi in family for row in council.tables[kpi] if not row.is_whole)
    withheld: set[Month] = set()
    known_before: set[Month] = set()

    def allowed(series: ServiceSeries, ending: Ending) -> bool:
        inside = months_of(*ending)
        figures = inside if series.kpi.timing == "flow" else [series.latest(inside)]
        return year_end(ending[1]) not in dark and withheld.isdisjoint(figures)

    publication.give_totals(family, allowed)
    teams, unsafe = _teams(family, council, dark, publication)
    while unsafe - known_before:
        known_before |= unsafe & withheld
        withheld = (withheld | unsafe) - known_before
        publication.give_totals(family, allowed)
        teams, unsafe = _teams(family, council, dark, publication)
    yield from teams
    for kpi, total in family.items():
        for year in years_of(total.run):
            yield from rows_of_year(total, year, publication.given[kpi])
    for series, endings in publication.categories(family):
        yield from category_rows(series, endings)


def _teams(
    family: Mapping[str, ServiceSeries], council: CouncilCounts, dark: Collection[Month], publication: Publication
) -> tuple[list[ProtectedRow], set[Month]]:
    """The rows of teams beside the service totals given, and the months where these totals say too much beside bands
    that an earlier edition gave."""
    earlier, settings = publication.earlier, publication.settings
    alike = {*family, *(relative for kpi in family for relative in settings.relatives(kpi))}
    known = [
        interval
        for kpi in alike
        for series in ([family[kpi]] if kpi in family else family.values())
        for interval in known_intervals(series, [*earlier.totals(kpi), *publication.given.get(kpi, ())])
    ]
    rows, unsafe = [], set()
    each = {kpi: events_a_child(total) for kpi, total in family.items()}
    groups: dict[tuple[str, str], list[MeasuredKpi]] = {}
    for kpi in (total.kpi for total in family.values()):
        if kpi.has_teams and kpi.is_certain and settings.is_banded(kpi.id, kpi.unit):
            groups.setdefault((kpi.timing, kpi.id if each[kpi.id] > 1 else ""), []).append(kpi)
    for together in groups.values():
        tables = {
            kpi.id: [row for row in council.tables[kpi.id] if year_end(row.period_end) not in dark] for kpi in together
        }
        runs = {kpi.id: family[kpi.id].run for kpi in together}
        given_rows, where = team_rows(together, tables, council.behind, each, runs, known, earlier, settings)
        rows += given_rows
        unsafe |= where
    return rows, unsafe


def category_rows(series: Sequence[ServiceSeries], endings: Endings) -> Iterator[ProtectedRow]:
    """Rows of every category that some year gives; one that no year gives is not named."""
    for each in series:
        rows = [row for year in years_of(each.run) for row in rows_of_year(each, year, endings)]
        there = {end_of("year", month) for month in each.months}
        if any(not row.is_hidden and end_of("year", row.period_end) in there for row in rows):
            yield from rows
