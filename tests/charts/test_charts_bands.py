"""Charts of ranges draw the ranges and nothing finer; what is kept back is marked, never drawn as zero."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest
from band_series import AVERAGE, protected, ranges, team_ranges
from series_maker import comparator, series

from improvement_board.charts import category_chart, control_chart, legend, team_chart
from improvement_board.charts.palette import LINE
from improvement_board.charts.parts import band_axis
from improvement_board.charts.timeline import edges
from improvement_board.declared.events import Event
from improvement_board.figures.series import CategoryBreakdown, CategoryFigure

HOSTILE = '<b onclick="x">A & $B$</b>'


def trace(figure: dict[str, Any], start: str) -> dict[str, Any]:
    """The one trace whose name starts like this."""
    traces = [chart_trace for chart_trace in figure["data"] if chart_trace.get("name", "").startswith(start)]
    assert len(traces) == 1, [chart_trace.get("name") for chart_trace in figure["data"]]
    return traces[0]


def texts(figure: dict[str, Any]) -> list[str]:
    return [annotation["text"] for annotation in figure["layout"]["annotations"]]


def names(figure: dict[str, Any]) -> list[str]:
    return [chart_trace.get("name", "") for chart_trace in figure["data"]]


def test_a_range_is_a_bar_from_its_low_to_its_high_end() -> None:
    made = ranges([20, None, 90], target=80.0)
    figure = control_chart(made)
    bars = trace(figure, "Range the figure lies in")
    assert (bars["type"], bars["base"], bars["y"]) == ("bar", [20.0, 90.0], [10.0, 10.0])
    assert bars["x"] == ["2026-03-31", "2026-09-30"]
    assert [hover_text.replace("</b><br><b>", " ") for hover_text in bars["hovertext"]] == [
        "<b>January to March 2026: 20% to under 30%</b><br>Target 80.0%",
        "<b>July to September 2026: 90% to 100%</b><br>Target 80.0%",
    ]
    assert texts(figure) == ["<b>90–100%</b>"]
    assert figure["layout"]["yaxis"]["range"] == [0, 100]
    go.Figure(figure)


@pytest.mark.parametrize(("grain", "days"), [("month", 30), ("quarter", 91), ("year", 365)])
def test_a_bar_leaves_room_to_the_next_and_names_its_period(grain: Any, days: int) -> None:
    figure = control_chart(ranges([40, 50], grain=grain, last=date(2026, 3, 31)))
    [bars] = figure["data"]
    assert 0.5 * days < bars["width"] / 86_400_000 < days
    period = {"month": "March 2026", "quarter": "January to March 2026", "year": "year to March 2026"}[grain]
    assert bars["hovertext"][-1].replace("</b><br><b>", " ") == f"<b>{period}: 50% to under 60%</b>"


def test_what_is_kept_back_is_a_shaded_stretch_with_a_c_and_no_bar() -> None:
    made = ranges([20, None, None, 40, None])
    figure = control_chart(made)
    hidden = trace(figure, "c: kept back")
    assert (hidden["mode"], hidden["text"], hidden["yaxis"]) == ("text", ["<b>c</b>"] * 2, "y2")
    first, second = figure["layout"]["shapes"]
    bounds = [day.isoformat() for day in edges(made)]
    assert (first["x0"], first["x1"]) == (bounds[1], bounds[3])
    assert (second["x0"], second["x1"]) == (bounds[4], bounds[5])
    assert first["x0"] < hidden["x"][0] < first["x1"]
    assert [hover_text.replace("</b><br><b>", " ") for hover_text in hidden["hovertext"]] == [
        "<b>October to December 2025 up to January to March 2026: kept back</b>",
        "<b>July to September 2026: kept back</b>",
    ]
    assert figure["layout"]["yaxis2"] == {"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True}
    assert len(trace(figure, "Range")["x"]) == 2
    assert texts(figure) == []
    go.Figure(figure)


@pytest.mark.parametrize(("low", "letter_height"), [(20, 0.93), (60, 0.07)])
def test_the_letter_stands_where_the_figures_are_not(low: int, letter_height: float) -> None:
    assert trace(control_chart(ranges([None, low])), "c:")["y"] == [pytest.approx(letter_height)]


def test_without_any_range_the_figure_says_so() -> None:
    figure = control_chart(ranges([None, None]))
    assert texts(figure) == ["North: Visits in time: every figure is<br>kept back"]
    assert not any(chart_trace["x"] for chart_trace in figure["data"])


def test_target_comparators_and_events_are_drawn_beside_ranges() -> None:
    event = Event(date(2026, 2, 1), "Redesign", "redesign", "", rebase=True)
    england = comparator({2024: 64.0, 2025: 66.0})
    made = ranges([20, 30, 40, None], targets=[70.0, 75.0, 80.0, 85.0], events=[event], comparators=(england,))
    figure = control_chart(made)
    assert names(figure)[:2] == ["Range the figure lies in", "Target 80.0%"]
    assert "England 66.0% (2024-25)" in names(figure)
    assert texts(figure) == ["<b>A</b>"]
    assert [shape["type"] for shape in figure["layout"]["shapes"]] == ["rect", "line"]
    assert "Usual range" not in json.dumps(figure)
    assert "Average" not in json.dumps(figure)


def test_a_figure_kept_back_of_the_service_is_a_gap_with_a_mark() -> None:
    made = protected([70.0, 71.0, None, 72.0] * 5, target=75.0)
    figure = control_chart(made)
    values = trace(figure, "Each month")
    assert values["y"] == [70.0, 71.0, None, 72.0] * 5
    assert values["hovertext"][2].endswith("kept back</b>")
    assert len(trace(figure, "c: kept back")["x"]) == 5
    assert [shape["type"] for shape in figure["layout"]["shapes"]] == ["rect"] * 5
    assert "yaxis2" in figure["layout"]
    go.Figure(figure)


def test_a_publishers_gap_and_no_gap_have_no_such_mark() -> None:
    for made in (series([1.0, None, 2.0], symbols=[None, "c", None]), protected([1.0, 2.0])):
        figure = control_chart(made)
        assert "c: kept back" not in names(figure)
        assert "yaxis2" not in figure["layout"]
        assert figure["layout"]["shapes"] == []


def test_a_chart_by_quarter_names_its_quarters_and_bears_no_verdict() -> None:
    figure = control_chart(protected([70.0, 71.0, 69.0, 70.5] * 12, grain="quarter"))
    assert names(figure) == ["Each quarter (percentage)"]
    assert trace(figure, "Each quarter")["hovertext"][-1].startswith("<b>July to September 2026: 70.5%</b>")
    assert figure["layout"]["xaxis"]["ticktext"][-1] == "Sep<br>2026"


FALLEN = [70.0, 71.0, 69.0, 70.5] * 9 + [71.0, 60.0, 61.0, 59.0]


@pytest.mark.parametrize(("place_kept_back", "is_told"), [(None, True), (0, True), (20, False), (38, False)])
def test_with_months_kept_back_a_change_is_marked_only_where_they_could_not_make_it_another(
    place_kept_back: int | None, is_told: bool
) -> None:
    values: list[float | None] = list(FALLEN)
    if place_kept_back is not None:
        values[place_kept_back] = None
    figure = control_chart(protected(values, denominators=(200.0,) * 40))
    marked = [name for name in names(figure) if name.startswith(("Worse since July 2026", "Average", "Usual range"))]
    assert len(marked) == (3 if is_told else 0)
    assert ("c: kept back" in names(figure)) == (place_kept_back is not None)
    if not is_told:
        assert "worse" not in json.dumps(figure).lower()


def test_the_legend_of_ranges_and_marks_needs_no_colour() -> None:
    entries = {entry.name: entry.svg for entry in legend(control_chart(ranges([20, None], target=80.0)))}
    assert list(entries) == ["Range the figure lies in", "Target 80.0%", "c: kept back"]
    assert "<rect" in entries["Range the figure lies in"]
    assert "stroke-dasharray" in entries["c: kept back"]
    assert LINE in entries["c: kept back"]
    assert "<text" not in "".join(entries.values())


def test_teams_are_bars_over_all_percentages_with_the_service_as_a_line() -> None:
    figure = team_chart(team_ranges([("A", 90), (HOSTILE, 60), ("E", None)], own=[("F", 31, 50)]))
    bars, own = trace(figure, "Range the team"), trace(figure, "Your own team")
    assert (bars["base"], bars["x"], bars["y"]) == ([90.0, 60.0], [10.0, 10.0], [0, 1])
    assert bars["customdata"] == ["A", HOSTILE]
    assert bars["hovertext"][0] == "<b>A: 90% to 100%</b>"
    assert (own["x"], own["y"], own["hovertext"]) == ([62.0], [3], ["<b>F: 62.0%</b><br>31 of 50"])
    assert trace(figure, "Whole service 62.0%")["x"] == [62.0, 62.0]
    assert texts(figure) == ["90–100%", "60–70%", "kept<br>back", "62.0%"]
    assert figure["layout"]["xaxis"]["range"] == [0, 100]
    assert "<b onclick" not in json.dumps([figure["layout"], bars["hovertext"]])
    go.Figure(figure)


def test_teams_without_a_range_or_a_service_are_not_drawn() -> None:
    assert names(team_chart(team_ranges([("A", 90)], service=None))) == ["Range the team’s figure lies in"]
    assert names(team_chart(team_ranges([], own=[("F", 31, 50)], service=None))) == ["Your own team’s figure"]
    hidden = team_chart(team_ranges([("A", None)]))
    assert texts(hidden) == ["Visits in time by team, 3 months to<br>September 2026: kept back for every team"]


def test_the_ends_of_ranges_have_lines_and_some_of_them_labels() -> None:
    made = band_axis("percent", 30.0, labelled=50)
    assert made["range"] == [0, 100]
    assert made["tickvals"] == list(range(0, 101, 10))
    assert [tick_text for tick_text in made["ticktext"] if tick_text] == ["0%", "50%", "100%"]
    assert band_axis("average", 20.0, labelled=50) == {"range": [0, 22.0]}


def test_ranges_of_an_average_are_drawn_up_to_the_highest_there_is() -> None:
    figure = control_chart(ranges([12, None, 16], grain="month", target=20.0, of=AVERAGE))
    bars = trace(figure, "Range")
    assert (bars["base"], bars["y"]) == ([12.0, 16.0], [2.0, 2.0])
    assert bars["hovertext"][-1].startswith("<b>September 2026: 16 to under 18</b>")
    assert texts(figure) == ["<b>16–18</b>"]
    assert figure["layout"]["yaxis"]["range"] == [0, 22.0]
    teams = team_chart(team_ranges([("A", 12)], service=14.0, of=AVERAGE, own=[("F", 60, 3)]))
    assert teams["layout"]["xaxis"]["range"] == [0, 22.0]
    assert texts(teams) == ["12–14", "20.0"]
    go.Figure(figure)
    go.Figure(teams)


def test_a_category_kept_back_keeps_its_row() -> None:
    what = protected([1.0]).definition
    figures = (CategoryFigure("Police", 7.0, None, 7.0, None), CategoryFigure("Housing", None, None, None, None))
    made = CategoryBreakdown(what, "count", "Source", date(2026, 9, 30), date(2026, 9, 30), figures)
    figure = category_chart(made)
    assert texts(figure) == ["7", "kept back"]
    assert figure["data"][0]["x"] == [7.0, None]
    assert figure["data"][0]["hovertext"][1] == "<b>Housing: kept back</b>"
