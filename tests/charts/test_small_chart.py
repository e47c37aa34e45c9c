"""The chart of one indicator among many: what it shows of a series, and that no label covers another."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from series_maker import STEADY, comparator, judged, series

from improvement_board.charts import Figure
from improvement_board.charts.control import deciding_points
from improvement_board.charts.drawing import figure_svg
from improvement_board.charts.legend import shared_key, themed
from improvement_board.charts.small import LABEL_STEP, PLOT, small_chart
from improvement_board.charts.sparkline import tally_svg
from improvement_board.declared.events import Event
from improvement_board.document.panels import LEAST, Panels
from improvement_board.figures.recent import recent

FALLEN = [12.0, 12.5, 11.5]
finite = st.floats(-1e6, 1e6, allow_nan=False)


def own_line(figure: Figure) -> dict[str, Any]:
    """The trace of the series' own figures."""
    (own,) = [trace for trace in figure["data"] if trace.get("legendrank") == 1]
    return own


def edge_labels(figure: Figure) -> list[tuple[str, float]]:
    """What stands at the right edge, with how many pixels below the top of the plot."""
    low, high = figure["layout"]["yaxis"]["range"]
    labels = [each for each in figure["layout"]["annotations"] if each["x"] == 1]
    return [(each["text"], (high - each["y"]) / (high - low) * PLOT) for each in labels]


def test_it_shows_the_last_three_years_or_all() -> None:
    made = series([float(at) for at in range(60)])
    assert len(own_line(small_chart(made))["x"]) == 36
    assert own_line(small_chart(made))["x"][0] == "2023-10-31"
    assert len(own_line(small_chart(made, whole=True))["x"]) == 60
    assert len(own_line(small_chart(series([1.0] * 14, grain="quarter")))["x"]) == 12
    assert len(own_line(small_chart(series([1.0] * 7, grain="year")))["x"]) == 7


def test_a_series_without_a_figure_in_three_years_is_shown_whole() -> None:
    made = series([1.0, 2.0] + [None] * 40)
    assert recent(made) is made
    assert [value for value in own_line(small_chart(made))["y"] if value is not None] == [1.0, 2.0]


def test_what_is_said_of_a_series_stays_what_it_was() -> None:
    made = judged(FALLEN)
    assert recent(made).verdict == made.verdict
    marked = deciding_points(made)
    assert marked
    of_small = [trace for trace in small_chart(made)["data"] if trace.get("legendrank") == 2]
    assert [(each["x"], each["y"]) for each in of_small] == [(each["x"], each["y"]) for each in marked]


def test_target_latest_figure_and_comparators_are_named_at_the_edge() -> None:
    made = series(
        [20.0] * 36, target=18.0, comparators=(comparator({2025: 16.2}), comparator({2025: 19.0}, area_type="Region"))
    )
    said = [text for text, _ in edge_labels(small_chart(made))]
    assert said == ["<b>20.0%</b>", "Region 19.0% ’25", "target 18.0%", "England 16.2% ’25"]


@given(
    st.lists(st.one_of(st.none(), finite), min_size=1, max_size=60).filter(
        lambda values: any(v is not None for v in values)
    ),
    st.one_of(st.none(), finite),
    st.lists(finite, max_size=3),
)
def test_no_label_covers_another_or_leaves_the_plot(
    values: list[float | None], target: float | None, others: list[float]
) -> None:
    areas = ("England", "Region", "Statistical neighbours")
    compared = tuple(comparator({2025: other}, area_type=area) for area, other in zip(areas, others, strict=False))
    figure = small_chart(series(values, target=target, comparators=compared, unit="average"))
    heights = [height for _, height in edge_labels(figure)]
    assert all(-1 <= height <= PLOT + 1 for height in heights)
    assert all(below - above >= LABEL_STEP - 0.5 for above, below in pairwise(heights))
    go.Figure(figure)
    etree.fromstring(figure_svg(figure, "drawn", width=400))


def test_the_newest_events_are_named_and_each_has_its_line() -> None:
    events = tuple(
        Event(date(year, month, 5), f"Redesign {year}", "other", "all", False)
        for year, month in ((2024, 3), (2024, 4), (2026, 6))
    )
    figure = small_chart(series([1.0] * 36, events=events))
    named = [each["text"] for each in figure["layout"]["annotations"] if each.get("yref") == "paper"]
    assert len(figure["layout"]["shapes"]) == 3
    assert named == ["Redesign 2026", "Redesign 2024"]


@pytest.mark.parametrize("kind", ["worse", "moved", "better", "no real change", "not judged"])
def test_a_tally_has_a_mark_for_each_indicator(kind: str) -> None:
    drawn = etree.fromstring(tally_svg(Counter({kind: 3, "too few to say": 2})))
    assert len(drawn) == 5


def test_one_key_has_each_kind_of_mark_once() -> None:
    figures = [small_chart(judged(FALLEN)), small_chart(judged(FALLEN)), small_chart(series(STEADY * 3, target=3.0))]
    names = [entry.name for entry in shared_key(figures)]
    assert names == ["Each figure", "Better", "Average of the months before", "Usual range of single months", "Target"]
    assert "prefers-color-scheme" in themed(shared_key(figures)[0].svg)


@pytest.mark.parametrize(("page", "columns"), [(1376, 3), (786, 2), (358, 1), (240, 1), (2800, 7)])
def test_a_chart_is_as_wide_as_its_panel(page: int, columns: int) -> None:
    width = Panels(()).chart_width(page)
    assert width * columns + 28 * (columns - 1) <= page
    assert columns == 1 or width >= LEAST["small"]
    assert Panels((), kind="lead").chart_width(358) == 358


def test_a_series_of_ranges_keeps_its_ranges() -> None:
    lows, highs = (10.0, None, 40.0, 50.0), (20.0, None, 50.0, 60.0)
    events = (Event(date(2026, 3, 5), "Redesign", "other", "all", False),)
    figure = small_chart(series([None] * 4, grain="quarter", lows=lows, highs=highs, events=events))
    assert figure["data"][0]["type"] == "bar"
    assert "Range the figure lies in" in [entry.name for entry in shared_key([figure])]
    assert "Each figure" not in [entry.name for entry in shared_key([figure])]
    assert [each for each in figure["layout"]["annotations"] if each["showarrow"]] == []
    assert [each for each in figure["layout"]["shapes"] if each["type"] == "line"] == []
    etree.fromstring(figure_svg(figure, "drawn", width=400))
