"""A chart is a drawing until somebody points at it, and stands where it stood when it comes to life."""

from __future__ import annotations

import re

import pytest
from drawn_pictures import MEASURE, PARTS, differences
from playwright.sync_api import Page, Request, Route, expect
from visiting import DESKTOP, PHONE, Visitor

pytestmark = pytest.mark.browser
ADDRESS = "/indicator?kpi=audits_good"
CHARTS, ALIVE = "#root .ib-drawn", "#root .ib-alive"
PLACES = """() => [...document.querySelectorAll('h1, h2, h3, table, .ib-drawn')].map(one => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return [x, y, width, height];
})"""


def open_still(visitor: Visitor, address: str = ADDRESS, size: tuple[int, int] = DESKTOP) -> Page:
    """A page whose charts are all drawings yet."""
    page = visitor.open(address, size)
    assert page.locator(CHARTS).count() > 1
    assert page.locator(f"{CHARTS} > svg[role=img][aria-label]").count() == page.locator(CHARTS).count()
    assert page.locator(ALIVE).count() == 0
    return page


def test_pointing_at_a_chart_brings_it_to_life_where_it_stood(visitor: Visitor) -> None:
    page = open_still(visitor)
    chart = page.locator(CHARTS).first
    chart.scroll_into_view_if_needed()
    before = page.evaluate(PLACES)
    chart.hover()
    expect(chart.locator(".hovertext")).to_be_visible()  # without another move of the pointer
    assert page.evaluate(PLACES) == before
    assert page.locator(ALIVE).count() == 1
    page.mouse.move(5, 5)
    expect(chart.locator(".hovertext")).to_have_count(0)
    _stands_as_drawn(page)


def _stands_as_drawn(page: Page) -> None:
    """The live chart has what its drawing has, at the same places and in the same colours."""
    page.evaluate("""() => {
        const chart = document.querySelector('#root .ib-alive');
        chart.querySelector('.ib-live').classList.add('by-plotly');
        const ours = document.createElement('div');
        ours.className = 'by-us';
        ours.style.cssText = 'position: absolute; top: 0; left: 0; --ib-ink: inherit';
        ours.append(chart.firstElementChild.cloneNode(true));
        chart.append(ours);
    }""")
    live, drawn = (page.evaluate(MEASURE, [PARTS, which])[0] for which in (0, 1))
    assert len(live["words"]) > 5
    live["leads"], drawn["leads"] = (
        [],
        [],
    )  # of one pixel, left out by Plotly where letters are lower
    assert differences(live, drawn) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_live_chart_follows_the_theme(visitor: Visitor, theme: str) -> None:
    page = open_still(visitor)
    page.locator(CHARTS).first.hover()
    expect(page.locator(ALIVE)).to_have_count(1)
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    ink = {"light": "rgb(38, 39, 48)", "dark": "rgb(250, 250, 250)"}[theme]
    expect(page.locator(f"{ALIVE} .ib-live .xtick text").first).to_have_css("fill", ink)
    page.emulate_media(color_scheme="light")


def test_the_keyboard_reaches_a_chart_and_leads_through_its_figures(visitor: Visitor) -> None:
    page = open_still(visitor)
    chart = page.locator(CHARTS).first
    chart.locator("svg").first.focus()
    expect(page.locator(ALIVE)).to_have_count(1)
    assert page.evaluate("document.activeElement.getAttribute('role')") == "img"  # and keeps the focus
    assert chart.evaluate("chart => getComputedStyle(chart).outlineStyle") == "solid"
    page.keyboard.press("ArrowLeft")
    expect(chart.locator(".hovertext")).to_contain_text("September 2026")
    page.keyboard.press("ArrowLeft")
    expect(chart.locator(".hovertext")).to_contain_text("August 2026")
    page.keyboard.press("Escape")
    expect(chart.locator(".hovertext")).to_have_count(0)


def test_a_chart_is_heard_once(visitor: Visitor) -> None:
    page = open_still(visitor)
    chart = page.locator(CHARTS).first
    said = chart.aria_snapshot()
    chart.hover()
    expect(page.locator(ALIVE)).to_have_count(1)
    assert chart.aria_snapshot() == said
    assert said.count('img "') == 1  # with a name


def test_what_is_in_view_comes_to_life_by_itself_and_the_rest_waits(visitor: Visitor) -> None:
    visitor.saves_data = False
    page = visitor.open("/leadership")
    expect(page.locator(ALIVE).first).to_be_visible()
    assert page.locator(ALIVE).count() < page.locator(CHARTS).count() == 11
    page.locator(CHARTS).last.scroll_into_view_if_needed()
    expect(page.locator(CHARTS).last).to_have_class("ib-drawn ib-alive")


def test_a_choice_draws_other_charts_which_come_to_life_too(visitor: Visitor) -> None:
    page = open_still(visitor, "/leadership")
    page.locator(CHARTS).first.hover()
    expect(page.locator(ALIVE)).to_have_count(1)
    before = page.locator(f"{CHARTS} > svg").first.get_attribute("aria-label")
    page.get_by_label("Team", exact=True).select_option("Assessment North")
    expect(page.locator(f"{CHARTS} > svg").first).not_to_have_attribute("aria-label", before or "")
    visitor.settle(page)
    page.mouse.move(5, 5)
    chart = page.locator(CHARTS).first
    chart.hover()
    expect(chart.locator(".hovertext")).to_be_visible()


def test_a_live_chart_of_the_first_view_goes_on_in_the_app(visitor: Visitor) -> None:
    page = open_still(visitor)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "ib-chart" in request.headers else None)
    app: list[Route] = []

    def wait(route: Route) -> None:
        app.append(route)

    page.route(re.compile("/static/js/index"), wait)
    page.reload(wait_until="commit")
    chart = page.locator("#ib-first .ib-drawn").first
    chart.hover()
    expect(chart.locator(".hovertext")).to_be_visible()
    for route in app:
        route.continue_()
    visitor.settle(page)
    expect(page.locator(ALIVE).locator(".main-svg").first).to_be_visible()
    assert len(asked) == 1


def test_a_figure_that_cannot_be_had_leaves_the_drawing(visitor: Visitor) -> None:
    page = open_still(visitor)
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "ib-chart" in request.headers else None)
    page.route(lambda url: "/indicator" in url, lambda route: route.fulfill(status=404))
    with page.expect_response(lambda response: response.status == 404):
        page.locator(CHARTS).first.hover()
    visitor.settle(page)
    assert len(asked) == 1
    assert page.locator(f"{ALIVE}, .ib-live").count() == 0
    expect(page.locator(f"{CHARTS} > svg").first).to_be_visible()
    visitor.errors.clear()  # the browser itself tells of the 404


def test_a_chart_on_a_turned_phone_is_as_wide_as_the_screen_and_answers(visitor: Visitor) -> None:
    page = open_still(visitor, size=PHONE)
    visitor.resize(page, (300, 700))
    chart = page.locator(CHARTS).first
    chart.hover()
    expect(chart.locator(".hovertext")).to_be_visible()
    drawing, plot = (chart.locator(part).bounding_box() for part in ("> svg", "> .ib-live .main-svg >> nth=0"))
    assert drawing
    assert plot
    for side in ("x", "y", "width", "height"):
        assert plot[side] == pytest.approx(drawing[side], abs=1)  # type: ignore[literal-required]
