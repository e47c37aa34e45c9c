"""Two editions side by side: which figures changed and by how much, which are new, and which vanished."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from improvement_board import words
from improvement_board.building.measured import Measured
from improvement_board.editions.open_edition import Store, open_beside
from improvement_board.editions.scope import EVERYTHING
from improvement_board.errors import InputError, Problem
from improvement_board.figures.assemble import series_from
from improvement_board.figures.csv import table_text
from improvement_board.figures.earlier import differs
from improvement_board.figures.series import Level

LEVELS: tuple[Level, ...] = ("service", "team", "worker")
COLUMNS = (
    "old_edition", "new_edition", "kpi", "title", "level", "team", "worker", "category", "period_end", "period", "unit",
    "old", "new", "difference", "change", "definition_changed",
)  # fmt: skip
DifferenceKind = Literal["changed", "new", "vanished"]


@dataclass(frozen=True)
class FigureKey:
    """What a figure is of."""

    kpi: str
    level: Level
    team: str | None
    worker: str | None
    category: str | None
    period_end: dt.date

    def words(self) -> str:
        """The team, worker and category, "all" where it is of none of them."""
        return ", ".join(part for part in (self.team, self.worker, self.category) if part) or "all"


@dataclass(frozen=True)
class EditionFigure:
    """A figure as an edition shows it."""

    value: float | None
    unit: str
    period: str


@dataclass(frozen=True)
class Difference:
    """One figure that differs: as the old edition and as the new one has it (None: that one has no such figure)."""

    key: FigureKey
    old: EditionFigure | None
    new: EditionFigure | None

    @property
    def kind(self) -> DifferenceKind:
        """Whether the figure changed, is new, or vanished."""
        return "new" if self.old is None else "vanished" if self.new is None else "changed"

    @property
    def shown(self) -> EditionFigure:
        """The new figure, else the old one."""
        figure = self.new or self.old
        assert figure is not None
        return figure

    @property
    def difference(self) -> float | None:
        """New less old, None where one of them is missing or they are not of one unit."""
        if self.old is None or self.new is None or self.old.unit != self.new.unit:
            return None
        return None if self.old.value is None or self.new.value is None else self.new.value - self.old.value


@dataclass(frozen=True)
class Comparison:
    """All that differs between two editions, in the order of KPI, level, team, worker, category and period; and the
    titles of the KPIs compared, with whether each one's definition changed (None: only one of the editions has it)."""

    old: str
    new: str
    differences: tuple[Difference, ...]
    titles: Mapping[str, str]
    redefined: Mapping[str, bool | None]

    def of(self, kpi: str) -> tuple[Difference, ...]:
        """What differs of a KPI."""
        return tuple(difference for difference in self.differences if difference.key.kpi == kpi)


def compare_editions(old: Path, new: Path, kpis: Sequence[str] = (), level: Level = "team") -> Comparison:
    """Compare two editions by their folders, down to a level.

    Figures are those that the pages show: of the service, by category, and by team and worker where the level asks for
    them. Raises InputError for an edition that is damaged, or a KPI that neither has.
    """
    with open_beside(old, EVERYTHING) as before, open_beside(new, EVERYTHING) as now:
        return _compared(before, now, kpis, level)


def _compared(before: Store, now: Store, kpis: Sequence[str], level: Level) -> Comparison:
    there = {kpi: definition.title for kpi, definition in {**before.definitions, **now.definitions}.items()}
    for kpi in kpis:
        if kpi not in there:
            message, allowed = "is a KPI of neither edition", ", ".join(sorted(there))
            raise InputError(Problem(None, message, column="--kpi", value=kpi, allowed=allowed))
    asked = sorted(kpis or there)
    old, new = (dict(_figures(store, asked, level)) for store in (before, now))
    return Comparison(
        old=str(before.name),
        new=str(now.name),
        differences=tuple(_differences(old, new)),
        titles={kpi: there[kpi] for kpi in asked},
        redefined={kpi: _redefined(before, now, kpi) for kpi in asked},
    )


def _redefined(before: Store, now: Store, kpi: str) -> bool | None:
    old, new = before.manifest.kpis.get(kpi), now.manifest.kpis.get(kpi)
    return None if old is None or new is None else old.definition != new.definition


def _figures(store: Store, kpis: Sequence[str], level: Level) -> Iterator[tuple[FigureKey, EditionFigure]]:
    """Every figure of an edition that is there, by what it is of."""
    there = [kpi for kpi in kpis if kpi in store.definitions]
    for each in LEVELS[: LEVELS.index(level) + 1]:
        for by_category in (False, True) if each == "service" else (False,):
            yield from _figures_at(store, there, each, by_category=by_category)


def _figures_at(
    store: Store, kpis: Sequence[str], level: Level, *, by_category: bool
) -> Iterator[tuple[FigureKey, EditionFigure]]:
    wanted = {
        "kpis": list(kpis),
        "team": None,
        "last": store.name.day,
        "level": level,
        "by_category": by_category,
        "by": None,
    }
    rows = store.rows("export_series", **wanted)
    for (kpi, team, worker, category), group in groupby(
        rows, lambda row: (row["kpi"], row["team"], row["worker"], row["category"])
    ):
        of = {"team": team, "worker": worker, "category": category}
        if of.get("category" if by_category else level, level) is None:
            continue  # what is not recorded so stands in the whole, a level above
        series = series_from(store, {}, store.definitions[kpi], level, list(group), **of)
        for end, value in zip(series.period_ends, series.values, strict=True):
            yield FigureKey(kpi, level, team, worker, category, end), EditionFigure(value, series.unit, series.grain)


def find_regrouped(before: Store, now: Store, kpis: Sequence[str]) -> Iterator[Measured]:
    """Of KPIs whose service figures were not restated, those of which teams' earlier figures were: work that went from
    one team to another in the records. The teams are named, and no figure of theirs.
    """
    old, new = (dict(_figures_at(store, kpis, "team", by_category=False)) for store in (before, now))
    teams: dict[str, dict[str, None]] = {}
    for difference in _differences(old, {key: figure for key, figure in new.items() if key in old}):
        teams.setdefault(difference.key.kpi, {})[difference.key.team or ""] = None
    for kpi, named in teams.items():
        yield Measured("regrouped", words.regrouped_sentence(now.definitions[kpi].title, list(named)), kpi)


def _differences(
    old: Mapping[FigureKey, EditionFigure], new: Mapping[FigureKey, EditionFigure]
) -> Iterator[Difference]:
    def order(key: FigureKey) -> tuple[object, ...]:
        of = (key.category or "", key.team or "", key.worker or "")
        return key.kpi, LEVELS.index(key.level), *of, key.period_end

    for key in sorted(old.keys() | new.keys(), key=order):
        difference = Difference(key, old.get(key), new.get(key))
        units = {figure.unit for figure in (difference.old, difference.new) if figure}
        values = [figure.value if figure else None for figure in (difference.old, difference.new)]
        if differs(*values) or (len(units) > 1 and values != [None, None]):
            yield difference


def comparison_csv(comparison: Comparison) -> str:
    """Every difference as a row of CSV, with the habits of the dashboard's downloads."""
    return table_text(COLUMNS, (_row(comparison, difference) for difference in comparison.differences))


def _row(comparison: Comparison, difference: Difference) -> dict[str, object]:
    key, redefined = difference.key, comparison.redefined[difference.key.kpi]
    return {
        "old_edition": comparison.old,
        "new_edition": comparison.new,
        "kpi": key.kpi,
        "title": comparison.titles[key.kpi],
        "level": key.level,
        "team": key.team,
        "worker": key.worker,
        "category": key.category,
        "period_end": key.period_end.isoformat(),
        "period": difference.shown.period,
        "unit": difference.shown.unit,
        "old": difference.old.value if difference.old else None,
        "new": difference.new.value if difference.new else None,
        "difference": difference.difference,
        "change": difference.kind,
        "definition_changed": None if redefined is None else "yes" if redefined else "no",
    }
