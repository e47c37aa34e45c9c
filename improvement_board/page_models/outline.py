"""A series with the words that stand beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from improvement_board import words
from improvement_board.declared.kpis import Definition, load_library
from improvement_board.editions.open_edition import Store
from improvement_board.figures.comparators import Standing
from improvement_board.figures.few import is_few_at
from improvement_board.figures.series import Series
from improvement_board.page_models.freshness import NO_CAVEATS, Caveats
from improvement_board.page_models.models import KpiOutline, NotSupplied


def outline(
    series: Series,
    standing: Standing | None = None,
    caveats: Caveats = NO_CAVEATS,
    meeting_end: dt.date | None = None,
) -> KpiOutline:
    """A series with its headline, the words of its icons (empty where the KPI bears no verdict), what of it is kept
    back, and its figure at the last meeting, which read the month `meeting_end`."""
    verdict = target_kept = ""
    if is_few_at(series, series.latest):
        verdict = words.TOO_FEW.capitalize()
    elif series.verdict is not None:
        verdict = words.verdict_word(series.verdict).capitalize()
        target_kept = words.target_record_words(series)
    return KpiOutline(
        series=series,
        headline=words.headline(series),
        verdict=verdict,
        target_kept=target_kept,
        comparison=words.comparison_words(series),
        standing=standing,
        caveats=caveats.caveats,
        latest_period=caveats.latest,
        protection=words.protection_words(series),
        earlier=words.earlier_words(series, meeting_end),
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
