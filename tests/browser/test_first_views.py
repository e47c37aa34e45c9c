"""The first view: what stands in the server's first answer is what the app draws, and is enough by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from serving import Server
from visiting import DESKTOP, PHONE, Visitor, sideways

pytestmark = pytest.mark.browser
SAID = """(within) => [...document.querySelectorAll(within)].flatMap(part => [...part.querySelectorAll(
    'h1, h2, h3, p, li, th, td, caption, summary, dt, dd, option, a, img')]).map(element => [
        element.tagName, element.getAttribute('alt'), element.textContent.trim().replace(/\\s+/g, ' ')].join(' '))"""
KEEP = f"""addEventListener('DOMContentLoaded', () => {{
    window.first = ({SAID})('#ib-first .ib-part');
    window.charts = document.querySelectorAll('#ib-first svg[role=img]').length;
}})"""
ADDRESSES = [
    "/?as=member",
    "/what-changed?as=committee",
    "/leadership?team=Assessment%20North",
    "/practice?as=member&from=2024-04-30",
    "/indicator?kpi=average_caseload&as=manager",
    "/indicator?kpi=assessments_45_days&as=member&edition=2026-06-30",
    "/team?team=Assessment%20North",
    "/data-quality",
    "/about?as=member",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_app_draws_what_the_first_view_said(visitor: Visitor, address: str) -> None:
    assert visitor.has_first_view(address)
    page = visitor.open(address, script=KEEP)
    said = page.evaluate("window.first")
    assert len(said) > 20
    assert said == page.evaluate(SAID, '#root [data-testid="stHtml"]')
    assert page.evaluate("window.charts") == page.locator("#root .ib-drawn > svg[role=img]").count()
    assert page.locator("#ib-first").count() == 0


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_page_can_be_read_and_left_without_scripts(
    visitor: Visitor, server: Server, chromium: Browser, size: tuple[int, int]
) -> None:
    for address in ("/", "/leadership"):
        assert visitor.has_first_view(address)
    agent = "Mobile" if size == PHONE else "Desktop"
    viewport = {"width": size[0], "height": size[1]}
    with chromium.new_context(
        java_script_enabled=False, viewport=viewport, user_agent=agent, locale="en-GB"
    ) as context:
        page = context.new_page()
        page.goto(server.url)
        expect(page.locator("h1")).to_have_text("Northbridge: plan on a page")
        page.locator(".ib-ambition th a").first.click()
        expect(page.locator("h1")).to_have_text("Leaders know their service and shape it")
        expect(page.locator("svg[role=img]").first).to_be_visible()
        show_what_is_chosen(page, size)


def show_what_is_chosen(page: Page, size: tuple[int, int]) -> None:
    """Choose a team by the plain form."""
    if size == PHONE:
        page.locator(".ib-view > summary").click()
    page.get_by_label("Team", exact=True).select_option("Assessment North")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".ib-chosen")).to_have_text("Assessment North, all periods")
    assert "team=Assessment+North" in page.url


def test_it_gives_way_where_one_has_read_to(visitor: Visitor) -> None:
    assert visitor.has_first_view("/")
    scroll = "() => document.getElementById('ib-first').scrollTo(0, 600)"
    page = visitor.open("/", script=f"addEventListener('DOMContentLoaded', {scroll})")
    assert page.locator('[data-testid="stMain"]').evaluate("main => main.scrollTop") == pytest.approx(600, abs=40)
    assert sideways(page) == []


def test_it_never_hides_that_the_app_says_something_else(visitor: Visitor) -> None:
    assert visitor.has_first_view("/about")
    another = """new MutationObserver(() => {
        const title = document.querySelector('#ib-first h1');
        if (title && title.textContent !== 'Another') { title.textContent = 'Another'; window.other = true; }
    }).observe(document, { childList: true, subtree: true })"""
    page = visitor.open("/about", script=another)
    assert page.evaluate("window.other")
    expect(page.locator("h1")).to_have_text("About these figures")
