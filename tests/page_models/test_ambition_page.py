"""An ambition with many KPIs: in which order they are drawn, and that all are saved."""

from __future__ import annotations

import csv
import io

import pytest
from series_maker import series
from small_council import SEPTEMBER, Council, monthly

from improvement_board.access.viewer import EVERYONE
from improvement_board.figures.export_request import ExportRequest
from improvement_board.page_models import Address, Board, Run
from improvement_board.page_models.ambition_page import weight
from improvement_board.page_models.downloads import ambition_download
from improvement_board.page_models.models import KpiOutline
from improvement_board.page_models.outline import outline

STEADY = [20.0, 22.0, 21.0, 23.0, 19.0, 24.0, 20.0, 22.0, 21.0, 23.0, 19.0, 24.0] * 3
HIGH, LOW = [*STEADY[:-3], 40.0, 41.0, 40.0], [*STEADY[:-3], 2.0, 3.0, 2.0]


def made(kpi: str, values: list[float | None], better: str = "lower", target: float | None = None) -> KpiOutline:
    return outline(series(values, target=target, of={"better": better, "title": kpi.capitalize(), "id": kpi}))


def ids(outlines: tuple[KpiOutline, ...]) -> list[str]:
    return [kpi_outline.series.definition.id for kpi_outline in outlines]


def test_the_worst_comes_first() -> None:
    in_order = [
        made("bad", HIGH, "lower", 30.0),
        made("odd", HIGH, "neither"),
        made("never_met", STEADY, "lower", 2.0),
        made("missed_now", STEADY, "lower", 23.0),
        made("met_now", STEADY[:-1], "lower", 23.0),
        made("always_met", STEADY, "lower", 60.0),
        made("good_but_missed", LOW, "lower", -40.0),
        made("good", LOW, "lower", 25.0),
        made("none", [None]),
    ]
    backwards = in_order[::-1]
    assert sorted(backwards, key=weight) == in_order


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Board:
    council = Council(tmp_path_factory.mktemp("many"))
    names = [f"kpi_{number}" for number in range(1, 10)]
    rows = {
        name: monthly([(5.0 + month % 3, 10.0) for month in range(20)], team="North" if name < "kpi_9" else None)
        for name in names
    }
    entries = {"kpi_8": {"lead": True}}
    council.publish(SEPTEMBER, rows, council.plan([council.define(name) for name in names], entries=entries))
    return council.board


def test_every_kpi_is_there_once_and_the_neighbours_in_the_plan_are_named(board: Board) -> None:
    page = Run(board).look(EVERYONE).ambition("practice")
    assert sorted(ids(page.outlines)) == [f"kpi_{number}" for number in range(1, 10)]
    assert (page.number, page.count, page.before, page.after) == (1, 1, None, None)
    of_team = Run(board).look(EVERYONE, Address(team="North")).ambition("practice")
    assert sorted(ids(of_team.outlines)) == [f"kpi_{number}" for number in range(1, 9)]
    assert of_team.without_team == ("Kpi 9",)
    with pytest.raises(KeyError):
        Run(board).look(EVERYONE).ambition("nowhere")


def test_months_before_the_last_three_years_can_be_asked_for_where_there_are_any(desk_council: Council) -> None:
    look = Run(desk_council.board).look(EVERYONE)
    page = look.ambition("practice")
    longest = max(len(outline.series.period_ends) for outline in page.outlines)
    assert (page.since is not None) == (longest > 36)


def test_one_query_answers_for_every_chart_and_row(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Run(board).look(EVERYONE).desk
    asked = []
    real = type(desk.store).rows
    monkeypatch.setattr(
        type(desk.store), "rows", lambda store, view, **of: asked.append(view) or real(store, view, **of)
    )
    Run(Board(board.home)).look(EVERYONE, Address(first=SEPTEMBER)).ambition("practice")
    assert asked.count("overview_series") == 1


@pytest.mark.parametrize("address", [Address(), Address(team="North"), Address(last=SEPTEMBER.replace(month=6))])
def test_the_download_holds_what_the_download_of_each_chart_holds(board: Board, address: Address) -> None:
    saved = ambition_download(Run(board).look(EVERYONE, address).ambition("practice"))
    page = Run(board).look(EVERYONE, address).ambition("practice")
    request = ExportRequest(tuple(ids(page.outlines)), address.team, address.first, address.last)
    assert saved.text == Run(board).look(EVERYONE).export(request).text
    rows = list(csv.DictReader(io.StringIO(saved.text.removeprefix("\ufeff"))))
    assert {row["kpi"] for row in rows} == set(ids(page.outlines))
    assert saved.file_name.startswith("practice_North" if address.team else "practice_all-teams")
    assert saved.file_name.endswith("edition-2026-09-30.csv")
