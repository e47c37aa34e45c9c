"""What the pages give to save: files of a page model's own series, so that what is saved is what is on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from improvement_board.figures.csv import csv_text, file_name
from improvement_board.figures.download import Download
from improvement_board.figures.export_request import ExportRequest
from improvement_board.figures.series import Level, Series
from improvement_board.page_models.changes_export import changes_csv
from improvement_board.page_models.indicators_page import IndicatorsPage
from improvement_board.page_models.models import (
    AmbitionPage,
    ChangesPage,
    Frame,
    IndicatorPage,
    KpiOutline,
    PlanPage,
    TeamPage,
)
from improvement_board.page_models.quality_export import quality_csv
from improvement_board.page_models.quality_models import QualityPage


def chart_download(series: Series, frame: Frame) -> Download:
    """The series that a chart draws."""
    shared = frame.address
    level: Level = "worker" if series.worker else "service"
    request = ExportRequest(
        (series.definition.id,), series.team, shared.first, shared.last, level, category=series.category
    )
    return series_download(frame, request, (series,))


def teams_download(page: IndicatorPage) -> Download:
    """The teams that an indicator's page compares, each over all its periods."""
    shared = page.frame.address
    request = ExportRequest((page.definition.id,), None, shared.first, shared.last, level="team")
    return series_download(page.frame, request, page.team_series)


def categories_download(page: IndicatorPage) -> Download:
    """The categories that an indicator's page compares, and what has none, each over all its periods."""
    shared = page.frame.address
    request = ExportRequest((page.definition.id,), shared.team, shared.first, shared.last, by_category=True)
    return series_download(page.frame, request, page.category_series)


def workers_download(page: IndicatorPage) -> Download:
    """The workers of the team that an indicator's page lists, each over all their periods."""
    shared = page.frame.address
    request = ExportRequest((page.definition.id,), shared.team, shared.first, shared.last, level="worker")
    return series_download(page.frame, request, page.worker_series)


def plan_download(page: PlanPage) -> Download:
    """Every series of the plan, with all its months."""
    return _outlines_download(page.frame, "plan", page.outlines)


def ambition_download(page: AmbitionPage) -> Download:
    """Every series of an ambition's page, with all its months."""
    return _outlines_download(page.frame, page.id, page.outlines)


def indicators_download(page: IndicatorsPage) -> Download:
    """The series of the indicators that a page lists, with all their months."""
    return _outlines_download(page.frame, "indicators", [outline for outline, _ in page.shown])


def team_download(page: TeamPage) -> Download:
    """Every series of a team's page, of the team and of the service beside it, with all their months."""
    shared = page.frame.address
    request = ExportRequest(("team",), shared.team, shared.first, shared.last)
    pairs = ((outline.series, service) for outline, service in page.outlines)
    return series_download(page.frame, request, tuple(series for pair in pairs for series in pair))


def changes_download(page: ChangesPage) -> Download:
    """Every change that the page of changes lists."""
    return Download(f"what-changed_edition-{page.frame.edition}.csv", partial(changes_csv, page))


def quality_download(page: QualityPage) -> Download:
    """The table of indicators of the data quality page."""
    frame = page.frame
    return Download(f"data-quality_edition-{frame.edition}.csv", partial(quality_csv, frame.authority, page))


def _outlines_download(frame: Frame, name: str, outlines: Iterable[KpiOutline]) -> Download:
    """The series of outlines. In the file's name, `name` stands in the place of a KPI."""
    shared = frame.address
    request = ExportRequest((name,), shared.team, shared.first, shared.last)
    return series_download(frame, request, tuple(outline.series for outline in outlines))


def series_download(frame: Frame, request: ExportRequest, series: Sequence[Series]) -> Download:
    """Series as CSV, under the name of the export that holds the same."""
    return Download(file_name(frame.edition, request), partial(csv_text, frame.authority, frame.edition, series))
