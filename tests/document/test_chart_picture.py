"""The picture of a chart to save: it says all by itself what a page says around the chart."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from lxml import etree
from small_council import Council

from improvement_board.access.viewer import EVERYONE
from improvement_board.declared.home import default_home
from improvement_board.document.chart_picture import picture_name, picture_svg
from improvement_board.document.drawn_chart import Said, drawn_chart
from improvement_board.document.frame import meeting_words
from improvement_board.document.pages import Document, charts_of, document_of, html_parts
from improvement_board.page_models import Run
from improvement_board.page_models.board import Board

PAGES = {"indicator": {"kpi": "average_caseload"}, "practice": {}}
HOSTILE = """</title><script>alert('1')</script>"&amp; \u2028 ../../x"""


def document(council: Council, page: str, asked: dict[str, str]) -> Document:
    """A page as an analyst sees it."""
    return document_of(Run(council.board).look(EVERYONE).on(page), asked)


def words_of(svg: str) -> str:
    """All that a picture says, without where lines break."""
    texts = etree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return " ".join("".join(text.itertext()) for text in texts)


@pytest.mark.parametrize("page", PAGES)
def test_a_picture_says_title_unit_source_meeting_and_mark(desk_council: Council, page: str) -> None:
    shown = document(desk_council, page, PAGES[page])
    charts = list(charts_of(shown))
    assert charts
    for chart in charts:
        said = words_of(picture_svg(chart, shown.frame))
        assert chart.said.title in said
        assert len(chart.said.notes) >= 2
        assert chart.said.notes[-1].startswith("Source: ")
        assert shown.frame.label == "Synthetic data"
        last = " · ".join(
            part for part in (shown.frame.label, shown.frame.council, *meeting_words(shown.frame)) if part
        )
        for line in (*chart.said.notes, last):
            assert " ".join(line.split()) in " ".join(said.split())


def test_every_chart_of_a_page_has_links_that_keep_the_pages_choices(desk_council: Council) -> None:
    shown = document(desk_council, "indicator", {"kpi": "average_caseload", "team": "no parameter of the page's own"})
    text = "".join(html_parts(shown, 800, drawn_chart))
    links = [html.unescape(link) for link in re.findall(r'class="ib-as-svg" href="([^"]*)"', text)]
    assert links == [f"indicator?kpi=average_caseload&save={chart.name}.svg" for chart in charts_of(shown)]
    assert len(links) >= 3


def test_letters_of_events_are_told_in_the_picture() -> None:
    look = Run(Board(default_home())).look(EVERYONE).on("indicator")
    chart = next(charts_of(document_of(look, PAGES["indicator"])))
    letters = {note["text"] for note in chart.figure["layout"].get("annotations", ())}
    for line in [note for note in chart.said.notes if re.match(r"[A-Z]: ", note)]:
        assert f"<b>{line[0]}</b>" in letters or line[0] in letters
    assert any(re.match(r"A: ", note) for note in chart.said.notes)


def test_a_hostile_title_is_no_markup_and_no_path(desk_council: Council) -> None:
    shown = document(desk_council, "indicator", PAGES["indicator"])
    chart = replace(next(charts_of(shown)), said=Said(HOSTILE, (HOSTILE,)))
    svg = picture_svg(chart, shown.frame)
    assert not list(etree.fromstring(svg).iter("{http://www.w3.org/2000/svg}script"))
    assert re.fullmatch(r"[a-z0-9-]+_edition-[0-9-]+\.svg", picture_name(chart, shown.frame))
    assert picture_name(replace(chart, said=Said("…")), shown.frame).startswith("indicator_")
