"""What a manager may see of others: their own teams are known to them, so the rest of the council is what is protected.

A manager is given service figures as members are, and no figure of another team, in every April–March year in which
the own teams have children of a KPI's family. Whatever the manager then subtracts is a figure of the rest (the service
without the own teams), so the rest is audited as the service is (`stepping`), beside what every other edition gave to
managers of the same teams, and of each year those figures of members are given that are of a kind of period (month,
quarter, year) or longer: the finest kind with which every figure of the rest is large.
In years in which the own teams have no children of the family, in any edition, the rest is the service: a manager sees
what a member sees, other teams' bands too. So it is where the own teams have all of the family's children.

Of the different children behind the rest only a lower bound is known: those of the service less those of the own teams,
or of the other team that has most. In a category the own children are at most as many as are counted there.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from improvement_board.common.periods import year_end
from improvement_board.protection.children import Children, ChildRow
from improvement_board.protection.council import NOT_RECORDED, CouncilCounts
from improvement_board.protection.earlier import Ending, read_earlier
from improvement_board.protection.publish import Publication, category_rows, council_of
from improvement_board.protection.rows import CountRow, MeasuredKpi, Parts, ProtectedRow
from improvement_board.protection.service import (
    GRAINS,
    GivenGrain,
    ServiceSeries,
    counts_in,
    rows_of_year,
    shown_periods,
    years_of,
)
from improvement_board.protection.settings import Settings
from improvement_board.protection.stepping import Choose, Endings, IsSafe, May

Month = dt.date
Own = frozenset[str]
SERVICE, CATEGORY, TEAM, CHANGES = "service", "category", "team", "changes"
# By KPI, what of it (service, category, team) and April–March year. What changed may be told of a KPI that has a grain
# of `CHANGES` for the year of the edition.
Steps = Mapping[tuple[str, str, Month], GivenGrain]


@dataclass(frozen=True)
class EditionCounts:
    """An edition that managers look at: its counts, what its members see (`given`: the periods by KPI and what of it),
    its teams, and what managers of some of them see.

    `managers`: None for an edition from before other teams were protected from managers: they saw what members see.
    """

    kpis: Mapping[str, MeasuredKpi]
    council: CouncilCounts
    members: Steps
    given: Mapping[tuple[str, str], Endings]
    teams: frozenset[str]
    managers: Mapping[Own, Steps] | None = None

    @cached_property
    def by_team(self) -> Mapping[tuple[str, str], Sequence[CountRow]]:
        """The rows of each KPI and team."""
        by_key: dict[tuple[str, str], list[CountRow]] = {}
        for table in self.council.tables.values():
            for row in table:
                by_key.setdefault((row.kpi, row.team or ""), []).append(row)
        return by_key

    @cached_property
    def whole(self) -> Mapping[str, tuple[ServiceSeries, Sequence[ServiceSeries]]]:
        """The service's total and categories by KPI."""
        totals = (self.council.total(kpi) for kpi in self.kpis.values() if self.council.tables[kpi.id])
        return {total.kpi.id: (total, self.council.categories(total)) for total in totals}

    @cached_property
    def wholes(self) -> Mapping[str, Sequence[MeasuredKpi]]:
        """By KPI those of whose children it counts some."""
        return {kpi: self.council.wholes(self.kpis[kpi]) for kpi in self.whole}

    @cached_property
    def largest_first(self) -> Mapping[str, Sequence[str]]:
        """The teams of each KPI that says who its children are, those with most rows about different children first."""
        by_kpi: dict[str, list[tuple[int, str]]] = {}
        for (kpi, team, _), children in self.council.behind.items():
            if team is not None:
                arrivals = children.arrivals.get("total", {}).values()
                size = sum(count for month in arrivals for _, count in month)
                by_kpi.setdefault(kpi, []).append((-size, team))
        return {kpi: [team for _, team in sorted(teams)] for kpi, teams in by_kpi.items()}

    def given_to(self, own: Own) -> Steps:
        """What it gave to managers of these teams; a manager without a team in it saw what members see."""
        there = own & self.teams
        return self.members if self.managers is None or not there else self.managers.get(there, {})

    def periods(self, steps: Steps, kpi: str, what: str) -> Iterator[Ending]:
        """The periods of members' figures that are given by these steps."""
        for ending in self.given.get((kpi, what), ()):
            if ending[0] in shown_periods(steps.get((kpi, what, year_end(ending[1])), "none")):
                yield ending


def count_publication(
    kpis: Iterable[MeasuredKpi],
    counts: Iterable[CountRow],
    edition: Month,
    members: Iterable[ProtectedRow],
    children: Iterable[ChildRow] = (),
    *,
    teams: Iterable[str] = (),
    managers: Mapping[Own, Steps] | None = None,
) -> EditionCounts:
    """An edition's counts beside its protected publication (`members`). `teams`: those without children too."""
    measured, rows = {kpi.id: kpi for kpi in kpis}, list(members)
    council = council_of(list(measured.values()), counts, edition, children)
    named = {row.team for table in council.tables.values() for row in table if row.team}
    given: dict[tuple[str, str], set[Ending]] = {}
    for row in rows:
        if not row.is_hidden:
            given.setdefault((row.kpi, _what(row)), set()).add((row.period, row.period_end))
    frozen = {key: frozenset(endings) for key, endings in given.items()}
    return EditionCounts(measured, council, steps_of(rows), frozen, frozenset({*named, *teams}), managers)


def _what(row: ProtectedRow) -> str:
    return TEAM if row.level == "team" else SERVICE if row.category is None else CATEGORY


def steps_of(rows: Iterable[ProtectedRow]) -> Steps:
    """The finest kind of period by which rows give any figure of a KPI, by what of it and April–March year."""
    steps: dict[tuple[str, str, Month], GivenGrain] = {}
    for row in rows:
        if not row.is_hidden:
            key = (row.kpi, _what(row), year_end(row.period_end))
            steps[key] = choose_finest(steps.get(key, "none"), grain_of(row.period))
    return steps


def grain_of(period: str) -> GivenGrain:
    """A kind of period as a grain."""
    return next(grain for grain in GRAINS if grain == period)


def choose_finest(*grains: GivenGrain) -> GivenGrain:
    """The finest of these."""
    return min(grains, key=GRAINS.index)


@dataclass(frozen=True)
class _OtherChildren:
    """The children of a total without those of the own teams."""

    whole: Children
    own: Sequence[Children]
    largest: Sequence[Children]  # of the other teams, one or none

    def behind(self, part: str, inside: Collection[Month]) -> int:
        left = self.whole.behind(part, inside) - sum(children.behind(part, inside) for children in self.own)
        return max([left, *(children.behind(part, inside) for children in self.largest)])


@dataclass(frozen=True)
class _OfCategory:
    """The children of a category without as many as the own teams count there."""

    whole: Children
    own: Mapping[Month, Mapping[str, float]]

    def behind(self, part: str, inside: Collection[Month]) -> int:
        counted_there = sum(self.own[month].get(part, 0.0) for month in inside if month in self.own)
        return self.whole.behind(part, inside) - round(counted_there)


@dataclass(frozen=True)
class RestOfCouncil:
    """An edition's council without some of its teams, over the same months: where only they have children, 0."""

    edition: EditionCounts
    own: Own
    settings: Settings

    def has(self, kpi: str) -> bool:
        """Whether the KPI has rows, of whatever team."""
        return kpi in self.edition.whole

    def wholes(self, kpi: MeasuredKpi) -> Sequence[MeasuredKpi]:
        """The KPIs of whose children a KPI counts some, in the whole council and so in the rest."""
        return self.edition.wholes[kpi.id]

    def total(self, kpi: MeasuredKpi) -> ServiceSeries:
        """The series of a KPI."""
        series, _ = self.edition.whole[kpi.id]
        left = dict(series.months)
        for row in self.own_rows(kpi.id):
            left[row.period_end] -= Parts(row.numerator, row.denominator)
        behind = self.edition.council.behind
        whole = behind.get((kpi.id, None, None))
        if whole is None:
            return dataclasses.replace(series, kpi=kpi, months=left)
        teams = self.edition.largest_first.get(kpi.id, ())
        own = [behind[kpi.id, team, None] for team in teams if team in self.own]
        largest = [behind[kpi.id, team, None] for team in teams if team not in self.own][:1]
        return dataclasses.replace(series, kpi=kpi, months=left, children=_OtherChildren(whole, own, largest))

    def categories(self, total: ServiceSeries) -> list[ServiceSeries]:
        """The series of a KPI's categories; none where nothing is split."""
        _, categories = self.edition.whole[total.kpi.id]
        own: dict[str, dict[Month, Parts]] = {}
        for row in self.own_rows(total.kpi.id) if categories else ():
            months = own.setdefault(row.category or NOT_RECORDED, {})
            months[row.period_end] = months.get(row.period_end, Parts()) + Parts(row.numerator, row.denominator)
        return [self._without(series, own.get(series.category or "", {})) for series in categories]

    def at_most(self, series: ServiceSeries) -> ServiceSeries:
        """The same with all children of the service, of whom the rest has no more."""
        whole = self.edition.council.behind.get((series.kpi.id, None, series.category))
        return dataclasses.replace(series, children=whole)

    def _without(self, series: ServiceSeries, own: Mapping[Month, Parts]) -> ServiceSeries:
        left = {month: parts - own[month] if month in own else parts for month, parts in series.months.items()}
        whole = self.edition.council.behind.get((series.kpi.id, None, series.category))
        counts = {month: counts_in(series.kpi, parts, self.settings) for month, parts in own.items()}
        return dataclasses.replace(series, months=left, children=_OfCategory(whole, counts) if whole else None)

    def own_rows(self, kpi: str) -> Iterator[CountRow]:
        """The rows of the teams that are left out."""
        for team in self.own:
            yield from self.edition.by_team.get((kpi, team), ())


def rest_steps(now: EditionCounts, own: Own, earlier: Sequence[EditionCounts], settings: Settings) -> Steps:
    """What managers of these teams may see beside them: by KPI, what of it (the service's figures, its categories,
    bands of other teams) and April–March year, the finest kind of period by which members' figures are given to them.
    Nothing else is. Of what changed they are told where every edition gave them all that members have.

    `earlier`: all other editions, in the order in which members' publications were held to them.
    """
    rest, before = RestOfCouncil(now, own, settings), [RestOfCouncil(edition, own, settings) for edition in earlier]
    given = dict(_Managed(rest, before, settings).steps())
    held = [(now.members, given), *((edition.members, edition.given_to(own)) for edition in earlier)]
    kept = {key[0] for members, steps in held for key, grain in members.items()
            if key[1] != TEAM and steps.get(key) != grain}  # fmt: skip
    told = (kpi for kpi in now.kpis if kpi not in kept)
    return given | {(kpi, CHANGES, year_end(now.council.edition)): "month" for kpi in told}


@dataclass(frozen=True)
class _Managed:
    """What is given to managers of some teams, of all families."""

    rest: RestOfCouncil
    before: Sequence[RestOfCouncil]
    settings: Settings

    def steps(self) -> Iterator[tuple[tuple[str, str, Month], GivenGrain]]:
        """As members have it where the own teams have no children, or all; else as the rest allows."""
        now, earlier = self.rest.edition, read_earlier([list(_rows_given(each)) for each in self.before])
        asked: dict[str, set[Month]] = {}
        publication = Publication(
            self.rest, earlier, self.settings, self._chooser(SERVICE, asked), self._chooser(CATEGORY, asked)
        )
        for family in publication.families(now.kpis.values()):
            alike = {kpi: (kpi, *self.settings.relatives(kpi)) for kpi in family}
            years = {kpi: set() if self._is_all_own(names) else self._years(names) for kpi, names in alike.items()}
            asked |= years
            publication.give_totals(family, lambda *_: True)
            for _ in publication.categories(family):
                pass
            yield from ((key, grain) for key, grain in now.members.items()
                        if key[0] in family and key[2] not in years[key[0]])  # fmt: skip
            for kpi in family:
                for what, given in ((SERVICE, publication.given), (CATEGORY, publication.split)):
                    for year in years[kpi]:
                        kinds = {period for period, end in given.get(kpi, ()) if year_end(end) == year}
                        if kinds:
                            yield (kpi, what, year), choose_finest(*map(grain_of, kinds))

    def _chooser(self, what: str, asked: Mapping[str, Collection[Month]]) -> Choose:
        """How a year's periods are chosen of a KPI's total or categories, in years in which it is asked."""

        def choose(series: ServiceSeries, year: Month, may: May, is_safe: IsSafe) -> Endings:
            members = self.rest.edition.given.get((series.kpi.id, what), frozenset())
            of_year = frozenset(ending for ending in members if year_end(ending[1]) == year)
            if year not in asked[series.kpi.id]:
                return of_year
            large = frozenset(filter(may, of_year))
            kinds = (shown_periods(grain) for grain in GRAINS)
            some = (frozenset(ending for ending in of_year if ending[0] in shown) for shown in kinds)
            return next((endings for endings in some if endings and endings <= large and is_safe(endings)), frozenset())

        return choose

    def _years(self, alike: Collection[str]) -> set[Month]:
        """The years in which the own teams have children of these KPIs, or of those that they are a part of."""
        wholes = {
            whole.id
            for rest in (self.rest, *self.before)
            for kpi in _there(rest, alike)
            for whole in rest.edition.wholes[kpi.id]
        }
        rows = (row for rest in (self.rest, *self.before) for kpi in {*alike, *wholes} for row in rest.own_rows(kpi))
        return {year_end(row.period_end) for row in rows}

    def _is_all_own(self, alike: Collection[str]) -> bool:
        """Whether no other team has any child of these KPIs, in this edition or another, and none is unrecorded."""
        return not any(
            parts.numerator or parts.denominator
            for rest in (self.rest, *self.before)
            for kpi in _there(rest, alike)
            for parts in rest.total(kpi).months.values()
        )


def _there(rest: RestOfCouncil, alike: Collection[str]) -> Iterator[MeasuredKpi]:
    return (kpi for kpi in rest.edition.kpis.values() if kpi.id in alike and rest.has(kpi.id))


def _rows_given(rest: RestOfCouncil) -> Iterator[ProtectedRow]:
    """What managers of these teams could work out of the rest from another edition."""
    edition, steps = rest.edition, rest.edition.given_to(rest.own)
    for kpi in edition.kpis.values() if steps else ():
        if rest.has(kpi.id):
            total = rest.total(kpi)
            given = frozenset(edition.periods(steps, kpi.id, SERVICE))
            for year in years_of(total.run):
                yield from rows_of_year(total, year, given)
            split = frozenset(edition.periods(steps, kpi.id, CATEGORY))
            yield from category_rows(rest.categories(total), split)
