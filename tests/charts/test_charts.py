"""Figures draw what the models hold, and nothing that a file could smuggle in."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise
from typing import Any

import plotly.graph_objects as go
import pytest
from series_maker import CALENDAR, STEADY, comparator, definition, judged, period_ends, seasonal, series
from streamlit.elements.lib.streamlit_plotly_theme import GRAY_90

from improvement_board.charts import (
    category_chart,
    config,
    control_chart,
    distribution_chart,
    empty_figure,
    legend,
    palette,
    team_chart,
)
from improvement_board.charts.timeline import edges
from improvement_board.declared.events import Event
from improvement_board.figures.formats import format_value
from improvement_board.figures.series import (
    CategoryBreakdown,
    CategoryFigure,
    Distribution,
    Series,
    TeamComparison,
    TeamDot,
    WorkerFigure,
)

SEPTEMBER = date(2026, 9, 30)
FALLEN, RISEN = [12.0, 12.5, 11.5], [32.0, 33.0, 31.0]
HOSTILE = '<b onclick="x">A & $B$</b>\n<a href="javascript:x">'


def trace(figure: dict[str, Any], start: str) -> dict[str, Any]:
    """The one trace whose name starts like this."""
    traces = [chart_trace for chart_trace in figure["data"] if chart_trace.get("name", "").startswith(start)]
    assert len(traces) == 1, [chart_trace.get("name") for chart_trace in figure["data"]]
    return traces[0]


def names(figure: dict[str, Any]) -> list[str]:
    return [chart_trace.get("name", "") for chart_trace in figure["data"]]


def test_values_are_a_line_with_gaps() -> None:
    made = judged([None, *FALLEN])
    values = trace(control_chart(made), "Each month")
    assert values["y"] == [*STEADY, *STEADY, None, *FALLEN]
    assert values["x"][-1] == "2026-09-30"
    assert not values.get("connectgaps")


@pytest.mark.parametrize(
    ("values", "better", "name", "symbol"),
    [
        (FALLEN, "lower", "Better since July 2026", "diamond"),
        (FALLEN, "higher", "Worse since July 2026", "square"),
        (FALLEN, "neither", "Lower since July 2026", "triangle-down"),
        (RISEN, "lower", "Worse since July 2026", "square"),
        (RISEN, "higher", "Better since July 2026", "diamond"),
        (RISEN, "neither", "Higher since July 2026", "triangle-up"),
    ],
)
def test_the_months_since_a_change_began_are_marked_by_shape_and_colour(
    values: list[float], better: str, name: str, symbol: str
) -> None:
    level = 22.5 if values == FALLEN else 21.0  # the month before lies on the other side
    figure = control_chart(judged([level, *values], of={"better": better}))
    marked, each = trace(figure, name), trace(figure, "Each month")
    assert (marked["x"], marked["y"]) == (["2026-07-31", "2026-08-31", "2026-09-30"], values)
    assert marked["marker"]["symbol"] == symbol
    for look in ("symbol", "color", "size"):
        assert marked["marker"][look] != each["marker"][look]


def test_all_months_since_the_change_began_are_marked_and_none_before() -> None:
    figure = control_chart(judged([30.0, 21.0, 30.0, None, 31.0, *RISEN]))
    marked = trace(figure, "Worse since")
    assert (marked["name"], marked["y"]) == ("Worse since June 2026", [31.0, *RISEN])


@pytest.mark.parametrize(
    "made",
    [
        judged([21.7, 21.5, 40.0]),
        judged([22.5, *FALLEN], denominators=(3.0,) * 36),
        judged([22.5, *FALLEN], level="team", team="North", denominators=(*[90.0] * 35, 9.0)),
        series([*STEADY[:14], 40.0, 41.0, 42.0], denominators=(200.0,) * 17),
        judged([22.5, *FALLEN], control_chart=False),
    ],
)
def test_without_a_change_nothing_is_marked(made: Series) -> None:
    figure = control_chart(made)
    assert not re.search("better|worse|higher|lower", json.dumps(figure), re.IGNORECASE)
    assert trace(figure, "Each month")["marker"]["symbol"] == "circle"


def test_average_and_range_stand_from_the_first_month_of_the_baseline_to_the_end() -> None:
    made = judged([22.5, *FALLEN])
    assert made.verdict is not None
    baseline = made.verdict.baseline
    assert baseline is not None
    figure = control_chart(made)
    band, average = trace(figure, "Usual range of single months 20.9% to 22.5%"), trace(figure, "Average of the 24")
    assert average["name"] == "Average of the 24 months to March 2026: 21.7%"
    bounds = [day.isoformat() for day in edges(made)]
    assert made.period_ends[6] == baseline.first
    assert average["x"] == [bounds[6], bounds[-1]]
    assert average["y"] == pytest.approx([baseline.mean] * 2, rel=1e-4)
    assert band["fill"] == "toself"
    assert (min(band["x"]), max(band["x"])) == (bounds[6], bounds[-1])
    assert (min(band["y"]), max(band["y"])) == pytest.approx((baseline.low, baseline.high), rel=1e-4)


def test_a_redesign_starts_a_new_average_and_is_named_by_a_letter() -> None:
    redesign = Event(date(2024, 12, 3), "Service redesign", "redesign", "all", True)
    made = judged([15.0] * 12 + [16.0] * 12, events=(redesign,))
    figure = control_chart(made)
    average = trace(figure, "Average of the 16 months to March 2026: 15.4%")
    [line] = figure["layout"]["shapes"]
    assert line["x0"] == average["x"][0], "the new average starts at the event's line"
    letter = figure["layout"]["annotations"][0]
    assert (letter["text"], letter["hovertext"]) == ("<b>A</b>", "3 December 2024: Service redesign")


@pytest.mark.parametrize(
    ("figures", "unit", "least", "most"),
    [
        ([0.5, 3.0, 0.2, 9.9], "percent", 0.0, None),
        ([99.5, 97.0, 99.8, 90.1], "percent", None, 100.0),
        ([0.0, 30.0, 1.0, 4.0], "count", 0.0, None),
        ([-3.0, 4.0, 1.0, -2.0], "average", None, None),
    ],
)
def test_the_range_is_kept_within_what_there_can_be(
    figures: list[float], unit: str, least: float | None, most: float | None
) -> None:
    made = series(figures * 9, denominators=(200.0,) * 36, of={"unit": unit})
    assert made.verdict is not None
    baseline = made.verdict.baseline
    assert baseline is not None
    assert least is None or baseline.low < least
    assert most is None or baseline.high > most
    low = baseline.low if least is None else least
    high = baseline.high if most is None else most
    band = trace(control_chart(made), "Usual range")
    assert (min(band["y"]), max(band["y"])) == pytest.approx((low, high), rel=1e-4)
    assert band["name"] == f"Usual range of single months {format_value(low, unit)} to {format_value(high, unit)}"


def test_a_series_that_never_varied_has_an_average_and_no_range() -> None:
    figure = control_chart(series([20.0] * 36, denominators=(200.0,) * 36))
    assert trace(figure, "Average")["y"] == [20.0, 20.0]
    assert not any(name.startswith("Usual range") for name in names(figure))


def test_a_seasonal_series_has_a_range_and_an_average_of_its_own_for_each_month() -> None:
    made = seasonal([46.0, 26.0, 66.0])
    assert made.verdict is not None
    baseline = made.verdict.baseline
    assert baseline is not None
    figure = control_chart(made)
    usual, band = trace(figure, "Usual for the month, by the 24 months to March 2026"), trace(figure, "Usual range")
    since = [at for at, end in enumerate(made.period_ends) if end >= baseline.first]
    assert usual["y"][::2] == pytest.approx([baseline.usual(made.period_ends[at]) for at in since], rel=1e-4)
    assert max(usual["y"]) - min(usual["y"]) == pytest.approx(max(CALENDAR) - min(CALENDAR), abs=1)
    assert band["name"] == "Usual range of single months"
    assert band["y"].count(None) == len(since) - 1
    parts = [list(part) for is_gap, part in groupby(band["y"], lambda value: value is None) if not is_gap]
    for at, part in zip(since, parts, strict=True):
        offset = baseline.offset(made.period_ends[at])
        assert (min(part), max(part)) == pytest.approx((baseline.low + offset, baseline.high + offset), rel=1e-4)


def test_a_seasonal_range_is_kept_within_what_there_can_be_month_by_month() -> None:
    made = seasonal([40.0, 20.0, 60.0], level=30.75)
    figure = control_chart(made)
    assert made.verdict is not None
    assert made.verdict.baseline is not None
    band, usual = trace(figure, "Usual range"), trace(figure, "Usual for the month")
    seen = [value for value in band["y"] if value is not None]
    assert made.verdict.baseline.low + min(made.verdict.baseline.season) < 0.0 == min(seen)
    assert min(usual["y"]) >= 0.0
    high = made.verdict.baseline.high
    assert max(seen) == pytest.approx(high + max(made.verdict.baseline.season), rel=1e-4)


def test_a_short_series_is_a_plain_line_with_its_target() -> None:
    figure = control_chart(series([18.2, 17.0, 19.1], target=20.0))
    assert names(figure) == ["Target 20.0%", "Each month (percentage)"]
    assert trace(figure, "Target")["y"] == [20.0, 20.0]


def test_a_target_steps_where_it_changes_and_is_absent_before_it_was_set() -> None:
    figure = control_chart(series([21.0] * 6, targets=[None, None, 25.0, 25.0, 20.0, 20.0]))
    target = trace(figure, "Target 20.0%")
    assert target["y"] == [25.0, 25.0, 20.0, 20.0]
    assert target["x"][1] == target["x"][2], "one vertical step"
    assert period_ends(6)[1].isoformat() < target["x"][0] < period_ends(6)[2].isoformat()


def test_a_comparator_is_a_step_over_its_own_year_then_dashed_and_named_with_its_year() -> None:
    made = series(STEADY * 2, comparators=(comparator({2024: 16.0, 2025: 18.0}),), of={"timing": "flow"})
    steps = [
        chart_trace for chart_trace in control_chart(made)["data"] if chart_trace["name"] == "England 18.0% (2024-25)"
    ]
    own, later = steps
    assert own["line"]["dash"] == "solid"
    assert own["x"][-2:] == ["2024-04-01", "2025-03-31"]
    assert own["y"] == [16.0, 16.0, 18.0, 18.0]
    assert own["x"][0] > "2023-04-01", "cut at the first month drawn"
    assert later["line"]["dash"] == "dash"
    assert later["x"][0] == "2025-03-31"
    assert later["y"] == [18.0, 18.0]
    assert [step["showlegend"] for step in steps] == [True, False]


def test_a_suppressed_year_of_a_comparator_is_a_gap_and_not_carried_on() -> None:
    suppressed = comparator({2023: 15.0, 2024: "c", 2025: 18.0, 2026: "c"})
    made = series(STEADY * 3, comparators=(suppressed,), of={"timing": "flow"})
    [own] = [chart_trace for chart_trace in control_chart(made)["data"] if chart_trace["name"].startswith("England")]
    assert own["y"] == [15.0, 15.0, None, 18.0, 18.0]
    assert own["x"][-1] == "2025-03-31"
    assert own["name"] == "England suppressed by the publisher (2025-26)"


def test_a_snapshot_comparator_is_a_marked_day_carried_on_dashed() -> None:
    made = series(STEADY * 2, comparators=(comparator({2024: 16.0, 2025: 18.0}, month=9, snapshot=True),))
    own, later = (
        chart_trace for chart_trace in control_chart(made)["data"] if chart_trace["name"].startswith("England")
    )
    assert own["x"] == ["2024-09-30", "2024-09-30", None, "2025-09-30", "2025-09-30"]
    assert later["line"]["dash"] == "dash"
    assert later["y"][0] == 16.0
    assert later["y"][-1] == 18.0


def test_areas_differ_in_colour_and_shape_and_counts_have_none() -> None:
    areas = tuple(
        comparator({2025: 18.0}, name=name, area_type=name) for name in ("England", "Region", "Statistical neighbours")
    )
    drawn = [
        chart_trace
        for chart_trace in control_chart(series(STEADY, comparators=areas))["data"]
        if "18.0%" in chart_trace["name"]
    ]
    assert len({chart_trace["line"]["color"] for chart_trace in drawn}) == 3
    assert any("Neighbours’ mean" in chart_trace["name"] for chart_trace in drawn)
    counts = control_chart(series(STEADY, comparators=areas, of={"unit": "count"}))
    assert not any("England" in name for name in names(counts))


def test_yearly_series_have_comparators_as_lines_at_the_same_days() -> None:
    england = comparator({2019: 9.0, 2022: 16.0, 2023: "c", 2024: 17.0, 2025: 99.0})
    made = series([18.0, None, 15.0], grain="year", control_chart=False, last=date(2024, 3, 31), comparators=(england,))
    figure = control_chart(made)
    line = trace(figure, "England")
    assert line["x"] == ["2022-03-31", "2023-03-31", "2024-03-31"]
    assert line["y"] == [16.0, None, 17.0]
    assert line["x"] == trace(figure, "Each year")["x"]


def test_the_last_period_is_always_labelled_and_few_labels_fit_a_phone() -> None:
    for how_many, grain in ((1, "month"), (7, "month"), (90, "month"), (200, "month"), (9, "year"), (30, "quarter")):
        made = series([20.0] * how_many, grain=grain, control_chart=False)
        axis = control_chart(made)["layout"]["xaxis"]
        assert axis["tickvals"][-1] == made.period_ends[-1].isoformat()
        assert len(axis["ticktext"]) == len(axis["tickvals"]) <= 7


def test_event_letters_do_not_overlap_on_a_phone() -> None:
    events = tuple(
        Event(date(2025, month, 5), f"Something long happened {month}", "other", "all", False) for month in range(1, 10)
    )
    figure = control_chart(series(STEADY * 2, events=events))
    labels = [label for label in figure["layout"]["annotations"] if "hovertext" in label]
    assert len(figure["layout"]["shapes"]) == 9
    assert [label["text"] for label in labels] == [f"<b>{letter}</b>" for letter in "ABCDEFGHI"]
    first, last = (date.fromisoformat(day) for day in figure["layout"]["xaxis"]["range"])
    rows: dict[int, list[float]] = {}
    for label in labels:
        rows.setdefault(label["ay"], []).append(
            270 * (date.fromisoformat(label["x"]) - first).days / (last - first).days
        )
    assert len(rows) > 1
    for places in rows.values():
        assert all(after - before >= 20 for before, after in pairwise(sorted(places)))
    assert figure["layout"]["margin"]["t"] >= 19 * len(rows)


def test_the_legend_names_every_trace_once_with_a_picture_and_leaves_plotlys_own_off() -> None:
    figure = control_chart(judged([22.5, *FALLEN], target=20.0))
    entries = legend(figure)
    named = [chart_trace["name"] for chart_trace in figure["data"] if chart_trace.get("showlegend", True)]
    assert figure["layout"]["showlegend"] is False
    assert sorted(entry.name for entry in entries) == sorted(named)
    assert [entry.name.split(" ")[0] for entry in entries] == ["Each", "Better", "Average", "Usual", "Target"]
    assert all(entry.svg.startswith("<svg ") and "<text" not in entry.svg for entry in entries)
    assert len({entry.svg for entry in entries}) == len(entries)


def test_what_a_point_says_when_touched() -> None:
    many = 36
    made = judged(
        [None, *FALLEN],
        target=20.0,
        numerators=(4.0,) * many,
        denominators=(33.0,) * many,
        symbols=[None] * 32 + ["u"] + [None] * 3,
    )
    hover = trace(control_chart(made), "Each month")["hovertext"]
    assert hover[-1] == "<b>September 2026: 11.5%</b><br>4 of 33<br>Better since July 2026<br>Target 20.0%"
    assert hover[-4] == "<b>June 2026: too unreliable to</b><br><b>publish</b>"
    assert hover[-5] == "<b>May 2026: 21.3%</b><br>4 of 33<br>Target 20.0%"
    assert sum("Better since" in said for said in hover) == 3


def teams(*dots: TeamDot, better: str = "lower") -> TeamComparison:
    return TeamComparison(definition(better=better), "percent", SEPTEMBER, SEPTEMBER, 21.0, "size", dots)


NORTH = TeamDot("Assessment North", None, 3, 30, 10.0, 12.0, 30.0, "below")
COURT = TeamDot("Court", None, 20, 100, 20.0, -4.0, 28.0, None)
DUTY = TeamDot("Duty", None, 40, 100, 40.0, 14.0, 28.0, "above")
TINY = TeamDot("Tiny", None, 1, 2, 50.0, None, None, None)
CLOSED = TeamDot("Closed", None, None, None, None, None, None, None)


def test_each_team_has_its_row_its_limits_and_a_shape_for_which_side_it_is_on() -> None:
    figure = team_chart(teams(NORTH, COURT, DUTY, TINY, CLOSED))
    better, worse, inside = trace(figure, "Better"), trace(figure, "Worse"), trace(figure, "Team")
    assert (better["x"], better["y"], better["customdata"]) == ([10.0], [0], ["Assessment North"])
    assert (worse["x"], worse["y"]) == ([40.0], [2])
    assert (inside["x"], inside["y"]) == ([20.0], [1])
    assert len({chart_trace["marker"]["symbol"] for chart_trace in (better, worse, inside)}) == 3
    limits = trace(figure, "Limits")
    assert limits["x"] == [12.0, 30.0, None, 0.0, 28.0, None, 14.0, 28.0]
    assert limits["y"] == [0, 0, None, 1, 1, None, 2, 2]
    assert trace(figure, "Whole service 21.0% (September 2026)")["x"] == [21.0, 21.0]
    assert figure["layout"]["yaxis"]["range"] == [4.5, -0.5], "the first team at the top"
    assert [label["text"] for label in figure["layout"]["annotations"]] == (
        ["10.0%", "20.0%", "40.0%", "1 of 2", "no<br>figure"]
    )
    assert "<br>Worse than the limits of a team<br>this size: 14.0% to 28.0%" in worse["hovertext"][0]


def test_a_share_of_too_few_is_no_dot_and_an_average_of_too_few_a_hollow_one() -> None:
    figure = team_chart(teams(COURT, TINY))
    assert all("Tiny" not in chart_trace.get("customdata", ()) for chart_trace in figure["data"])
    average = TeamDot("Edge", None, 65.0, 4.6, 14.1, None, None, None)
    few = trace(team_chart(replace(teams(average), unit="average")), "Too few to say")
    assert (few["x"], few["marker"]["symbol"]) == ([14.1], "circle-open")
    assert "Too few to say" in few["hovertext"][0]


def test_the_target_is_a_line_beside_the_service() -> None:
    assert trace(team_chart(replace(teams(COURT), target=15.0)), "Target 15.0%")["x"] == [15.0, 15.0]


def test_where_neither_direction_is_better_teams_are_above_or_below() -> None:
    figure = team_chart(teams(NORTH, DUTY, better="neither"))
    assert trace(figure, "Above")["customdata"] == ["Duty"]
    assert trace(figure, "Below")["customdata"] == ["Assessment North"]
    assert "Above the limits of a team this" in trace(figure, "Above")["hovertext"][0]


def test_categories_are_bars_with_their_names_and_figures() -> None:
    figures = tuple(
        CategoryFigure(name, value, None, value, share)
        for name, value, share in (("police", 412.0, 34.2), (None, 8.0, 0.4), ("housing", None, None))
    )
    what = definition(unit="count", title="Contacts")
    figure = category_chart(CategoryBreakdown(what, "count", "Source", SEPTEMBER, SEPTEMBER, figures))
    [bars] = figure["data"]
    assert bars["x"] == [412.0, 8.0, None]
    assert figure["layout"]["yaxis"]["ticktext"] == ["Police", "Not recorded", "Housing"]
    assert [label["text"] for label in figure["layout"]["annotations"]] == ["412 (34.2%)", "8 (0.4%)", "kept back"]
    assert figure["layout"]["xaxis"]["rangemode"] == "tozero"


def test_a_rate_of_too_few_has_a_row_and_no_bar() -> None:
    figures = tuple(
        CategoryFigure(name, part, size, 100.0 * part / size, None)
        for name, part, size in (("neglect", 5.0, 10.0), ("absence", 1.0, 1.0))
    )
    figure = category_chart(CategoryBreakdown(definition(), "percent", "Reason", SEPTEMBER, SEPTEMBER, figures))
    [bars] = figure["data"]
    assert bars["x"] == [50.0, None]
    assert [label["text"] for label in figure["layout"]["annotations"]] == ["50.0%", "1 of 1<br>(too few to say)"]
    assert bars["hovertext"][1] == "<b>Absence: 1 of 1 (too few to say)</b>"


def distribution(cases: list[float | None], limit: float = 20.0) -> Distribution:
    workers = tuple(WorkerFigure(f"W{at}", None, held, 1.0, held) for at, held in enumerate(cases))
    return Distribution(definition(), SEPTEMBER, workers, limit, ())


def test_workers_above_the_limit_are_bars_of_their_own() -> None:
    spread = distribution([18.0, 20.0, 20.0, 20.5, 21.0, 31.0, None])
    figure = distribution_chart(spread)
    within, above = trace(figure, "Workers with 20 cases or fewer"), trace(figure, "Workers with more than 20")
    assert (within["x"], within["y"]) == ([18, 20], [1, 2])
    assert (above["x"], above["y"]) == ([21, 31], [2, 1])
    assert spread.held == [(18, 1), (20, 2), (21, 2), (31, 1)]  # the table beside the chart says the same
    assert above["marker"]["pattern"]["shape"]
    assert trace(figure, "Limit: 20 cases")["x"] == [20.5, 20.5]
    assert above["hovertext"] == ["2 workers hold 21 cases", "1 worker holds 31 cases"]


def everything() -> list[dict[str, Any]]:
    areas = (comparator({2025: 18.0}), comparator({2025: 18.0}, name=HOSTILE, area_type="Region"))
    events = (Event(date(2025, 9, 3), HOSTILE, "other", "all", False),)
    hostile = judged([22.5, *FALLEN], level="team", team=HOSTILE, category=HOSTILE, comparators=areas, events=events)
    dot = TeamDot(HOSTILE, None, 3, 30, 10.0, 12.0, 30.0, "below")
    category = CategoryFigure(HOSTILE, 1.0, None, 1.0, None)
    return [
        control_chart(hostile),
        control_chart(seasonal([46.0, 26.0, 66.0])),
        control_chart(series([])),
        control_chart(series([None], level="team", team=HOSTILE)),
        control_chart(series([1e300, -1e300, 5.0])),
        team_chart(teams(dot, COURT)),
        team_chart(teams(CLOSED)),
        category_chart(CategoryBreakdown(definition(), "percent", HOSTILE, SEPTEMBER, SEPTEMBER, (category,))),
        category_chart(CategoryBreakdown(definition(), "percent", "a", SEPTEMBER, SEPTEMBER, ())),
        distribution_chart(distribution([5.0])),
        distribution_chart(distribution([])),
        empty_figure(HOSTILE),
    ]


def texts(node: Any) -> list[str]:
    """Every string that Plotly would show, anywhere in a figure: all but recorded names that are never drawn."""
    if isinstance(node, dict):
        return [text for key, value in node.items() if key != "customdata" for text in texts(value)]
    if isinstance(node, list):
        return [text for value in node for text in texts(value)]
    return [node] if isinstance(node, str) else []


@pytest.mark.parametrize("figure_number", range(12))
def test_a_figure_is_small_valid_and_escaped(figure_number: int) -> None:
    figure = everything()[figure_number]
    as_json = json.dumps(figure, allow_nan=False)
    assert len(as_json) < 20_000
    assert figure["data"], "Streamlit refuses a figure without a trace"
    go.Figure(**figure)
    assert figure["layout"]["template"] == {}
    for text in texts(figure):
        assert "<b onclick" not in text
        assert "<a" not in text
        assert "$" not in text
        assert "\n" not in text
    assert "hovertemplate" not in as_json


def test_numbers_carry_only_the_digits_that_can_be_seen() -> None:
    figure = control_chart(series([100 / 3] * 5))
    assert trace(figure, "Each month")["y"] == [33.3333] * 5


def test_a_long_series_stays_light() -> None:
    assert len(json.dumps(control_chart(series(STEADY * 6, target=20.0, denominators=(200.0,) * 96)))) < 30_000


def test_nothing_is_sent_anywhere_and_no_bar_takes_tab_stops() -> None:
    settings = config()
    assert settings["displayModeBar"] is False
    assert "sendChartToCloud" in settings["modeBarButtonsToRemove"]
    assert settings["plotlyServerURL"] == ""
    assert settings["showSendToCloud"] is False


def test_charts_hold_still_under_a_finger_and_read_from_the_back_of_the_room() -> None:
    layout = control_chart(series(STEADY))["layout"]
    assert layout["dragmode"] is False
    assert layout["xaxis"]["fixedrange"] is layout["yaxis"]["fixedrange"] is True
    sizes = [layout["font"], layout["xaxis"]["tickfont"], layout["hoverlabel"]["font"]]
    assert min(font["size"] for font in sizes) >= 14
    assert control_chart(series(STEADY), height=333)["layout"]["height"] == 333


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_mark_can_be_seen_in_both_themes() -> None:
    marks = [
        mark.colour
        for mark in (*palette.MARKS.values(), *palette.SIDE_MARKS.values(), palette.PLAIN, palette.TOO_FEW_MARK)
    ]
    colours = {*marks, palette.TARGET, palette.LINE, *palette.COMPARATOR_COLOURS.values()}
    for colour in colours:
        for background in ("#ffffff", "#171614"):
            lighter, darker = sorted((luminance(colour), luminance(background)), reverse=True)
            assert (lighter + 0.05) / (darker + 0.05) >= 3, f"{colour} on {background}"


def test_text_takes_the_colour_that_streamlit_replaces_by_its_theme() -> None:
    assert palette.TEXT == GRAY_90
