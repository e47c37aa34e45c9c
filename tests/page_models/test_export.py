"""An export holds the same numbers as the pages, split as asked and no further, or says what is wrong."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from small_council import JUNE, SEPTEMBER, Council
from small_desk import MARCH

from improvement_board.access.viewer import EVERYONE, Viewer
from improvement_board.errors import InputError
from improvement_board.figures.export_request import ExportRequest
from improvement_board.figures.series import Series
from improvement_board.page_models import Address, Board, IndicatorChoice, Run
from improvement_board.page_models.export import export_series


@pytest.fixture(scope="module")
def board(desk_council: Council) -> Board:
    return desk_council.board


def exported(board: Board, *kpis: str, **request: object) -> list[Series]:
    desk = Run(board).look(EVERYONE).desk
    return export_series(desk, ExportRequest(kpis, **request))  # type: ignore[arg-type]


def places(series: list[Series]) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(each_series.level, each_series.team, each_series.worker, each_series.category) for each_series in series]


def test_without_a_kpi_all_of_the_edition_are_exported(board: Board) -> None:
    exported_series = exported(board)
    assert [each_series.definition.id for each_series in exported_series] == sorted(
        ["seen", "average_caseload", "missing", "children", "attendance", "yearly", "zero"]
    )
    assert set(places(exported_series)) == {("service", None, None, None)}


@pytest.mark.parametrize(
    ("request_of", "series_places"),
    [
        ({}, [("service", None, None, None)]),
        ({"by_category": True}, [("service", None, None, name) for name in ("in need", "protection", None)]),
        ({"level": "team"}, [("team", name, None, None) for name in ("East", "North", "South", None)]),
        ({"team": "North"}, [("team", "North", None, None)]),
        ({"team": "North", "level": "team"}, [("team", "North", None, None)]),
        (
            {"team": "North", "by_category": True},
            [("team", "North", None, name) for name in ("in need", "protection")],
        ),
        (
            {"level": "worker"},
            [("worker", "East", "w4", None), ("worker", "North", "w1", None), ("worker", "North", "w2", None),
             ("worker", "South", "w3", None), ("worker", None, None, None)],
        ),
        ({"level": "worker", "team": "South", "by_category": True}, [("worker", "South", "w3", "in need")]),
    ],
)  # fmt: skip
def test_a_kpi_is_split_as_asked(
    board: Board, request_of: dict[str, object], series_places: list[tuple[str, str | None, str | None, str | None]]
) -> None:
    assert places(exported(board, "seen", **request_of)) == series_places


@pytest.mark.parametrize("level", ["service", "team", "worker"])
@pytest.mark.parametrize("by_category", [False, True])
def test_every_split_adds_up_to_the_same(board: Board, level: str, by_category: bool) -> None:
    exported_series = exported(board, "seen", level=level, by_category=by_category)
    totals = [
        sum(part for each_series in exported_series for part in getattr(each_series, name) if part is not None)
        for name in ("numerators", "denominators")
    ]
    assert totals == [27.0 * 18 + 18.0 * 6, 42.0 * 18 + 32.0 * 6]


@pytest.mark.parametrize("kpi", ["seen", "average_caseload", "missing", "children", "yearly", "zero"])
@pytest.mark.parametrize(
    "address", [Address(), Address(team="North"), Address(first=date(2025, 1, 31), last=JUNE), Address(last=MARCH)]
)
def test_the_same_numbers_as_on_the_page(board: Board, kpi: str, address: Address) -> None:
    page = Run(board).look(EVERYONE, address).indicator(IndicatorChoice(kpi))
    assert page.outline is not None
    if address.team and page.outline.series.team is None:
        assert exported(board, kpi, team=address.team) == []
        return
    exported_series = exported(board, kpi, team=address.team, first=address.first, last=address.last)
    if not page.outline.series.period_ends:
        assert all(not each_series.period_ends for each_series in exported_series)
        return
    assert exported_series == [page.outline.series]


def test_the_teams_of_the_page_are_those_of_the_export(board: Board) -> None:
    page = Run(board).look(EVERYONE).indicator(IndicatorChoice("seen"))
    assert exported(board, "seen", level="team") == list(page.team_series)


def test_a_category_of_the_page_is_that_of_the_export(board: Board) -> None:
    page = Run(board).look(EVERYONE, Address(team="North")).indicator(IndicatorChoice("seen", category="protection"))
    assert page.outline is not None
    assert exported(board, "seen", team="North", by_category=True)[1] == page.outline.series


def test_a_window_is_cut_after_judging(board: Board) -> None:
    (whole,) = exported(board, "seen")
    (part,) = exported(board, "seen", first=date(2026, 7, 31))
    assert part.presented is not None
    assert whole.presented is not None
    assert part.presented.mean == whole.presented.mean[-3:]
    assert part.presented.mean[0] is not None
    (earlier,) = exported(board, "seen", last=MARCH)
    assert earlier.period_ends == whole.period_ends[:18]
    assert earlier.presented is not None
    assert earlier.presented.mean[-1] is None


def test_a_worker_has_no_control_chart(board: Board) -> None:
    assert all(each_series.presented is None for each_series in exported(board, "seen", level="worker"))


@pytest.mark.parametrize(
    ("request_of", "column", "allowed"),
    [
        (ExportRequest(("wellbeing",)), "kpi", "attendance, average_caseload, children, missing, seen, yearly, zero"),
        (ExportRequest(team="West"), "team", "East, North, South"),
        (ExportRequest(team=""), "team", "East, North, South"),
        (ExportRequest(first=SEPTEMBER, last=JUNE), "from", None),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(
    board: Board, request_of: ExportRequest, column: str, allowed: str | None
) -> None:
    desk = Run(board).look(EVERYONE).desk
    with pytest.raises(InputError) as error:
        export_series(desk, request_of)
    (problem,) = error.value.problems
    assert problem.column == column
    assert (sorted(problem.allowed.split(", ")) if problem.allowed else None) == (
        allowed.split(", ") if allowed else None
    )


def test_everything_wrong_with_a_request_is_told(board: Board) -> None:
    desk = Run(board).look(Viewer("chair", "member")).desk
    with pytest.raises(InputError) as error:
        export_series(desk, ExportRequest(("a", "b"), "West", SEPTEMBER, JUNE, "worker"))
    assert [problem.column for problem in error.value.problems] == ["kpi", "kpi", "team", None, "from"]
    assert "figures of single workers are not for this role" in error.value.problems[3].message


def test_whoever_may_not_see_workers_exports_all_else(board: Board) -> None:
    desk = Run(board).look(Viewer("chair", "member")).desk
    assert {series.team for series in export_series(desk, ExportRequest(level="team"))} >= {"North", "South", "East"}


def test_the_boards_export_is_of_the_edition_asked_for(board: Board) -> None:
    download = (
        Run(board)
        .look(EVERYONE, Address(edition="2026-06-30"))
        .export(ExportRequest(("seen",), "North", by_category=True))
    )
    rows = list(csv.DictReader(io.StringIO(download.text.removeprefix("\ufeff"))))
    assert download.file_name == "seen_North_by-category_all-months_edition-2026-06-30.csv"
    assert {row["edition"] for row in rows} == {"2026-06-30"}
    assert {row["authority"] for row in rows} == {"E08999901"}
    assert {(row["team"], row["category"]) for row in rows} == {("North", "in need"), ("North", "protection")}
    assert max(row["period_end"] for row in rows) == "2026-06-30"
