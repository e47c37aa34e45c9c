"""Data caveats and the data quality page in a real browser, over a council whose data are late and doubted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe import COLOURS, violations
from doubtful_council import FEWER, HOSTILE, publish_doubtful
from examples import is_nightly
from playwright.sync_api import Browser, BrowserContext, Page, expect
from serving import Server
from visiting import PHONE, Visitor, open_all, sideways, visiting

from improvement_board.declared.home import Home

pytestmark = pytest.mark.browser

ADDRESSES = {
    "plan": ("/", {}),
    "ambition": ("/practice", {}),
    "indicator": ("/indicator", {"kpi": "steady"}),
    "team": ("/team", {"team": "North"}),
    "data quality": ("/data-quality", {}),
}

ON_A_PHONE = ("plan", "indicator")  # are asked all of accessibility there too each day, the others by night


@pytest.fixture(scope="module")
def doubtful(chromium: Browser, serve: Callable[[Home], Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The app over the council in doubt, with hostile file names."""
    caveats = {"steady": [FEWER], "counted": [f"{HOSTILE} {'Rechtsschutzversicherung' * 4}"]}
    return serve(publish_doubtful(tmp_path_factory.mktemp("doubtful"), **caveats).home)


@pytest.fixture
def guest(doubtful: Server, browser_context: BrowserContext) -> Iterator[Visitor]:
    """A visitor of that council."""
    with visiting(doubtful, browser_context) as visitor:
        yield visitor


@pytest.mark.parametrize("case", ADDRESSES)
def test_a_page_with_caveats_holds_together(guest: Visitor, case: str) -> None:
    path, parameters = ADDRESSES[case]
    page = guest.open(path, **parameters)
    holds_together(page)
    guest.in_theme(page, "dark")
    assert violations(page, COLOURS) == []
    guest.in_theme(page, "light")
    guest.resize(page, PHONE)
    holds_together(page, is_asked_all=case in ON_A_PHONE or is_nightly())


def holds_together(page: Page, *, is_asked_all: bool = True) -> None:
    """With all its parts open, however wide."""
    expect(page.locator(".ib-caveat-mark, .ib-caveat").first).to_be_visible()
    open_all(page)
    expect(page.get_by_text(FEWER).first).to_be_visible()
    assert page.locator("img[src='x'], [onerror]").count() == 0
    assert sideways(page) == []
    assert not is_asked_all or violations(page) == []


def test_the_line_of_caveats_leads_to_the_data_quality_page_and_on_to_a_kpi(guest: Visitor) -> None:
    page = guest.open("/")
    page.get_by_role("link", name="5 indicators carry a data caveat").click()
    expect(page.locator("h1")).to_have_text("Data quality")
    page.get_by_role("link", name="Steady & sure").first.click()
    expect(page.locator("h1")).to_have_text("Steady & sure")
    expect(page.locator(".ib-caveat").first).to_contain_text(FEWER)


def test_the_table_of_indicators_can_be_saved(guest: Visitor) -> None:
    page = guest.open("/data-quality")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Download how far each indicator can be relied on (CSV)").click()
    assert saved.value.suggested_filename == "data-quality_edition-2026-09-30.csv"
    assert FEWER in saved.value.path().read_text(encoding="utf-8-sig")
