"""The charts that we draw ourselves are those that Plotly draws: marks, bars, lines, words and gridlines."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from drawn_figures import drawn_figures, made_up_charts, page_figures
from drawn_pictures import both_ways, differences
from examples import is_nightly
from places import REPOSITORY
from playwright.sync_api import Browser

from improvement_board.access.viewer import EVERYONE, Viewer
from improvement_board.charts.drawing import WIDTHS
from improvement_board.charts.drawing.looks import WidthClass
from improvement_board.charts.parts import Figure
from improvement_board.declared.home import Home
from improvement_board.page_models import Address, Board, Run

A_PAGE = 40
WIDE_AND_PHONE: tuple[WidthClass, ...] = ("half", "phone")


def told(chromium: Browser, figures: Mapping[str, Figure], *widths: WidthClass) -> dict[str, list[str]]:
    """What differs between the pictures of figures, by their names and widths; what does not is left out."""
    kinds = [(name, width) for name in figures for width in widths]
    different = {}
    for first in range(0, len(kinds), A_PAGE):
        shown = kinds[first : first + A_PAGE]
        with chromium.new_page() as page:
            pictures = both_ways(page, [(figures[name], WIDTHS[width]) for name, width in shown])
        different |= {
            f"{name}, {width}": differences(*pair) for (name, width), pair in zip(shown, pictures, strict=True)
        }
    return {name: wrong for name, wrong in different.items() if wrong}


@pytest.mark.parametrize("width", WIDE_AND_PHONE)
def test_every_kind_of_chart_is_drawn_as_plotly_draws_it_wide_and_on_a_phone(
    chromium: Browser, width: WidthClass
) -> None:
    """By day each kind at one width, by turns; by night each at both."""
    kinds = drawn_figures()
    of_a_day = list(kinds)[WIDE_AND_PHONE.index(width) :: len(WIDE_AND_PHONE)]
    chosen = {kind: kinds[kind] for kind in (kinds if is_nightly() else of_a_day)}
    assert told(chromium, chosen, width) == {}


@pytest.mark.nightly
@pytest.mark.parametrize("viewer", [EVERYONE, Viewer("m", "member")], ids=["analyst", "member"])
def test_every_chart_of_the_demonstration_is_drawn_as_plotly_draws_it(chromium: Browser, viewer: Viewer) -> None:
    look = Run(Board(Home(REPOSITORY / "data"))).look(viewer, Address())
    figures = {
        f"{kpi} {number}": figure
        for kpi in look.desk.store.definitions
        for number, figure in enumerate(page_figures(look, kpi))
    }
    assert len(figures) >= 60
    assert told(chromium, figures, "third") == {}


@pytest.mark.nightly
@pytest.mark.parametrize("seed", [1, 2])
def test_made_up_figures_of_every_size_are_drawn_as_plotly_draws_them(chromium: Browser, seed: int) -> None:
    assert told(chromium, made_up_charts(seed, 60), "third", "wide") == {}
