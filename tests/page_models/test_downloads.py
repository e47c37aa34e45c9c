"""What a page gives to save holds the series that it shows, and is what the command `export` writes, byte for byte."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from small_council import JUNE, Council
from small_desk import MARCH

from improvement_board.access.viewer import EVERYONE, Viewer
from improvement_board.errors import InputError
from improvement_board.figures.download import Download
from improvement_board.figures.export_request import ExportRequest
from improvement_board.figures.series import Series
from improvement_board.page_models import Address, Board, IndicatorChoice, Run
from improvement_board.page_models.downloads import (
    ambition_download,
    categories_download,
    chart_download,
    plan_download,
    team_download,
    teams_download,
    workers_download,
)
from improvement_board.page_models.models import IndicatorPage

CHAIR = Viewer("chair", "member")
ADDRESSES = [Address(), Address(team="North"), Address(first=date(2025, 1, 31), last=JUNE), Address(last=MARCH)]
KPIS = ["seen", "average_caseload", "missing", "children", "attendance", "yearly", "zero"]


@pytest.fixture(scope="module")
def board(desk_council: Council) -> Board:
    return desk_council.board


def rows_of(download: Download) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(download.text.removeprefix("\ufeff"), newline="")))


def places_of(download: Download) -> set[tuple[str, str, str, str]]:
    return {(row["kpi"], row["team"], row["worker"], row["category"]) for row in rows_of(download)}


def assert_exported(board: Board, viewer: Viewer, saved: Download, request: ExportRequest) -> None:
    exported = Run(board).look(viewer).export(request)
    assert (saved.file_name, saved.text) == (exported.file_name, exported.text)


def request_of(series: Series, address: Address) -> ExportRequest:
    kpis = (series.definition.id,)
    return ExportRequest(kpis, series.team, address.first, address.last, category=series.category)


@pytest.mark.parametrize("viewer", [EVERYONE, CHAIR], ids=["analyst", "member"])
@pytest.mark.parametrize("address", ADDRESSES, ids=str)
@pytest.mark.parametrize("kpi", KPIS)
def test_a_pages_downloads_are_its_exports(board: Board, viewer: Viewer, address: Address, kpi: str) -> None:
    page = Run(board).look(viewer, address).indicator(IndicatorChoice(kpi))
    team, first, last = address.team, address.first, address.last
    assert page.outline is not None
    main = page.outline.series
    if main.period_ends:
        assert_exported(board, viewer, chart_download(main, page.frame), request_of(main, address))
    if page.teams is not None:
        assert_exported(board, viewer, teams_download(page), ExportRequest((kpi,), None, first, last, level="team"))
    if page.breakdown is not None:
        by_category = ExportRequest((kpi,), team, first, last, by_category=True)
        assert_exported(board, viewer, categories_download(page), by_category)
    if page.workers:
        of_workers = ExportRequest((kpi,), team, first, last, level="worker")
        assert_exported(board, viewer, workers_download(page), of_workers)


def page_of(board: Board, address: Address | None = None, **choice: str) -> IndicatorPage:
    return Run(board).look(EVERYONE, address).indicator(IndicatorChoice("seen", **choice))


def test_a_chart_of_a_category_gives_that_category_alone(board: Board) -> None:
    page = page_of(board, category="in need")
    assert page.outline is not None
    saved = chart_download(page.outline.series, page.frame)
    assert places_of(saved) == {("seen", "", "", "in need")}
    assert saved.file_name == "seen_all-teams_category-in-need_all-months_edition-2026-09-30.csv"


def test_a_chart_of_the_service_on_a_teams_page_gives_the_service(board: Board) -> None:
    page = Run(board).look(EVERYONE, Address(team="North")).indicator(IndicatorChoice("yearly"))
    assert page.outline is not None
    assert page.outline.series.team is None
    saved = chart_download(page.outline.series, page.frame)
    assert places_of(saved) == {("yearly", "", "", "")}
    assert saved.file_name.startswith("yearly_all-teams_")


def test_a_chart_of_a_worker_gives_that_worker(board: Board) -> None:
    page = page_of(board, Address(team="North"), worker="w1")
    assert page.worker is not None
    saved = chart_download(page.worker.series, page.frame)
    assert {row["worker"] for row in rows_of(saved)} == {"w1"}
    values = [float(row["value"]) for row in rows_of(saved) if row["value"]]
    assert values == [value for value in page.worker.series.values if value is not None]
    assert "by-worker" in saved.file_name


def test_teams_categories_and_workers_give_what_the_page_lists(board: Board) -> None:
    page = page_of(board, Address(team="North"))
    assert page.teams is not None
    assert page.breakdown is not None
    assert {dot.team for dot in page.teams.dots} <= {row_place[1] for row_place in places_of(teams_download(page))}
    assert {figure.category for figure in page.breakdown.figures} == {
        row_place[3] for row_place in places_of(categories_download(page))
    }
    assert {worker.worker for worker in page.workers} == {
        row_place[2] for row_place in places_of(workers_download(page))
    }
    assert page_of(board).worker_series == ()


def test_an_ambition_gives_every_series_of_its_page(board: Board) -> None:
    page = Run(board).look(EVERYONE, Address(team="North")).ambition("practice")
    shown = {
        (outline.series.definition.id, outline.series.team or "")
        for outline in page.outlines
        if outline.series.period_ends
    }
    assert {row_place[:2] for row_place in places_of(ambition_download(page))} == shown


def test_the_plan_gives_every_series_of_it(board: Board) -> None:
    page = Run(board).look(EVERYONE, Address()).plan()
    shown = {(outline.series.definition.id, "") for outline in page.outlines if outline.series.period_ends}
    assert {row_place[:2] for row_place in places_of(plan_download(page))} == shown


def test_a_team_gives_its_series_and_the_services_beside_them(board: Board) -> None:
    page = Run(board).look(EVERYONE, Address(team="North")).team()
    pairs = [series for outline, service in page.outlines for series in (outline.series, service)]
    shown = {(series.definition.id, series.team or "") for series in pairs if series.period_ends}
    assert {row_place[:2] for row_place in places_of(team_download(page))} == shown
    assert {team for _, team in shown} == {"", "North"}


def test_a_category_that_is_not_there_is_refused_with_those_there_are(board: Board) -> None:
    with pytest.raises(InputError) as error:
        Run(board).look(EVERYONE).export(ExportRequest(("seen",), category="adults"))
    (problem,) = error.value.problems
    assert (problem.column, problem.value, problem.allowed) == ("category", "adults", "in need, protection")
