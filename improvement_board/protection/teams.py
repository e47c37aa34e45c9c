"""Which team bands may be given: all of a least denominator, less those without which a small count is not safe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from improvement_board.protection.bands import AverageBand, Band
from improvement_board.protection.moves import Changes, explore
from improvement_board.protection.settings import Settings
from improvement_board.protection.worlds import Figures, MoveSide, join_ends, period_key

Month = dt.date
AnyBand = Band | AverageBand
BandKey = tuple[str, str, str, Month]
TeamMonth = tuple[str, Month]


@dataclass
class Audit:
    """A family's bands, being tested. `given`: from earlier editions, cannot be taken back. `known`: sets of months
    whose service totals are known. `each`: how many of what a KPI counts a child has. `unsafe`: months in which the
    given bands alone leave a small count unsafe beside the known totals."""

    figures: Figures
    known: Sequence[frozenset[Month]]
    given: Mapping[BandKey, AnyBand]
    new: dict[BandKey, AnyBand]
    settings: Settings
    each: Mapping[str, int] = field(default_factory=dict)
    unsafe: set[Month] = field(default_factory=set)
    atoms: dict[Month, frozenset[Month] | None] = field(default_factory=dict)
    sides: dict[TeamMonth, MoveSide] = field(default_factory=dict)

    def run(self) -> dict[BandKey, AnyBand]:
        """Take bands back until every small count is safe; what is left of the new ones."""
        months = sorted({end for (_, _, period, end) in self.figures.counts if period == "month"})
        by_known: dict[frozenset[int], set[Month]] = {}
        for month in months:
            inside = frozenset(index for index, known in enumerate(self.known) if month in known)
            by_known.setdefault(inside, set()).add(month)
        for inside, alike in by_known.items():
            self.atoms |= dict.fromkeys(alike, frozenset(alike) if inside else None)
        for month in months:
            if self._bands_over(month):
                self._make_safe(month)
        return self.new

    def _bands_over(self, month: Month) -> bool:
        keys = [period_key(period, month) for period in self.figures.periods]
        return any(
            (kpi, team, *key) in bands
            for bands in (self.new, self.given)
            for kpi in self.figures.kpis
            for team in self.figures.teams
            for key in keys
        )

    def _make_safe(self, month: Month) -> None:
        for team in self.figures.teams:
            for kpi in self.figures.kpis:
                for period in self.figures.periods:
                    needed = self._needed(kpi, team, period, month)
                    if needed and not self._is_safe(kpi, team, period, month, needed):
                        self._take_back(kpi, team, period, month, needed)

    def _needed(self, kpi: str, team: str, period: str, month: Month) -> list[str]:
        """The small counts of a period that this month has a part in (a month's own move moves them too)."""
        at_month = self.figures.small_counts(kpi, team, "month", month, self.settings.threshold)
        if period == "month" or not at_month:
            return at_month
        whole = self.figures.small_counts(kpi, team, *period_key(period, month), self.settings.threshold)
        return [name for name in whole if name in at_month]

    def _take_back(self, kpi: str, team: str, period: str, month: Month, needed: Sequence[str]) -> None:
        """Take back the team's own bands over the month, then other teams', the shortest periods and smallest first.
        With none left over it, those of the service's figures are all that is known, and safe by themselves."""
        order = [grain for grain in self.figures.periods if grain != "month" or self.figures.periods == ("month",)]
        own = [(team, grain) for grain in order]
        size = {other: self.figures.at(kpi, other, "month", month)[1] for other in self.figures.teams}
        rest = [
            (other, grain) for grain in order for other in sorted(size, key=lambda name: size[name]) if other != team
        ]
        for whose, grain in own + rest:
            keys = [(each, whose, *period_key(grain, month)) for each in self.figures.kpis]
            if not any(key in self.new for key in keys):
                continue
            for key in keys:
                self.new.pop(key, None)
            self.sides = {cell: side for cell, side in self.sides.items() if cell[0] != whose}
            if self._is_safe(kpi, team, period, month, needed):
                return
        if self._bands_over(month):
            self.unsafe.add(month)

    def _is_safe(self, kpi: str, team: str, period: str, month: Month, needed: Sequence[str]) -> bool:
        changes = Changes()
        target = self._side((team, month))
        for partner in self._partners(team, period, month):
            for _ in explore(kpi, self.figures, (target, partner), changes):
                if changes.enough(needed, self.settings.candidates):
                    return True
        return False

    def _side(self, cell: TeamMonth) -> MoveSide:
        if cell not in self.sides:
            self.sides[cell] = self._new_side(cell)
        return self.sides[cell]

    def _new_side(self, cell: TeamMonth) -> MoveSide:
        team, month = cell
        bands: dict[str, list[tuple[AnyBand, tuple[int, int]]]] = {}
        for kpi in self.figures.kpis:
            for period in self.figures.periods:
                key = (kpi, team, *period_key(period, month))
                for band in {self.new.get(key), self.given.get(key)} - {None}:
                    assert band is not None
                    bands.setdefault(kpi, []).append((band, self.figures.at(*key)))
        counts = {kpi: self.figures.at(kpi, team, "month", month) for kpi in self.figures.kpis}
        least = {kpi: self.settings.least_denominator * self.each.get(kpi, 1) for kpi in self.figures.kpis}
        return MoveSide(counts, bands, least=least, each=self.each)

    def _partners(self, team: str, period: str, month: Month) -> Iterator[MoveSide]:
        """Where children may come from or go to: unseen totals; all cells without bands together; other teams."""
        atom = self.atoms[month]
        if atom is None:
            yield MoveSide({}, {}, is_sink=True)
            return
        own = period_key(period, month)
        cells = [
            (other, when)
            for when in sorted(atom)
            for other in self.figures.teams
            if other != team or period_key(period, when) != own
        ]
        sides = {cell: self._side(cell) for cell in cells}
        tied = [(cell, side) for cell, side in sides.items() if side.bands and cell[0] != team]
        tied.sort(key=lambda partner: -partner[1].size)
        singles = [side for _, side in tied]
        yield from singles[:1]
        free = [side for side in sides.values() if not side.bands]
        pool = [join_ends(free, self.figures.kpis, is_free=True)] if free else []
        yield from (*pool, *singles[1:2])
        largest = {cell[0]: side for cell, side in reversed(tied)}
        if len(pool) + len(largest) > 1:
            yield join_ends([*pool, *largest.values()], self.figures.kpis, is_free=False)
        if len(largest) > 1:
            yield join_ends(list(largest.values()), self.figures.kpis, is_free=False)
        yield from singles[2:]
