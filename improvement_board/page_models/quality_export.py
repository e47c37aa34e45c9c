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
    """The whole file as text. Percentages are 0 to 100. `periods_late` is 0 where a gap is usual for the KPI."""
    return table_text(COLUMNS, _list_rows(authority, page))


def _list_rows(authority: str, page: QualityPage) -> Iterator[dict[str, object]]:
    shared = dict.fromkeys(COLUMNS) | {"authority": authority, "edition": page.frame.edition}
    for kpi_quality in page.kpis:
        yield {
            **shared,
            "kpi": kpi_quality.kpi,
            "title": kpi_quality.title,
            "supplied": "yes",
            **_fill_cells(kpi_quality),
        }
    for absent in page.not_supplied:
        needs = ", ".join(absent.needs)
        yield {**shared, "kpi": absent.kpi, "title": absent.title, "supplied": "no", "needs": needs}


def _fill_cells(kpi_quality: KpiQuality) -> dict[str, object]:
    cells: dict[str, object] = {"caveats": " ".join(kpi_quality.caveats)}
    if kpi_quality.recorded:
        cells |= {
            "latest_period_end": kpi_quality.recorded.latest.isoformat(),
            "due_period_end": kpi_quality.recorded.due.isoformat(),
            "periods_late": kpi_quality.recorded.late if kpi_quality.recorded.is_late else 0,
            "team_recorded": kpi_quality.recorded.team,
            "worker_recorded": kpi_quality.recorded.worker,
        }
    if kpi_quality.restated:
        cells |= {
            "restated_since": kpi_quality.restated.since,
            "restated_figures": kpi_quality.restated.figures,
            "restated_period_end": kpi_quality.restated.period_end.isoformat(),
            "restated_from": kpi_quality.restated.before,
            "restated_to": kpi_quality.restated.now,
        }
    return cells
