"""Every page of the demonstration council, opened as its address opens it."""

from __future__ import annotations

import datetime as dt
import tomllib
from urllib.parse import quote_plus

import pytest
from examples import every_night
from opening import (
    ABOUT,
    AMBITION,
    CHANGES,
    INDICATOR,
    PLAN,
    QUALITY,
    TEAM,
    alternatives,
    choose,
    chosen,
    controls,
    downloads,
    links,
    notices,
    open_app,
    title,
    words_of,
)

from improvement_board.access.viewer import EVERYONE
from improvement_board.declared.home import default_home
from improvement_board.declared.kpis import load_library
from improvement_board.page_models import Board, Run

HOME = default_home()
PLANNED = tomllib.loads(HOME.plan.read_text(encoding="utf-8"))
KPIS = list(dict.fromkeys(entry["kpi"] for ambition in PLANNED["ambition"] for entry in ambition["kpi"]))
OF_EACH_KIND = {
    (one.unit, one.timing, one.counts, bool(one.category), one.has_query): kpi for kpi, one in load_library().items()
}


@pytest.fixture(scope="module")
def board() -> Board:
    return Board(HOME)


def team_of(board: Board) -> str:
    """A team that has figures to the end."""
    desk = Run(board).look(EVERYONE).desk
    return next(one.team for one in desk.store.teams if one.last_period_end == desk.store.name.day)


@pytest.mark.parametrize("page", [PLAN, CHANGES, AMBITION, INDICATOR, TEAM, QUALITY, ABOUT])
def test_a_page_opens(page: str) -> None:
    app = open_app(page)
    assert not app.exception
    assert not app.error
    assert notices(app) == []
    assert title(app)
    assert "Northbridge" not in title(app) or page == PLAN
    assert "Synthetic data" in words_of(app)
    assert "Meeting of 28 October 2026 · figures to September 2026" in words_of(app)
    assert "All teams, all periods" in words_of(app)


@pytest.mark.parametrize("kpi", every_night(KPIS, OF_EACH_KIND.values()))
def test_the_page_of_each_kpi_opens(board: Board, kpi: str) -> None:
    desk = Run(board).look(EVERYONE).desk
    app = open_app(INDICATOR, kpi=kpi)
    assert not app.exception
    assert title(app) == desk.store.definitions[kpi].title
    assert all(alternatives(app))
    assert desk.store.definitions[kpi].definition in words_of(app)
    assert "these figures (CSV)" in downloads(app)


def test_the_plan_names_every_ambition_and_draws_no_chart_library() -> None:
    app = open_app(PLAN)
    assert alternatives(app) == []
    for ambition in PLANNED["ambition"]:
        assert ambition["title"] in words_of(app)


def test_an_ambition_draws_each_of_its_kpis_the_worst_first(board: Board) -> None:
    desk = Run(board).look(EVERYONE).desk
    first = PLANNED["ambition"][0]
    app = open_app(AMBITION)
    assert title(app) == first["title"]
    assert f"Ambition 1 of {len(PLANNED['ambition'])} · sponsor: {first['sponsor']}" in words_of(app)
    assert first["statement"] in words_of(app)
    drawn = [one.series.definition.id for one in Run(board).look(EVERYONE).ambition(first["id"]).outlines]
    assert sorted(drawn) == sorted(entry["kpi"] for entry in first["kpi"])
    for kpi, alternative in zip(drawn, alternatives(app), strict=True):
        assert desk.store.definitions[kpi].title in alternative
    assert "Charts show the last three years. Show all months since April 2019" in words_of(app)
    whole = words_of(open_app(AMBITION, from_="2019-04-30"))
    assert "Charts show the last three years" not in whole
    assert "Show the last three years" in whole


def test_a_team_chosen_from_the_list_stays_on_every_page(board: Board) -> None:
    team = team_of(board)
    app = open_app(PLAN)
    choose(app, team=team)
    for page in (None, CHANGES, AMBITION, INDICATOR, TEAM, QUALITY, ABOUT):
        if page:
            app.switch_page(page).run()
        assert not app.exception
        assert chosen(app) == {"team": team}
        assert all(f"team={quote_plus(team)}" in link for link in links(app))
        assert f"{team}, all periods" in words_of(app)


def test_a_period_chosen_from_the_lists_stays_on_every_page() -> None:
    app = open_app(PLAN)
    choose(app, from_="2024-04-30", to="2026-03-31")
    for page in (None, CHANGES, AMBITION, INDICATOR, TEAM, QUALITY, ABOUT):
        if page:
            app.switch_page(page).run()
        assert not app.exception
        assert "April 2024 to March 2026" in words_of(app)
        assert all("from=2024-04-30&amp;to=2026-03-31" in link for link in links(app))


def test_a_period_offers_whole_quarters_up_to_the_editions_month() -> None:
    app = open_app(PLAN)
    firsts = [dt.date.fromisoformat(one) for one in controls(app)["from"]]
    lasts = [dt.date.fromisoformat(one) for one in controls(app)["to"]]
    assert {day.month for day in firsts} == {1, 4, 7, 10}
    assert {day.month for day in lasts} == {3, 6, 9, 12}
    assert max(lasts) == dt.date(2026, 9, 30)


def test_an_earlier_edition_says_that_it_is_one() -> None:
    app = open_app(PLAN, edition="2026-06-30")
    assert not app.exception
    assert "As presented to the meeting of 22 July 2026 · figures to June 2026" in words_of(app)
    assert max(controls(app)["to"]) == "2026-06-30"


def test_a_worker_is_shown_beside_the_team(board: Board) -> None:
    desk = Run(board).look(EVERYONE).desk
    workers = desk.store.rows(
        "indicator_series",
        kpi="average_caseload",
        team=team_of(board),
        worker=None,
        with_workers=True,
        last=desk.store.name.day,
    )
    worker = next(row["worker"] for row in workers if row["level"] == "worker" and row["worker"])
    app = open_app(INDICATOR, kpi="average_caseload", team=team_of(board), worker=worker)
    assert not app.exception
    assert notices(app) == []
    assert any(worker in alternative for alternative in alternatives(app))


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"team": "Duty"}, "There is no team “Duty” in the edition of 2026-09-30: all teams are shown."),
        ({"from_": "2026-02-28"}, "“2026-02-28” is not the start of a period"),
        ({"to": "yesterday"}, "“yesterday” is not the end of a period"),
        ({"from_": "2026-04-30", "to": "2024-03-31"}, "The period ended before it began"),
        ({"edition": "2025-12-31"}, "There is no edition “2025-12-31”: the latest one is shown."),
        ({"kpi": "happiness"}, "There is no KPI “happiness”: Average caseload is shown."),
        ({"worker": "nobody"}, "There is no worker “nobody”"),
        ({"category": "none"}, "There is no category “none” here"),
    ],
)
def test_an_unknown_value_is_noticed_and_left_out(parameters: dict[str, str], said: str) -> None:
    app = open_app(INDICATOR, **parameters)
    assert not app.exception
    assert len(notices(app)) == 1
    assert said in notices(app)[0]
    assert "All teams, all periods" in words_of(app)
    assert title(app) == "Average caseload"
