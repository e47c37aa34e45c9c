"""The about page explains one chart of the edition: each line and mark of it, and nothing that it does not have."""

from __future__ import annotations

import re

import pytest
from series_maker import comparator, judged

from improvement_board.charts.small import small_chart
from improvement_board.document.about import example_key
from improvement_board.words.meanings import DECIDING, DRAWN_MEANINGS, OF_OTHERS


@pytest.mark.parametrize(("fallen", "mark"), [([12.0, 12.5, 11.5], "Better"), ([32.0, 33.0, 31.0], "Worse")])
def test_each_line_and_mark_is_explained_once(fallen: list[float], mark: str) -> None:
    others = (comparator({2025: 20.0}), comparator({2025: 21.0}, name="North & West", area_type="Region"))
    text = example_key(small_chart(judged(fallen, target=15.0, comparators=others)))
    named = re.findall(r"<strong>(.*?)\.</strong>", text)
    assert len(named) == len(set(named)) == 7
    assert "North &amp; West" in named
    assert text.count(OF_OTHERS) == 2
    assert text.count(DECIDING) == 1
    assert [name for name in named if name.lower() not in DRAWN_MEANINGS] == [mark, "North &amp; West"]
