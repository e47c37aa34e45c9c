"""Councils over three to five editions in which indicators come and go and figures are restated; their breaches."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from attack import COMPLEMENT, NUMERATOR, Attack, Cell, Known
from councils import csv_of, months_back, months_in, truth

from improvement_board.protection import CountRow, MeasuredKpi, Protected, Settings, protect

FLOWS = ("all", "first", "second")
KPIS = (*(MeasuredKpi(kpi, "count" if kpi == "all" else "percent", "flow") for kpi in FLOWS),
        MeasuredKpi("held", "percent", "snapshot"))  # fmt: skip
FAMILY = (FLOWS,)
# Children of a team's month: some of them, in a category, in the numerator of each KPI.
Child = tuple[str, bool, bool, bool]
Month = tuple[str, str]


@dataclass(frozen=True)
class Edition:
    """What a council had recorded by a day, and the KPIs that it gave; of those that lag, nothing of its last month."""

    last: str
    given: tuple[str, ...]
    counts: tuple[CountRow, ...]
    lagging: tuple[str, ...] = ()

    @property
    def kpis(self) -> list[MeasuredKpi]:
        """The KPIs that it gave."""
        month_before = dt.date.fromisoformat(self.last).replace(day=1) - dt.timedelta(days=1)
        return [
            replace(kpi, until=month_before) if kpi.id in self.lagging else kpi for kpi in KPIS if kpi.id in self.given
        ]


@dataclass(frozen=True)
class MovingCouncil:
    """A council's editions, oldest first, and what anybody knows of it."""

    editions: tuple[Edition, ...]
    known: Known

    def publish(self, settings: Settings | None = None) -> list[Protected]:
        """Its protected editions, each beside those before."""
        published: list[Protected] = []
        for edition in self.editions:
            rules = settings or Settings(families=FAMILY)
            published.append(
                protect(edition.kpis, edition.counts, dt.date.fromisoformat(edition.last), tuple(published), rules)
            )
        return published

    def lagging(self, *kpis: str) -> MovingCouncil:
        """The same council with KPIs whose last month is not given yet in any edition."""
        editions = []
        for edition in self.editions:
            last = dt.date.fromisoformat(edition.last)
            rows = tuple(row for row in edition.counts if row.kpi not in kpis or row.period_end < last)
            editions.append(replace(edition, counts=rows, lagging=kpis))
        return replace(self, editions=tuple(editions))

    def occupied(self) -> Known:
        """What is known to somebody who knows of every figure of the service and of its categories that is not 0."""
        least: dict[Cell, float] = {}
        for edition_number, edition in enumerate(self.editions):
            cells: dict[Cell, float] = {}
            for row in edition.counts:
                month, complement = row.period_end.isoformat(), (row.denominator or row.numerator) - row.numerator
                for kind, name in (("team", row.team or ""), ("category", row.category)):
                    for part, count in ((NUMERATOR, row.numerator), (COMPLEMENT, complement)):
                        if name is not None and count:
                            cells[row.kpi, kind, name, month, part] = 1.0
            later = (
                {cell for cell in cells if cell[3] > self.editions[edition_number - 1].last}
                if edition_number
                else set(cells)
            )
            least = {cell: 1.0 for cell in cells if cell in later or cell in least}
        return replace(self.known, least=least)


def moving_council(
    seed: int, *, teams: Sequence[str] = ("",), restated: float = 0.3, dropped: float = 0.25, length: int = 18
) -> MovingCouncil:
    """Flows of the same children with categories, and a snapshot, all from the same children of each month."""
    dice = random.Random(f"moving {seed}")
    months = months_in(f"{months_back('2025-09-30', length)}..2025-09-30", "2025-09-30")
    sizes = {team: dice.choice([2, 5, 9, 14, 30]) / len(teams) ** 0.5 for team in teams}
    rates = [dice.choice([0.1, 0.4, 0.6, 0.95]) for _ in range(3)]
    names = ["x", "y", "z"][: dice.randint(1, 3)]
    held: dict[Month, list[Child]] = {}
    editions = []
    lasts = [*sorted(dice.sample(months[2:-1], dice.randint(2, 4))), months[-1]]
    for last in lasts:
        for month in months:
            for team in teams:
                if month <= last and (month, team) not in held:
                    number = max(0, round(dice.gauss(sizes[team], sizes[team] ** 0.5)))
                    held[month, team] = _children(number, names, rates, dice)
                elif month <= last and dice.random() < restated:
                    kept = [child for child in held[month, team] if dice.random() > 0.1]
                    held[month, team] = kept + _children(dice.randint(0, 3), names, rates, dice)
        given = tuple(kpi.id for kpi in KPIS if dice.random() > dropped) or ("all",)
        editions.append(Edition(last, given, tuple(_rows(held))))
    known = Known(
        {kpi.id: kpi.timing for kpi in KPIS}, teams, months, linked=[("first", "second"), ("first", "all")],
        categories={"all": names}, counts=["all"],
    )  # fmt: skip
    return MovingCouncil(tuple(editions), known)


def _children(number: int, names: Sequence[str], rates: Sequence[float], dice: random.Random) -> list[Child]:
    drawn = [[dice.random() < rate for rate in rates] for _ in range(number)]
    weights = [4, 2, 1][: len(names)]
    return [(dice.choices(names, weights)[0], held_child[0], held_child[1], held_child[2]) for held_child in drawn]


def _rows(held: Mapping[Month, Sequence[Child]]) -> Iterator[CountRow]:
    for (month, team), children in held.items():
        day = dt.date.fromisoformat(month)
        for name in sorted({child[0] for child in children}):
            yield CountRow("all", day, team or None, name, float(sum(child[0] == name for child in children)), None)
        for flag_column, kpi in enumerate(("first", "second", "held"), start=1):
            if children:
                numerator = float(sum(bool(child[flag_column]) for child in children))
                yield CountRow(kpi, day, team or None, None, numerator, float(len(children)))


def moving_breaches(council: MovingCouncil, editions: Sequence[Protected], known: Known | None = None) -> list[str]:
    """The small counts of any edition's time that all editions give away, the later figures trusted and the earlier."""
    given_away = {}
    texts = [csv_of(edition.rows) for edition in editions]
    for trust_first in (False, True):
        attack = Attack(known or council.known, texts, trust_first=trust_first)
        shown: dict[str, bool] = {}
        for edition in council.editions:
            for name, terms, count in truth(edition.counts, council.known):
                if name not in shown:
                    shown[name] = attack.is_shown(terms)
                if shown[name]:
                    low, high = attack.bounds(terms)
                    if low <= count <= high:
                        given_away[name] = (
                            f"{name}: {count} in {low} to {high}, trust_first={trust_first}, {edition.last}"
                        )
    return list(given_away.values())
