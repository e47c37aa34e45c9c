"""Every figure of every page, in every role, is one that can be drawn without Plotly."""

from __future__ import annotations

import pytest
from drawn_figures import page_figures
from lxml import etree
from places import REPOSITORY
from small_council import Council

from improvement_board.access.viewer import EVERYONE, Viewer
from improvement_board.charts.drawing import WIDTHS, figure_svg
from improvement_board.declared.home import Home
from improvement_board.page_models import Address, Board, Run

ROLES = {
    "analyst": EVERYONE,
    "committee": Viewer("c", "committee"),
    "member": Viewer("m", "member"),
    "manager": Viewer("g", "manager", teams=frozenset({"North", "Assessment North"})),
}


def drawn(home: Home, role: str, team: str | None, every: int = 1) -> int:
    """How many figures the pages of a council's indicators, or of every third and so on, draw for a role; raises where
    one cannot be."""
    look = Run(Board(home)).look(ROLES[role], Address(team=team))
    figures = [figure for kpi in list(look.desk.store.definitions)[::every] for figure in page_figures(look, kpi)]
    for figure in figures:
        etree.fromstring(figure_svg(figure, "A chart", width=WIDTHS["third"]))
    return len(figures)


@pytest.mark.parametrize("role", ROLES)
def test_every_figure_of_a_council_with_an_indicator_of_each_sort_is_drawn(desk_council: Council, role: str) -> None:
    assert drawn(desk_council.home, role, None) >= 3
    assert role == "committee" or drawn(desk_council.home, role, "North") >= 3


def test_figures_of_the_demonstration_are_drawn() -> None:
    assert drawn(Home(REPOSITORY / "data"), "analyst", None, every=8) >= 15


@pytest.mark.nightly
@pytest.mark.parametrize("role", ROLES)
def test_every_figure_of_the_demonstration_is_drawn(role: str) -> None:
    assert drawn(Home(REPOSITORY / "data"), role, None) >= 60
