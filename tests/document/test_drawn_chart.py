"""A chart in a page's HTML: its drawing, whole where it is carried in an attribute, and its name."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from improvement_board.charts import empty_figure
from improvement_board.charts.live import EDGE, GRID, GROUND, live_figure
from improvement_board.charts.palette import TEXT
from improvement_board.dashboard.plotly_script import plotly_address, plotly_file
from improvement_board.document.assets import style_block
from improvement_board.document.drawn_chart import Chart, Said, carried_chart, drawn_chart, live_script
from improvement_board.document.saves import Save
from improvement_board.figures.download import Download

HOSTILE = """<script>alert('1')</script>"&amp;'--></style>\u2028"""
LINKS = ["p", "span", "a", "a"]
PICTURE = Save("one.svg", "the chart", Download("one.svg", str), "indicator?save=one.svg")


def attributes_of(html: str) -> list[dict[str, str | None]]:
    """The attributes of each element, as a browser reads them."""
    read: list[dict[str, str | None]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            read.append({"tag": tag, **dict(attrs)})

        handle_startendtag = handle_starttag

    Reader().feed(html)
    return read


@pytest.mark.parametrize("text", ["Children's plans", HOSTILE])
def test_a_carried_drawing_is_the_drawing(text: str) -> None:
    chart = Chart("one", empty_figure(text), text, Said(text))
    carried = attributes_of(carried_chart(chart, 600, PICTURE))
    assert [element["tag"] for element in carried] == ["div", *LINKS]
    assert f'data-chart="{chart.name}">{carried[0]["data-drawing"]}</div>' in drawn_chart(chart, 600, PICTURE)
    drawn = attributes_of(drawn_chart(chart, 600, PICTURE))
    assert {element["tag"] for element in drawn} <= {*LINKS, "div", "svg", "g", "text", "tspan", "path", "rect"}
    assert drawn[1]["aria-label"] == text


def test_a_chart_is_asked_for_by_its_key_and_what_it_shows() -> None:
    chart = Chart("one", empty_figure("Nothing"), "Nothing", Said("Nothing"))
    assert chart.name == Chart("one", empty_figure("Nothing"), "Nothing", Said("Nothing")).name
    assert len({chart.name, replace(chart, key="two").name, replace(chart, figure=empty_figure("Other")).name}) == 3
    assert 'data-chart="&#34;&gt;' in drawn_chart(replace(chart, key='">'), 600, PICTURE)


def test_every_place_for_a_colour_is_painted_by_the_style() -> None:
    template = live_figure(empty_figure("Nothing"))["layout"]["template"]
    for colour in (TEXT, GRID, GROUND, EDGE):
        assert colour in str(template)
        assert f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})" in style_block()


def test_the_script_asks_for_the_plotly_that_is_installed() -> None:
    assert plotly_address() in live_script(plotly_address())
    assert plotly_file().samefile(str(files("plotly") / "package_data" / "plotly.min.js"))
