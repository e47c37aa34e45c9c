"""Data caveats wherever a KPI is shown, and the data quality page, over a council whose data are late and doubted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from doubtful_council import FEWER, HOSTILE, publish_doubtful
from opening import (
    AMBITION,
    INDICATOR,
    INDICATORS,
    PLAN,
    QUALITY,
    TEAM,
    alternatives,
    blocks,
    downloads,
    open_app,
    title,
    words_of,
)
from small_council import SEPTEMBER, Council, monthly

from improvement_board.declared.home import Home

LATE = "The latest figure is of July 2026: late by 2 months."


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return publish_doubtful(tmp_path_factory.mktemp("doubtful_pages"), steady=[FEWER], counted=[HOSTILE])


@pytest.fixture(autouse=True)
def served(doubtful: Council, serve: Callable[[Home], None]) -> None:
    serve(doubtful.home)


@pytest.mark.parametrize(("page", "parameters"), [(PLAN, {}), (AMBITION, {}), (QUALITY, {}), (TEAM, {"team": "North"})])
def test_a_caveat_is_said_wherever_its_kpi_is_shown(page: str, parameters: dict[str, str]) -> None:
    app = open_app(page, **parameters)
    assert not app.exception
    assert (title(app) == "Data quality") == (page == QUALITY)
    said = words_of(app)
    assert "data caveat" in said.lower()
    assert FEWER in said
    assert LATE in said


def test_the_page_and_the_chart_of_a_kpi_say_its_caveat() -> None:
    app = open_app(INDICATOR, kpi="steady")
    assert f"Data caveat. {FEWER}" in words_of(app)
    assert alternatives(app)[0].endswith(f" Data caveat: {FEWER}")
    app = open_app(INDICATOR, kpi="steady", team="North", worker="w1")
    assert [FEWER in text for text in alternatives(app)[:1]] == [True]
    assert LATE in words_of(open_app(INDICATOR, kpi="stops"))


def test_a_kpi_that_has_gaps_as_a_rule_says_of_when_it_is_and_no_caveat() -> None:
    said = words_of(open_app(INDICATOR, kpi="termly"))
    assert "The latest figure is of August 2026." in said
    assert "Data caveat" not in said
    assert "The latest figure is" not in words_of(open_app(INDICATOR, kpi="termly", to="2026-06-30"))
    assert LATE not in words_of(open_app(INDICATOR, kpi="stops", to="2026-06-30")), "June is there"
    assert LATE in words_of(open_app(INDICATOR, kpi="stops", to="2026-08-31"))


def test_a_kpi_without_a_caveat_says_none() -> None:
    app = open_app(INDICATOR, kpi="yearly")
    assert "Data caveat" not in words_of(app)
    assert all("Data caveat" not in text for text in alternatives(app))


def test_the_plan_marks_them_once_in_what_changed_and_once_for_each_in_the_list_of_indicators() -> None:
    said = words_of(open_app(PLAN))
    line = "5 indicators carry a data caveat: Steady & sure, Stops, Quarterly and 2 more"
    assert said.count(line) == 1
    said = words_of(open_app(INDICATORS))
    assert said.count("Steady & sure data caveat") == 2, "in the table, and by verdict and target"
    assert "Data caveats of this table (5)" in said


def test_the_data_quality_page_says_all_of_it() -> None:
    app = open_app(QUALITY)
    said = words_of(app)
    assert title(app) == "Data quality"
    assert "3 of 8 indicators rest on current data without a known fault; 5 carry a data caveat." in said
    assert "Children in need census, then Annex A" in said
    assert "Begins before its referral Error: rows kept out ssd_assessments, start 2 1" in said
    assert "July 2026, late by 2 months" in said
    assert "August 2026, as is usual for it" in said
    assert "Audits graded good or outstanding audits" in said
    assert downloads(app) == ["how far each indicator can be relied on (CSV)"]


@pytest.mark.parametrize("page", [INDICATORS, AMBITION, QUALITY, TEAM])
def test_no_file_name_or_caveat_becomes_markup(page: str) -> None:
    app = open_app(page, **({"team": "North"} if page == TEAM else {}))
    assert "<img src=x" not in " ".join(blocks(app))
    assert HOSTILE in words_of(app)


def test_a_single_caveat_of_a_first_edition_leads_to_its_kpi(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Home], None]
) -> None:
    council = Council(tmp_path_factory.mktemp("single"))
    june = monthly([(1.0, 2.0)] * 14, SEPTEMBER.replace(month=6))
    council.publish(SEPTEMBER, {"seen": june, "sure": monthly([(1.0, 2.0)] * 14)})
    serve(council.home)
    app = open_app(PLAN)
    assert "This is the first edition" in words_of(app)
    assert "Seen: The latest figure is of June 2026: late by 3 months." in words_of(app)
    assert 'href="indicator?kpi=seen">Seen: The latest' in " ".join(blocks(app))
