"""Small pictures: what they draw, and that they are pictures only."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from band_series import ranges
from series_maker import judged, series

from improvement_board.charts.palette import CONCERN, IMPROVEMENT, NEUTRAL, PLAIN, TARGET
from improvement_board.charts.sparkline import data_uri, sparkline_svg, target_icon_svg, verdict_icon_svg
from improvement_board.figures.series import Series
from improvement_board.verdicts import Baseline, Verdict

SVG = "{http://www.w3.org/2000/svg}"
FALLEN, RISEN = [12.0, 12.5, 11.5], [32.0, 33.0, 31.0]
SOME_MONTHS = Baseline(date(2024, 4, 30), date(2026, 3, 31), 50.0, 45.0, 55.0)


def lines(svg: str, colour: str) -> list[list[tuple[float, float]]]:
    """The points of each stroked line of a colour."""
    paths = [path for path in ElementTree.fromstring(svg).iter(f"{SVG}path") if path.get("stroke") == colour]
    numbers = [[float(number) for number in re.findall(r"-?\d+\.?\d*", path.get("d", ""))] for path in paths]
    return [list(zip(coordinates[::2], coordinates[1::2], strict=True)) for coordinates in numbers]


def test_the_line_goes_up_where_the_values_do_and_stays_inside() -> None:
    [line] = lines(sparkline_svg(series([10.0, 20.0, 15.0]), width=100, height=30), PLAIN.colour)
    (first_x, first_y), (_, second_y), (last_x, third_y) = line
    assert first_y > third_y > second_y
    assert 0 <= first_x < last_x <= 100
    assert all(0 <= y <= 30 for _, y in line)


def test_a_gap_is_a_gap_and_a_lone_point_a_dot() -> None:
    svg = sparkline_svg(series([1.0, 2.0, None, 3.0, None, 4.0, 5.0]))
    assert [len(line) for line in lines(svg, PLAIN.colour)] == [2, 2]
    assert svg.count("<circle") == 2


@pytest.mark.parametrize(
    ("made", "colour", "corners"),
    [
        (judged([22.5, *FALLEN]), IMPROVEMENT, 4),
        (judged([21.0, *RISEN]), CONCERN, 4),
        (judged([21.0, *RISEN], of={"better": "neither"}), NEUTRAL, 3),
        (judged([22.5, *FALLEN], of={"better": "neither"}), NEUTRAL, 3),
    ],
)
def test_the_latest_point_has_the_colour_and_shape_of_the_verdict(made: Series, colour: str, corners: int) -> None:
    root = ElementTree.fromstring(sparkline_svg(made))
    [mark] = [path for path in root.iter(f"{SVG}path") if path.get("fill") != "none"]
    assert mark.get("fill") == colour
    assert mark.get("d", "").count(" L") == corners - 1


def test_the_marks_of_better_and_worse_differ_in_shape_at_one_place() -> None:
    shapes = set()
    for better in ("lower", "higher"):
        mark = sparkline_svg(judged([22.5, *FALLEN], of={"better": better})).rsplit("<path", 1)[1]
        shapes.add(mark.split("fill")[0])
    assert len(shapes) == 2


@pytest.mark.parametrize(
    "made",
    [
        judged([21.7, 21.5, 21.9]),
        judged([22.5, *FALLEN], denominators=(3.0,) * 36),
        series([21.0, 22.0] * 4),
        series([1.0, 2.0], control_chart=False),
    ],
)
def test_without_a_change_the_line_ends_in_a_grey_circle(made: Series) -> None:
    svg = sparkline_svg(made)
    circle = ElementTree.fromstring(svg).findall(f"{SVG}circle")[-1]
    assert circle.get("fill") == PLAIN.colour
    assert not any(colour in svg for colour in (IMPROVEMENT, CONCERN, NEUTRAL))


def test_the_target_is_a_dashed_line_that_steps_at_its_height() -> None:
    svg = sparkline_svg(series([10.0, 20.0, 30.0, 40.0], targets=[20.0, 20.0, 30.0, 30.0]))
    [target], [values] = lines(svg, TARGET), lines(svg, PLAIN.colour)
    assert target[0][1] == values[1][1]
    assert target[-1][1] == values[2][1]
    assert all(before[0] == after[0] or before[1] == after[1] for before, after in pairwise(target))
    assert "stroke-dasharray" in svg


@pytest.mark.parametrize("values", [[], [None, None], [float("nan")], [5.0], [5.0, 5.0, 5.0]])
def test_empty_and_constant_series_have_a_picture_too(values: list[float | None]) -> None:
    svg = sparkline_svg(series(values, control_chart=False))
    root = ElementTree.fromstring(svg)
    assert len(root) > 0
    assert "nan" not in svg
    assert ("stroke-dasharray" in svg) == (not values or values[0] is None or values[0] != values[0])


def heights(svg: str) -> list[float]:
    root = ElementTree.fromstring(svg)
    marks = [path.get("d", "") for path in root.iter(f"{SVG}path") if path.get("fill") != "none"]
    return [float(re.findall(r"-?\d+\.\d", mark)[1]) for mark in marks]


@pytest.mark.parametrize(
    ("verdict", "rises", "colour"),
    [
        (Verdict("better", 1, baseline=SOME_MONTHS), True, IMPROVEMENT),
        (Verdict("better", -1, baseline=SOME_MONTHS), False, IMPROVEMENT),
        (Verdict("worse", -1, baseline=SOME_MONTHS), False, CONCERN),
        (Verdict("worse", 1, baseline=SOME_MONTHS), True, CONCERN),
        (Verdict("moved", 1, baseline=SOME_MONTHS), True, NEUTRAL),
        (Verdict("moved", -1, baseline=SOME_MONTHS), False, NEUTRAL),
    ],
)
def test_the_dots_of_a_verdict_icon_go_the_way_the_figures_went(verdict: Verdict, rises: bool, colour: str) -> None:
    svg = verdict_icon_svg(verdict)
    first, *_, last = heights(svg)
    assert (last < first) == rises, "up is a smaller y"
    assert colour in svg


def test_every_judgement_has_an_icon_of_its_own_and_none_is_an_empty_dashed_ring() -> None:
    changes = [("better", 1), ("better", -1), ("worse", 1), ("worse", -1), ("moved", 1), ("moved", -1)]
    verdicts = [Verdict(word, side, baseline=SOME_MONTHS) for word, side in [*changes, ("no real change", 0)]]  # type: ignore[arg-type]
    icons = [verdict_icon_svg(verdict) for verdict in verdicts]
    icons += [target_icon_svg(kind) for kind in ("always", "never", "at times")]
    assert len(set(icons)) == len(icons)
    empty = target_icon_svg(None)
    assert {verdict_icon_svg(nothing) for nothing in (None, Verdict("too few to say"), Verdict("not shown"))} == {empty}
    assert empty not in icons
    assert 'width="20"' in target_icon_svg(None, size=20)
    assert 'width="20"' in verdict_icon_svg(verdicts[0], size=20)
    with pytest.raises(KeyError):
        target_icon_svg("maybe")


def test_a_data_uri_fits_an_attribute_and_holds_the_picture_only() -> None:
    svg = sparkline_svg(judged([22.5, *FALLEN], level="team", team='"><script>alert(1)</script>'))
    uri = data_uri(svg)
    kind, _, content = uri.partition(",")
    assert kind == "data:image/svg+xml"
    assert unquote(content) == svg
    assert not re.search(r"[\"'<>#&]", uri)
    assert not re.search(r"script|<text|on\w+=|href", svg)
    assert len(uri) < 3000


def test_ranges_are_bars_over_all_percentages_and_one_kept_back_is_dots_at_the_foot() -> None:
    svg = sparkline_svg(ranges([0, None, 90], target=50.0), width=112, height=112)
    bars = [
        {name: float(bar.get(name, "")) for name in ("x", "y", "width", "height")}
        for bar in ElementTree.fromstring(svg).iter(f"{SVG}rect")
    ]
    assert [(bar["y"], bar["height"]) for bar in bars] == [(96.0, 10.0), (6.0, 10.0)]
    assert bars[0]["x"] + bars[0]["width"] < 112 / 3 < 2 * 112 / 3 < bars[1]["x"]
    [foot] = lines(svg, PLAIN.colour)
    assert all(112 / 3 < x < 2 * 112 / 3 and y > 106 for x, y in foot)
    [target] = lines(svg, TARGET)
    assert {y for _, y in target} == {56.0}


def test_ranges_of_an_average_reach_up_to_the_highest() -> None:
    made = ranges([0, 8], grain="month", target=5.0, of={"unit": "average"})
    drawing = ElementTree.fromstring(sparkline_svg(made, height=112))
    bars = [float(bar.get("y", "")) for bar in drawing.iter(f"{SVG}rect")]
    assert bars == [86.0, 6.0]


def test_ranges_that_are_all_kept_back_are_a_series_without_any_value() -> None:
    assert sparkline_svg(ranges([None, None])) == sparkline_svg(series([None, None]))
