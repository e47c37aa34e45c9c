"""The charts that we draw ourselves are those that Plotly draws: marks, bars, lines, words and gridlines."""

from __future__ import annotations

from drawn_figures import drawn_figures
from drawn_pictures import both_ways, differences
from playwright.sync_api import Browser

from improvement_board.charts.drawing import WIDTHS


def test_every_kind_of_chart_is_drawn_as_plotly_draws_it_wide_and_on_a_phone(chromium: Browser) -> None:
    kinds = [(name, width, figure) for name, figure in drawn_figures().items() for width in ("half", "phone")]
    with chromium.new_page() as page:
        pictures = both_ways(page, [(figure, WIDTHS[width]) for _, width, figure in kinds])  # type: ignore[index]
    told = {f"{name}, {width}": differences(*pair) for (name, width, _), pair in zip(kinds, pictures, strict=True)}
    assert {name: wrong for name, wrong in told.items() if wrong} == {}
