"""Every page of the demonstration council in a real browser, on a desktop and on a phone."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from axe import violations
from playwright.sync_api import BrowserContext, Page, expect
from serving import Server
from visiting import DESKTOP, PHONE, Visitor, sideways, visiting

from improvement_board.declared.home import default_home

pytestmark = pytest.mark.browser

PLAN = tomllib.loads((default_home().editions / "2026-09-30" / "plan.toml").read_text(encoding="utf-8"))
TITLES = {ambition["id"]: ambition["title"] for ambition in PLAN["ambition"]}
ENTRIES = ["Plan on a page", *TITLES.values(), "Indicator", "Team", "Data quality", "About these figures"]
ADDRESSES = ["/", *(f"/{name}" for name in TITLES), "/indicator", "/team", "/data-quality", "/about"]
BACKGROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(23, 22, 20)"}
SIZES = """() => ['encodedBodySize', 'decodedBodySize'].map(size => performance.getEntriesByType('resource')
    .filter(one => /PlotlyChart.*[.]js/.test(one.name)).reduce((sum, one) => sum + one[size], 0))"""
HEADINGS = {"Plan on a page": "Northbridge: plan on a page", "Indicator": "Average caseload", "Team": "Teams"}


@dataclass(frozen=True)
class Drawn:
    """A page of the app, open."""

    page: Page
    visitor: Visitor

    def at(self, size: tuple[int, int]) -> Page:
        """The page in a window of a size."""
        self.visitor.resize(self.page, size)
        return self.page


@pytest.fixture(scope="module", params=ADDRESSES)
def drawn(request: pytest.FixtureRequest, server: Server, browser_context: BrowserContext) -> Iterator[Drawn]:
    """Each page in turn, opened once. That no error was met and no other host asked is checked when it is left."""
    with visiting(server, browser_context) as visitor:
        yield Drawn(visitor.open(request.param), visitor)


def test_a_page_is_drawn_whole(drawn: Drawn) -> None:
    page = drawn.at(DESKTOP)
    assert page.locator("h1").count() == 1
    assert page.locator('[data-testid="stException"], [data-testid="stAlert"], .ib-notice').count() == 0
    assert page.get_by_text("Synthetic data", exact=True).count() == 1
    charts = page.locator('[data-testid="stPlotlyChart"]')
    assert charts.count() == page.locator(".js-plotly-plot .main-svg:first-child").count()
    for image in page.locator("img.ib-spark").all():
        assert image.get_attribute("alt")
        assert image.evaluate("image => image.naturalWidth") > 0


def test_a_chart_offers_no_tools_and_nothing_to_share(drawn: Drawn) -> None:
    page = drawn.at(DESKTOP)
    charts = page.locator('[data-testid="stPlotlyChart"]')
    if charts.count():
        charts.first.hover()
    assert page.locator(".modebar-btn").count() == 0
    assert page.get_by_text("Share", exact=True).count() == 0
    assert (
        page.locator(
            '[data-title*="hare"], [aria-label*="Share"], a[href^="http"]:not([href^="http://127.0.0.1"])'
        ).count()
        == 0
    )


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_page_does_not_scroll_sideways(drawn: Drawn, size: tuple[int, int]) -> None:
    page = drawn.at(size)
    assert sideways(page) == []
    expect(page.locator("h1")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("size", "theme"), [(DESKTOP, "light"), (PHONE, "light"), (DESKTOP, "dark")], ids=["desktop", "phone", "dark"]
)
def test_a_page_is_accessible(drawn: Drawn, size: tuple[int, int], theme: Literal["light", "dark"]) -> None:
    page = drawn.at(size)
    page.emulate_media(color_scheme=theme)
    expect(page.locator('[data-testid="stApp"]')).to_have_css("background-color", BACKGROUNDS[theme])
    drawn.visitor.settle(page)
    assert violations(page) == []


def test_every_entry_of_the_navigation_opens_its_page(visitor: Visitor) -> None:
    page = visitor.open("/")
    entries = page.locator('a[data-testid="stSidebarNavLink"]')
    assert [text.strip() for text in entries.all_inner_texts()] == ENTRIES
    for place, entry in enumerate(ENTRIES):
        entries.nth(place).click()
        heading = HEADINGS.get(entry, entry)
        expect(page.locator("h1")).to_have_text(heading)
        expect(page).to_have_title(f"{heading} – Northbridge Improvement Board")


def test_the_plan_page_fetches_what_charts_need_once_it_is_drawn(visitor: Visitor) -> None:
    page = visitor.open("/")
    assert page.locator(".js-plotly-plot").count() == 0
    bundles = (
        "() => performance.getEntriesByType('resource').map(one => one.name).filter(name => /PlotlyChart/.test(name))"
    )
    page.wait_for_function(f"() => ({bundles})().length")
    page.locator('a[data-testid="stSidebarNavLink"]').nth(1).click()
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    assert len(set(page.evaluate(bundles))) == 1
    sent, unpacked = page.evaluate(SIZES)
    assert sent < unpacked / 2  # compressed on the way
