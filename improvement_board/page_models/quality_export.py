"""The table of indicators of the data quality page as CSV: unrounded, one row a KPI of the plan, those left out too."""

from __future__ import annotations

from collections.abc import Iterator

from improvement_board.figures.csv import table_text
from improvement_board.page_models.quality_models import KpiQuality, QualityPage

COLUMNS = (
    "authority", "edition", "kpi", "title", "supplied", "latest_period_end", "due_period_end", "periods_late",
    "team_recorded", "worker_recorded", "restated_since", "restated_figures", "restated_period_end", "restated_from",
    "restated_to", "caveats", "needs",
)  # fmt: skip


def quality_csv(authority: str, page: QualityPage) -> str:
    """The whole file as text. Percentages are 0 to 100; `periods_late` is 0 where a gap is usual for the KPI."""
    return table_text(COLUMNS, _rows(authority, page))


def _rows(authority: str, page: QualityPage) -> Iterator[dict[str, object]]:
    shared = dict.fromkeys(COLUMNS) | {"authority": authority, "edition": page.frame.edition}
    for one in page.kpis:
        yield {**shared, "kpi": one.kpi, "title": one.title, "supplied": "yes", **_cells(one)}
    for absent in page.not_supplied:
        needs = ", ".join(absent.needs)
        yield {**shared, "kpi": absent.kpi, "title": absent.title, "supplied": "no", "needs": needs}


def _cells(one: KpiQuality) -> dict[str, object]:
    cells: dict[str, object] = {"caveats": " ".join(one.caveats)}
    if one.recorded:
        cells |= {
            "latest_period_end": one.recorded.latest.isoformat(),
            "due_period_end": one.recorded.due.isoformat(),
            "periods_late": one.recorded.late if one.recorded.is_late else 0,
            "team_recorded": one.recorded.team,
            "worker_recorded": one.recorded.worker,
        }
    if one.restated:
        cells |= {
            "restated_since": one.restated.since,
            "restated_figures": one.restated.figures,
            "restated_period_end": one.restated.period_end.isoformat(),
            "restated_from": one.restated.before,
            "restated_to": one.restated.now,
        }
    return cells
