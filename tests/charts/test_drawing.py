"""Figures as SVG: what is drawn stands where its values are, and what is not known is refused."""

from __future__ import annotations

import html
import re
from copy import deepcopy
from datetime import date
from inspect import get_annotations
from typing import Any

import pytest
from drawn_figures import HOSTILE, drawn_figures
from lxml import etree

from improvement_board import charts
from improvement_board.charts import palette
from improvement_board.charts.drawing import WIDTHS, FileLook, Look, UndrawableError, chart_sheet, figure_svg
from improvement_board.charts.drawing.letters import text_width
from improvement_board.charts.parts import axis, chart_layout, value_axis
from improvement_board.words import on_one_line

SVG = "{http://www.w3.org/2000/svg}"
DAYS = ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
KINDS = tuple(drawn_figures())
WIDTH = 400


def plain(**more: Any) -> dict[str, Any]:
    """An axis that takes no more room than it is given."""
    return axis(automargin=False, zeroline=False, **more)


def figure(*traces: dict[str, Any], **layout: Any) -> dict[str, Any]:
    """A figure of plain traces, from 0 to 10 on both axes, 280 by 200 pixels of plot from the place 50, 20."""
    base = {"xaxis": plain(range=[0, 10], tickvals=[], ticktext=[]), "yaxis": plain(range=[0, 10], showgrid=False)}
    made = chart_layout(height=240, top=20, right=70, bottom=20, left=50, **base)
    return {"data": list(traces), "layout": made | {"margin": made["margin"] | {"pad": 0}} | layout}


def scatter(mode: str, points: list[tuple[float | None, float | None]], **more: Any) -> dict[str, Any]:
    looks = {"line": {"color": "#111111"}, "marker": {"color": "#222222", "size": 10, "symbol": "circle"}}
    return {"type": "scatter", "mode": mode, "x": [x for x, _ in points], "y": [y for _, y in points]} | looks | more


def bars(**more: Any) -> dict[str, Any]:
    return {"type": "bar", "x": [2, 4], "y": [3, 5], "width": 1, "marker": {"color": "#333333"}} | more


def drawn(given: dict[str, Any], look: Look = "page", **size: int) -> etree._Element:
    return etree.fromstring(figure_svg(given, "A chart", look=look, **{"width": WIDTH} | size))


def paths(root: etree._Element, layer: str = "traces") -> list[list[list[tuple[float, float]]]]:
    """The lines of each path of a layer, as points."""
    elements = root.findall(f"{SVG}g[@class='{layer}']//{SVG}path")
    return [
        [
            [(float(x), float(y)) for x, y in re.findall(r"([-\d.]+) ([-\d.]+)", line)]
            for line in path.get("d").split("M")[1:]
        ]
        for path in elements
    ]


def texts(root: etree._Element, layer: str = "axes") -> list[str]:
    return ["|".join(text.itertext()) for text in root.findall(f"{SVG}g[@class='{layer}']/{SVG}text")]


def boxes(root: etree._Element) -> list[tuple[float, ...]]:
    elements = root.findall(f".//{SVG}g[@class='bars']/{SVG}rect")
    return [tuple(float(bar.get(side)) for side in ("x", "y", "width", "height")) for bar in elements]


def test_a_line_goes_through_its_values_and_a_gap_is_a_gap() -> None:
    given = figure(scatter("lines", [(0, 0), (5, 10), (None, None), (6, 5), (10, 5), (None, None), (8, 8)]))
    [lines] = paths(drawn(given))
    assert lines == [[(50, 220), (190, 20)], [(218, 120), (330, 120)]]


def test_a_step_has_its_corners_and_its_dashes() -> None:
    given = figure(scatter("lines", [(0, 2), (5, 2), (5, 4), (10, 4)], line={"color": "#111111", "dash": "dash"}))
    root = drawn(given)
    assert paths(root) == [[[(50, 180), (190, 180), (190, 140), (330, 140)]]]
    [line] = root.findall(f".//{SVG}path[@fill='none']")
    assert (line.get("stroke"), line.get("stroke-width"), line.get("stroke-dasharray")) == ("#111111", "2", "9 9")


def test_a_line_is_cut_off_at_the_plot_and_marks_may_reach_out() -> None:
    given = figure(scatter("lines+markers", [(0, 0), (10, 10)], cliponaxis=False), scatter("markers", [(0, 0)]))
    [window, reaching, cut] = drawn(given).find(f"{SVG}g[@class='traces']")
    assert [window.get(side) for side in ("x", "y", "width", "height")] == ["50", "20", "280", "200"]
    assert (window.get("viewBox"), window.get("overflow")) == ("50 20 280 200", "hidden")
    assert (reaching.get("class"), cut.tag) == ("marks", f"{SVG}svg")


@pytest.mark.parametrize(
    ("symbol", "corners"),
    [
        ("diamond", [(6.5, 0), (0, 6.5), (-6.5, 0), (0, -6.5)]),
        ("square", [(5, 5), (-5, 5), (-5, -5), (5, -5)]),
        ("triangle-up", [(-5.77, 2.5), (5.77, 2.5), (0, -5)]),
        ("triangle-down", [(-5.77, -2.5), (5.77, -2.5), (0, 5)]),
        ("hourglass", [(5, 5), (-5, 5), (5, -5), (-5, -5)]),
        ("line-ns-open", [(0, -7), (0, 7)]),
    ],
)
def test_a_mark_has_its_shape_around_its_place(symbol: str, corners: list[tuple[float, float]]) -> None:
    marker = {"color": "#222222", "size": 10, "symbol": symbol}
    [[points]] = paths(drawn(figure(scatter("markers", [(5, 5)], marker=marker))))
    assert points == [pytest.approx((190 + x, 120 + y)) for x, y in corners]


@pytest.mark.parametrize("symbol", ["x", "cross"])
def test_arms_reach_as_far_to_every_side(symbol: str) -> None:
    marker = {"color": "#222222", "size": 10, "symbol": symbol}
    [[points]] = paths(drawn(figure(scatter("markers", [(5, 5)], marker=marker))))
    reach = {"x": 10 * 0.8 / 2**0.5, "cross": 6.0}[symbol]
    assert len(points) == 12
    for sign in (1, -1):
        assert max(sign * (x - 190) for x, _ in points) == pytest.approx(reach, abs=0.01)
        assert max(sign * (y - 120) for _, y in points) == pytest.approx(reach, abs=0.01)


def test_circles_are_full_or_hollow_and_a_size_of_none_is_no_mark() -> None:
    full = scatter("markers", [(5, 5), (6, 6)], marker={"color": "#222222", "size": [10, 0], "symbol": "circle"})
    hollow = scatter("markers", [(5, 5)], marker={"color": "#222222", "size": 10, "symbol": "circle-open"})
    first, second = drawn(figure(full, hollow)).findall(f".//{SVG}g[@class='marks']")
    assert [[circle.get(name) for name in ("cx", "cy", "r")] for circle in first] == [["190", "120", "5"]]
    assert (first.get("fill"), first.get("stroke")) == ("#222222", None)
    assert [second.get(name) for name in ("fill", "stroke", "stroke-width")] == ["none", "#222222", "1"]


def test_bars_stand_on_the_line_of_zero_or_on_their_base() -> None:
    assert boxes(drawn(figure(bars()))) == [(92, 160, 28, 60), (148, 120, 28, 100)]
    assert boxes(drawn(figure(bars(base=[2, 1])))) == [(92, 120, 28, 60), (148, 100, 28, 100)]


def test_bars_may_lie_and_one_without_a_figure_is_none() -> None:
    assert boxes(drawn(figure(bars(orientation="h", x=[3, None], y=[2, 4])))) == [(50, 170, 84, 20)]


def test_bars_of_two_traces_stand_on_each_other() -> None:
    given = figure(bars(), bars(x=[4, 6], y=[2, 2]), barmode="stack")
    assert boxes(drawn(given))[2:] == [(148, 80, 28, 40), (204, 180, 28, 40)]


def test_a_bar_over_time_is_as_wide_as_its_days() -> None:
    time = plain(type="date", range=["2026-01-01", "2026-01-29"], tickvals=[], ticktext=[])
    given = figure(bars(x=["2026-01-15"], y=[10], width=14 * 86_400_000), xaxis=time)
    assert boxes(drawn(given)) == [(120, 20, 140, 200)]


def test_stripes_stay_within_their_bar() -> None:
    pattern = {"shape": "/", "fillmode": "overlay", "fgcolor": "#ffffff", "fgopacity": 0.5, "size": 7, "solidity": 0.3}
    root = drawn(figure(bars(marker={"color": "#333333", "pattern": pattern})))
    windows = root.findall(f".//{SVG}g[@class='bars']/{SVG}svg")
    assert [window.get("viewBox") for window in windows] == ["92 160 28 60", "148 120 28 100"]
    assert windows[0][0].get("stroke-opacity") == "0.5"


def test_a_surface_is_filled_run_by_run() -> None:
    corners: list[tuple[float | None, float | None]] = [(0, 0), (5, 0), (5, 5), (None, None), (6, 6), (8, 6), (8, 8)]
    given = figure(scatter("lines", corners, fill="toself", fillcolor=palette.BAND, line={"color": "#1", "width": 0}))
    [surface] = paths(drawn(given))
    assert [len(run) for run in surface] == [3, 3]
    [path] = drawn(given).findall(f".//{SVG}path")
    assert (path.get("fill"), path.get("fill-opacity")) == ("#808080", "0.16")


def test_shapes_stand_behind_the_gridlines_from_top_to_bottom() -> None:
    line = {"color": "#444444", "width": 1, "dash": "dot"}
    both = {"layer": "below", "line": line, "yref": "paper", "y0": 0, "y1": 1}
    rectangle = both | {"type": "rect", "x0": 2, "x1": 4, "fillcolor": palette.BAND}
    root = drawn(figure(shapes=[both | {"type": "line", "x0": 1, "x1": 1}, rectangle], yaxis=plain(range=[0, 10])))
    assert [group.get("class") for group in root][:2] == ["shapes", "grid"]
    assert paths(root, "shapes") == [
        [[(78, 220), (78, 20)]],
        [[(106, 220), (162, 220), (162, 20), (106, 20)]],
    ]


def test_of_a_shape_what_lies_outside_the_axis_is_cut_off() -> None:
    shape = {
        "type": "rect",
        "layer": "below",
        "line": {"color": "#444444", "width": 1},
        "yref": "paper",
        "y0": 0,
        "y1": 1,
    }
    [window] = drawn(figure(shapes=[shape | {"x0": 8, "x1": 12}])).find(f"{SVG}g[@class='shapes']")
    assert (window.get("viewBox"), window.get("overflow")) == ("50 0 280 240", "hidden")


def test_an_annotation_stands_at_its_value_or_at_a_share_of_the_plot() -> None:
    beside = {"x": 1, "xref": "paper", "y": 5, "text": "<b>9</b>", "xanchor": "left", "xshift": 8, "showarrow": False}
    led = {"x": 5, "y": 1, "yref": "paper", "text": "A<br>B", "xanchor": "center", "yanchor": "middle", "ax": 0}
    led |= {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "arrowcolor": "#808080", "ay": -30}
    root = drawn(figure(annotations=[beside, led]))
    first, second = root.findall(f"{SVG}g[@class='annotations']/{SVG}text")
    assert (first.get("x"), first.get("text-anchor"), first[0].get("font-weight")) == ("340", "start", "700")
    assert float(first.get("y")) == pytest.approx(120 + 0.35 * 14)
    assert [second.get("x"), *(line.get("dy") for line in second)] == ["190", "0", "18.2"]
    [[[foot, point]]] = paths(root, "annotations")
    assert point == (190, 20)
    assert -10 < foot[1] < 20


def test_ticks_stand_where_the_figure_puts_them_and_dates_under_their_days() -> None:
    time = axis(
        type="date", range=["2026-01-01", "2026-04-30"], tickvals=DAYS, ticktext=[f"{day[5:7]}<br>2026" for day in DAYS]
    )
    root = drawn(figure(xaxis=time))
    labels = root.findall(f"{SVG}g[@class='axes']/{SVG}text[@text-anchor='middle']")
    span = (date(2026, 4, 30) - date(2026, 1, 1)).days
    points = [50 + 280 * (date.fromisoformat(day) - date(2026, 1, 1)).days / span for day in DAYS]
    assert [float(text.get("x")) for text in labels] == pytest.approx(points, abs=0.01)
    assert texts(root)[:2] == ["01|2026", "02|2026"]


def test_categories_stand_beside_their_rows() -> None:
    rows = plain(range=[1.5, -0.5], tickvals=[0, 1], ticktext=["One", "Two<br>lines"])
    labels = drawn(figure(yaxis=rows)).findall(f".//{SVG}text[@text-anchor='end']")
    assert [(text.get("x"), round(float(text.get("y")), 1)) for text in labels] == [("49", 74.9), ("49", 165.8)]


@pytest.mark.parametrize(
    ("least", "most", "unit", "labels"),
    [
        (0.0, 100.0, "percent", ["0%", "50%", "100%"]),
        (20.03, 34.13, "percent", ["25%", "30%"]),
        (-3.56, 4.56, "average", ["−2", "0", "2", "4"]),
        (0.00522, 0.00563, "average", ["0.0053", "0.0054", "0.0055", "0.0056"]),
        (10924.0, 11774.0, "count", ["11,000", "11,200", "11,400", "11,600"]),
        (20.9, 22.5, "average", ["21", "21.5", "22", "22.5"]),
    ],
)
def test_an_axis_names_round_figures(least: float, most: float, unit: str, labels: list[str]) -> None:
    given = value_axis(unit, range=[least, most])
    root = drawn(figure(yaxis=given))
    assert texts(root) == labels
    [gridlines] = paths(root, "grid")
    assert len(gridlines) == sum(least <= float(re.sub("[,%]", "", label.replace("−", "-"))) < most for label in labels)


def test_an_axis_reaches_over_all_marks_with_room_and_not_past_what_there_can_be() -> None:
    marks = scatter("markers", [(1, 0.0), (2, 100.0)])
    root = drawn(figure(marks, yaxis=value_axis("average", automargin=False)))
    highs = sorted(float(circle.get("cy")) for circle in root.findall(f".//{SVG}circle"))
    assert highs[0] == pytest.approx(20 + 200 * 0.05 + 10 / 1.6, abs=0.01)
    root = drawn(figure(marks, yaxis=value_axis("percent")))
    assert sorted(float(circle.get("cy")) for circle in root.findall(f".//{SVG}circle")) == [20, 220]


def test_figures_past_what_there_can_be_are_drawn_all_the_same() -> None:
    root = drawn(figure(scatter("markers", [(1, 120.0), (2, 130.0)]), yaxis=value_axis("percent")))
    assert all(20 < float(circle.get("cy")) < 220 for circle in root.findall(f".//{SVG}circle"))


def test_margins_grow_for_labels_that_need_room() -> None:
    rows = axis(range=[0.5, -0.5], tickvals=[0], ticktext=["A name that needs a lot of room"])
    root = drawn(figure(yaxis=rows))
    [label] = root.findall(f".//{SVG}text[@text-anchor='end']")
    assert float(label.get("x")) > text_width("A name that needs a lot of room", 14) > 180


def test_letters_are_as_wide_as_they_are() -> None:
    assert text_width("iii", 14) < text_width("aaa", 14) < text_width("<b>aaa</b>", 14) < text_width("MMM", 14)
    assert text_width("short<br>much longer", 14) == text_width("much longer", 14)
    assert text_width("&amp;", 10) == text_width("é", 10) + (667 - 556) / 100
    assert text_width("日", 10) == 10


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("look", ["page", "light", "dark"])
def test_every_figure_is_a_safe_picture_with_a_name(kind: str, look: Look) -> None:
    root = etree.fromstring(figure_svg(drawn_figures()[kind], HOSTILE, width=WIDTHS["third"], look=look))
    assert (root.get("role"), root.get("width")) == ("img", "400")
    assert root.get("viewBox") == f"0 0 400 {root.get('height')}"
    assert root.get("aria-label").startswith('<b onclick="x">A & $B$</b>')
    allowed = {"svg", "g", "path", "rect", "circle", "text", "tspan"} | ({"title"} if look != "page" else set())
    assert {etree.QName(part).localname for part in root.iter()} <= allowed
    written = etree.tostring(root, encoding="unicode")
    assert "<b" not in written
    for part in root.iter():
        assert not {name for name in part.attrib if name.startswith("on") or name in ("id", "href", "style")}
        assert "url(" not in " ".join(part.attrib.values())
    assert "nan" not in " ".join(part.get("d", "") for part in root.iter())


def test_a_file_stands_by_itself_and_a_page_gives_its_colours() -> None:
    given = drawn_figures()["months that are worse, with all around them"]
    page, light, dark = (figure_svg(given, "A chart", width=WIDTH, look=look) for look in ("page", "light", "dark"))
    assert "var(--ib-ink, currentColor)" in page
    assert "var(--ib-grid, " in page
    assert palette.TEXT not in page + light + dark
    assert "var(" not in light + dark
    for file, ground in ((light, "#ffffff"), (dark, "#171614")):
        title, first = etree.fromstring(file)[:2]
        assert (title.tag, title.text) == (f"{SVG}title", "A chart")
        assert (first.get("fill"), first.get("width")) == (ground, str(WIDTH))


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_has_title_chart_legend_and_notes_below_each_other_within_its_edges(kind: str, look: FileLook) -> None:
    given = drawn_figures()[kind]
    words = {
        "title": f"A chart with a long title about {HOSTILE}",
        "notes": ["Source: Department for Education", HOSTILE],
    }
    for width in (WIDTHS["phone"], WIDTHS["wide"]):
        root = etree.fromstring(chart_sheet(given, HOSTILE, width=width, look=look, **words))
        lines = root.findall(f"{SVG}text")
        said = ["".join(line.itertext()) for line in lines]
        joined = " ".join(said)
        for told in (words["title"], *words["notes"], *(html.unescape(entry.name) for entry in charts.legend(given))):
            assert "".join(on_one_line(told).split()) in "".join(joined.split())
        for line, text in zip(lines, said, strict=True):
            assert float(line.get("x")) + text_width(html.escape(text), float(line.get("font-size"))) <= width
        heights = [float(line.get("y")) for line in lines]
        assert heights == sorted(heights)
        assert heights[-1] < float(root.get("height"))
        assert "<b" not in etree.tostring(root, encoding="unicode")


def test_a_sheet_is_as_much_higher_as_its_words_need() -> None:
    given = drawn_figures()["teams"]
    plain_height = float(etree.fromstring(figure_svg(given, "A chart", width=WIDTH)).get("height"))
    few, more = (
        float(etree.fromstring(chart_sheet(given, "A chart", title="A", notes=notes, width=WIDTH)).get("height"))
        for notes in ([], ["A note"])
    )
    assert plain_height < few
    assert more - few == pytest.approx(14 * 1.35, abs=1)


def test_letters_have_their_size_at_every_width() -> None:
    given = drawn_figures()["months that are worse, with all around them"]
    for width in WIDTHS.values():
        sizes = {text.get("font-size") for text in drawn(given, width=width).findall(f".//{SVG}text")}
        assert sizes == {"14", "16"}


def changed(**wrong: Any) -> dict[str, Any]:
    """A figure with one property changed, by its path with `__` between, in the first of lists."""
    arrow = {"text": "A", "x": 5, "y": 5, "showarrow": False}
    shape = {"type": "line", "x0": 1, "x1": 1, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
    shape["line"] = {"color": "#444444", "width": 1}
    given = deepcopy(figure(scatter("lines", [(0, 0), (5, 5)]), annotations=[arrow], shapes=[shape]))
    for name, value in wrong.items():
        *way, last = name.split("__")
        node: Any = given
        for step in way:
            node = node[step][0] if isinstance(node[step], list) else node[step]
        node[last] = value
    return given


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"data__type": "pie"}, "data[0].type is 'pie': known are scatter, bar"),
        ({"data__fillpattern": {}}, "data[0].fillpattern is not known"),
        ({"data__connectgaps": True}, "data[0].connectgaps is not known"),
        ({"data__mode": "lines+text"}, "data[0].mode is 'lines+text'"),
        ({"data__marker__symbol": "star"}, "data[0].marker.symbol is 'star'"),
        ({"data__line__shape": "spline"}, "data[0].line.shape is not known"),
        ({"data__line": {}}, "a line without a colour"),
        ({"data__line__color": "red"}, "colour 'red' is not known"),
        ({"data__line": "red"}, "data[0].line is 'red': not a table"),
        ({"data__x": ["a", "b"]}, "'a' cannot stand on an axis of numbers"),
        ({"layout__xaxis__type": "log"}, "layout.xaxis.type is 'log'"),
        ({"layout__xaxis__type": "date"}, "cannot stand on an axis of dates"),
        ({"layout__yaxis__ticks": "outside"}, "layout.yaxis.ticks is not known"),
        ({"layout__xaxis__ticktext": ["1"]}, "0 tickvals with 1 ticktext"),
        ({"layout__annotations__font": {"size": 14, "weight": 700}}, "layout.annotations[0].font.weight is not known"),
        ({"layout__xaxis__tickfont": {"size": 14, "color": "#ff0000"}}, "layout.xaxis.tickfont.color is '#ff0000'"),
        ({"data__mode": "markers", "data__marker__line": {"width": 1}}, "a line of 1 around marks"),
        ({"data__yaxis": "y2"}, "the figure does not say its 'yaxis2'"),
        ({"layout__margin": {}}, "the figure does not say its 't'"),
        ({"layout__template": {"layout": {}}}, "layout.template.layout is not known: known are none"),
        ({"layout__showlegend": True}, "layout.showlegend is True"),
        ({"layout__shapes__type": "circle"}, "layout.shapes[0].type is 'circle'"),
        ({"layout__annotations__textangle": 90}, "layout.annotations[0].textangle is not known"),
        ({"layout__annotations__text": "<i>A</i>"}, "has a tag that is not known"),
        ({"layout__annotations__xref": "paper"}, "without xanchor is not known"),
        ({"frames": []}, "figure.frames is not known"),
    ],
)
def test_what_is_not_known_is_refused(wrong: dict[str, Any], told: str) -> None:
    figure_svg(changed(), "A chart", width=WIDTH)
    with pytest.raises(UndrawableError, match=re.escape(told)):
        figure_svg(changed(**wrong), "A chart", width=WIDTH)


def test_marks_and_modes_and_bars_that_plotly_would_choose_a_look_for_are_refused() -> None:
    for given in (
        figure(scatter("markers", [(1, 1)], marker={"size": 9}, line={})),
        figure({"type": "scatter", "x": [1], "y": [1]}),
        figure(bars(), bars()),
        figure(xaxis=axis(type="date", range=DAYS[:2])),
    ):
        with pytest.raises(UndrawableError):
            figure_svg(given, "A chart", width=WIDTH)


def test_every_function_that_makes_a_figure_is_among_the_kinds() -> None:
    made_by = {name for name in charts.__all__ if get_annotations(getattr(charts, name)).get("return") == "Figure"}
    assert made_by == {"category_chart", "control_chart", "distribution_chart", "empty_figure", "team_chart"}
