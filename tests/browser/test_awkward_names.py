"""Long and hostile names, and KPIs with little or nothing to show, on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from awkward_council import COUNCIL, LONG_TEAM, LONG_WORKER, MARKUP_TEAM, publish_awkward
from axe import violations
from playwright.sync_api import Browser, BrowserContext, expect
from serving import Server
from visiting import PHONE, Visitor, sideways, visiting

from improvement_board.declared.home import Home

pytestmark = pytest.mark.browser

ADDRESSES = {
    "plan": ("/", {}),
    "ambition": ("/awkward", {}),
    "ambition without figures": ("/empty", {}),
    "long names": ("/indicator", {"kpi": "long_names", "team": LONG_TEAM, "worker": LONG_WORKER}),
    "mark-up": ("/indicator", {"kpi": "markup", "team": MARKUP_TEAM}),
    "one month": ("/indicator", {"kpi": "one_month"}),
    "no figure": ("/indicator", {"kpi": "zeros"}),
    "never supplied": ("/indicator", {"kpi": "audits_good"}),
    "teams": ("/team", {}),
    "team": ("/team", {"team": LONG_TEAM}),
    "data quality": ("/data-quality", {}),
    "what changed": ("/what-changed", {}),
    "about": ("/about", {}),
}


WHOLE = """link => {
    const text = document.createRange(), box = link.getBoundingClientRect();
    text.selectNodeContents(link);
    const {left, right, top, bottom} = text.getBoundingClientRect();
    return left >= box.left && right <= box.right + 1 && top >= box.top - 1 && bottom <= box.bottom + 1;
}"""


@pytest.fixture(scope="module")
def awkward(chromium: Browser, serve: Callable[[Home], Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The app over the council that is hard to draw."""
    return serve(publish_awkward(tmp_path_factory.mktemp("awkward")).home)


@pytest.fixture
def guest(awkward: Server, browser_context: BrowserContext) -> Iterator[Visitor]:
    """A visitor of the awkward council."""
    with visiting(awkward, browser_context) as visitor:
        yield visitor


@pytest.mark.parametrize("case", ADDRESSES)
def test_a_page_holds_together(guest: Visitor, case: str) -> None:
    path, parameters = ADDRESSES[case]
    page = guest.open(path, PHONE, **parameters)
    page.evaluate("() => document.querySelectorAll('details').forEach(part => { part.open = true; })")
    assert sideways(page) == []
    assert page.locator("h1").count() == 1
    assert page.locator("img[src='x'], [onerror], iframe").count() == 0
    assert page.locator('[data-testid="stException"]').count() == 0
    assert violations(page) == []


def test_the_navigation_shows_long_names_whole(guest: Visitor) -> None:
    page = guest.open("/", PHONE)
    page.locator(".ib-places summary", has_text="Menu").click()
    page.locator(".ib-places summary", has_text="Ambitions").click()
    entry = page.locator(".ib-menu a").first
    expect(entry).to_be_visible()
    page.wait_for_function(WHOLE, arg=entry.element_handle())
    assert COUNCIL in page.locator("h1").inner_text()
