"""Every page of the demonstration council in a real browser, on a desktop and on a phone."""

from __future__ import annotations

import tomllib

import pytest
from axe import COLOURS, violations
from examples import every_night, is_nightly
from playwright.sync_api import Page, expect
from visiting import PHONE, Visitor, go, open_all, sideways

from improvement_board.declared.home import default_home

pytestmark = pytest.mark.browser

PLAN = tomllib.loads((default_home().editions / "2026-09-30" / "plan.toml").read_text(encoding="utf-8"))
TITLES = {ambition["id"]: ambition["title"] for ambition in PLAN["ambition"]}
ENTRIES = [
    "Plan on a page",
    "What changed",
    *TITLES.values(),
    "Indicators",
    "Team",
    "Data quality",
    "About these figures",
]
OTHER_PAGES = ["/", "/what-changed", "/indicators", "/indicator", "/team", "/data-quality", "/about"]
AMBITIONS = [f"/{name}" for name in TITLES]  # all of one file: two a day show what it can
TABLET = ((1112, 834), (834, 1112))
ON_TABLETS = ("/", "/indicator")  # have all their parts checked there each day, the others by night: the frame is one
HEADINGS = {"Plan on a page": "Northbridge: plan on a page", "Team": "Teams"}


@pytest.mark.parametrize("address", every_night([*OTHER_PAGES, *AMBITIONS], [*OTHER_PAGES, *AMBITIONS[:2]]))
def test_a_page_is_whole_and_accessible_in_each_size_and_theme(visitor: Visitor, address: str) -> None:
    """One visit of each page."""
    page = visitor.open(address)
    _is_drawn_whole(page)
    _offers_no_tools_and_nothing_to_share(page)
    _fits_and_is_accessible(page)
    for size in TABLET:
        visitor.resize(page, size)
        _fits(page)
        if address in ON_TABLETS or is_nightly():
            assert violations(page) == []
    visitor.resize(page, PHONE)
    _fits_and_is_accessible(page)
    open_all(page)
    assert sideways(page) == []
    visitor.in_theme(page, "dark")
    assert violations(page, COLOURS) == []


def _is_drawn_whole(page: Page) -> None:
    assert page.locator("h1").count() == 1
    assert page.locator('[data-testid="stException"], [data-testid="stAlert"], .ib-notice').count() == 0
    assert page.get_by_text("Synthetic data", exact=True).count() == 1
    charts = page.locator(".ib-drawn")
    assert charts.count() == page.locator(".ib-drawn > svg[role=img]").count()
    for image in page.locator("img.ib-lead-trend").all():
        assert image.get_attribute("alt")
        assert image.evaluate("image => image.naturalWidth") > 0


def _offers_no_tools_and_nothing_to_share(page: Page) -> None:
    charts = page.locator(".ib-drawn")
    if charts.count():
        charts.first.hover()
        expect(page.locator(".ib-alive")).not_to_have_count(0)
    assert page.locator(".modebar-btn").count() == 0
    assert page.get_by_text("Share", exact=True).count() == 0
    outside = 'a[href^="http"]:not([href^="http://127.0.0.1"])'
    assert page.locator(f'[data-title*="hare"], [aria-label*="Share"], {outside}').count() == 0


def _fits(page: Page) -> None:
    assert sideways(page) == []
    expect(page.locator("h1")).to_be_in_viewport()


def _fits_and_is_accessible(page: Page) -> None:
    _fits(page)
    assert violations(page) == []


def test_every_entry_of_the_navigation_opens_its_page(visitor: Visitor) -> None:
    page = visitor.open("/")
    entries = page.locator(".ib-places a")
    assert [text.strip() for text in entries.all_text_contents()] == ENTRIES
    for entry in ENTRIES:
        go(page, entry)
        heading = HEADINGS.get(entry, entry)
        expect(page.locator("h1")).to_have_text(heading)
        expect(page).to_have_title(f"{heading} – Northbridge Improvement Board")
