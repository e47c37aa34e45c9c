"""Nothing to show is drawn on purpose: short, empty and ended series, KPIs never supplied, names of any length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from awkward_council import AMBITION as AMBITION_TITLE
from awkward_council import (
    COUNCIL,
    LONG_TEAM,
    LONG_WORKER,
    MARKUP_TEAM,
    NEVER,
    TITLES,
    publish_awkward,
)
from opening import (
    ABOUT,
    AMBITION,
    CHANGES,
    INDICATOR,
    PLAN,
    QUALITY,
    TEAM,
    alternatives,
    controls,
    downloads,
    notices,
    open_app,
    title,
    words_of,
)
from small_council import SEPTEMBER, Council, monthly

from improvement_board.declared.home import Home
from improvement_board.declared.kpis import load_library

Serve = Callable[[Home], None]
NEVER_TITLE = load_library()[NEVER[0]].title


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return publish_awkward(tmp_path_factory.mktemp("awkward"))


@pytest.fixture
def served(awkward: Council, serve: Serve) -> Council:
    serve(awkward.home)
    return awkward


@pytest.mark.usefixtures("served")
class TestAwkwardCouncil:
    @pytest.mark.parametrize("page", [PLAN, CHANGES, AMBITION, INDICATOR, TEAM, QUALITY, ABOUT])
    def test_every_page_opens(self, page: str) -> None:
        app = open_app(page)
        assert not app.exception
        assert notices(app) == []
        assert "figures to September 2026" in words_of(app)

    def test_the_plan_of_a_first_edition_says_so(self) -> None:
        said = words_of(open_app(PLAN))
        assert "This is the first edition: there is none before it to compare with." in said
        assert "An ambition without figures" in said
        assert "None of its KPIs is supplied yet." in said
        assert "2 KPIs not supplied yet." in said
        assert COUNCIL in said

    def test_what_changed_of_a_first_edition_says_so(self) -> None:
        app = open_app(CHANGES)
        assert title(app) == "What changed"
        assert "This is the first edition: there is none before it to compare with." in words_of(app)
        assert "Back to plan on a page" in words_of(app)
        assert downloads(app) == []

    def test_an_ambition_lists_what_is_not_supplied_and_what_it_needs(self) -> None:
        app = open_app(AMBITION)
        said = words_of(app)
        assert title(app) == AMBITION_TITLE
        assert "1 KPI of the plan not supplied yet" in said
        assert f"{NEVER_TITLE}: needs made_up_table" in said
        for name in TITLES.values():
            assert name in said

    @pytest.mark.parametrize("kpi", TITLES)
    def test_the_page_of_each_kpi_opens(self, kpi: str) -> None:
        app = open_app(INDICATOR, kpi=kpi)
        assert not app.exception
        assert notices(app) == []
        assert title(app) == TITLES[kpi]
        assert all(alternatives(app))

    def test_one_month_is_a_figure_without_limits(self) -> None:
        app = open_app(INDICATOR, kpi="one_month")
        said = words_of(app)
        assert "33.3%" in said
        assert "too few to say whether that is a change" in said.lower()
        assert len(alternatives(app)) == 2

    def test_a_zero_denominator_gives_no_figure(self) -> None:
        app = open_app(INDICATOR, kpi="zeros")
        said = words_of(app)
        assert "There is no figure for this choice" in said
        assert "nan" not in said.lower().split()
        assert "0.0%" not in said

    def test_a_kpi_never_supplied_says_what_it_needs_and_shows_another(self) -> None:
        app = open_app(INDICATOR, kpi=NEVER[0])
        assert not app.exception
        said = words_of(app)
        assert f"{NEVER_TITLE}: needs made_up_table" in said

    def test_a_kpi_without_teams_says_so(self) -> None:
        assert "No team is recorded for this KPI." in words_of(open_app(INDICATOR, kpi="no_team"))

    def test_a_period_after_the_last_figure_is_empty_on_purpose(self) -> None:
        app = open_app(INDICATOR, kpi="ended", from_="2026-04-30")
        assert not app.exception
        assert "There is no figure for this choice: try another team or period." in words_of(app)

    def test_a_team_without_the_kpi_is_said(self) -> None:
        app = open_app(INDICATOR, kpi="no_team", team="North")
        assert not app.exception
        assert notices(app) == ["Recorded without any team is not recorded for North: the whole service is shown."]
        said = words_of(open_app(AMBITION, team="North"))
        assert "Not recorded for North:" in said

    @pytest.mark.parametrize("team", [LONG_TEAM, MARKUP_TEAM, "North"])
    def test_the_page_of_each_team_opens(self, team: str) -> None:
        app = open_app(TEAM, team=team)
        assert not app.exception
        assert title(app) == team

    def test_long_names_of_teams_and_workers_are_whole_in_the_tables(self) -> None:
        said = words_of(open_app(INDICATOR, kpi="long_names", team=LONG_TEAM))
        assert LONG_TEAM in said
        assert LONG_WORKER in said

    def test_names_from_files_are_text(self) -> None:
        for page in (PLAN, AMBITION, INDICATOR, TEAM):
            app = open_app(page, kpi="markup", team=MARKUP_TEAM)
            assert not app.exception
            for element in app.get("html"):
                body = element.proto.body
                assert "<script>alert" not in body
                assert "<img src=x" not in body


def published(folder: Path, rows: dict[str, Sequence[object]]) -> Home:
    council = Council(folder)
    council.publish(SEPTEMBER, rows)  # type: ignore[arg-type]
    return council.home


def test_a_plan_of_one_ambition_and_one_kpi_opens_on_every_page(serve: Serve, tmp_path: Path) -> None:
    serve(published(tmp_path, {"seen": monthly([(8.0, 10.0)] * 24, team="North", worker="w1")}))
    for page in (PLAN, AMBITION, INDICATOR, TEAM, ABOUT):
        app = open_app(page)
        assert not app.exception
        assert notices(app) == []
    assert title(open_app(AMBITION)) == "Good practice"


def test_without_any_team_there_is_no_team_page_and_no_team_to_choose(serve: Serve, tmp_path: Path) -> None:
    serve(published(tmp_path, {"seen": monthly([(8.0, 10.0)] * 24)}))
    app = open_app(PLAN)
    assert not app.exception
    assert list(controls(app)) == ["from", "to", "as"]
    with pytest.raises(ValueError, match=r"team\.py"):
        app.switch_page(TEAM)


def test_nothing_changed_is_said(serve: Serve, tmp_path: Path) -> None:
    council = Council(tmp_path)
    rows = monthly([(8.0, 10.0)] * 24)
    council.publish(date(2026, 6, 30), {"seen": [row for row in rows if row["period_end"] <= date(2026, 6, 30)]})
    council.publish(SEPTEMBER, {"seen": rows})
    serve(council.home)
    assert "Nothing else changed since the figures to 30 June 2026" in words_of(open_app(PLAN))


def test_every_sort_of_kpi_opens(serve: Serve, desk_council: Council) -> None:
    serve(desk_council.home)
    for kpi in ("seen", "average_caseload", "missing", "children", "attendance", "yearly", "zero"):
        app = open_app(INDICATOR, kpi=kpi)
        assert not app.exception
        assert title(app) == kpi.replace("_", " ").capitalize()
    for page in (PLAN, AMBITION, TEAM, ABOUT):
        assert not open_app(page).exception
        assert not open_app(page, team="North").exception
