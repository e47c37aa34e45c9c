"""One authority's own published figures, as KPI extracts, with what is to be said about their gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from improvement_board.benchmarks.areas import Authority
from improvement_board.benchmarks.declared import Comparators, SeriesReference
from improvement_board.benchmarks.published import Published

EXTRACT_COLUMNS = (
    "authority",
    "period_end",
    "period",
    "team",
    "worker",
    "category",
    "numerator",
    "denominator",
    "value",
    "symbol",
)


@dataclass(frozen=True)
class OwnFigures:
    """An authority's figures by KPI.

    `kpis` are those in which the authority stands, if only with symbols; `population` is (year, children aged 0 to
    17).
    """

    authority: Authority
    kpis: tuple[str, ...]
    last_period_end: date
    population: tuple[tuple[int, int], ...]
    notes: tuple[str, ...]
    kpi_notes: Mapping[str, str]
    kpi_sources: Mapping[str, str]
    connection: duckdb.DuckDBPyConnection

    def rows(self, kpi: str) -> duckdb.DuckDBPyRelation:
        """The KPI's extract: period is year, team and worker are null; symbol says why a figure is not there.

        A count is a numerator; a rate is a value as published, without parts.
        """
        kpi_column, authority = duckdb.ColumnExpression("kpi"), duckdb.ColumnExpression("authority")
        mine = authority == duckdb.ConstantExpression(self.authority.code)
        wanted = self.connection.table("own_figures").filter((kpi_column == duckdb.ConstantExpression(kpi)) & mine)
        return wanted.select(*(duckdb.ColumnExpression(column) for column in EXTRACT_COLUMNS))

    def note(self, kpi: str) -> str:
        """What is to be said about the KPI's figures: gaps and why, joint reports, a late start. Empty: nothing."""
        return self.kpi_notes.get(kpi, "")

    def source(self, kpi: str) -> str:
        """Publisher, title, licence and vintage of the KPI's figures."""
        return self.kpi_sources[kpi]


def fill_own_figures(published: Published) -> None:
    """Put together the figures of every authority, once; `own_figures` then answers for one."""
    published.engine.fill(
        "own_series",
        [
            (kpi, each.category, each.publication, each.measure, each.transform)
            for kpi, references in _own_series(published).items()
            for each in references
        ],
    )
    published.engine.run("own_figures")


def own_figures(published: Published, authority: Authority) -> OwnFigures:
    """The figures of one authority.

    A KPI that is a count takes the published count, never the rate it is compared by. A KPI in which the authority
    does not stand is left out and noted.
    """
    series = _own_series(published)
    engine = published.engine
    parameters = {"area_code": authority.code}
    gaps = [_Gaps(*row) for row in engine.run("own_gaps", parameters)]
    kpis = tuple(kpi for kpi in series if any(gap.kpi == kpi for gap in gaps))
    return OwnFigures(
        authority=authority,
        kpis=kpis,
        last_period_end=max((gap.last_period_end for gap in gaps), default=date.min),
        population=tuple((int(year), int(people)) for year, people in engine.run("own_population", parameters)),
        notes=tuple(f"{kpi}: nothing is published for {authority.name}" for kpi in series if kpi not in kpis),
        kpi_notes={kpi: _note([gap for gap in gaps if gap.kpi == kpi], published) for kpi in kpis},
        kpi_sources={kpi: _source(series[kpi], published) for kpi in kpis},
        connection=engine.connection,
    )


def _own_series(published: Published) -> dict[str, tuple[SeriesReference, ...]]:
    series = {}
    for kpi, each in published.comparators.items():
        references = published.own.get(kpi, ()) if _is_count(each, published) else published.chosen.get(kpi, ())
        if references:
            series[kpi] = references
    return series


def _is_count(comparators: Comparators, published: Published) -> bool:
    return published.library[comparators.kpi].unit != comparators.unit


def _source(references: Sequence[SeriesReference], published: Published) -> str:
    publication = references[0].publication
    vintage = published.vintage_of(publication)
    return published.source_of(publication) + (f", {vintage}" if vintage else "")


@dataclass(frozen=True)
class _Gaps:
    kpi: str
    category: str | None
    first_period_end: date
    last_period_end: date
    gap_period_ends: Sequence[date] | None
    gap_symbols: Sequence[str] | None
    reported_with: str | None
    series_first_period_end: date


def _note(gaps: Sequence[_Gaps], published: Published) -> str:
    whose: dict[tuple[str, tuple[date, ...]], list[str]] = {}
    for gap in gaps:
        by_symbol: dict[str, list[date]] = {}
        for end, symbol in zip(gap.gap_period_ends or (), gap.gap_symbols or (), strict=True):
            by_symbol.setdefault(symbol, []).append(end)
        for symbol, ends in by_symbol.items():
            whose.setdefault((symbol, tuple(ends)), []).append(gap.category or "")
    sentences = []
    for (symbol, gaps_at), categories in whose.items():
        of = "" if len(categories) == len(gaps) else f" of {_listed(categories)}"
        meaning = published.aliases.symbols.get(symbol, "not available")
        years = f"year{'s' if len(gaps_at) > 1 else ''} to {_listed([_day(end) for end in gaps_at])}"
        sentences.append(f"No figure{of} for the {years} ({symbol}: {meaning}).")
    first = min(gap.first_period_end for gap in gaps)
    if first > min(gap.series_first_period_end for gap in gaps):
        sentences.append(f"Nothing is published for this authority before the year to {_day(first)}.")
    together = sorted({gap.reported_with for gap in gaps if gap.reported_with})
    if together:
        sentences.append(f"Reported together with {_listed(together)}: the figure is of all of them.")
    return " ".join(sentences)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _listed(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
