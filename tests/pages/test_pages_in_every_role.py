"""Every page of the demonstration council in every role: it opens, and says nothing that is not for the role."""

from __future__ import annotations

import re

import pytest
from opening import (
    ABOUT,
    AMBITION,
    CHANGES,
    INDICATOR,
    PLAN,
    TEAM,
    alternatives,
    notices,
    open_app,
    title,
    words_of,
)

from improvement_board.access.viewer import EVERYONE
from improvement_board.declared.home import default_home
from improvement_board.page_models import Board, Run

NORTH = "Assessment North"
WORKER = re.compile(r"\bW\d{4}\b")
PAGES = {
    "plan": (PLAN, {}),
    "what changed": (CHANGES, {}),
    "ambition, all of a team": (AMBITION, {"team": NORTH, "charts": "all"}),
    "indicator": (INDICATOR, {"kpi": "assessments_45_days"}),
    "caseload of a team": (INDICATOR, {"kpi": "average_caseload", "team": NORTH}),
    "hidden": (INDICATOR, {"kpi": "custody_visits_on_time"}),
    "team": (TEAM, {"team": NORTH}),
    "about": (ABOUT, {}),
}


@pytest.fixture(scope="module")
def teams() -> list[str]:
    """Those with a place in their names: the others' are words that definitions use too."""
    names = [one.team for one in Run(Board(default_home())).look(EVERYONE).desk.store.teams]
    return [name for name in names if re.search("North|South|East|West|Central|1|2", name)]


@pytest.mark.parametrize("case", PAGES)
@pytest.mark.parametrize("role", ["committee", "member", "manager"])
def test_a_page_opens_and_says_no_more_than_it_may(role: str, case: str, teams: list[str]) -> None:
    page, asked = PAGES[case]
    app = open_app(page, as_=role, **asked)
    assert not app.exception
    assert not app.error
    said = " ".join([words_of(app), *alternatives(app)])
    if role == "committee":
        assert not any(f" {team} " in f" {said} " for team in teams if team not in " ".join(notices(app)))
        if page == TEAM:
            assert title(app) == "This page is not for your role"
    if role in ("committee", "member"):
        assert not WORKER.search(said)
    assert "data-quality" not in " ".join(element.proto.body for element in app.get("html"))
