"""Teams beside each other on the demonstration's pages, in the roles that see them."""

from __future__ import annotations

import re

import pytest
from opening import INDICATOR, TEAM, alternatives, choose, chosen, controls, open_app, words_of

SERVICE_FIGURE = re.compile(r"Whole service \d[^(]*\((?:\d+ months to )?\w+ 2026\)")
CLOSED = "Child Protection"


@pytest.mark.parametrize("role", ["analyst", "manager", "member"])
def test_a_comparison_says_its_period_its_size_and_its_target(role: str) -> None:
    app = open_app(INDICATOR, kpi="cin_reviews_on_time", as_=role)
    said = words_of(app)
    assert re.search(r"by team, \d+ months to September 2026, [\d,]+ of [\d,]+: ", said)
    teams = next(text for text in alternatives(app) if "by team" in text)
    assert SERVICE_FIGURE.search(teams)
    assert "Target 85.0%." in teams
    assert "special cause" not in teams.lower()


def test_closed_teams_are_out_unless_the_address_asks_for_them() -> None:
    left_out = open_app(INDICATOR, kpi="cin_reviews_on_time", as_="member")
    assert CLOSED not in words_of(left_out)
    assert "4 teams that have closed are left out." in words_of(left_out)
    assert CLOSED in words_of(open_app(INDICATOR, kpi="cin_reviews_on_time", as_="member", closed="shown"))
    assert CLOSED not in controls(left_out)["team"]
    of_closed = open_app(TEAM, team=CLOSED)
    assert chosen(of_closed)["team"] == CLOSED
    assert "Teams that have closed" in words_of(open_app(TEAM))


def test_the_choice_of_closed_teams_is_one_of_the_shared_ones() -> None:
    app = open_app(INDICATOR, kpi="cin_reviews_on_time", closed="shown")
    assert chosen(app) == {"closed": "shown"}
    assert CLOSED in controls(app)["team"]
    choose(app, closed="")
    assert CLOSED not in words_of(app)
    assert CLOSED not in controls(app)["team"]


def test_one_worker_of_one_is_a_count_and_no_mark() -> None:
    app = open_app(INDICATOR, kpi="agency_rate")
    said = " ".join([words_of(app), *alternatives(app)])
    assert "Care Leavers (1 of 1)" in said
    assert "100.0%" not in said
