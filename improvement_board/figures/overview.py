"""The series of several KPIs at once, by one query: what the plan page, an ambition, a team and the changes need."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from improvement_board.editions.open_edition import Row, Store
from improvement_board.figures.assemble import Window, covered_until, judged, series_from
from improvement_board.figures.comparators import ComparatorsByKpi
from improvement_board.figures.series import Series


def overview(
    store: Store, comparators: ComparatorsByKpi, kpis: Iterable[str], window: Window, team: str | None = None
) -> tuple[dict[str, Series], dict[str, Series]]:
    """Judged series by KPI: the service's, and the team's where a team is given (else empty).

    A KPI known only by category stands as the category its definition names as headline.
    """
    there = [kpi for kpi in kpis if kpi in store.definitions]
    rows = store.rows("overview_series", kpis=there, team=team, last=window.last)
    rows_by_kpi: dict[tuple[str, str], list[Row]] = {}
    for key, group in groupby(rows, lambda row: (row["kpi"], row["level"])):
        rows_by_kpi[key] = list(group)
    service = [_service(store, comparators, kpi, rows_by_kpi) for kpi in there]
    of_team = [
        _team(store, comparators, kpi, rows_by_kpi, team) for kpi in there if team and (kpi, "team") in rows_by_kpi
    ]
    all_judged = judged([*service, *of_team], window)
    by_kpi = {series.definition.id: series for series in all_judged[: len(service)]}
    return by_kpi, {series.definition.id: series for series in all_judged[len(service) :]}


def _service(
    store: Store, comparators: ComparatorsByKpi, kpi: str, rows_by_kpi: dict[tuple[str, str], list[Row]]
) -> Series:
    definition = store.definitions[kpi]
    series = series_from(store, comparators, definition, "service", rows_by_kpi.get((kpi, "service"), []))
    headline = rows_by_kpi.get((kpi, "category"), [])
    if series.latest is None and headline:
        category = headline[0]["category"]
        return series_from(store, comparators, definition, "service", headline, category=category)
    return series


def _team(
    store: Store,
    comparators: ComparatorsByKpi,
    kpi: str,
    rows_by_kpi: dict[tuple[str, str], list[Row]],
    team: str | None,
) -> Series:
    until = covered_until(team, rows_by_kpi.get((kpi, "service"), []))
    return series_from(
        store, comparators, store.definitions[kpi], "team", rows_by_kpi[kpi, "team"], team=team, until=until
    )
