"""Pages on paper: all of the page, charts whole, nothing that only a screen can use."""

from __future__ import annotations

import re

import pytest
from axe import COLOURS, violations
from playwright.sync_api import Page, expect
from visiting import DESKTOP, Visitor

pytestmark = pytest.mark.browser

INK = "rgb(11, 12, 12)"
PAPER = (718, 1000)  # A4 between margins of a centimetre, in CSS pixels
EDGES = """() => [...document.querySelectorAll('.ib-drawn')].map(chart => {
    const drawing = chart.firstElementChild, inside = [...drawing.querySelectorAll('text, path')];
    return {right: Math.max(...[drawing, ...inside].map(one => one.getBoundingClientRect().right)),
            drawn: inside.length, below: chart.getBoundingClientRect().bottom - drawing.getBoundingClientRect().bottom,
            seen: getComputedStyle(drawing).opacity};
})"""


def on_paper(visitor: Visitor, page: Page) -> None:
    """Lay the page out as printing does: in the print style, as narrow as paper, and with no script to draw anew."""
    page.emulate_media(media="print")
    visitor.settle(page)
    page.context.new_cdp_session(page).send("Emulation.setScriptExecutionDisabled", {"value": True})
    page.set_viewport_size({"width": PAPER[0], "height": PAPER[1]})


def test_charts_are_printed_whole(visitor: Visitor) -> None:
    page = visitor.open("/leadership", DESKTOP)
    page.locator(".ib-drawn").first.hover()
    page.locator(".ib-alive").first.wait_for()
    before = page.evaluate(EDGES)
    assert len(before) == 11
    assert any(chart["right"] > PAPER[0] for chart in before)
    on_paper(visitor, page)
    for chart in page.evaluate(EDGES):
        assert chart["drawn"] > 8
        assert chart["seen"] == "1"
        assert chart["right"] <= PAPER[0]
        assert abs(chart["below"]) < 5


def test_paper_is_white_whatever_the_screen_is(visitor: Visitor) -> None:
    page = visitor.open("/leadership")
    visitor.in_theme(page, "dark")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator('[data-testid="stApp"]')).to_have_css("background-color", "rgb(255, 255, 255)")
    for part in ("h1", ".ib-panel-claim span", ".ib-page-key .ib-key"):
        expect(page.locator(part).first).to_have_css("color", INK)
    assert violations(page, COLOURS) == []


def test_only_what_paper_can_use_is_printed(visitor: Visitor) -> None:
    page = visitor.open("/leadership")
    page.locator(".ib-drawn").first.hover()
    page.locator(".ib-live").first.wait_for()
    screen_only = ".ib-top, .ib-view, .ib-tools, .ib-saves"
    assert page.locator(screen_only).locator("visible=true").count() > 2
    page.emulate_media(media="print")
    assert page.locator(screen_only).locator("visible=true").count() == 0
    assert page.locator(".ib-live").locator("visible=true").count() == 0


def test_names_that_open_on_request_are_printed_and_push_no_page_off_the_paper(visitor: Visitor) -> None:
    page = visitor.open("/indicators")
    assert page.locator("details.ib-more:not([open])").count() > 2
    printed = _pages_of(page)
    page.emulate_media(media="print")
    assert page.locator("details.ib-more li a").first.evaluate("link => link.getBoundingClientRect().height") > 0
    assert page.locator("details.ib-more summary").locator("visible=true").count() == 0
    opened = visitor.open("/indicators")
    opened.evaluate(
        "() => document.querySelectorAll('details.ib-more, details.ib-group').forEach(part => { part.open = true; })"
    )
    assert printed == _pages_of(opened)


def _pages_of(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


@pytest.mark.parametrize(
    ("address", "fewest"), [("/", 3), ("/leadership", 2), ("/indicators", 3), ("/what-changed", 2)]
)
def test_the_whole_page_is_printed(visitor: Visitor, address: str, fewest: int) -> None:
    assert _pages_of(visitor.open(address)) >= fewest
