"""A series with the words that stand beside it."""

from __future__ import annotations

from collections.abc import Iterable

from improvement_board import words
from improvement_board.declared.kpis import Definition, load_library
from improvement_board.editions.open_edition import Store
from improvement_board.figures.comparators import Standing
from improvement_board.figures.few import is_few_at
from improvement_board.figures.series import Series
from improvement_board.page_models.freshness import NO_CAVEATS, Caveats
from improvement_board.page_models.models import KpiOutline, NotSupplied
from improvement_board.spc import variation_words


def outline(series: Series, standing: Standing | None = None, caveats: Caveats = NO_CAVEATS) -> KpiOutline:
    """A series with its headline, the words of its icons (empty where the KPI bears no control chart), and what of it
    is kept back."""
    presented = series.presented
    variation = target_kept = ""
    if is_few_at(series, series.latest):
        variation = words.TOO_FEW.capitalize()
    elif presented is not None:
        better = series.definition.better
        variation = variation_words(presented.variation, better, enough_points=presented.enough_points)
        target_kept = words.target_record_words(series)
    return KpiOutline(
        series=series,
        headline=words.headline(series),
        variation=variation,
        target_kept=target_kept,
        comparison=words.comparison_words(series),
        standing=standing,
        caveats=caveats.caveats,
        latest_period=caveats.latest,
        protection=words.protection_words(series),
    )


def find_not_supplied(store: Store, kpis: Iterable[str]) -> tuple[NotSupplied, ...]:
    """The KPIs of these that the edition does not have, each with the tables it needs."""
    library = load_library()
    absent = [kpi for kpi in kpis if kpi not in store.definitions]
    return tuple(
        NotSupplied(kpi, _find_title(library.get(kpi), kpi), store.manifest.missing.get(kpi, ())) for kpi in absent
    )


def _find_title(definition: Definition | None, kpi: str) -> str:
    return definition.title if definition else kpi
