"""An ambition with many KPIs: which of them are drawn, in which order the others are listed, and that all are saved."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from series_maker import series
from small_council import SEPTEMBER, Council, monthly

from improvement_board.access.viewer import EVERYONE
from improvement_board.declared.events import Event
from improvement_board.document.ambition import key_under
from improvement_board.figures.export_request import ExportRequest
from improvement_board.page_models import Address, Board, Run
from improvement_board.page_models.ambition_page import MOST_CHARTS, drawn_of, weight
from improvement_board.page_models.downloads import ambition_download
from improvement_board.page_models.models import KpiOutline
from improvement_board.page_models.outline import outline

STEADY = [20.0, 22.0, 21.0, 23.0, 19.0, 24.0, 20.0, 22.0, 21.0, 23.0, 19.0, 24.0] * 3
HIGH, LOW = [*STEADY[:-3], 40.0, 41.0, 40.0], [*STEADY[:-3], 2.0, 3.0, 2.0]


def made(kpi: str, values: list[float | None], better: str = "lower", target: float | None = None) -> KpiOutline:
    return outline(series(values, target=target, of={"better": better, "title": kpi.capitalize(), "id": kpi}))


def ids(outlines: tuple[KpiOutline, ...]) -> list[str]:
    return [kpi_outline.series.definition.id for kpi_outline in outlines]


CALM = [made(f"calm{number}", STEADY) for number in range(1, 7)]
WORSE, CHANGED, GOOD, EMPTY = made("bad", HIGH), made("odd", HIGH, "neither"), made("good", LOW), made("none", [None])


def test_leads_are_drawn_then_the_worse_then_those_that_moved_then_the_plans_next_in_the_order_of_the_plan() -> None:
    outlines = (EMPTY, *CALM[:4], GOOD, CHANGED, WORSE, *CALM[4:])
    assert ids(drawn_of(outlines, {"calm6"})) == ["calm1", "calm2", "calm3", "odd", "bad", "calm6"]
    assert ids(drawn_of(outlines, {"calm5", "calm6"})) == ["calm1", "calm2", "odd", "bad", "calm5", "calm6"]
    leads = {"calm1", "calm2", "calm3", "calm4", "calm5", "calm6"}
    assert set(ids(drawn_of(outlines, leads))) == leads


def test_a_few_are_all_drawn_and_one_without_a_figure_takes_no_others_place() -> None:
    few = (EMPTY, *CALM[:3], WORSE)
    assert drawn_of(few, set()) == few
    assert "none" not in ids(drawn_of((EMPTY, *CALM), {"none"}))
    assert drawn_of((), set()) == ()


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


def test_every_kpi_is_drawn_or_listed_and_none_twice(board: Board) -> None:
    page = Run(board).look(EVERYONE).ambition("practice")
    assert ids(page.drawn) == ["kpi_1", "kpi_2", "kpi_3", "kpi_4", "kpi_5", "kpi_8"]
    assert ids(page.listed) == ["kpi_6", "kpi_7", "kpi_9"]
    assert (page.draws_all, page.notices, len(page.drawn)) == (False, (), MOST_CHARTS)
    of_team = Run(board).look(EVERYONE, Address(team="North")).ambition("practice")
    assert ids(of_team.listed) == ["kpi_6", "kpi_7"]
    assert of_team.without_team == ("Kpi 9",)


def test_all_are_drawn_where_the_address_asks_for_all(board: Board) -> None:
    page = Run(board).look(EVERYONE).ambition("practice", "all")
    assert ids(page.drawn) == [f"kpi_{number}" for number in range(1, 10)]
    assert (page.listed, page.draws_all, page.notices) == ((), True, ())


@pytest.mark.parametrize("asked", ["none", "ALL", "7", "<script>", "x" * 1000])
def test_another_choice_of_charts_is_said_and_left_out(board: Board, asked: str) -> None:
    page = Run(board).look(EVERYONE).ambition("practice", asked)
    assert (len(page.drawn), page.draws_all) == (MOST_CHARTS, False)
    (notice,) = page.notices
    assert asked[:20] in notice
    assert len(notice) < 200
    assert Run(board).look(EVERYONE).ambition("practice", "").notices == ()


def test_one_query_answers_for_every_chart_and_row(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Run(board).look(EVERYONE).desk
    asked = []
    real = type(desk.store).rows
    monkeypatch.setattr(
        type(desk.store), "rows", lambda store, view, **of: asked.append(view) or real(store, view, **of)
    )
    for charts in (None, "all"):
        Run(Board(board.home)).look(EVERYONE, Address(first=SEPTEMBER)).ambition("practice", charts)
    assert asked.count("overview_series") == 2


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


def test_events_are_explained_once_under_the_first_chart_that_has_them(desk_council: Council) -> None:
    redesign, offer = (Event(date(2025, 3, 5), title, "other", "all", False) for title in ("Redesign", "Offer"))

    def drawn(kpi: str, values: list[float | None], *events: Event) -> KpiOutline:
        return outline(series(values, events=events, of={"id": kpi, "title": kpi.capitalize()}))

    shown = (
        drawn("empty", [None], redesign),
        drawn("first", STEADY, redesign),
        drawn("other", STEADY, redesign, offer),
        drawn("second", STEADY, redesign),
        drawn("plain", STEADY),
        drawn("plainer", STEADY),
    )
    page = replace(Run(desk_council.board).look(EVERYONE).ambition("practice"), drawn=shown)
    under = {each.series.definition.id: key_under(page, each) for each in shown if each.series.latest is not None}
    assert under == {"first": "", "other": "", "second": "First", "plain": "", "plainer": "Plain"}
